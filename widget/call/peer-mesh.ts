/**
 * The links to everybody in the room: makes one per remote peer, hands signals to the right one,
 * replaces those that cannot be healed or whose other end has begun anew. Knows who is there only
 * from what the session tells it, and the relay not at all.
 *
 * A link has an id, made up by the side that offers first. That is the newcomer: who enters a room
 * offers to everybody in it. An offer under a new id therefore means that the other side has begun
 * anew (it was reloaded, or gave the old link up), and the old link goes. Should both begin at once,
 * the polite side lets go of its own.
 */
import type {IceConfiguration, RelayEvent} from '../../protocol/messages.js';
import type {PeerMessage} from '../../protocol/peer-messages.js';
import {CallError} from './call-error.js';
import type {CallMedia} from './call-options.js';
import type {PeerState} from './call-state.js';
import {randomId} from './identity.js';
import type {DeviceKind, LocalTracks} from './local-media.js';
import {Peer, type PeerSignal} from './peer.js';

export interface PeerMeshOptions {
  readonly selfId: string;
  readonly carries: CallMedia;
  readonly iceTransportPolicy: RTCIceTransportPolicy;
  /** The host's own, used besides the relay's. */
  readonly iceServers: readonly RTCIceServer[];
  readonly tracks: () => LocalTracks;
  readonly mediaState: () => Extract<PeerMessage, {type: 'media-state'}>;
  readonly send: (to: string, signal: PeerSignal) => void;
  /** The relay has a connection to this peer right now. */
  readonly isPresent: (peerId: string) => boolean;
  readonly onPeerChange: (peerId: string, change: Partial<Omit<PeerState, 'peerId'>>) => void;
  readonly onMessage: (from: string, data: unknown) => void;
  /** The peer hangs up, in its own words. */
  readonly onLeave: (peerId: string) => void;
  readonly onError: (error: CallError) => void;
}

interface Remote {
  readonly stream: MediaStream;
  peer: Peer | null;
  /** It has told its own media state, so that what arrives need not be guessed from. */
  hasToldState: boolean;
  /** How many links in a row were beyond healing. */
  exhausted: number;
  hasToldFailure: boolean;
  /** Who wants to send before there is a link; told `null` when there will be none. */
  readonly waiting: ((peer: Peer | null) => void)[];
}

export class PeerMesh {
  readonly #options: PeerMeshOptions;
  readonly #remotes = new Map<string, Remote>();
  #configuration: RTCConfiguration;

  constructor(options: PeerMeshOptions, ice: IceConfiguration) {
    this.#options = options;
    this.#configuration = this.#configurationOf(ice);
  }

  /** Somebody is there who was before us: offers, unless there is a link already. */
  connect(peerId: string): void {
    const remote = this.#remoteOf(peerId);
    if (remote.peer === null) this.#begin(peerId, remote, randomId(), true);
  }

  /** Somebody has come: waits for the offer. */
  expect(peerId: string): void {
    this.#remoteOf(peerId);
  }

  remove(peerId: string): void {
    const remote = this.#remotes.get(peerId);
    if (remote === undefined) return;
    this.#remotes.delete(peerId);
    remote.peer?.close();
    for (const tell of remote.waiting.splice(0)) tell(null);
  }

  /** Keeps the links to these peers and no others. */
  retain(peerIds: ReadonlySet<string>): void {
    for (const peerId of [...this.#remotes.keys()]) {
      if (!peerIds.has(peerId)) this.remove(peerId);
    }
  }

  receive({from, linkId, ...signal}: RelayEvent<'signal'>): void {
    const remote = this.#remotes.get(from);
    if (remote === undefined) return;
    const isOffer = 'description' in signal && signal.description.type === 'offer';
    if (isOffer && remote.peer?.linkId !== linkId) {
      if (remote.peer?.isUnanswered === true && !this.#isPolite(from)) return;
      this.#begin(from, remote, linkId, false);
    }
    // What belongs to another link is late, and of no use to anybody.
    if (remote.peer?.linkId === linkId) remote.peer.receive(signal);
  }

  /** Signals to or from this peer (or all) may have been lost. */
  resync(peerId?: string): void {
    for (const [id, {peer}] of this.#remotes) {
      if (peerId === undefined || id === peerId) peer?.resync();
    }
  }

  async setTrack(kind: DeviceKind, track: MediaStreamTrack | null): Promise<void> {
    const peers = [...this.#remotes.values()].flatMap(({peer}) => peer ?? []);
    await Promise.all(peers.map((peer) => peer.setTrack(kind, track)));
  }

  /** Tells everybody what this side now sends. */
  broadcastState(): void {
    const state = this.#options.mediaState();
    for (const {peer} of this.#remotes.values()) peer?.link.sendNow(state);
  }

  /**
   * Hands one frame to each of these peers' channels, waiting for those that are still connecting.
   * Rejects with `aborted` if none of them took it.
   */
  async send(frame: string | ArrayBuffer, peerIds: readonly string[]): Promise<void> {
    const results = await Promise.allSettled(
      peerIds.map(async (peerId) => (await this.#peerOf(peerId)).link.send(frame)),
    );
    if (!results.some(({status}) => status === 'fulfilled')) throw CallError.aborted();
  }

  /** New TURN credentials: for links to come, and for the next ICE restart of those that are. */
  setIce(ice: IceConfiguration): void {
    this.#configuration = this.#configurationOf(ice);
    for (const {peer} of this.#remotes.values()) peer?.setConfiguration(this.#configuration);
  }

  streamOf(peerId: string): MediaStream | null {
    return this.#remotes.get(peerId)?.stream ?? null;
  }

  async getStats(): Promise<Map<string, RTCStatsReport>> {
    const reports = new Map<string, RTCStatsReport>();
    for (const [peerId, {peer}] of this.#remotes) {
      if (peer !== null) reports.set(peerId, await peer.getStats());
    }
    return reports;
  }

  /** Says good-bye over the links themselves: it arrives even while the relay is away. */
  sayGoodbye(): void {
    for (const {peer} of this.#remotes.values()) peer?.link.sendNow({type: 'leave'});
  }

  close(): void {
    for (const peerId of [...this.#remotes.keys()]) this.remove(peerId);
  }

  #remoteOf(peerId: string): Remote {
    let remote = this.#remotes.get(peerId);
    if (remote === undefined) {
      remote = {
        stream: new MediaStream(),
        peer: null,
        hasToldState: false,
        exhausted: 0,
        hasToldFailure: false,
        waiting: [],
      };
      this.#remotes.set(peerId, remote);
    }
    return remote;
  }

  /** The peer's link, or the first one that it gets. Rejects with `aborted` if it goes before that. */
  async #peerOf(peerId: string): Promise<Peer> {
    const remote = this.#remotes.get(peerId);
    const peer =
      remote === undefined || remote.peer !== null
        ? (remote?.peer ?? null)
        : await new Promise<Peer | null>((resolve) => remote.waiting.push(resolve));
    if (peer === null) throw CallError.aborted();
    return peer;
  }

  #isPolite(peerId: string): boolean {
    return this.#options.selfId < peerId;
  }

  #begin(peerId: string, remote: Remote, linkId: string, initiator: boolean): void {
    const {carries, tracks, mediaState, send, onPeerChange, onError} = this.#options;
    remote.peer?.close();
    remote.hasToldState = false;
    try {
      const peer: Peer = new Peer({
        linkId,
        initiator,
        polite: this.#isPolite(peerId),
        carries,
        configuration: this.#configuration,
        tracks: tracks(),
        remoteStream: remote.stream,
        send: (signal) => send(peerId, signal),
        onConnectionState: (connectionState) => {
          if (connectionState === 'connected') {
            remote.exhausted = 0;
            remote.hasToldFailure = false;
          }
          onPeerChange(peerId, {connectionState});
        },
        onMedia: (kind) => {
          if (remote.hasToldState) return;
          const isCamera = kind === 'camera';
          onPeerChange(peerId, isCamera ? {cameraEnabled: true} : {microphoneEnabled: true});
        },
        onOpen: () => peer.link.sendNow(mediaState()),
        onMessage: (message) => this.#onMessage(peerId, remote, message),
        onBinary: (data) => this.#options.onMessage(peerId, data),
        onExhausted: (wasConnected) => this.#onExhausted(peerId, remote, wasConnected),
        onError: (cause) => onError(CallError.from(cause, 'negotiation-failed')),
      });
      remote.peer = peer;
      for (const tell of remote.waiting.splice(0)) tell(peer);
      onPeerChange(peerId, {connectionState: peer.connectionState});
    } catch (cause) {
      remote.peer = null;
      onError(CallError.from(cause, 'negotiation-failed'));
    }
  }

  #onMessage(peerId: string, remote: Remote, message: PeerMessage): void {
    switch (message.type) {
      case 'media-state': {
        const {type: _, ...change} = message;
        remote.hasToldState = true;
        this.#options.onPeerChange(peerId, change);
        return;
      }
      case 'message':
        this.#options.onMessage(peerId, message.data);
        return;
      case 'leave':
        this.#options.onLeave(peerId);
        return;
    }
  }

  #onExhausted(peerId: string, remote: Remote, wasConnected: boolean): void {
    // Somebody who is away (a reload, a lost network) is being waited for, not searched.
    if (!this.#options.isPresent(peerId)) return;
    remote.exhausted++;
    // After a good connection a fresh link is tried before people hear of it.
    if (!remote.hasToldFailure && (!wasConnected || remote.exhausted > 1)) {
      remote.hasToldFailure = true;
      const message = `No path to the peer ${peerId} was found.`;
      this.#options.onError(new CallError('ice-failed', message));
    }
    if (remote.peer?.isInitiator === true) this.#begin(peerId, remote, randomId(), true);
  }

  #configurationOf({iceServers}: IceConfiguration): RTCConfiguration {
    return {
      iceServers: [...(iceServers as RTCIceServer[]), ...this.#options.iceServers],
      iceTransportPolicy: this.#options.iceTransportPolicy,
      bundlePolicy: 'max-bundle',
    };
  }
}
