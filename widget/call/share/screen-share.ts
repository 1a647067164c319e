/**
 * This side's screen, beside its camera: asks for it, sends it over every link that is connected, and
 * ends it on every way out. A screen has sections of its own, which come with a stream (by that the
 * other side tells them from the devices'); they are kept for the next share. The browser negotiates
 * them by itself. How large the picture may be is `quality-watch.ts`'s business. A chunk of its own,
 * which `care/screen-door.ts` fetches.
 */
import {CallError} from '../call-error.js';
import type {CareHost} from '../care/call-care.js';
import {mediaDevices} from '../capture.js';
import {isAllowedByPolicy} from '../media-permission.js';
import type {Peer} from '../peer.js';
import {unlessAborted} from '../unless-aborted.js';

/** What sharing needs of a call, which carries more than data. */
export type ShareHost = Pick<CareHost, 'signal' | 'mesh' | 'dispatch'>;

/** Of a screen, a link's own sections, by the kind of their track. */
type Senders = Map<string, RTCRtpSender>;

/** Letters are read, films are watched; more than this takes from the letters. */
const FRAME_RATE = 30;

class ScreenShare {
  readonly #host: ShareHost;
  readonly #senders = new WeakMap<Peer, Senders>();
  #stream: MediaStream | null = null;
  /** What is under way. One step at a time, so that two quick clicks end where the second one says. */
  #step: Promise<unknown> | null = null;

  constructor(host: ShareHost) {
    this.#host = host;
    host.signal.addEventListener('abort', () => this.#letGo(), {once: true});
  }

  /** What is shared. */
  get stream(): MediaStream | null {
    return this.#stream;
  }

  /** What sends its picture over this link. */
  senderOf(peer: Peer): RTCRtpSender | undefined {
    const sender = this.#senders.get(peer)?.get('video');
    return sender?.track ? sender : undefined;
  }

  /**
   * Resolves with the new state when every sender has it. Up to the browser's question nothing is
   * waited for but a step before this one: it is asked only in the moment of a gesture.
   */
  async toggle(force?: boolean): Promise<boolean> {
    const {signal} = this.#host;
    while (this.#step) await unlessAborted(this.#step, signal);
    if (signal.aborted) throw CallError.aborted();
    const isOn = this.#stream !== null;
    const enabled = force ?? !isOn;
    if (enabled === isOn) return enabled;
    const step = enabled ? this.#start() : this.#stop();
    // Whoever waits for it does not care how it ends.
    this.#step = step.then(
      () => (this.#step = null),
      () => (this.#step = null),
    );
    await unlessAborted(step, signal);
    return enabled;
  }

  /** There is a fresh link to this peer, or the present one has another connection state. */
  linkChanged(peer: Peer): void {
    void this.#send(peer);
  }

  async #start(): Promise<void> {
    const stream = await askForScreen();
    // Given after the end of the call, it is for nobody.
    if (this.#host.signal.aborted) return end(stream);
    this.#take(stream);
    await this.#sendToAll();
    this.#tell();
  }

  #take(stream: MediaStream): void {
    this.#stream = stream;
    const {signal} = this.#host;
    const [video] = stream.getVideoTracks();
    if (video) video.contentHint = 'detail';
    // The browser has a button of its own for that; and a window may be closed.
    const ended = (): void => void this.#ended(stream).catch(() => undefined);
    video?.addEventListener('ended', ended, {once: true, signal});
  }

  async #stop(): Promise<void> {
    this.#letGo();
    await this.#sendToAll();
    this.#tell();
  }

  async #ended(stream: MediaStream): Promise<void> {
    while (this.#step) await this.#step;
    if (this.#stream === stream) await this.toggle(false);
  }

  async #sendToAll(): Promise<void> {
    const peers = this.#host.mesh.remotes.flatMap(({peer}) => peer ?? []);
    await Promise.all(peers.map((peer) => this.#send(peer)));
  }

  /**
   * What is shared now, or nothing. The first negotiation of a link is about its devices alone, so a
   * link that has not been connected yet gets it when it is.
   */
  async #send(peer: Peer): Promise<void> {
    if (!peer.wasConnected || peer.signal.aborted) return;
    const stream = this.#stream;
    const senders: Senders = this.#senders.get(peer) ?? new Map<string, RTCRtpSender>();
    this.#senders.set(peer, senders);
    const [video = null] = stream?.getVideoTracks() ?? [];
    const [audio = null] = stream?.getAudioTracks() ?? [];
    await Promise.all([
      this.#give(peer, senders, 'video', video, stream),
      this.#give(peer, senders, 'audio', audio, stream),
    ]);
  }

  async #give(
    {connection, signal}: Peer,
    senders: Senders,
    kind: string,
    track: MediaStreamTrack | null,
    stream: MediaStream | null,
  ): Promise<void> {
    const sender = senders.get(kind);
    if (sender?.track === track) return;
    if (sender) {
      // One that is closed meanwhile refuses, or never answers; and there is nobody behind it any more.
      await unlessAborted(sender.replaceTrack(track), signal).catch(() => undefined);
    } else if (track && stream) {
      const init: RTCRtpTransceiverInit = {direction: 'sendonly', streams: [stream]};
      senders.set(kind, connection.addTransceiver(track, init).sender);
    }
  }

  #tell(): void {
    const {dispatch, mesh} = this.#host;
    dispatch({type: 'media-changed', media: {screenSharing: this.#stream !== null}});
    mesh.broadcastState();
  }

  #letGo(): void {
    if (this.#stream) end(this.#stream);
    this.#stream = null;
  }
}

/** Without an `await` before the question: the browser asks only in the moment of a gesture. */
async function askForScreen(): Promise<MediaStream> {
  const devices = mediaDevices();
  // Not on phones, whatever the types say.
  if (!('getDisplayMedia' in devices)) {
    throw new CallError('unsupported-browser', 'This browser does not share screens.');
  }
  try {
    return await devices.getDisplayMedia({
      video: {frameRate: {max: FRAME_RATE}},
      // The others are not to hear themselves. Where that is not known, it is left out.
      audio: {restrictOwnAudio: true} as MediaTrackConstraints,
    });
  } catch (thrown) {
    throw screenError(thrown);
  }
}

/** What a rejected `getDisplayMedia()` means (Screen Capture, section 5.1). */
function screenError(thrown: unknown): CallError {
  if (!(thrown instanceof DOMException)) return CallError.from(thrown);
  const {name, message} = thrown;
  const isBlocked =
    name === 'SecurityError' ||
    (name === 'NotAllowedError' && !isAllowedByPolicy('display-capture'));
  // Whether the person said no, the system did (`NotAllowedError`, `NotReadableError`), there was
  // nothing to choose from, or no gesture (`InvalidStateError`): it was not given, and may be next time.
  return new CallError(
    isBlocked ? 'media-blocked-by-policy' : 'display-capture-denied',
    `screen: ${name} ${message}`,
    {cause: thrown},
  );
}

function end(stream: MediaStream): void {
  for (const track of stream.getTracks()) track.stop();
}

export type {ScreenShare};

/** In the script tag's bundle nothing here is defined before this is called (`scripts/lib/lazy-parts.mjs`). */
export function openScreenShare(): typeof ScreenShare {
  return ScreenShare;
}
