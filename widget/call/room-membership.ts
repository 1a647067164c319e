/**
 * This side's place in one room, as the relay sees it: joins, takes the place back after a lost
 * connection, follows who comes and goes, and lets the mesh of links follow. It neither opens nor
 * closes the way to the relay, answers nobody's knock, and only hands on what the devices send.
 */
import type {RelayEvent} from '../../protocol/messages.js';
import type {RoomView} from '../../protocol/shapes.js';
import type {AttemptHost} from './call-attempt.js';
import {CallError} from './call-error.js';
import type {CallOptions} from './call-options.js';
import {peersOf, type Self} from './call-state.js';
import {isLive, peerIn, personOf} from './state-questions.js';
import type {LocalMedia} from './local-media.js';
import {joinRequest} from './join-request.js';
import {createMesh} from './mesh-of-room.js';
import type {PeerMesh} from './peer-mesh.js';
import {otherIn, toInvitation, toOutgoing, toPeerState} from './relay-views.js';
import {followRoom, peersIn, type RoomNews} from './room-news.js';
import type {Arrival} from './warm/warm-links.js';

export interface RoomMembershipOptions {
  /** Empty until the relay has made one. */
  readonly room: string;
  readonly host: AttemptHost;
  /** As they were at the moment of the join. */
  readonly options: CallOptions;
  readonly media: LocalMedia;
  /** The call is over: nothing is heard or sent any more. */
  readonly signal: AbortSignal;
}

export class RoomMembership {
  #room: string;
  /** Its room is that of a call: it is there for two, and nobody can enter it anew. */
  #isCall = false;
  readonly #host: AttemptHost;
  readonly #options: CallOptions;
  readonly #media: LocalMedia;
  readonly #signal: AbortSignal;
  #mesh: PeerMesh | null = null;
  /** Knocks of ours that were settled before the reply to `join` told us that they exist. */
  readonly #settled = new Map<string, RelayEvent<'invitation-ended'> | 'admitted'>();

  /** Whom only their links keep here: the relay does not know them, or not any more. */
  readonly #unseated = new Set<string>();
  /** Who has said good-bye over the link. */
  readonly #gone = new Set<string>();
  /** Who we are to the relay, as it has said last. */
  #self: Self | null = null;
  /** Who we shall be when the call that the relay has forgotten is over. */
  #successor: Self | null = null;
  #refusal: CallError | null = null;

  constructor({room, host, options, media, signal}: RoomMembershipOptions) {
    this.#room = room;
    this.#host = host;
    this.#options = options;
    this.#media = media;
    this.#signal = signal;
    this.#followRoom();
  }

  get room(): string {
    return this.#room;
  }

  /** The links to the others; `null` until there is a seat. */
  get mesh(): PeerMesh | null {
    return this.#mesh;
  }

  /**
   * Takes a seat or knocks; resolves when the relay has answered.
   * @param resume Only take back what the relay has kept: rejects with `not-in-room` otherwise.
   */
  join(resume = false): Promise<void> {
    return this.#host.seats.ask(() => this.#join(resume));
  }

  /** Rings somebody. Resolves with the id of the call if they are busy, which is for the caller to tell. */
  call(personId: string): Promise<string | undefined> {
    const {seats, ring} = this.#host;
    return seats.ask(async () => {
      if (this.#signal.aborted) throw CallError.aborted();
      const reply = await ring(personId);
      if (this.#signal.aborted) throw CallError.aborted();
      if (reply.outcome === 'busy') return reply.invitationId;
      this.seated(reply.room);
      return undefined;
    });
  }

  async #join(resume: boolean): Promise<void> {
    if (this.#signal.aborted) throw CallError.aborted();
    const {state, options, relay} = this.#host;
    const request = joinRequest(this.#room, state(), this.#options, options(), resume);
    const reply = await relay.request('join', request);
    if (this.#signal.aborted) return;
    if (reply.outcome === 'seated') return this.seated(reply.room);
    const {invitationId, expiresInMs, ice} = reply;
    const settled = this.#settled.get(invitationId);
    if (settled === 'admitted') return;
    // Those we talk to will let us in without being asked; meanwhile the call goes on.
    if (this.#goesOn()) return;
    this.#mesh?.retain(new Set());
    const expiresAt = Date.now() + expiresInMs;
    this.#host.dispatch({type: 'knocking', room: this.#room, invitationId, expiresAt});
    if (settled !== undefined) this.#host.dispatch({type: 'invitation-ended', ...settled});
    else this.#offer(invitationId, ice);
  }

  /**
   * The relay is there. After a lost connection: takes the seat or the knock back, or asks anew.
   * Never rejects.
   * @param self Who the relay says we are.
   * @param isForgotten That is another than before.
   */
  async welcomed(self: Self, isForgotten: boolean): Promise<void> {
    const {state, dispatch, relay} = this.#host;
    const isSeen = peersOf(state()).some(isLive);
    this.#self = self;
    // To those who see us, and to the page, we stay who we were.
    const {peerId} = (isSeen && state().self) || self;
    dispatch({type: 'identified', self: {...self, peerId}});
    if (isForgotten && isSeen) {
      await this.#mesh?.care?.careForLinks();
      await this.#mesh?.relayReturn?.introduce(self);
      if (this.#signal.aborted || relay.state !== 'open') return;
    }
    const {status} = state();
    // The first `join` has not been answered yet; it fails or succeeds by itself.
    if (status === 'acquiring-media' || status === 'joining') return;
    const isOnlyThere = (this.#isCall && !isSeen) || status === 'knocking';
    try {
      await this.join(isOnlyThere);
    } catch (thrown) {
      const error = CallError.from(thrown);
      if (this.#signal.aborted || this.#host.relay.state !== 'open') return;
      if (this.#goesOn()) return;
      if (error.code === 'not-in-room' && isOnlyThere) {
        // It came to an end that nobody can tell any more.
        dispatch({type: 'ended', reason: 'lost'});
      } else {
        dispatch({type: 'failed', room: this.#room, error: error.asFatal()});
      }
    }
  }

  /** The relay will not have us back: without people whom we see there is nothing left to wait for. */
  refused(error: CallError): void {
    this.#refusal = error;
    if (this.#keepLive()) this.#host.report(error);
    else this.#host.dispatch({type: 'failed', room: this.#room, error: error.asFatal()});
  }

  /** What a link needs can be made while we are waited for. */
  #offer(invitationId: string, ice: RoomView['ice']): void {
    const asking = {invitationId, ice, options: this.#options, tracks: () => this.#media.tracks};
    this.#host.warm.use((links) => links.offer(asking));
  }

  #followRoom(): void {
    const {relay, dispatch, warm} = this.#host;
    const options = {signal: this.#signal};
    relay.addEventListener('admitted', ({detail}) => this.#onAdmitted(detail), options);
    relay.addEventListener(
      'invitation-ended',
      ({detail}) => {
        if (this.#host.state().status === 'joining') this.#settled.set(detail.id, detail);
      },
      options,
    );
    const news: RoomNews = {
      joined: (peer, arrival) => {
        const {peerId} = peer;
        this.#gone.delete(peerId);
        if (this.#mesh) warm.expect(this.#mesh, peerId, arrival);
        dispatch({type: 'peer-joined', peer: toPeerState(peer, undefined)});
        // Unknown to the relay until now, but not to us.
        if (this.#unseated.delete(peerId)) this.#onPeerChanged(peer);
      },
      left: ({peerId, reason}) => {
        const peer = peerIn(this.#host.state(), peerId);
        // Lost to the relay; we may still see them.
        if (reason === 'lost' && peer !== undefined && isLive(peer)) this.#unseated.add(peerId);
        else this.#onPeerLeft({peerId, reason});
      },
      changed: (peer) => {
        const isKnown = peerIn(this.#host.state(), peer.peerId) !== undefined;
        // Who has said good-bye to us alone is back on the seat that the relay had kept.
        if (peer.connected && !isKnown) news.joined(peer);
        else this.#onPeerChanged(peer);
      },
    };
    followRoom(relay, () => this.#mesh, news, this.#signal);
  }

  #onAdmitted({invitationId, room, signal}: RelayEvent<'admitted'>): void {
    this.#settled.set(invitationId, 'admitted');
    this.seated(room, false, signal && {from: signal.from, signal});
  }

  /**
   * The relay has given us this place.
   * @param arrival The one by whom we are here, for whom a link may have been prepared.
   */
  seated(view: RoomView, isNew = false, arrival?: Arrival & {readonly from: string}): void {
    const {dispatch, state, warm} = this.#host;
    this.#successor = null;
    this.#room = view.name;
    // One that was forgotten is made again as an ordinary one.
    this.#isCall ||= view.kind === 'call';
    const isBack = this.#mesh !== null;
    const mesh = this.#useIce(view.ice);
    if (arrival) warm.links?.adopt(mesh, arrival.from, arrival);
    const {seated, unseated} = peersIn(mesh, view, peersOf(state()), this.#gone);
    for (const {peerId} of seated) this.#unseated.delete(peerId);
    for (const {peerId} of unseated) this.#unseated.add(peerId);
    const peers = [...seated, ...unseated];
    const incoming = view.invitations
      .map(toInvitation)
      .filter((invitation) => !this.#host.invitations().takeBack(invitation));
    dispatch({
      type: 'seated',
      room: view.name,
      capacity: view.capacity,
      peers,
      incoming,
      person: this.#isCall ? (!isNew && personOf(state())) || otherIn(view) : undefined,
      outgoing: view.outgoing === null ? undefined : toOutgoing(view.outgoing),
      isNew,
    });
    if (this.#signal.aborted) return;
    mesh.retain(new Set(peers.map(({peerId}) => peerId)));
    for (const {peerId} of peers) mesh.connect(peerId);
    if (isBack) mesh.resync();
    if (view.outgoing !== null) this.#offer(view.outgoing.id, view.ice);
    this.#host.invitations().consider(incoming);
  }

  #onPeerChanged({peerId, connected, ...profile}: RelayEvent<'peer-changed'>): void {
    const before = peerIn(this.#host.state(), peerId);
    this.#host.dispatch({type: 'peer-changed', peerId, change: {...profile, present: connected}});
    if (connected && before?.present === false) this.#mesh?.resync(peerId);
  }

  #onPeerLeft(action: {peerId: string; reason: RelayEvent<'peer-left'>['reason']}): void {
    this.#mesh?.remove(action.peerId);
    this.#unseated.delete(action.peerId);
    this.#host.dispatch({type: 'peer-left', ...action});
    if (peersOf(this.#host.state()).length > 0 || this.#signal.aborted) return;
    if (this.#refusal !== null) this.refused(this.#refusal);
    else if (this.#successor !== null) void this.welcomed(this.#successor, false);
    this.#successor = null;
  }

  /** Without a seat, while we see somebody; after that one is asked for. */
  #goesOn(): boolean {
    if (!this.#keepLive()) return false;
    this.#successor = this.#self ?? this.#host.state().self;
    return true;
  }

  /** Whoever is connected to us stays, whatever the relay knows. Returns whether there is anybody. */
  #keepLive(): boolean {
    const live = peersOf(this.#host.state()).filter(isLive);
    for (const {peerId} of live) this.#unseated.add(peerId);
    return live.length > 0;
  }

  #useIce(ice: RoomView['ice']): PeerMesh {
    if (this.#mesh === null) this.#mesh = this.#createMesh(ice);
    else this.#mesh.setIce(ice);
    return this.#mesh;
  }

  #createMesh(ice: RoomView['ice']): PeerMesh {
    return createMesh({
      ice,
      host: this.#host,
      options: this.#options,
      media: this.#media,
      signal: this.#signal,
      onLinkState: (peerId, state) => {
        // A fresh link needs the relay, which does not know them.
        const isOver = state === 'failed' || state === 'closed' || state === 'new';
        if (isOver && this.#unseated.has(peerId)) this.#onPeerLeft({peerId, reason: 'lost'});
      },
      onLeave: (peerId) => {
        this.#gone.add(peerId);
        this.#onPeerLeft({peerId, reason: 'left'});
      },
      rejoin: () => this.join(true),
      onSeatGone: () => {
        if (this.#goesOn()) return;
        this.#host.dispatch({type: 'ended', reason: 'lost'});
      },
    });
  }
}
