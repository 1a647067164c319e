/**
 * Who asks for something: takes up what the relay tells of it, and carries our answers. Whether an
 * invitation is open is for the state to say, and what comes of one for the call.
 */
import type {RelayEvent, Reply} from '../../protocol/messages.js';
import type {RoomView} from '../../protocol/shapes.js';
import {checkAbilities} from './call-attempt.js';
import {CallError, RELAY_AWAY} from './call-error.js';
import type {CallOptions} from './call-options.js';
import type {CallAction} from './call-reducer.js';
import {peersOf, roomOf, type CallState, type Invitation} from './call-state.js';
import {callsOf, isLive} from './state-questions.js';
import {ringTimeoutMs} from './join-request.js';
import type {PeerMesh} from './peer-mesh.js';
import type {RelayConnection} from './relay-connection.js';
import {toInvitation} from './relay-views.js';
import type {SeatQueue} from './seat-queue.js';
import type {WarmLoader} from './warm-loader.js';

export interface InvitationsHost {
  readonly relay: RelayConnection;
  state(): CallState;
  options(): CallOptions;
  dispatch(action: CallAction): void;
  report(error: CallError): void;
  readonly seats: SeatQueue;
  readonly warm: WarmLoader;
  /** The links of the present call. */
  mesh(): PeerMesh | null | undefined;
  /** The relay has seated us in the room of a call: that one begins, and any other is over. */
  move(room: RoomView): void;
}

/** In this time the relay allows ten answers more, so one more is sure to pass. */
const RETRY_MS = 1_000;

export type Response = 'accept' | 'decline';

export class Invitations {
  readonly #host: InvitationsHost;
  /** An acceptance of which the connection has swallowed the answer. */
  #unheard:
    {readonly id: string; readonly from: string | null; readonly signal: AbortSignal} | undefined;

  constructor(host: InvitationsHost) {
    this.#host = host;
    const {relay, dispatch} = host;
    relay.addEventListener('welcome', () => {
      // What has ended while the relay was away is over here too.
      for (const {id} of callsOf(host.state())) this.#ring(id);
    });
    relay.addEventListener('invitation', ({detail}) => this.#onInvitation(detail));
    relay.addEventListener('invitation-ended', ({detail}) => {
      dispatch({type: 'invitation-ended', ...detail});
    });
    relay.addEventListener('ringing', ({detail}) => dispatch({type: 'ringing', ...detail}));
  }

  /** Without an id: the one who has waited longest. Accepting a call ends the one that is going on. */
  async answer(id: string | undefined, response: Response): Promise<void> {
    const invitationId = id ?? this.#host.state().incoming[0]?.id;
    if (invitationId === undefined) throw isOver();
    try {
      await this.#answer(invitationId, response);
    } finally {
      this.#host.warm.links?.settle(invitationId);
    }
  }

  async #answer(invitationId: string, response: Response): Promise<void> {
    const {state, seats, options, move, dispatch} = this.#host;
    if (response === 'decline') {
      await this.#request(invitationId, response);
      return dispatch({type: 'invitation-ended', id: invitationId, reason: 'declined'});
    }
    if (this.#kindOf(invitationId) !== 'call') {
      await this.#request(invitationId, response);
      return dispatch({type: 'invitation-accepted', id: invitationId});
    }
    checkAbilities(options());
    await seats.ask(async (signal) => {
      // Asked twice, or over while something else was being asked.
      if (this.#kindOf(invitationId) === undefined) throw isOver();
      this.#unheard = {id: invitationId, from: roomOf(state()), signal};
      const {room} = await this.#request(invitationId, response);
      this.#unheard = undefined;
      dispatch({type: 'invitation-accepted', id: invitationId});
      if (room !== undefined && !signal.aborted) move(room);
    });
  }

  /** Rings a person. Should they be calling us, our call is the answer to theirs. */
  async call(personId: string): Promise<Reply<'call'>> {
    const {relay, options, dispatch} = this.#host;
    const request = {personId, ringTimeoutMs: ringTimeoutMs(options())};
    const reply = await relay.request('call', request);
    // Whatever is wanted of it by now. Nobody else tells us.
    dispatch({type: 'invitation-accepted', id: reply.invitationId});
    return reply;
  }

  /**
   * The connection is back. The seat that the relay keeps, if any: is it that of an acceptance, and still
   * wanted? The one that we had when we accepted is not, nor is one of which we hear later.
   */
  takeUnheard(room: string | undefined): boolean {
    const unheard = this.#unheard;
    this.#unheard = undefined;
    if (!unheard || unheard.signal.aborted || room === undefined || room === unheard.from) {
      return false;
    }
    this.#host.dispatch({type: 'invitation-accepted', id: unheard.id});
    return true;
  }

  /** Accepts these, if that is to be done without asking a person. */
  consider(invitations: readonly Invitation[]): void {
    for (const invitation of invitations) {
      if (this.takeBack(invitation)) continue;
      if (this.#host.options().autoAccept) this.#acceptUnasked(invitation);
      else if (invitation.kind === 'call') this.#ring(invitation.id);
    }
  }

  /** Somebody we are talking to has lost their seat, not our consent. Returns whether it is let in, of which nobody hears. */
  takeBack(invitation: Invitation): boolean {
    const {kind, from} = invitation;
    const {state, mesh} = this.#host;
    const isBack = peersOf(state()).some(
      (peer) =>
        isLive(peer) &&
        [peer.personId, mesh()?.relayReturn?.claimOf(peer.peerId)].includes(from.personId),
    );
    if (!isBack || kind !== 'knock') return false;
    this.#acceptUnasked(invitation);
    return true;
  }

  #onInvitation(view: RelayEvent<'invitation'>): void {
    const invitation = toInvitation(view);
    if (this.takeBack(invitation)) return;
    const isKnown = this.#kindOf(view.id) !== undefined;
    this.#host.dispatch({type: 'invitation-received', invitation});
    // One that was told before rings already; but our answer to it may have been lost.
    if (isKnown && !this.#host.options().autoAccept) return;
    if (this.#kindOf(view.id) !== undefined) this.consider([invitation]);
  }

  #kindOf(id: string): Invitation['kind'] | undefined {
    return this.#host.state().incoming.find((invitation) => invitation.id === id)?.kind;
  }

  /** Tells the one who calls that it rings; or hears that it is over, of which nobody could tell us how. */
  #ring(invitationId: string): void {
    const {relay, dispatch} = this.#host;
    relay.request('ringing', {invitationId}).catch((thrown: unknown) => {
      if (CallError.from(thrown).code === 'invitation-over') {
        dispatch({type: 'invitation-ended', id: invitationId, reason: 'lost'});
      }
    });
  }

  async #request(invitationId: string, response: Response): Promise<Reply<'answer'>> {
    const {relay, dispatch, warm} = this.#host;
    const signal = response === 'accept' ? warm.links?.takeAnswer(invitationId) : undefined;
    try {
      return await relay.request('answer', {invitationId, response, ...(signal && {signal})});
    } catch (thrown) {
      const error = CallError.from(thrown);
      // Anything else is an answer, or was never sent.
      if (error.code !== 'relay-timeout') this.#unheard = undefined;
      const isFull = error.code === 'room-full';
      if (isFull || error.code === 'invitation-over') {
        const reason = isFull ? 'busy' : 'answered-elsewhere';
        dispatch({type: 'invitation-ended', id: invitationId, reason});
      }
      throw error;
    }
  }

  #acceptUnasked(invitation: Invitation): void {
    this.answer(invitation.id, 'accept').catch((thrown: unknown) => {
      const error = CallError.from(thrown);
      if (error.code === 'rate-limited' || RELAY_AWAY.includes(error.code)) {
        // More came at once than the relay takes answers, or it did not hear of this one. Whoever asks waits for it
        // still, though it may not be wanted any more; after a new connection the relay tells of them again.
        setTimeout(() => {
          if (this.#host.relay.state === 'open') this.consider([invitation]);
        }, RETRY_MS);
      }
      // Another member was quicker, or there is no room any more: told by `call-ended`.
      else if (error.code !== 'invitation-over' && error.code !== 'room-full') {
        this.#host.report(error);
      }
    });
  }
}

function isOver(): CallError {
  return new CallError('invitation-over', 'Nobody is waiting for an answer.');
}
