/** Fetches each chunk once, and once more on the next occasion if it could not be had. Knows nothing of what is in them. */
import type {ReactiveControllerHost} from 'lit';
import {CallError} from './call/call-error.js';
import {loadChunk} from './call/load-chunk.js';

export class LateChunks {
  readonly #host: ReactiveControllerHost;
  readonly #signal: AbortSignal;
  readonly #wanted = new Set<string>();

  /** @param signal aborted when nobody has use for them any more */
  constructor(host: ReactiveControllerHost, signal: AbortSignal) {
    this.#host = host;
    this.#signal = signal;
  }

  /**
   * @param use returns `false` where nothing of it is to be drawn yet
   * @param onFailure hears of it each time that it could not be had
   */
  fetch<Module>(
    name: string,
    load: () => Promise<Module>,
    use: (module: Module) => boolean | void,
    onFailure?: (error: CallError) => unknown,
  ): void {
    if (this.#wanted.has(name)) return;
    this.#wanted.add(name);
    loadChunk(load)
      .then((module) => {
        if (this.#signal.aborted) return;
        if (use(module) !== false) this.#host.requestUpdate();
      })
      .catch((cause: unknown) => {
        // Whoever is told may be shown it, which asks for the people again.
        if (name !== 'people') this.#wanted.delete(name);
        onFailure?.(new CallError('relay-unreachable', name, {cause}));
      });
  }
}
