/**
 * One link to one remote peer: an `RTCPeerConnection` with its transceivers and its data link. A
 * link is never reused: when ICE restarts do not heal it (`care/link-recovery.ts`), the mesh makes
 * another. Knows neither the relay nor the room.
 *
 * The first offer makes the sections of the devices (microphone, then camera), which belong to no
 * stream; devices come and go by `replaceTrack()`, which needs no negotiation (W3C WebRTC section
 * 5.2). A section that comes with a stream is of a shared screen (`care/screen-share.ts`).
 */
import type {Candidate, Description} from '../../protocol/shapes.js';
import type {PeerMessage} from '../../protocol/peer-messages.js';
import type {CallMedia} from './call-options.js';
import {CandidateBatch} from './candidate-batch.js';
import {DataLink, type ChannelId, type Frame} from './data-link.js';
import {setScale, START_SCALE} from './first-picture.js';
import type {DeviceKind, LocalTracks} from './local-media.js';
import {PerfectNegotiation} from './perfect-negotiation.js';
import {unlessAborted} from './unless-aborted.js';

export type PeerSignal =
  | {readonly linkId: string; readonly description: Description; readonly again?: true}
  | {readonly linkId: string; readonly candidates: Candidate[]};

export interface PeerOptions {
  readonly linkId: string;
  /** This side offers first. */
  readonly initiator: boolean;
  readonly carries: CallMedia;
  readonly configuration: RTCConfiguration;
  readonly tracks: LocalTracks;
  /** Where the remote tracks go; outlives the link, so that a `<video>` showing it need not change. */
  readonly remoteStream: MediaStream;
  /** The same for the screen that is shared beside them. */
  readonly remoteScreen: MediaStream;
  readonly send: (signal: PeerSignal) => void;
  readonly onConnectionState: (state: RTCPeerConnectionState) => void;
  /** A remote track has begun to carry media. */
  readonly onMedia: (kind: DeviceKind) => void;
  readonly onOpen: () => void;
  readonly onMessage: (message: PeerMessage) => void;
  /** What people or their pages say over the link. */
  readonly onFrame: (id: ChannelId, frame: Frame) => void;
  /** The link cannot be used any more; it is for its owner to close. */
  readonly onError: (error: unknown) => void;
}

/** The sections that a call of this kind has, in the order in which they are offered. */
const SECTIONS: Record<CallMedia, readonly DeviceKind[]> = {
  video: ['microphone', 'camera'],
  audio: ['microphone'],
  data: [],
};

export class Peer {
  readonly linkId: string;
  readonly isInitiator: boolean;
  /** Since when there is somebody at the other end: a link may be made while it rings. */
  beganAt = performance.now();
  /** When ICE was last restarted; `-Infinity`: never. */
  restartedAt = -Infinity;
  readonly #options: PeerOptions;
  readonly #connection: RTCPeerConnection;
  readonly #negotiation: PerfectNegotiation;
  readonly #candidates: CandidateBatch;
  readonly #link: DataLink;
  readonly #closed = new AbortController();
  readonly #tracks: {microphone: MediaStreamTrack | null; camera: MediaStreamTrack | null};
  readonly #transceivers = new Map<DeviceKind, RTCRtpTransceiver>();
  #wasConnected = false;

  /** Throws what `new RTCPeerConnection()` throws: a wrong ICE server, or too many connections. */
  constructor(options: PeerOptions) {
    this.#options = options;
    this.linkId = options.linkId;
    this.isInitiator = options.initiator;
    this.#tracks = {...options.tracks};
    this.#connection = new RTCPeerConnection(options.configuration);
    const {signal} = this.#closed;
    this.#candidates = new CandidateBatch((candidates) => {
      options.send({linkId: this.linkId, candidates});
    });
    this.#negotiation = new PerfectNegotiation({
      connection: this.#connection,
      // Who answers first begins the encryption, and Firefox takes that part again in every answer
      // that follows a rollback: for any other side that would be a change that no browser bears.
      polite: !options.initiator,
      passive: !options.initiator,
      sendDescription: (description) => {
        const isAgain = description.type === 'offer' && this.#connection.remoteDescription !== null;
        options.send({linkId: this.linkId, description, ...(isAgain && {again: true})});
      },
      onError: options.onError,
      signal,
    });
    this.#listen(signal);
    this.#link = new DataLink({
      connection: this.#connection,
      onOpen: options.onOpen,
      onMessage: options.onMessage,
      onFrame: options.onFrame,
      signal,
    });
    if (options.initiator) {
      for (const kind of SECTIONS[options.carries]) {
        const media = kind === 'camera' ? 'video' : 'audio';
        this.#adopt(kind, this.#connection.addTransceiver(media));
      }
    }
  }

  /** Aborted when it is closed. */
  get signal(): AbortSignal {
    return this.#closed.signal;
  }

  /** It has been `connected` before. */
  get wasConnected(): boolean {
    return this.#wasConnected;
  }

  /** To be looked at only. */
  get connection(): RTCPeerConnection {
    return this.#connection;
  }

  get connectionState(): RTCPeerConnectionState {
    return this.#connection.connectionState;
  }

  /** Our first offer has not been answered: the remote may not even know of this link. */
  get isUnanswered(): boolean {
    return this.isInitiator && this.#connection.remoteDescription === null;
  }

  get link(): DataLink {
    return this.#link;
  }

  receive(signal: {description: Description} | {candidates: readonly Candidate[]}): void {
    if ('description' in signal) void this.#negotiation.receiveDescription(signal.description);
    else for (const candidate of signal.candidates) this.#receiveCandidate(candidate);
  }

  /**
   * Sends this track from now on, or nothing. Resolves when the sender has taken it, or the link is
   * closed: a promise of a connection that is closed meanwhile may never settle (W3C WebRTC section 5.2).
   */
  async setTrack(kind: DeviceKind, track: MediaStreamTrack | null): Promise<void> {
    this.#tracks[kind] = track;
    const {signal} = this.#closed;
    try {
      const replaced = this.senderOf(kind)?.replaceTrack(track);
      if (replaced) await unlessAborted(replaced, signal);
    } catch (error) {
      // A new link makes its senders with the track of the moment.
      if (!signal.aborted) this.#options.onError(error);
    }
  }

  setConfiguration(configuration: RTCConfiguration): void {
    this.#connection.setConfiguration(configuration);
  }

  /**
   * Over the link itself, where the relay does not carry it: what keeps this link going while it
   * lives, and nothing for another one.
   */
  sayOverLink({linkId, ...signal}: PeerSignal): void {
    if (linkId === this.linkId) this.#link.sendOnceOpen({type: 'signal', ...signal});
  }

  /** Signals may have been lost: whatever is half done is taken up again. */
  resync(): void {
    if (this.#negotiation.resend()) return;
    if (this.#connection.connectionState !== 'connected') this.restartIce();
  }

  /**
   * Until the two have been connected once, only the initiator offers. An offer of the other side
   * might meet a first offer that is still unanswered, and roll it back with all its sections.
   */
  restartIce(): void {
    this.restartedAt = performance.now();
    if (this.isInitiator || this.#wasConnected) this.#connection.restartIce();
  }

  get receivers(): readonly RTCRtpReceiver[] {
    return this.#connection.getReceivers();
  }

  /** What sends from this device; none before the first offer has come. */
  senderOf(kind: DeviceKind): RTCRtpSender | undefined {
    return this.#transceivers.get(kind)?.sender;
  }

  /** Rejects with `aborted` if the link is closed meanwhile: Firefox would leave the question unanswered for ever. */
  getStats(): Promise<RTCStatsReport> {
    return unlessAborted(this.#connection.getStats(), this.#closed.signal);
  }

  close(): void {
    this.#closed.abort();
    this.#candidates.clear();
    this.#connection.close();
  }

  #listen(signal: AbortSignal): void {
    const connection = this.#connection;
    connection.addEventListener('icecandidate', ({candidate}) => this.#candidates.add(candidate), {
      signal,
    });
    connection.addEventListener('track', (event) => this.#onTrack(event), {signal});
    connection.addEventListener(
      'connectionstatechange',
      () => {
        const {connectionState} = connection;
        this.#wasConnected ||= connectionState === 'connected';
        this.#options.onConnectionState(connectionState);
      },
      {signal},
    );
  }

  #receiveCandidate({candidate, sdpMid, sdpMLineIndex, usernameFragment}: Candidate): void {
    this.#negotiation.receiveCandidate({
      candidate,
      sdpMid: sdpMid ?? null,
      sdpMLineIndex: sdpMLineIndex ?? null,
      usernameFragment: usernameFragment ?? null,
    });
  }

  /**
   * Fires while the offer is being applied, before it is answered: the moment to say what this side
   * sends in the section that the other side has just made.
   */
  #onTrack({track, transceiver, streams}: RTCTrackEvent): void {
    const screen = streams[0];
    const {remoteStream, remoteScreen, carries, onMedia} = this.#options;
    const kind = track.kind === 'audio' ? 'microphone' : 'camera';
    // Whoever hears the others sees their screens.
    if (!SECTIONS[carries].includes(screen ? 'microphone' : kind)) {
      transceiver.direction = 'inactive';
      return;
    }
    const stream = screen ? remoteScreen : remoteStream;
    // The last picture of the link before has stood there until now.
    clear(stream, track.kind);
    stream.addTrack(track);
    if (screen) return;
    track.addEventListener('unmute', () => onMedia(kind), {signal: this.#closed.signal});
    if (!this.#transceivers.has(kind)) this.#adopt(kind, transceiver);
  }

  #adopt(kind: DeviceKind, transceiver: RTCRtpTransceiver): void {
    transceiver.direction = 'sendrecv';
    this.#transceivers.set(kind, transceiver);
    if (kind === 'camera') setScale(transceiver.sender, START_SCALE);
    void this.setTrack(kind, this.#tracks[kind]);
  }
}

/** @param kind Of all tracks, if it is left out. */
export function clear(stream: MediaStream, kind?: string): void {
  for (const track of stream.getTracks()) {
    if (!kind || track.kind === kind) stream.removeTrack(track);
  }
}
