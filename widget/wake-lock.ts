/** Keeps the screen on while somebody looks at it without touching anything. Knows nothing of calls. */

export class ScreenWakeLock {
  #isWanted = false;
  #isAsking = false;
  #sentinel: WakeLockSentinel | null = null;

  /** @param signal the end of it */
  constructor(signal: AbortSignal) {
    // The browser takes it away from whatever is hidden, for good.
    document.addEventListener('visibilitychange', () => void this.#update(), {signal});
    signal.addEventListener('abort', () => this.want(false), {once: true});
  }

  want(isWanted: boolean): void {
    if (isWanted === this.#isWanted) return;
    this.#isWanted = isWanted;
    void this.#update();
  }

  async #update(): Promise<void> {
    if (this.#isAsking) return;
    if (!this.#isWanted) {
      const sentinel = this.#sentinel;
      this.#sentinel = null;
      await sentinel?.release().catch(() => undefined);
      return;
    }
    if (document.hidden || this.#sentinel?.released === false) return;
    this.#isAsking = true;
    try {
      // Not in every browser, whatever the types say.
      const {wakeLock} = navigator as Partial<Pick<Navigator, 'wakeLock'>>;
      this.#sentinel = (await wakeLock?.request('screen')) ?? null;
    } catch {
      // A battery that runs low, or a frame that may not.
    }
    this.#isAsking = false;
    if (!this.#isWanted) await this.#update();
  }
}
