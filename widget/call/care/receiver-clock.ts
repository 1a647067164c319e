/**
 * When receivers are asked what has come over them (`getSynchronizationSources()`). Chromium has the answer brought from
 * another thread, for which the page stands still, but only once in a task: so all who ask do so in the same one.
 */

/** Each look sees one packet, of 20 ms: often enough that a ring around a picture goes with the voice. */
const TICK_MS = 100;

export class ReceiverClock {
  readonly #looks: (() => void)[] = [];

  constructor(signal: AbortSignal) {
    const timer = setInterval(() => this.#looks.forEach((look) => look()), TICK_MS);
    signal.addEventListener('abort', () => clearInterval(timer), {once: true});
  }

  /** @param everyMs Not more often than that; in a hidden page browsers tick once a second. */
  onTick(look: () => void, everyMs = TICK_MS): void {
    let lastAt = -Infinity;
    this.#looks.push(() => {
      const now = performance.now();
      // Timers are late by a little, and not always by the same.
      if (now - lastAt < everyMs - TICK_MS / 2) return;
      lastAt = now;
      look();
    });
  }
}
