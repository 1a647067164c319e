/**
 * The one call that a session is in, or on its way into: which attempt that is, how it begins, and
 * how it gives way to the next. It does not know the session's state but by asking.
 */
import type {RoomView} from '../../protocol/shapes.js';
import {CallAttempt, checkAbilities, type AttemptHost, type CallBefore} from './call-attempt.js';
import {CallError} from './call-error.js';
import type {Person} from './call-state.js';
import {isCalling, withPerson} from './state-questions.js';
import type {ConversationLoader} from './conversation-loader.js';
import {merge} from './frozen.js';
import type {RememberedCall} from './remembered-call.js';

export interface PresentCallHost extends Omit<AttemptHost, 'conversation'> {
  /** What is wrong with the options, if anything: nobody is called with them. */
  problem(): CallError | null;
  converse(): ConversationLoader;
  /** Nobody hears of the first of these changes before the last is made. */
  together(changes: () => void): void;
}

export class PresentCall {
  readonly #host: PresentCallHost;
  #attempt: CallAttempt | undefined;
  #entering: Promise<void> = Promise.resolve();
  #farewells: Promise<unknown> = Promise.resolve();

  constructor(host: PresentCallHost) {
    this.#host = host;
  }

  get attempt(): CallAttempt | undefined {
    return this.#attempt;
  }

  /** Settles as the last way into a call did. */
  get entering(): Promise<void> {
    return this.#entering;
  }

  /** Settles when everybody has been told of the calls that are over. */
  async farewells(): Promise<void> {
    await this.#farewells;
  }

  join(room: string): Promise<void> {
    return this.#start(room);
  }

  /** Back into the call in which the page before was, with what was on. */
  resume(call: RememberedCall): Promise<void> {
    return this.#start(call.room, call.person, call);
  }

  call(person: Person): Promise<void> {
    return this.#start('', person);
  }

  /** From within a call the relay is asked first: a refusal does not cost that one. */
  async callNext(personId: string): Promise<void> {
    const {seats, state, options, ring, tell} = this.#host;
    checkAbilities(options());
    await seats.ask(async (signal) => {
      // Asked twice, before the first was answered.
      if (isCalling(state(), personId)) return;
      const reply = await ring(personId);
      if (signal.aborted) return;
      if (reply.outcome !== 'busy') return this.move(reply.room);
      const detail = {id: reply.invitationId, kind: 'call', reason: 'busy'} as const;
      tell([{type: 'call-ended', detail}]);
    });
  }

  /** The relay has seated us: whatever call there was is over, and this one begins, with the same devices. */
  move(view: RoomView): void {
    const {dispatch, state, together} = this.#host;
    const former = this.#attempt;
    together(() => {
      const attempt = this.#prepare(view.name, {former});
      former?.sayGoodbye('nothing');
      // A toggle of that one may have come half-way, of which the state does not know yet. Its screen
      // was shared with those who were in it, and with nobody else.
      const facts = {...attempt.media.facts, screenSharing: false};
      const keepsMedia = attempt.hasMedia ? merge(state().media, facts) : null;
      dispatch({
        type: 'ended',
        reason: 'left',
        keepsMedia,
      });
      this.#attempt = attempt;
      attempt.begin(view);
    });
  }

  /** The state says that the call is over. */
  end(): void {
    const attempt = this.#attempt;
    if (attempt === undefined) return;
    this.#attempt = undefined;
    this.#farewells = Promise.all([this.#farewells, attempt.end()]);
  }

  async #start(room: string, person?: Person, remembered?: RememberedCall): Promise<void> {
    const {relay, dispatch} = this.#host;
    const attempt = this.#prepare(room, {remembered});
    this.#attempt = attempt;
    const {asksForMedia} = attempt;
    dispatch({type: 'join-started', room, asksForMedia, ...withPerson(person)});
    dispatch({type: 'signaling-changed', signaling: relay.state});
    this.#entering = this.#enter(attempt, person?.personId);
    return this.#entering;
  }

  async #enter(attempt: CallAttempt, personId: string | undefined): Promise<void> {
    // What they still say must not come after what we say next.
    await this.#farewells;
    try {
      if (attempt.signal.aborted) throw CallError.aborted();
      const problem = this.#host.problem();
      if (problem !== null) throw problem;
      await attempt.enter(personId);
    } catch (thrown) {
      const error = CallError.from(thrown);
      if (attempt.signal.aborted) throw CallError.aborted();
      // Nothing to go back into: it came to an end that nobody can tell any more.
      if (error.code === 'not-in-room') return this.#host.dispatch({type: 'ended', reason: 'lost'});
      const fatal = error.asFatal();
      // It may have a seat already; but in a room without a name only if no answer came.
      if (attempt.membership.room !== '' || error.code === 'relay-timeout') attempt.sayGoodbye();
      this.#host.dispatch({type: 'failed', room: attempt.room || null, error: fatal});
      throw fatal;
    }
  }

  /** What an attempt says after it is over is not heard. */
  #prepare(room: string, before: CallBefore): CallAttempt {
    const host = this.#host;
    const isPresent = (): boolean => this.#attempt === attempt;
    const attempt = new CallAttempt(
      room,
      {
        ...host,
        conversation: host.converse(),
        dispatch: (action) => {
          if (isPresent()) host.dispatch(action);
        },
        report: (error) => {
          if (isPresent()) host.report(error);
        },
        tell: (events) => {
          if (isPresent()) host.tell(events);
        },
      },
      before,
    );
    return attempt;
  }
}
