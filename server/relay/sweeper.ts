/**
 * Wakes the relay when time alone changes something: at the next deadline, not every so often.
 * It knows neither rooms nor the store; it is told of deadlines and asks for the next one.
 */
import type {Clock} from './ports.js';

/** When very many places run out at about the same time, they are looked through at most this often. */
const MIN_INTERVAL_MS = 25;

/** `setTimeout` takes no more than 2^31 - 1; a wake-up too early does no harm. */
const MAX_DELAY_MS = 2_147_483_647;

export class Sweeper {
  readonly #clock: Clock;
  readonly #sweep: () => Promise<number | undefined>;
  #cancel: (() => void) | undefined;
  #wakeAtMs = Infinity;
  #lastSweepMs = -Infinity;
  #isClosed = false;

  /** @param sweep does what is due and returns the next deadline, if there is one; must not reject */
  constructor(clock: Clock, sweep: () => Promise<number | undefined>) {
    this.#clock = clock;
    this.#sweep = sweep;
  }

  /** There is something to do at `deadlineMs`. */
  expect(deadlineMs: number): void {
    if (this.#isClosed || deadlineMs >= this.#wakeAtMs) return;
    this.#cancel?.();
    this.#wakeAtMs = Math.max(deadlineMs, this.#lastSweepMs + MIN_INTERVAL_MS);
    const delayMs = Math.max(0, this.#wakeAtMs - this.#clock.now());
    this.#cancel = this.#clock.after(Math.min(delayMs, MAX_DELAY_MS), () => void this.#wake());
  }

  close(): void {
    this.#isClosed = true;
    this.#cancel?.();
    this.#cancel = undefined;
  }

  async #wake(): Promise<void> {
    this.#cancel = undefined;
    this.#wakeAtMs = Infinity;
    this.#lastSweepMs = this.#clock.now();
    const nextMs = await this.#sweep();
    if (nextMs !== undefined) this.expect(nextMs);
  }
}
