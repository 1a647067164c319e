/**
 * A link that is made before anybody has pressed Accept: everything but the packets. It is a remote
 * whose signals are held back; when its person comes, it enters the mesh, and is one like any other.
 *
 * A connection that knows where the other side is sends packets there (RFC 8445 section 7.2.2), so
 * whoever is asked is not told: candidates are taken out of the offer, and handed on after Accept.
 */
import type {PeerMessage} from '../../../protocol/peer-messages.js';
import type {Answered, Candidate, Description, IceConfiguration} from '../../../protocol/shapes.js';
import type {CallMedia, CallOptions} from '../call-options.js';
import type {LocalTracks} from '../local-media.js';
import type {PeerSignal} from '../peer.js';
import {Remote, type RemoteOptions, type RemoteSignal} from '../remote.js';
import {rtcConfiguration} from '../rtc-configuration.js';
import {withSpeechWishes} from '../speech-wishes.js';
import type {EarlyLink} from './early-link.js';

/** People take longer to answer; what a slow server still gives goes after it. */
const GATHERING_MS = 500;

const KINDS = ['microphone', 'camera'] as const;

export interface LinkPlan {
  readonly ice: IceConfiguration;
  /** `media`: what the link carries. */
  readonly options: Pick<CallOptions, 'iceServers' | 'iceTransportPolicy' | 'media'>;
  tracks(): LocalTracks;
}

export const NOTHING_SENT: Extract<PeerMessage, {type: 'media-state'}> = {
  type: 'media-state',
  microphoneEnabled: false,
  cameraEnabled: false,
  screenSharing: false,
  lowData: false,
};

export class PreparedLink {
  readonly remote: Remote;
  readonly carries: CallMedia;
  readonly #tracks: () => LocalTracks;
  readonly #options: RemoteOptions;
  #sent: LocalTracks | undefined;
  readonly #send: ((signal: PeerSignal) => void) | null;
  #configuration: () => RTCConfiguration;
  /** The mesh's, from when its person has come. */
  #owner: RemoteOptions | null = null;
  #linkId: string | null = null;
  /** Nothing leaves, for it is all in the description that will. */
  #isHeld = true;
  #timer: ReturnType<typeof setTimeout> | undefined;
  /** What came after that, before anybody had come. */
  readonly #said: PeerSignal[] = [];
  /** What it must not know yet. */
  readonly #withheld: Candidate[] = [];
  /** It is connected while it rings. */
  early: EarlyLink | null = null;

  private constructor(
    {ice, options, tracks}: LinkPlan,
    send: ((signal: PeerSignal) => void) | null,
  ) {
    this.carries = options.media;
    this.#tracks = tracks;
    this.#send = send;
    this.#configuration = () => rtcConfiguration(ice, options);
    this.#options = this.#remoteOptions();
    this.remote = new Remote('', this.#options, () => this.#configuration());
  }

  /** Of the one who asks. @param send Takes it to those who are asked. */
  static offer(plan: LinkPlan, send: (signal: PeerSignal) => void): PreparedLink {
    const link = new PreparedLink(plan, send);
    link.remote.connect();
    return link;
  }

  /** Of the one who is asked: says nothing before the answer is taken from it. */
  static answer(plan: LinkPlan): PreparedLink {
    return new PreparedLink(plan, null);
  }

  /** It failed, or was never made: Firefox throws for much that is asked of a closed connection. */
  get isUseless(): boolean {
    return this.remote.peer?.signal.aborted !== false;
  }

  get linkId(): string | null {
    return this.#linkId;
  }

  /** Of the one who asks, to the one who is asked. */
  receive({linkId, ...signal}: RemoteSignal): void {
    if ('candidates' in signal) {
      if (linkId !== this.#linkId) return;
      if (this.#isHeld) this.#withheld.push(...signal.candidates);
      else this.remote.receive({linkId, ...signal});
    } else if (this.#linkId === null) {
      const {description, candidates} = withoutCandidates(signal.description);
      this.#withheld.push(...candidates);
      this.remote.receive({linkId, description});
    }
  }

  /** What is to be said with an acceptance; `undefined` if it is not ready, or never will be. */
  takeAnswer(): Answered | undefined {
    const {peer} = this.remote;
    if (peer === null || this.isUseless) return undefined;
    const description = peer.connection.localDescription;
    if (peer.linkId !== this.#linkId || description?.type !== 'answer') return undefined;
    this.#isHeld = false;
    const {type, sdp} = description;
    const {linkId} = peer;
    // The person has said yes: no need to wait until the relay has heard it, only until it has been told.
    queueMicrotask(() => this.remote.receive({linkId, candidates: this.#withheld.splice(0)}));
    return {linkId, description: {type, sdp: withSpeechWishes(sdp)}};
  }

  /** They have come, under this id: for the mesh that takes it. */
  enter(peerId: string, owner: RemoteOptions, configuration: () => RTCConfiguration): void {
    clearTimeout(this.#timer);
    const former = this.#configuration();
    const present = configuration();
    this.#owner = owner;
    this.#configuration = configuration;
    this.remote.peerId = peerId;
    const {peer} = this.remote;
    if (peer === null) return;
    peer.beganAt = performance.now();
    for (const {track} of peer.receivers) track.enabled = true;
    // Only another one: the page stands still until the browser has taken it in.
    if (JSON.stringify(former) !== JSON.stringify(present)) peer.setConfiguration(present);
    this.early?.entered(peerId, owner);
    void this.sendTracks();
    owner.conversation.linked(peerId, peer.link);
    owner.onPeerChange(peerId, {connectionState: peer.connectionState});
    for (const signal of this.#said) owner.send(peerId, signal);
  }

  /**
   * Those of the moment: somebody may switch a device while it rings, and what was on before must not be sent,
   * not even for the moment that a browser takes to change it.
   */
  async sendTracks(): Promise<void> {
    const {peer} = this.remote;
    const former = this.#sent;
    const tracks = (this.#sent = this.#options.tracks());
    // Chromium loses a picture or two over a track that is put in its own place.
    const changed = KINDS.filter((kind) => former?.[kind] !== tracks[kind]);
    await Promise.all(changed.map(async (kind) => peer?.setTrack(kind, tracks[kind])));
  }

  /** The answer of whoever has come. */
  answered({linkId, description}: Answered): void {
    this.remote.receive({linkId, description});
  }

  close(): void {
    clearTimeout(this.#timer);
    this.early?.close();
    this.remote.close();
  }

  /** The mesh's, as soon as there is one; until then nobody hears of anything. */
  #remoteOptions(): RemoteOptions {
    const id = (): string => this.remote.peerId;
    const owner = (): Omit<RemoteOptions, 'send' | 'carries'> | null => this.#owner ?? this.early;
    return {
      carries: this.carries,
      tracks: () => ((this.early ?? this.#owner)?.tracks ?? this.#tracks)(),
      mediaState: () => owner()?.mediaState() ?? NOTHING_SENT,
      send: (_, signal) => {
        if (this.#owner) this.#owner.send(id(), signal);
        else this.#onSignal(signal);
      },
      onPeerChange: (_, change) => {
        owner()?.onPeerChange(id(), change);
        if (this.#owner) return;
        if (this.#linkId === null) this.#hide();
        const linkId = this.remote.peer?.linkId ?? null;
        // A link that is replaced has failed: there is time enough for that after Accept.
        if (this.#linkId !== null && linkId !== this.#linkId) this.close();
        this.#linkId ??= linkId;
      },
      conversation: {
        linked: (_, link) => owner()?.conversation.linked(id(), link),
        receive: (_, channel, frame) => owner()?.conversation.receive(id(), channel, frame),
        gone: () => owner()?.conversation.gone(id()),
      },
      // The word for Accept is nobody else's, also where the relay was quicker.
      takesFrame: (_, frame) =>
        this.early?.takesFrame('', frame) || (this.#owner?.takesFrame(id(), frame) ?? false),
      onLeave: () => owner()?.onLeave(id()),
      onError: (error) => owner()?.onError(error),
    };
  }

  /** What comes before anybody has been let in is neither shown nor heard, though it is played already. */
  #hide(): void {
    this.remote.peer?.connection.addEventListener('track', ({track}) => {
      track.enabled = this.#owner !== null;
    });
  }

  #onSignal(signal: PeerSignal): void {
    if (!this.#isHeld) {
      if (this.#send) this.#send(signal);
      else this.#said.push(signal);
    } else if (this.#send || this.early) {
      const isComplete =
        'candidates' in signal && signal.candidates.some(({candidate}) => candidate === '');
      if (isComplete) this.#release();
      else this.#timer ??= setTimeout(() => this.#release(), GATHERING_MS);
    }
  }

  /** The offer leaves, or the answer if it may, with the candidates that there are in it. */
  #release(): void {
    clearTimeout(this.#timer);
    if (!this.#isHeld) return;
    if (!this.#send) return this.early?.answer();
    this.#isHeld = false;
    this.remote.peer?.resync();
  }
}

/** The candidates of a description (RFC 8839 section 5.1), and what is left of it. */
export function withoutCandidates({type, sdp}: Description): {
  description: Description;
  candidates: Candidate[];
} {
  const candidates: Candidate[] = [];
  let sdpMLineIndex = -1;
  const lines = sdp.split('\r\n').filter((line) => {
    if (line.startsWith('m=')) sdpMLineIndex++;
    if (line.startsWith('a=candidate:')) {
      candidates.push({candidate: line.slice('a='.length), sdpMLineIndex});
      return false;
    }
    return line !== 'a=end-of-candidates';
  });
  return {description: {type, sdp: lines.join('\r\n')}, candidates};
}
