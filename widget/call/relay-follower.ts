/**
 * What the relay says of this side itself: who we are to it, that it knows us again, that it will
 * not have us. Passes that on to the call and to the directory, and takes back the call in which
 * the page was reloaded.
 */
import type {RelayEvent} from '../../protocol/messages.js';
import type {CallError} from './call-error.js';
import type {CallOptions} from './call-options.js';
import type {CallAction} from './call-reducer.js';
import type {DirectoryLoader} from './directory-loader.js';
import type {PresentCall} from './present-call.js';
import type {RelayConnection} from './relay-connection.js';
import type {SeatQueue} from './seat-queue.js';

export interface FollowerHost {
  readonly relay: RelayConnection;
  readonly seats: SeatQueue;
  options(): CallOptions;
  dispatch(action: CallAction): void;
  report(error: CallError): void;
  /** A seat that is kept may be that of a call which was accepted as the connection was lost. */
  takeUnheard(): boolean;
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

  /** Whatever seat the relay has for us, or is about to have. */
  giveSeatUp(): void {
    this.#host.relay.request('leave', {}).catch(() => undefined);
  }

  #onWelcome({peerId, personId, kept}: RelayEvent<'welcome'>): void {
    const isFirst = this.#ids === undefined;
    this.#ids = {peerId, personId};
    const {attempt, isUnasked} = this.#call;
    if (kept !== null && kept.room !== attempt?.membership.room) {
      const mayResume = attempt === undefined || isUnasked;
      const isAccepted = kept.as === 'seat' && this.#host.takeUnheard();
      if (mayResume && (isFirst || isAccepted)) void this.#resume(kept);
      // Of a call that was given up while the relay was away; the next one is not to continue it.
      else this.giveSeatUp();
    }
    if (attempt === undefined) this.identify();
    else {
      const {displayName} = this.#host.options();
      void attempt.membership.welcomed({peerId, personId, displayName});
    }
    this.#directory.presence?.welcomed();
  }

  /** The page was reloaded during a call, or the connection lost as one was accepted. A join that is waiting behind this is for another room. */
  async #resume({room, as}: NonNullable<RelayEvent<'welcome'>['kept']>): Promise<void> {
    if (as !== 'seat') return;
    const {relay, seats} = this.#host;
    try {
      await seats.ask(async (signal) => {
        const reply = await relay.request('join', {room, resume: true});
        if (signal.aborted || reply.outcome !== 'seated') return;
        const {attempt, isUnasked} = this.#call;
        // An ordinary room is left by the join for another one.
        const isFree = attempt === undefined || (isUnasked && reply.room.kind === 'call');
        if (isFree) this.#call.move(reply.room);
      });
    } catch {
      // It is over, as the page shows already.
    }
  }
}
