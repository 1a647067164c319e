/**
 * The camera or the microphone of a call, while devices come and go: what stands in for one that
 * has gone, and when that is back. What is off stays off, what is muted stays muted. Knows nothing
 * of when there is something to look at; `device-watch.ts` does.
 */
import {CallError} from '../call-error.js';
import {keepBlur} from '../camera-blur.js';
import {capture, captureError, mediaDevices} from '../capture.js';
import {chosenDevice, type ChosenDevice} from '../chosen-devices.js';
import type {DeviceChange} from '../device-change.js';
import {exactly, INPUTS, remember} from '../device-choice.js';
import type {DeviceKind} from '../local-media.js';
import {BareCameras, refusal} from './bare-cameras.js';
import type {CareHost} from './call-care.js';
import {find, isSame} from './same-device.js';

export type DeviceHost = Pick<CareHost, 'signal' | 'state' | 'report' | 'tell'> & {
  readonly media: Pick<CareHost['media'], 'tracks' | 'wanted' | 'inTurn' | 'take' | 'lose'>;
};

/** A phone call, a lid that is just being closed, or a driver that catches its breath takes no longer. */
const STALL_MS = 3_000;

/** What has just been plugged in may not be ready yet. */
const RETRY_MS = 1_000;
const MAX_RETRIES = 3;

export class WatchedInput {
  readonly #host: DeviceHost;
  readonly #kind: DeviceKind;
  readonly #bare = new BareCameras();
  #track: MediaStreamTrack | null = null;
  /** What was captured last, by the name that the system gives it. */
  #used: ChosenDevice = {deviceId: '', label: ''};
  /** What somebody had been using when it went: it is taken again when it is back. */
  #missed: ChosenDevice | null = null;
  /** Of a device that gives nothing at the moment: tells when it does again. */
  #spare: MediaStreamTrack | null = null;
  /** The change under way is ours, and not that of a person. */
  #isOurs = false;
  /** Still to be told, when the state says it. */
  #problem: CallError | null = null;
  /** Ids of the devices that were there when they were last looked at. */
  #known: ReadonlySet<string> = new Set();
  #stall: ReturnType<typeof setTimeout> | undefined;
  #retry: ReturnType<typeof setTimeout> | undefined;

  constructor(host: DeviceHost, kind: DeviceKind) {
    this.#host = host;
    this.#kind = kind;
    host.signal.addEventListener('abort', () => this.#end(), {once: true});
    this.changed();
  }

  /** Something may be captured that was not before, or not any more. */
  changed(): void {
    const {media, signal, state, report} = this.#host;
    const problem = state().media[`${this.#kind}Problem`];
    if (problem !== null && problem === this.#problem) {
      this.#problem = null;
      report(problem);
    }
    const track = media.tracks[this.#kind];
    if (track === this.#track) return;
    this.#track = track;
    // Somebody has chosen otherwise.
    if (!this.#isOurs && this.#problem === null) this.#missed = null;
    clearTimeout(this.#stall);
    if (track === null) return;
    this.#dropSpare();
    this.#used = {deviceId: track.getSettings().deviceId ?? '', label: track.label};
    if (!this.#isOurs) this.#bare.accept(track);
    track.addEventListener('mute', () => this.#onMute(track), {signal});
    track.addEventListener('unmute', () => clearTimeout(this.#stall), {signal});
    this.#onMute(track);
  }

  /** Devices have come or gone, or it is time to try again. */
  async look(retries = 0): Promise<void> {
    clearTimeout(this.#retry);
    const {media, signal} = this.#host;
    try {
      // Firefox keeps whoever is not in front waiting: not in turn, for that would keep a person waiting.
      const devices = await this.#listed();
      await media.inTurn(this.#kind, () => this.#follow(devices));
    } catch {
      if (signal.aborted || retries >= MAX_RETRIES) return;
      this.#retry = setTimeout(() => void this.look(retries + 1), RETRY_MS);
    }
  }

  /** In turn: as `DeviceKeeper`. */
  async lost(track: MediaStreamTrack): Promise<CallError | null> {
    const gone = this.#used;
    const kind = this.#kind;
    try {
      const devices = await this.#listed();
      // Whoever takes a permission back is not asked for it in that moment.
      if (devices.length > 0 && devices.every(({deviceId}) => deviceId === '')) {
        throw new CallError('media-permission-denied', `The ${kind} was taken back.`);
      }
      const same = devices.find((device) => isSame(gone, device));
      if (same) await this.#take(same).catch(unlessMicrophone(kind));
      if (this.#host.media.tracks[kind] === track) await this.#take(this.#bare.standIn(devices));
    } catch (thrown) {
      this.#missed = gone;
      return (this.#problem = captureError(thrown, kind));
    }
    const {deviceId, label} = this.#used;
    if (label === gone.label && [deviceId, ''].includes(gone.deviceId)) return null;
    this.#missed = gone;
    this.#tell('lost', gone.label);
    return null;
  }

  /** In turn. */
  async #follow(devices: readonly MediaDeviceInfo[]): Promise<void> {
    const {media, state} = this.#host;
    const kind = this.#kind;
    const problem = state().media[`${kind}Problem`];
    const chosen = chosenDevice(kind);
    // The browser may have given it another id.
    const {deviceId = '', label} = find(chosen, devices) ?? {};
    if (label && deviceId !== chosen?.deviceId) remember(kind, {deviceId, label});
    const found = find(this.#missed ?? chosen, devices);
    if (media.tracks[kind] !== null) {
      // What was there before and is not used is not wanted here: another tab has chosen it.
      const isNews = this.#missed !== null || !this.#known.has(found?.deviceId ?? '');
      if (found && isNews && !isSame(this.#used, found)) await this.#takeInstead(found);
    } else if (devices.length > 0 && media.wanted[kind] && isOver(problem, found) && !this.#spare) {
      if (!this.#bare.isRefused(found)) await this.#takeAgain(found, devices);
    }
    this.#known = new Set(devices.map((device) => device.deviceId));
  }

  /** In turn: what was missed or chosen is there. A camera that is refused is not asked again, and the present one stays. */
  async #takeInstead(found: MediaDeviceInfo): Promise<void> {
    const former = this.#used.label;
    try {
      await this.#take(found);
    } catch (thrown) {
      if (this.#bare.isRefused(found)) return;
      throw thrown;
    }
    this.#missed = null;
    this.#tell('returned', former);
  }

  /** In turn: it could not be had, and now it may be. */
  async #takeAgain(
    found: MediaDeviceInfo | undefined,
    devices: readonly MediaDeviceInfo[],
  ): Promise<void> {
    try {
      await this.#take(found ?? this.#bare.standIn(devices));
    } catch (thrown) {
      const error = captureError(thrown, this.#kind);
      if (isPassing(error)) throw error;
      // A person has said no: the browser is not to ask again at the next occasion.
      await this.#host.media.lose(this.#kind, error);
      return;
    }
    this.#missed = null;
    this.#tell('found');
  }

  /** In turn: this one, or whichever the browser gives. */
  async #take(device?: MediaDeviceInfo): Promise<void> {
    const kind = this.#kind;
    if (this.#bare.isRefused(device)) throw refusal();
    const pick = device && ((): MediaTrackConstraints => exactly(kind, device.deviceId));
    await this.#send(await capture([kind], this.#host.signal, pick));
  }

  /** In turn. Nothing goes out that a person has not asked for and that is not checked here. */
  async #send(tracks: readonly MediaStreamTrack[]): Promise<void> {
    this.#bare.check(tracks);
    await this.#ours(() => this.#host.media.take(tracks));
  }

  async #ours(step: () => Promise<void>): Promise<void> {
    this.#isOurs = true;
    try {
      await step();
    } finally {
      this.#isOurs = false;
    }
  }

  /** The system has taken it away for a while: another program, a phone call, a switch. */
  #onMute(track: MediaStreamTrack): void {
    clearTimeout(this.#stall);
    if (track !== this.#track || !track.muted) return;
    this.#stall = setTimeout(() => {
      // Phones stop the camera of a page that nobody looks at, and start it again.
      if (isHidden()) this.#onMute(track);
      else void this.#host.media.inTurn(this.#kind, () => this.#giveWay(track)).catch(ignore);
    }, STALL_MS);
  }

  /** In turn: the others see that there is nothing to be seen. */
  async #giveWay(track: MediaStreamTrack): Promise<void> {
    const {media, signal} = this.#host;
    const kind = this.#kind;
    if (media.tracks[kind] !== track || !track.muted) return;
    const spare = track.clone();
    this.#spare = spare;
    spare.addEventListener(
      'unmute',
      () => void media.inTurn(kind, () => this.#comeBack(spare)).catch(ignore),
      {signal},
    );
    await this.#lose(new CallError('media-in-use', `The ${kind} gives nothing any more.`));
  }

  async #lose(problem: CallError): Promise<void> {
    this.#problem = problem;
    await this.#ours(() => this.#host.media.lose(this.#kind, problem));
  }

  /** In turn. */
  async #comeBack(spare: MediaStreamTrack): Promise<void> {
    if (this.#spare !== spare) return;
    if (!this.#host.media.wanted[this.#kind]) return this.#dropSpare();
    await keepBlur([spare]);
    // The call may be over, which has stopped it.
    if (this.#host.signal.aborted) return;
    this.#spare = null;
    try {
      await this.#send([spare]);
    } catch (thrown) {
      return this.#lose(captureError(thrown, this.#kind));
    }
    this.#tell('returned');
  }

  #tell(reason: DeviceChange['reason'], former?: string): void {
    const {deviceId, label} = this.#used;
    const detail = {kind: INPUTS[this.#kind], deviceId, label, reason};
    this.#host.tell({
      type: 'device-changed',
      detail: former === undefined ? detail : {...detail, former},
    });
  }

  async #listed(): Promise<MediaDeviceInfo[]> {
    const devices = await mediaDevices().enumerateDevices();
    return devices.filter(({kind}) => kind === INPUTS[this.#kind]);
  }

  #dropSpare(): void {
    this.#spare?.stop();
    this.#spare = null;
  }

  #end(): void {
    clearTimeout(this.#stall);
    clearTimeout(this.#retry);
    this.#dropSpare();
  }
}

/** A call goes on with another microphone; another camera may show what was not to be seen. */
function unlessMicrophone(kind: DeviceKind): (thrown: unknown) => void {
  return (thrown) => {
    if (kind === 'camera') throw thrown;
  };
}

/** It may be had later, without anybody's doing anything in this page. */
function isPassing(problem: CallError | null): boolean {
  return problem?.code === 'media-not-found' || problem?.code === 'media-in-use';
}

/** Worth another try: in general, or with the very one that was used. */
function isOver(problem: CallError | null, found: MediaDeviceInfo | undefined): boolean {
  return isPassing(problem) || (found !== undefined && problem?.code === 'media-constraints');
}

function isHidden(): boolean {
  return typeof document !== 'undefined' && document.hidden;
}

function ignore(): void {
  // The call is over.
}
