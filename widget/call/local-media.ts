/**
 * The one owner of this side's camera and microphone: asks for them, falls back when one cannot be
 * had, turns them off and on, and stops them on every way out. Knows nothing of peers; it tells
 * what it has through callbacks, after it has really changed.
 */
import {CallError} from './call-error.js';
import {capture, captureError, kindOf} from './capture.js';
import type {LocalMediaState} from './call-state.js';
import type {DeviceKeeper, WantedMedia} from './device-keeper.js';
import {isGranted} from './media-permission.js';

export type DeviceKind = 'microphone' | 'camera';

export interface LocalTracks {
  readonly microphone: MediaStreamTrack | null;
  readonly camera: MediaStreamTrack | null;
}

export interface LocalMediaOptions {
  /** Holds whatever is being captured; the host's preview shows it. Made by the caller, for it outlives one call. */
  readonly stream: MediaStream;
  /** The call is over: everything is stopped, and what arrives later is stopped on arrival. */
  readonly signal: AbortSignal;
  readonly onChange: (change: Partial<LocalMediaState>) => void;
  /** Already captured, for the call before this one. */
  readonly tracks?: LocalTracks | undefined;
  /** What was wanted there, captured or not. */
  readonly wanted?: WantedMedia | undefined;
  /** Settles when the track has reached every sender. */
  readonly onTrack: (kind: DeviceKind, track: MediaStreamTrack | null) => Promise<void>;
}

export class LocalMedia {
  /** Comes with `care/device-watch.ts`. */
  keeper: DeviceKeeper | null = null;
  readonly #options: LocalMediaOptions;
  readonly #tracks: Record<DeviceKind, MediaStreamTrack | null> = {microphone: null, camera: null};
  /** One step at a time for each device, so that two quick clicks end where the second one says. */
  readonly #queues: Record<DeviceKind, Promise<unknown>> = {
    microphone: Promise.resolve(),
    camera: Promise.resolve(),
  };
  readonly #wanted = new Set<DeviceKind>();
  #isMuted = false;
  /** The first devices are on their way. */
  #isAcquiring = false;

  constructor(options: LocalMediaOptions) {
    this.#options = options;
    options.signal.addEventListener('abort', () => this.#release(), {once: true});
    const {microphone, camera} = options.tracks ?? this.#tracks;
    this.#isMuted = options.wanted?.isMuted === true;
    for (const kind of ['microphone', 'camera'] as const) {
      if (options.wanted?.[kind]) this.#wanted.add(kind);
    }
    for (const track of [microphone, camera]) if (track !== null) this.#hold(track);
  }

  get tracks(): LocalTracks {
    return {...this.#tracks};
  }

  /** Not what somebody has said no to: nobody is asked twice. */
  get wanted(): WantedMedia {
    return {
      microphone: this.#wanted.has('microphone'),
      isMuted: this.#isMuted,
      camera: this.#wanted.has('camera'),
    };
  }

  /** What is on, whether or not all have been told of it by now. */
  get facts(): Partial<LocalMediaState> {
    const {microphone, camera} = this.#tracks;
    return {
      ...(microphone !== null && {microphoneProblem: null}),
      ...(camera !== null && {cameraProblem: null}),
      microphoneEnabled: microphone?.enabled === true,
      cameraEnabled: camera !== null,
    };
  }

  /**
   * Lets go of what is captured without an end to it: the next call has it. A toggle that is under
   * way ends there as far as it has come, or rejects and has captured nothing.
   */
  handOver(): LocalTracks {
    const {tracks} = this;
    this.#tracks.microphone = this.#tracks.camera = null;
    return tracks;
  }

  /**
   * Asks for the wanted devices, together if it can be (one prompt), one by one where that fails.
   * Resolves with a problem for each device that could not be had; never rejects but for `aborted`.
   * @param isMuted The microphone is to send silence from its first moment.
   */
  acquire(wanted: readonly DeviceKind[], isMuted = false): Promise<CallError[]> {
    this.#isMuted = isMuted;
    this.#isAcquiring = true;
    const done = this.#acquire(wanted).finally(() => (this.#isAcquiring = false));
    // A toggle that comes meanwhile must not capture the same device a second time.
    for (const kind of wanted) this.#queues[kind] = done.catch(() => undefined);
    return done;
  }

  async #acquire(wanted: readonly DeviceKind[]): Promise<CallError[]> {
    if (wanted.length === 0) return [];
    for (const kind of wanted) this.#wanted.add(kind);
    try {
      await this.#capture(wanted);
      return [];
    } catch (thrown) {
      this.#throwIfOver();
      if (wanted.length === 1) return [this.#report(thrown, wanted[0])];
      const isRefusal = thrown instanceof DOMException && thrown.name === 'NotAllowedError';
      const refusal = isRefusal ? thrown : null;
      const problems: CallError[] = [];
      for (const kind of wanted) problems.push(...(await this.#captureAlone(kind, refusal)));
      return problems;
    }
  }

  /**
   * Off ends the capture, so that the camera's light goes out; on captures anew. Resolves when every
   * peer gets the new state; rejects with a media code, and is off then. Without an argument it is
   * turned over, from what it is when its turn comes.
   */
  setCamera(enabled: boolean | undefined = this.#toggled): Promise<void> {
    return this.inTurn('camera', async () => {
      const isOn = this.#tracks.camera !== null;
      if (enabled ?? !isOn) this.#wanted.add('camera');
      else this.#wanted.delete('camera');
      if (enabled === isOn) return;
      if (!isOn) await this.#captureOrReport('camera');
      else await this.#drop('camera');
    });
  }

  /** Off keeps the device and sends silence, so that it is back without a delay. As `setCamera()` otherwise. */
  setMicrophone(enabled: boolean | undefined = this.#toggled): Promise<void> {
    return this.inTurn('microphone', async () => {
      const track = this.#tracks.microphone;
      const on = enabled ?? track?.enabled !== true;
      this.#isMuted = !on;
      if (on) this.#wanted.add('microphone');
      if (track === null) return on ? this.#captureOrReport('microphone') : undefined;
      track.enabled = on;
      this.#tell({microphoneEnabled: track.enabled});
    });
  }

  /** Nothing else happens to this device meanwhile. Rejects with `aborted` if the call is over when its turn comes. */
  inTurn(kind: DeviceKind, step: () => Promise<void>): Promise<void> {
    const done = this.#queues[kind].then(() => {
      this.#throwIfOver();
      return step();
    });
    this.#queues[kind] = done.catch(() => undefined);
    return done;
  }

  /**
   * Sends these from now on, each in place of what there was of its kind, which ends when every peer
   * has the new one; what was muted stays so. Only in turn. After the end of the call they are
   * stopped, and it rejects with `aborted`.
   */
  async take(tracks: readonly MediaStreamTrack[]): Promise<void> {
    if (this.#options.signal.aborted) tracks.forEach((track) => track.stop());
    this.#throwIfOver();
    // All are ours before anybody hears of the first: who does may leave, and everything is stopped.
    const former = tracks.map((track) => this.#hold(track));
    for (let index = 0; index < tracks.length; index++) {
      await this.#announce(tracks[index]!);
      former[index]?.stop();
    }
  }

  /** There is nothing more to be had of this device, and this is why. Only in turn. */
  async lose(kind: DeviceKind, problem: CallError): Promise<void> {
    await this.#drop(kind);
    this.#setProblem(kind, problem);
  }

  /** Whoever turns a device over that is on its way sees it off, and wants it on. */
  get #toggled(): true | undefined {
    return this.#isAcquiring || undefined;
  }

  async #captureAlone(kind: DeviceKind, refusal: DOMException | null): Promise<CallError[]> {
    try {
      // After a "no" to both, ask for one alone only where that needs no second question.
      if (refusal && !(await isGranted(kind))) throw refusal;
      await this.#capture([kind]);
      return [];
    } catch (thrown) {
      this.#throwIfOver();
      return [this.#report(thrown, kind)];
    }
  }

  async #captureOrReport(kind: DeviceKind): Promise<void> {
    try {
      await this.#capture([kind]);
    } catch (thrown) {
      this.#throwIfOver();
      throw this.#report(thrown, kind);
    }
  }

  async #capture(kinds: readonly DeviceKind[]): Promise<void> {
    // Nobody is asked for what nobody wants any more.
    this.#throwIfOver();
    await this.take(await capture(kinds, this.#options.signal));
  }

  /** @returns what it has taken the place of */
  #hold(track: MediaStreamTrack): MediaStreamTrack | null {
    const {stream, signal} = this.#options;
    const kind = kindOf(track);
    const former = this.#tracks[kind];
    if (former !== null) {
      stream.removeTrack(former);
      // The peers may be gone before they have let go of it.
      signal.addEventListener('abort', () => former.stop(), {once: true});
    }
    this.#tracks[kind] = track;
    this.#wanted.add(kind);
    if (kind === 'microphone') track.enabled = !this.#isMuted;
    stream.addTrack(track);
    // Ended by the browser or the system: the device is gone or the permission was taken back.
    track.addEventListener(
      'ended',
      () => void this.inTurn(kind, () => this.#lose(kind, track)).catch(() => undefined),
      {once: true, signal},
    );
    return former;
  }

  async #announce(track: MediaStreamTrack): Promise<void> {
    const kind = kindOf(track);
    if (this.#tracks[kind] === track) await this.#options.onTrack(kind, track);
    if (this.#tracks[kind] !== track) return;
    this.#tell(
      kind === 'camera'
        ? {cameraEnabled: true, cameraProblem: null}
        : {microphoneEnabled: track.enabled, microphoneProblem: null},
    );
  }

  async #lose(kind: DeviceKind, track: MediaStreamTrack): Promise<void> {
    if (this.#tracks[kind] !== track) return;
    const problem = await this.keeper?.lost(kind, track);
    if (this.#tracks[kind] !== track) return;
    await this.lose(kind, problem ?? new CallError('media-not-found', `The ${kind} was lost.`));
  }

  async #drop(kind: DeviceKind): Promise<void> {
    const track = this.#tracks[kind];
    if (track === null) return;
    this.#tracks[kind] = null;
    track.stop();
    this.#options.stream.removeTrack(track);
    await this.#options.onTrack(kind, null);
    this.#tell(kind === 'camera' ? {cameraEnabled: false} : {microphoneEnabled: false});
  }

  #report(thrown: unknown, kind: DeviceKind = 'microphone'): CallError {
    const error = captureError(thrown, kind);
    this.#setProblem(kind, error);
    return error;
  }

  #setProblem(kind: DeviceKind, problem: CallError): void {
    if (problem.code === 'media-permission-denied') this.#wanted.delete(kind);
    this.#tell(kind === 'camera' ? {cameraProblem: problem} : {microphoneProblem: problem});
  }

  #tell(change: Partial<LocalMediaState>): void {
    this.#options.onChange(change);
    this.keeper?.changed();
  }

  #throwIfOver(): void {
    if (this.#options.signal.aborted) throw CallError.aborted();
  }

  #release(): void {
    for (const kind of ['microphone', 'camera'] as const) {
      const track = this.#tracks[kind];
      this.#tracks[kind] = null;
      if (track === null) continue;
      track.stop();
      this.#options.stream.removeTrack(track);
    }
  }
}
