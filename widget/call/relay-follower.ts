/**
 * What the relay says of this side itself: who we are to it, that it knows us again, that it will
 * not have us. Passes that on to the call and to the directory, and takes back the seat in a call in
 * which the page, or its connection, was a moment ago.
 */
import type {RelayEvent} from '../../protocol/messages.js';
import type {CallError} from './call-error.js';
import type {CallOptions} from './call-options.js';
import type {CallAction} from './call-reducer.js';
import type {DirectoryLoader} from './directory-loader.js';
import type {PresentCall} from './present-call.js';
import type {RelayConnection} from './relay-connection.js';
import {resumable} from './remembered-call.js';
import type {SeatQueue} from './seat-queue.js';

export interface FollowerHost {
  readonly relay: RelayConnection;
  readonly seats: SeatQueue;
  options(): CallOptions;
  dispatch(action: CallAction): void;
  report(error: CallError): void;
  /** A seat that is kept may be that of a call which was accepted as the connection was lost. */
  invitations(): {takeUnheard(room: string | undefined): boolean};
}

export class RelayFollower {
  readonly #host: FollowerHost;
  readonly #call: PresentCall;
  readonly #directory: DirectoryLoader;
  #ids: {readonly peerId: string; readonly personId: string} | undefined;

  constructor(host: FollowerHost, call: PresentCall, directory: DirectoryLoader) {
    this.#host = host;
    this.#call = call;
    this.#directory = directory;
    const {relay, dispatch, report} = host;
    relay.addEventListener('state-changed', ({detail}) => {
      dispatch({type: 'signaling-changed', signaling: detail});
    });
    relay.addEventListener('welcome', ({detail}) => this.#onWelcome(detail));
    relay.addEventListener('ended', ({detail: {reason}}) => {
      dispatch({type: 'ended', reason});
      directory.presence?.closed(reason);
    });
    relay.addEventListener('refused', ({detail}) => {
      if (relay.isExpected) return;
      if (call.attempt === undefined) report(detail);
      else call.attempt.membership.refused(detail);
      directory.presence?.closed('lost');
    });
  }

  /** No call is going on: we are whom the relay knows, which is another if it forgot us in a living call. */
  identify(): void {
    const {options, dispatch} = this.#host;
    if (this.#ids === undefined) return;
    dispatch({type: 'identified', self: {...this.#ids, displayName: options().displayName}});
  }

  /** The seat in this room; without one, whatever seat the relay has for us, or is about to have. */
  giveSeatUp(room?: string): void {
    this.#host.relay.request('leave', {room}).catch(() => undefined);
  }

  #onWelcome({peerId, personId, kept}: RelayEvent<'welcome'>): void {
    const isForgotten = this.#ids !== undefined && this.#ids.peerId !== peerId;
    this.#ids = {peerId, personId};
    const {attempt} = this.#call;
    const seat = kept?.as === 'seat' ? kept.room : undefined;
    const isAccepted = this.#host.invitations().takeUnheard(seat);
    const isSettled = this.#host.relay.isExpected || kept?.room === attempt?.membership.room;
    if (kept !== null && !isSettled) this.#settle(kept, isAccepted);
    if (attempt === undefined) this.identify();
    else {
      const {displayName} = this.#host.options();
      void attempt.membership.welcomed({peerId, personId, displayName}, isForgotten);
    }
    this.#directory.presence?.welcomed();
  }

  /** A place is kept for us, but not in the call that we are in. */
  #settle({room, as}: NonNullable<RelayEvent<'welcome'>['kept']>, isAccepted: boolean): void {
    const {relay, options} = this.#host;
    const {call} = relay.identity?.kept ?? {};
    const remembered = resumable({call: call ?? null}, options());
    const isFree = this.#call.attempt === undefined;
    // The page went before it could write down that it was in it.
    const isNews = as === 'seat' && call === undefined && options().resume;
    if (isFree && remembered?.room === room) {
      this.#call.resume(remembered).catch(() => undefined);
    } else if (isFree && (isAccepted || isNews)) void this.#takeSeat(room);
    // Of a call that was given up while the relay was away; the next one is not to continue it.
    else this.giveSeatUp(room);
  }

  /** Taken just before the connection was lost. A join that is waiting behind this is for another room. */
  async #takeSeat(room: string): Promise<void> {
    const {relay, seats} = this.#host;
    try {
      await seats.ask(async (signal) => {
        const reply = await relay.request('join', {room, resume: true});
        if (signal.aborted || reply.outcome !== 'seated') return;
        if (this.#call.attempt === undefined) this.#call.move(reply.room);
      });
    } catch {
      // It is over, as the page shows already.
    }
  }
}
