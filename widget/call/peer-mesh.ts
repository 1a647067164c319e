/**
 * The links to everybody in the room: one remote for each peer, to which it hands signals, tracks
 * and messages. Knows who is there only from what it is told, and the relay not at all.
 *
 * A link has an id, made up by the side that offers first. That is the newcomer: who enters a room
 * offers to everybody in it. An offer under a new id therefore means that the other side has begun
 * anew (it was reloaded, or gave the old link up), and the old link goes. Should both begin at once,
 * the link with the smaller id stays.
 */
import type {RelayEvent} from '../../protocol/messages.js';
import type {IceConfiguration} from '../../protocol/shapes.js';
import type {PeerMessage} from '../../protocol/peer-messages.js';
import type {CallError} from './call-error.js';
import type {CareLoader} from './care-loader.js';
import type {LinkMessages} from './care/link-messages.js';
import type {RelayReturn} from './care/relay-return.js';
import type {CallMedia, CallOptions} from './call-options.js';
import type {PeerState} from './call-state.js';
import type {ConversationLoader} from './conversation-loader.js';
import type {Frame} from './data-link.js';
import type {DeviceKind, LocalTracks} from './local-media.js';
import type {PeerSignal} from './peer.js';
import {Remote} from './remote.js';
import type {PreparedLink} from './warm/prepared-link.js';
import {rtcConfiguration} from './rtc-configuration.js';

export interface PeerMeshOptions {
  readonly carries: CallMedia;
  readonly iceTransportPolicy: CallOptions['iceTransportPolicy'];
  /** The host's own, used besides the relay's. */
  readonly iceServers: CallOptions['iceServers'];
  readonly tracks: () => LocalTracks;
  readonly mediaState: () => Extract<PeerMessage, {type: 'media-state'}>;
  readonly send: (to: string, signal: PeerSignal) => void;
  readonly onPeerChange: (peerId: string, change: Partial<Omit<PeerState, 'peerId'>>) => void;
  /** Hears of every link, and of every frame that is not the call's own. */
  readonly conversation: ConversationLoader;
  /** A frame of the control channel is for what takes care of the call. */
  readonly takesFrame: (peerId: string, frame: Frame) => boolean;
  /** The peer hangs up, in its own words. */
  readonly onLeave: (peerId: string) => void;
  readonly onError: (error: CallError) => void;
}

export class PeerMesh {
  readonly #options: PeerMeshOptions;
  /** There when the relay forgets everybody: who is who after that. */
  relayReturn: RelayReturn | null = null;
  linkMessages: LinkMessages | null = null;
  /** What came before there was anybody to say whom it is for. */
  readonly earlyFrames: [peerId: string, frame: Frame][] = [];
  /** What looks after the links. */
  care: CareLoader | null = null;
  readonly #remotes = new Map<string, Remote>();
  #ice: IceConfiguration;
  /** When the relay said it last. Milliseconds since the epoch. */
  iceSince = Date.now();

  constructor(options: PeerMeshOptions, ice: IceConfiguration) {
    this.#options = options;
    this.#ice = ice;
  }

  /** What the relay has said last of TURN and STUN. */
  get ice(): IceConfiguration {
    return this.#ice;
  }

  get remotes(): readonly Remote[] {
    return [...this.#remotes.values()];
  }

  remote(peerId: string): Remote | undefined {
    return this.#remotes.get(peerId);
  }

  /** Somebody is there who was before us: offers, unless there is a link already. */
  connect(peerId: string): void {
    this.#remoteOf(peerId).connect();
  }

  /** Somebody has come: waits for the offer. */
  expect(peerId: string): void {
    this.#remoteOf(peerId);
  }

  /** Somebody comes for whom a link was prepared. */
  adopt(peerId: string, link: PreparedLink): void {
    this.remove(peerId);
    this.#remotes.set(peerId, link.remote);
    link.enter(peerId, this.#options, () => this.#configuration);
  }

  remove(peerId: string): void {
    this.#remotes.get(peerId)?.close();
    this.#remotes.delete(peerId);
  }

  /** This peer is not in the room any more, by what is said over its link. */
  farewell(peerId: string): void {
    this.#options.onLeave(peerId);
  }

  /** Keeps the links to these peers and no others. */
  retain(peerIds: ReadonlySet<string>): void {
    for (const peerId of [...this.#remotes.keys()]) {
      if (!peerIds.has(peerId)) this.remove(peerId);
    }
  }

  /** Signals of those who are not in the room are dropped. */
  receive({from, ...signal}: RelayEvent<'signal'>): void {
    this.#remotes.get(from)?.receive(signal);
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
    this.care?.look();
  }

  /** New TURN credentials: for links to come, and for the next ICE restart of those that are. */
  setIce(ice: IceConfiguration): void {
    this.#ice = ice;
    this.iceSince = Date.now();
    for (const {peer} of this.#remotes.values()) peer?.setConfiguration(this.#configuration);
  }

  /** Of the links that last until they have answered. */
  async getStats(): Promise<Map<string, RTCStatsReport>> {
    const reports = new Map<string, RTCStatsReport>();
    const asked = [...this.#remotes].map(async ([peerId, {peer}]) => {
      if (peer !== null) reports.set(peerId, await peer.getStats());
    });
    await Promise.allSettled(asked);
    return reports;
  }

  /**
   * Says good-bye over the links themselves, for it then arrives even while the relay is away.
   * Resolves when it has been heard: the others hang up. Closing before that could lose it.
   */
  async sayGoodbye(): Promise<void> {
    const links = [...this.#remotes.values()].flatMap(({peer}) =>
      peer?.link.isOpen === true ? peer.link : [],
    );
    for (const link of links) link.sendNow({type: 'leave'});
    await Promise.all(links.map(({closed}) => closed));
  }

  close(): void {
    for (const peerId of [...this.#remotes.keys()]) this.remove(peerId);
  }

  #remoteOf(peerId: string): Remote {
    let remote = this.#remotes.get(peerId);
    if (remote === undefined) {
      remote = new Remote(peerId, this.#options, () => this.#configuration);
      this.#remotes.set(peerId, remote);
    }
    return remote;
  }

  get #configuration(): RTCConfiguration {
    return rtcConfiguration(this.#ice, this.#options);
  }
}
