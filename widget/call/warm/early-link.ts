/**
 * Takes care of a prepared link that is connected while it still rings, which the one who is asked has
 * agreed to beforehand: nothing is shown and nothing but placeholders is sent before Accept, which is
 * said over the link itself and releases the real tracks on both sides. The relay's word comes after it, and
 * only that lets anybody in.
 */
import type {AcceptedMessage} from '../../../protocol/peer-messages.js';
import type {Answered} from '../../../protocol/shapes.js';
import type {PeerState} from '../call-state.js';
import type {ChannelId, Frame} from '../data-link.js';
import {fingerprintIn} from '../fingerprint.js';
import type {LocalTracks} from '../local-media.js';
import {pause} from '../pause.js';
import type {RemoteOptions, RemoteSignal} from '../remote.js';
import {Placeholders} from './placeholders.js';
import {NOTHING_SENT, type LinkPlan, type PreparedLink} from './prepared-link.js';
import type {WarmHost} from './warm-links.js';

/** What the relay has not confirmed by then has not been accepted. */
const CONFIRMED_WITHIN_MS = 5_000;

/** What is said before this side has come in, too: greetings, and the media state. */
const MAX_FRAMES = 64;
const MAX_FRAME_LENGTH = 4_096;

/** A path and a handshake. Whose answer was not the first one is connected to nobody. */
const CONNECTED_WITHIN_MS = 5_000;

/** The first pictures have left by then. */
const AHEAD_MS = 100;

const ACCEPTED: AcceptedMessage = {type: 'accepted'};

type EarlyHost = Pick<WarmHost, 'state' | 'options'>;

/** How the one who is asked prepares the link: the other side may learn of the TURN server alone. `null`: there is none. */
export function planOf(plan: LinkPlan, {options}: EarlyHost): LinkPlan | null {
  if (options().preconnect !== 'ringing-relay') return plan;
  return hasTurn(plan) ? {...plan, options: {...plan.options, iceTransportPolicy: 'relay'}} : null;
}

/**
 * From now on this link is connected while it rings.
 * @param tracks The real ones, as they are at the moment.
 * @param send Of the one who is asked: takes its answer to the one who asks.
 */
export function lead(
  link: PreparedLink,
  host: EarlyHost,
  tracks: () => LocalTracks,
  send?: (answered: Answered) => void,
): EarlyLink {
  return (link.early = new EarlyLink(link, host, tracks, send));
}

/** Of the one who asks: an answer to its link has come from one of those who are asked. The first one counts. */
export async function connect(
  link: PreparedLink,
  signal: RemoteSignal,
  host: EarlyHost,
  tracks: () => LocalTracks,
): Promise<void> {
  const isAnswer = 'description' in signal && signal.description.type === 'answer';
  if (!isAnswer || signal.linkId !== link.linkId || link.early || link.isUseless) return;
  await lead(link, host, tracks).connect(signal);
}

export class EarlyLink implements Omit<RemoteOptions, 'send' | 'carries'> {
  readonly #link: PreparedLink;
  readonly #host: EarlyHost;
  #real: () => LocalTracks;
  readonly #send: ((answered: Answered) => void) | undefined;
  readonly #placeholders: Placeholders;
  readonly #over = new AbortController();
  readonly #frames: [ChannelId, Frame][] = [];
  #change: Partial<Omit<PeerState, 'peerId'>> = {};
  /** The real tracks are sent. */
  #isReleased = false;
  /** The other side has said that it accepts. Once is enough: whoever says it again has not. */
  #isAccepted = false;
  /** For as long as it rings through TURN alone, which nobody has chosen for the call. */
  readonly #isNarrowed: boolean;
  /** Which release is the present one: what an earlier one was patient for is no concern of it. */
  #releases = 0;
  #isAnswered = false;
  /** The camera whose pictures the placeholder shows, for as long as it does. */
  #ahead: MediaStreamTrack | null = null;

  constructor(
    link: PreparedLink,
    host: EarlyHost,
    tracks: () => LocalTracks,
    send?: (answered: Answered) => void,
  ) {
    this.#link = link;
    this.#host = host;
    this.#real = tracks;
    this.#send = send;
    const {preconnect, iceTransportPolicy} = host.options();
    this.#isNarrowed =
      send !== undefined && preconnect === 'ringing-relay' && iceTransportPolicy !== 'relay';
    this.#placeholders = new Placeholders(link.carries);
  }

  readonly tracks = (): LocalTracks => {
    const real = this.#real();
    if (!this.#isReleased) return this.#placeholders.inPlaceOf(real);
    const isAhead = this.#ahead !== null && this.#ahead === real.camera;
    return isAhead ? {...real, camera: this.#placeholders.picture!.track} : real;
  };

  readonly mediaState = (): ReturnType<RemoteOptions['mediaState']> => {
    if (!this.#isReleased) return NOTHING_SENT;
    const {microphoneEnabled, cameraEnabled, screenSharing} = this.#host.state().media;
    const {lowData} = this.#host.options();
    return {type: 'media-state', microphoneEnabled, cameraEnabled, screenSharing, lowData};
  };

  readonly conversation = {
    linked: () => undefined,
    gone: () => undefined,
    receive: (_: string, id: ChannelId, frame: Frame) => {
      const length = typeof frame === 'string' ? frame.length : frame.byteLength;
      if (this.#frames.length >= MAX_FRAMES || length > MAX_FRAME_LENGTH) return;
      this.#frames.push([id, frame]);
    },
  };

  /** Nothing real is on the way by then. */
  async connect(signal: RemoteSignal): Promise<void> {
    await this.#link.sendTracks();
    if (!this.#over.signal.aborted) this.#link.remote.receive(signal);
  }

  /** Of the one who is asked: its answer is made. Whoever does not look at the page leaves it to another tab. */
  answer(): void {
    const {signal} = this.#over;
    const look = (): void => {
      if (document.visibilityState === 'hidden' || this.#isAnswered) return;
      this.#isAnswered = true;
      document.removeEventListener('visibilitychange', look);
      const answered = this.#link.takeAnswer();
      if (!answered) return;
      this.#send?.(answered);
      void this.#giveUp();
    };
    document.addEventListener('visibilitychange', look, {signal});
    if (!signal.aborted) look();
  }

  /** Whether that is what we are connected to, or could be. */
  isBy({description}: Answered): boolean {
    const remote = this.#link.remote.peer?.connection.remoteDescription;
    return !remote || fingerprintIn(remote.sdp) === fingerprintIn(description.sdp);
  }

  /** This side has pressed Accept. */
  accept(): void {
    this.#link.remote.peer?.link.sendNow(ACCEPTED);
    void this.#release();
  }

  /** The relay has said who it is: the real tracks are sent, and what came before is handed on. */
  entered(peerId: string, owner: RemoteOptions): void {
    this.#over.abort();
    this.#real = owner.tracks;
    this.#isReleased = true;
    if (this.#ahead === null) this.#placeholders.stop();
    // The state hears of them at the end of this turn.
    queueMicrotask(() => this.#handOver(peerId, owner));
  }

  #handOver(peerId: string, owner: RemoteOptions): void {
    const {peer} = this.#link.remote;
    // Whoever hears of the call may have left it in that very turn.
    if (peer === null || this.#link.isUseless) return;
    // It has been connected for long, of which there will be no news.
    const {connectionState} = peer;
    owner.onPeerChange(peerId, {...this.#change, connectionState});
    for (const [id, frame] of this.#frames) {
      if (id !== 0 || !owner.takesFrame(peerId, frame))
        owner.conversation.receive(peerId, id, frame);
    }
    peer.link.sendNow(owner.mediaState());
    // There may be no TURN server at all, whatever it was that was to be reached through it. One side is enough.
    const isLost = connectionState === 'failed' || (this.#isNarrowed && !peer.wasConnected);
    if (isLost && this.#send) this.#link.remote.replaceLink();
    else if (this.#isNarrowed) peer.restartIce();
  }

  close(): void {
    this.#over.abort();
    this.#ahead = null;
    this.#placeholders.stop();
  }

  /**
   * What the camera shows in this moment goes first, for a short while: a browser that is given another track may drop
   * what is still on its way from the one before.
   */
  #goAhead(): void {
    const {camera} = this.#real();
    const {picture} = this.#placeholders;
    if (!picture?.show(camera)) return;
    this.#ahead = camera;
    const release = this.#releases;
    setTimeout(() => void this.#takeOver(release), AHEAD_MS);
  }

  /** The camera itself. */
  async #takeOver(release: number): Promise<void> {
    if (this.#ahead === null || release !== this.#releases) return;
    this.#ahead = null;
    await this.#link.sendTracks();
    if (this.#over.signal.aborted) this.#placeholders.stop();
    else this.#placeholders.picture?.hide();
  }

  onPeerChange(_: string, {connectionState, ...change}: Partial<Omit<PeerState, 'peerId'>>): void {
    if (connectionState === 'connected' && !this.#isReleased) this.#placeholders.picture?.hurry();
    Object.assign(this.#change, change);
  }

  /** Only whoever is asked can accept. */
  takesFrame(_: string, frame: Frame): boolean {
    if (frame !== JSON.stringify(ACCEPTED)) return false;
    if (this.#send === undefined && !this.#isAccepted) {
      this.#isAccepted = true;
      void this.#release();
    }
    return true;
  }

  onLeave(): void {
    // Nobody has come who could leave.
  }

  onError(): void {
    // Whatever fails is made anew after Accept.
  }

  /** For as long as the relay may take to say the same. */
  async #release(): Promise<void> {
    const {signal} = this.#over;
    if (this.#isReleased || signal.aborted) return;
    this.#isReleased = true;
    const release = ++this.#releases;
    this.#goAhead();
    this.#see(true);
    this.#tell();
    await pause(CONFIRMED_WITHIN_MS, signal);
    if (release === this.#releases) this.takeBack();
  }

  /** Nobody has been let in: placeholders again. */
  takeBack(): void {
    if (!this.#isReleased || this.#over.signal.aborted) return;
    this.#isReleased = false;
    this.#see(false);
    this.#ahead = null;
    this.#placeholders.picture?.hide();
    this.#tell();
  }

  async #giveUp(): Promise<void> {
    const {signal} = this.#over;
    await pause(CONNECTED_WITHIN_MS, signal);
    if (!signal.aborted && this.#link.remote.peer?.wasConnected !== true) this.#link.close();
  }

  /**
   * Their pictures, which are shown to nobody before the relay's word, but are there by then. Voices wait for it: they
   * would be heard.
   */
  #see(isSeen: boolean): void {
    for (const {track} of this.#link.remote.peer?.receivers ?? []) {
      if (track.kind === 'video') track.enabled = isSeen;
    }
  }

  #tell(): void {
    void this.#link.sendTracks();
    this.#link.remote.peer?.link.sendNow(this.mediaState());
  }
}

function hasTurn({ice, options}: LinkPlan): boolean {
  const servers = [...ice.iceServers, ...options.iceServers];
  return servers.some(({urls}) => [urls].flat().some((url) => /^turns?:/i.test(url)));
}
