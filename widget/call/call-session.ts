/**
 * One call, from `join()` to `leave()`: composes the parts of the call core and wires them.
 */
import type {CallEventDetails} from './call-events.js';
import type {CallOptions} from './call-options.js';
import {IDLE_STATE, type CallState} from './call-state.js';
import {TypedEventTarget} from './typed-event-target.js';

export class CallSession extends TypedEventTarget<CallEventDetails> {
  readonly #state: CallState = IDLE_STATE;

  constructor(options: Partial<CallOptions> & Pick<CallOptions, 'relayUrl'>) {
    super();
    void options;
  }

  get state(): CallState {
    return this.#state;
  }
}
