/** How often something may happen: a burst at once, and a little more every second. Knows not what. */
export class RateBucket {
  readonly #perSecond: number;
  readonly #burst: number;
  #left: number;
  #asOf = performance.now();

  constructor(perSecond: number, burst: number) {
    this.#perSecond = perSecond;
    this.#burst = this.#left = burst;
  }

  /** Returns whether it may happen once more, now. */
  take(): boolean {
    const now = performance.now();
    const more = ((now - this.#asOf) / 1000) * this.#perSecond;
    this.#left = Math.min(this.#burst, this.#left + more);
    this.#asOf = now;
    if (this.#left < 1) return false;
    this.#left--;
    return true;
  }
}
