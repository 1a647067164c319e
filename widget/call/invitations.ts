/**
 * Who asks for something: takes up what the relay tells of it, and carries our answers. Whether an
 * invitation is open is for the state to say, and what comes of one for the call.
 */
import type {RelayEvent} from '../../protocol/messages.js';
import {CallError} from './call-error.js';
import type {CallOptions} from './call-options.js';
import type {CallAction} from './call-reducer.js';
import {isLive, peersOf, type CallState, type Invitation} from './call-state.js';
import type {RelayConnection} from './relay-connection.js';
import {toInvitation} from './relay-views.js';

export interface InvitationsHost {
  readonly relay: RelayConnection;
  state(): CallState;
  options(): CallOptions;
  dispatch(action: CallAction): void;
  report(error: CallError): void;
}

export type Response = 'accept' | 'decline';

export class Invitations {
  readonly #host: InvitationsHost;

  constructor(host: InvitationsHost) {
    this.#host = host;
    const {relay, dispatch} = host;
    relay.addEventListener('invitation', ({detail}) => this.#onInvitation(detail));
    relay.addEventListener('invitation-ended', ({detail}) => {
      dispatch({type: 'invitation-ended', ...detail});
    });
  }

  /** Without an id: the one who has waited longest. */
  async answer(id: string | undefined, response: Response): Promise<void> {
    const {relay, state, dispatch} = this.#host;
    const invitationId = id ?? state().incoming[0]?.id;
    if (invitationId === undefined) {
      throw new CallError('invitation-over', 'Nobody is waiting for an answer.');
    }
    try {
      await relay.request('answer', {invitationId, response});
    } catch (thrown) {
      const error = CallError.from(thrown);
      const isFull = error.code === 'room-full';
      if (isFull || error.code === 'invitation-over') {
        const reason = isFull ? 'busy' : 'answered-elsewhere';
        dispatch({type: 'invitation-ended', id: invitationId, reason});
      }
      throw error;
    }
    if (response === 'accept') dispatch({type: 'invitation-accepted', id: invitationId});
    else dispatch({type: 'invitation-ended', id: invitationId, reason: 'declined'});
  }

  /** Accepts these, if that is to be done without asking a person. */
  consider(invitations: readonly Invitation[]): void {
    for (const {id, from} of invitations) {
      // Somebody we are talking to already has lost their seat, not our consent.
      const isInCall = peersOf(this.#host.state()).some(
        (peer) => peer.personId === from.personId && isLive(peer),
      );
      if (this.#host.options().autoAccept || isInCall) this.#acceptUnasked(id);
    }
  }

  #onInvitation(view: RelayEvent<'invitation'>): void {
    const {state, dispatch} = this.#host;
    const invitation = toInvitation(view);
    dispatch({type: 'invitation-received', invitation});
    if (state().incoming.includes(invitation)) this.consider([invitation]);
  }

  #acceptUnasked(id: string): void {
    this.answer(id, 'accept').catch((thrown: unknown) => {
      const error = CallError.from(thrown);
      // Another member was quicker, or there is no room any more: told by `call-ended`.
      if (error.code !== 'invitation-over' && error.code !== 'room-full') this.#host.report(error);
    });
  }
}
