/**
 * This side's place in one room, as the relay sees it: joins, takes the place back after a lost
 * connection, follows who comes, goes and knocks, and lets the mesh of links follow. It neither
 * opens nor closes the way to the relay, and knows no devices but the tracks to send.
 */
import {
  MAX_CAPACITY,
  MAX_RING_TIMEOUT_MS,
  MIN_CAPACITY,
  MIN_RING_TIMEOUT_MS,
} from '../../protocol/limits.js';
import type {RelayEvent, RoomView} from '../../protocol/messages.js';
import {toDisplayName} from '../../protocol/text.js';
import type {AttemptHost} from './call-attempt.js';
import {CallError} from './call-error.js';
import type {CallOptions} from './call-options.js';
import {peersOf} from './call-state.js';
import type {LocalTracks} from './local-media.js';
import type {PeerSignal} from './peer.js';
import {PeerMesh} from './peer-mesh.js';
import {toInvitation, toPeerState} from './relay-views.js';
import type {Signaling} from './signaling.js';

/** New TURN credentials are asked for this far into the life of the old ones. */
const ICE_RENEWAL = 0.5;

export interface RoomMembershipOptions {
  readonly room: string;
  readonly host: AttemptHost;
  /** As they were at the moment of the join. */
  readonly options: CallOptions;
  readonly signaling: Signaling;
  readonly tracks: () => LocalTracks;
  /** The call is over: nothing is heard or sent any more. */
  readonly signal: AbortSignal;
}

export class RoomMembership {
  readonly #room: string;
  readonly #host: AttemptHost;
  readonly #options: CallOptions;
  readonly #signaling: Signaling;
  readonly #tracks: () => LocalTracks;
  readonly #signal: AbortSignal;
  #mesh: PeerMesh | null = null;
  #iceRenewal: ReturnType<typeof setTimeout> | undefined;
  /** Knocks of ours that were settled before the reply to `join` told us that they exist. */
  readonly #settled = new Map<string, RelayEvent<'invitation-ended'> | 'admitted'>();

  constructor({room, host, options, signaling, tracks, signal}: RoomMembershipOptions) {
    this.#room = room;
    this.#host = host;
    this.#options = options;
    this.#signaling = signaling;
    this.#tracks = tracks;
    this.#signal = signal;
    this.#followRoom();
    signal.addEventListener('abort', () => clearTimeout(this.#iceRenewal), {once: true});
  }

  /** The links to the others; `null` until there is a seat. */
  get mesh(): PeerMesh | null {
    return this.#mesh;
  }

  /**
   * Takes a seat or knocks; resolves when the relay has answered.
   *
   * @param resume Only take back what the relay has kept: rejects with `not-in-room` otherwise.
   */
  async join(resume = false): Promise<void> {
    const capacity = clamp(Math.round(this.#options.capacity), MIN_CAPACITY, MAX_CAPACITY);
    const ringTimeoutMs = clamp(
      this.#host.options().ringTimeout * 1000,
      MIN_RING_TIMEOUT_MS,
      MAX_RING_TIMEOUT_MS,
    );
    const reply = await this.#signaling.request('join', {
      room: this.#room,
      capacity,
      ringTimeoutMs,
      resume,
    });
    if (this.#signal.aborted) return;
    if (reply.outcome === 'seated') return this.#onSeated(reply.room);
    const {invitationId, expiresInMs} = reply;
    const settled = this.#settled.get(invitationId);
    if (settled === 'admitted') return;
    const expiresAt = Date.now() + expiresInMs;
    this.#mesh?.retain(new Set());
    this.#host.dispatch({type: 'knocking', room: this.#room, invitationId, expiresAt});
    if (settled !== undefined) this.#host.dispatch({type: 'invitation-ended', ...settled});
  }

  /** After a lost connection: takes the seat or the knock back, or asks anew. Never rejects. */
  async rejoin(): Promise<void> {
    const {state, dispatch} = this.#host;
    const knock = state();
    // The first `join` has not been answered yet; it fails or succeeds by itself.
    if (knock.status === 'acquiring-media' || knock.status === 'joining') return;
    try {
      await this.join(knock.status === 'knocking');
    } catch (thrown) {
      const error = CallError.from(thrown);
      if (this.#signal.aborted || this.#signaling.state !== 'open') return;
      if (error.code === 'not-in-room' && knock.status === 'knocking') {
        dispatch({type: 'invitation-ended', id: knock.invitationId, reason: 'lost'});
      } else {
        dispatch({type: 'failed', room: this.#room, error: error.asFatal()});
      }
    }
  }

  async answer(id: string, response: 'accept' | 'decline'): Promise<void> {
    const {dispatch} = this.#host;
    try {
      await this.#signaling.request('answer', {invitationId: id, response});
    } catch (thrown) {
      const error = CallError.from(thrown);
      if (error.code === 'invitation-over') {
        dispatch({type: 'invitation-ended', id, reason: 'answered-elsewhere'});
      } else if (error.code === 'room-full') {
        dispatch({type: 'invitation-ended', id, reason: 'busy'});
      }
      throw error;
    }
    if (response === 'accept') dispatch({type: 'invitation-accepted', id});
    else dispatch({type: 'invitation-ended', id, reason: 'declined'});
  }

  /** The name or metadata has changed; the others hear of it, now or at the next reconnection. */
  async updateProfile(): Promise<void> {
    const {displayName, metadata} = this.#host.options();
    if (this.#signaling.state !== 'open') return;
    await this.#signaling.request('profile', {displayName: toDisplayName(displayName), metadata});
  }

  #followRoom(): void {
    const signaling = this.#signaling;
    const {dispatch} = this.#host;
    const options = {signal: this.#signal};
    signaling.addEventListener('admitted', ({detail}) => this.#onAdmitted(detail), options);
    signaling.addEventListener('invitation', ({detail}) => this.#onInvitation(detail), options);
    signaling.addEventListener(
      'invitation-ended',
      ({detail}) => {
        if (this.#host.state().status === 'joining') this.#settled.set(detail.id, detail);
        dispatch({type: 'invitation-ended', ...detail});
      },
      options,
    );
    signaling.addEventListener(
      'peer-joined',
      ({detail}) => {
        this.#mesh?.expect(detail.peerId);
        dispatch({type: 'peer-joined', peer: toPeerState(detail, undefined)});
      },
      options,
    );
    signaling.addEventListener('peer-left', ({detail}) => this.#onPeerLeft(detail), options);
    signaling.addEventListener('peer-changed', ({detail}) => this.#onPeerChanged(detail), options);
    signaling.addEventListener('signal', ({detail}) => this.#mesh?.receive(detail), options);
  }

  #onAdmitted({invitationId, room}: RelayEvent<'admitted'>): void {
    this.#settled.set(invitationId, 'admitted');
    this.#onSeated(room);
  }

  #onSeated(view: RoomView): void {
    const {dispatch, state} = this.#host;
    const known = new Map(peersOf(state()).map((peer) => [peer.peerId, peer]));
    const isBack = this.#mesh !== null;
    const mesh = this.#useIce(view.ice);
    const peers = view.peers.map((peer) => toPeerState(peer, known.get(peer.peerId)));
    const incoming = view.invitations.map(toInvitation);
    dispatch({type: 'seated', room: view.name, capacity: view.capacity, peers, incoming});
    if (this.#signal.aborted) return;
    mesh.retain(new Set(peers.map(({peerId}) => peerId)));
    for (const {peerId} of peers) mesh.connect(peerId);
    if (isBack) mesh.resync();
    if (this.#host.options().autoAccept) incoming.forEach(({id}) => this.#acceptUnasked(id));
  }

  #onInvitation(view: RelayEvent<'invitation'>): void {
    const {dispatch, state, options} = this.#host;
    const invitation = toInvitation(view);
    // Somebody we are talking to already has lost their seat, not our consent.
    const isInCall = peersOf(state()).some(
      ({personId, connectionState}) =>
        personId === invitation.from.personId && connectionState === 'connected',
    );
    dispatch({type: 'invitation-received', invitation});
    if (options().autoAccept || isInCall) this.#acceptUnasked(invitation.id);
  }

  #acceptUnasked(id: string): void {
    this.answer(id, 'accept').catch((thrown: unknown) => {
      const error = CallError.from(thrown);
      // Another member was quicker, or there is no room any more: told by `call-ended`.
      if (error.code !== 'invitation-over' && error.code !== 'room-full') this.#host.report(error);
    });
  }

  #onPeerChanged({peerId, connected, ...profile}: RelayEvent<'peer-changed'>): void {
    const before = peersOf(this.#host.state()).find((peer) => peer.peerId === peerId);
    this.#host.dispatch({type: 'peer-changed', peerId, change: {...profile, present: connected}});
    if (connected && before?.present === false) this.#mesh?.resync(peerId);
  }

  #onPeerLeft(action: {peerId: string; reason: RelayEvent<'peer-left'>['reason']}): void {
    this.#mesh?.remove(action.peerId);
    this.#host.dispatch({type: 'peer-left', ...action});
  }

  #useIce(ice: RoomView['ice']): PeerMesh {
    clearTimeout(this.#iceRenewal);
    if (ice.expiresInMs !== null) {
      this.#iceRenewal = setTimeout(() => void this.#renewIce(), ice.expiresInMs * ICE_RENEWAL);
    }
    if (this.#mesh === null) this.#mesh = this.#createMesh(ice);
    else this.#mesh.setIce(ice);
    return this.#mesh;
  }

  async #renewIce(): Promise<void> {
    try {
      const reply = await this.#signaling.request('ice-configuration', {});
      if (!this.#signal.aborted) this.#useIce(reply.ice);
    } catch {
      // Only while the relay is away; taking the seat back brings new ones.
    }
  }

  #createMesh(ice: RoomView['ice']): PeerMesh {
    const {state, dispatch, report, receive} = this.#host;
    const options = this.#options;
    return new PeerMesh(
      {
        selfId: state().self?.peerId ?? '',
        carries: options.media,
        iceTransportPolicy: options.iceTransportPolicy,
        iceServers: options.iceServers,
        tracks: this.#tracks,
        mediaState: () => {
          const {microphoneEnabled, cameraEnabled, screenSharing} = state().media;
          return {type: 'media-state', microphoneEnabled, cameraEnabled, screenSharing};
        },
        send: (to, signal) => this.#sendSignal(to, signal),
        isPresent: (peerId) =>
          peersOf(state()).some((peer) => peer.peerId === peerId && peer.present),
        onPeerChange: (peerId, change) => dispatch({type: 'peer-changed', peerId, change}),
        onMessage: receive,
        onLeave: (peerId) => this.#onPeerLeft({peerId, reason: 'left'}),
        onError: report,
      },
      ice,
    );
  }

  #sendSignal(to: string, signal: PeerSignal): void {
    this.#signaling.request('signal', {to, ...signal}).catch((thrown: unknown) => {
      const {code} = CallError.from(thrown);
      // What is lost while either side is away is made up for by `resync()`; what is meant for
      // somebody who has just left is of no use to anybody.
      if (['relay-unreachable', 'relay-timeout', 'not-in-room', 'aborted'].includes(code)) return;
      if (!this.#signal.aborted) this.#host.report(CallError.from(thrown));
    });
  }
}

/** Not a number at all becomes the least. */
function clamp(value: number, least: number, most: number): number {
  return Math.min(Math.max(Number.isNaN(value) ? least : value, least), most);
}
