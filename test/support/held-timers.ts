/** Timers of one length that wait until a test has them fire, while all others, and real links, go on. */
import {expect} from 'chai';

export interface HeldTimers {
  /** From now on, in the present test: timers that would take exactly so long. */
  hold(lastingMs: number): void;
  /** They are due, all that wait. There is one at least: who is patient has begun to be. */
  fire(): void;
  /** The time that is measured is later by so much, for the rest of the test. */
  advanceClock(byMs: number): void;
}

/** To be called inside a `describe`. */
export function heldTimers(): HeldTimers {
  const {setTimeout, clearTimeout} = globalThis;
  const now = performance.now.bind(performance);
  const waiting = new Map<unknown, () => void>();

  afterEach(() => {
    Object.assign(globalThis, {setTimeout, clearTimeout});
    performance.now = now;
    waiting.clear();
  });

  return {
    hold(lastingMs) {
      Object.assign(globalThis, {
        setTimeout(task: () => void, ms?: number): unknown {
          if (ms !== lastingMs) return setTimeout(task, ms);
          // A real one, so that its name is nobody else's; it is cleared at once.
          const id = setTimeout(task, ms);
          clearTimeout(id);
          waiting.set(id, task);
          return id;
        },
        clearTimeout(id?: number): void {
          if (!waiting.delete(id)) clearTimeout(id);
        },
      });
    },
    fire() {
      expect(waiting.size, 'timers that wait').to.be.greaterThan(0);
      const due = [...waiting.values()];
      waiting.clear();
      for (const task of due) task();
    },
    advanceClock(byMs) {
      performance.now = () => now() + byMs;
    },
  };
}
