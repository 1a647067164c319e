/**
 * Tells events one after the other, in the order of what they tell. Without it, a listener that
 * moves the state on would have the later listeners hear the end before the beginning.
 */
import type {CallEvent} from './call-events.js';

export class EventQueue {
  readonly #target: EventTarget;
  readonly #events: CallEvent[] = [];
  #isTelling = false;

  constructor(target: EventTarget) {
    this.#target = target;
  }

  /** What happens in `changes` happens at once: nobody hears of the first before the last has happened. */
  together(changes: () => void): void {
    const wasTelling = this.#isTelling;
    this.#isTelling = true;
    try {
      changes();
    } finally {
      this.#isTelling = wasTelling;
      this.tell([]);
    }
  }

  /** Tells these after everything that is still to be told. */
  tell(events: readonly CallEvent[]): void {
    this.#events.push(...events);
    if (this.#isTelling) return;
    this.#isTelling = true;
    for (let event = this.#events.shift(); event !== undefined; event = this.#events.shift()) {
      const {type, detail} = event;
      this.#target.dispatchEvent(
        new CustomEvent(type, {detail, cancelable: type === 'call-request'}),
      );
    }
    this.#isTelling = false;
  }
}
