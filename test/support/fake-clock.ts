/**
 * A clock that stands still until it is told to move. Timers fire in order, each at its own moment;
 * between two of them everything that was set off by the first is let finish.
 */
import type {Clock} from '../../server/relay/ports.js';

interface Timer {
  readonly atMs: number;
  readonly task: () => void;
}

export class FakeClock implements Clock {
  #nowMs = 1_000_000_000_000;
  readonly #timers = new Set<Timer>();

  now(): number {
    return this.#nowMs;
  }

  after(delayMs: number, task: () => void): () => void {
    const timer = {atMs: this.#nowMs + delayMs, task};
    this.#timers.add(timer);
    return () => this.#timers.delete(timer);
  }

  get pendingTimers(): number {
    return this.#timers.size;
  }

  /** @param finish lets everything come to its end that a timer has set off */
  async advance(byMs: number, finish = settle): Promise<void> {
    const untilMs = this.#nowMs + byMs;
    for (;;) {
      const next = [...this.#timers].sort((a, b) => a.atMs - b.atMs)[0];
      if (next === undefined || next.atMs > untilMs) break;
      this.#timers.delete(next);
      this.#nowMs = Math.max(this.#nowMs, next.atMs);
      next.task();
      await finish();
    }
    this.#nowMs = Math.max(this.#nowMs, untilMs);
    await finish();
  }

  /** Fires at once what would fire within this time: timers that are early. */
  rush(withinMs: number): void {
    for (const timer of [...this.#timers].sort((a, b) => a.atMs - b.atMs)) {
      if (timer.atMs > this.#nowMs + withinMs) return;
      this.#timers.delete(timer);
      timer.task();
    }
  }

  /** Moves the time without firing anything: a machine that slept, a timer that is late. */
  jump(byMs: number): void {
    this.#nowMs += byMs;
  }
}

/** Lets everything that waits for promises, and for nothing else, come to its end. */
export function settle(): Promise<void> {
  return new Promise((resolve) => setImmediate(resolve));
}
