/**
 * Whatever may give this side a seat (a join, a call, an acceptance) is asked one at a time, and the
 * next one only when what came of the last has been taken in. So the relay and this side always agree
 * on which of two was the later one. Knows nothing of what is asked.
 */
import {CallError} from './call-error.js';
import {unlessAborted} from './unless-aborted.js';

export class SeatQueue {
  #last: Promise<unknown> = Promise.resolve();
  #wanted = new AbortController();
  #asking = 0;

  /** Something has been asked of which the outcome is not known yet. */
  get isAsking(): boolean {
    return this.#asking > 0;
  }

  /** Aborted as soon as nothing is wanted any more of what is asked now. */
  get signal(): AbortSignal {
    return this.#wanted.signal;
  }

  /** Nothing of it is wanted any more: rejects all of them with `aborted`, and aborts their signals. */
  cancel(): void {
    this.#wanted.abort();
    this.#wanted = new AbortController();
  }

  /** What is asked from now on waits until this has been said, or could not be. */
  after(said: Promise<unknown>): void {
    this.#last = Promise.allSettled([this.#last, said]);
  }

  /** @param work Asks, and takes in the answer, unless the signal was aborted meanwhile. */
  ask<T>(work: (signal: AbortSignal) => Promise<T>): Promise<T> {
    const {signal} = this.#wanted;
    const turn = this.#last.then(async () => {
      if (signal.aborted) throw CallError.aborted();
      this.#asking++;
      try {
        return await work(signal);
      } finally {
        this.#asking--;
      }
    });
    this.#last = turn.catch(() => undefined);
    return unlessAborted(turn, signal);
  }
}
