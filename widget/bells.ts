/**
 * Lets it be heard when somebody knocks or calls, and when a call of ours rings or comes to nothing.
 * Reads the state after every rendering; how it sounds is `ringing/`. A chunk of its own.
 */
import type {CallContext} from './call-surface.js';
import type {Invitation} from './call/call-state.js';
import {Ringer} from './ringing/ringer.js';

export class Bells {
  /** As in `strings/overlay-texts.ts`, which may come later. */
  static readonly texts = {
    callsYou: '{name} is calling you',
    someCallsYou: 'Some user is calling you',
  };

  readonly #context: CallContext;
  readonly #ringer: Ringer;
  #ringing = new Set<string>();
  /** Invitations of others, told apart from ours when they end. */
  readonly #theirs = new Set<string>();

  constructor(context: CallContext, signal: AbortSignal) {
    this.#context = context;
    context.onChunk(Bells);
    this.#ringer = new Ringer({signal});
    const {session} = context;
    for (const {id} of session.state.incoming) this.#theirs.add(id);
    // What is called here rings before anybody has touched this page, if the browser allows it.
    for (const gesture of ['pointerup', 'keydown']) {
      const prepare = (): void => this.#ringer.prepare();
      context.host.addEventListener(gesture, prepare, {signal, once: true, passive: true});
    }
    session.addEventListener('call-request', ({detail: {id}}) => this.#theirs.add(id), {signal});
    session.addEventListener(
      'call-ended',
      ({detail: {id, kind, reason}}) => {
        // What others asked of us and what we gave up ourselves ends in silence.
        if (this.#theirs.delete(id) || kind === 'knock' || reason === 'cancelled') return;
        const ending = reason === 'busy' ? 'busy' : 'ended';
        if (this.#ringing.delete(id)) this.#ringer.stop(id, ending);
        else this.#ringer.play(ending);
      },
      {signal},
    );
  }

  /** @param prompted whom the person is asked about */
  updated(prompted: readonly Invitation[]): void {
    const {state} = this.#context.session;
    const page = this.#context.page();
    const ringer = this.#ringer;
    ringer.isMuted = page.noRingtone;
    const ownId = state.status === 'calling' && state.isRinging ? state.invitationId : null;
    if (!prompted[0] && ownId === null && this.#ringing.size === 0) return;
    const rings = new Set<string>();
    prompted.forEach(({id, from}) => {
      const name = from.displayName;
      const text = name ? page.translate('callsYou', {name}) : page.translate('someCallsYou');
      rings.add(id);
      ringer.ring({id, kind: 'incoming', text});
    });
    if (ownId !== null) {
      rings.add(ownId);
      ringer.ring({id: ownId, kind: 'ring-back', text: ''});
    }
    this.#ringing.forEach((id) => {
      if (!rings.has(id)) ringer.stop(id);
    });
    this.#ringing = rings;
  }
}
