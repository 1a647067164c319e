/**
 * What stands for a directory until the page names one: loads `directory-presence.ts` then. Who has
 * no directory never loads it. Knows nothing of people.
 */
import {CallError} from './call-error.js';
import type {DirectoryPresence, PresenceHost} from './directory-presence.js';

export class DirectoryLoader {
  readonly #host: PresenceHost;
  #presence: DirectoryPresence | undefined;
  #isLoading = false;

  constructor(host: PresenceHost) {
    this.#host = host;
  }

  get presence(): DirectoryPresence | undefined {
    return this.#presence;
  }

  /** To be called when options may have changed, and when a call has ended. */
  update(): void {
    if (this.#presence !== undefined) this.#presence.update();
    else if (this.#host.options().directory && !this.#isLoading) void this.#load();
  }

  async #load(): Promise<void> {
    this.#isLoading = true;
    try {
      const {DirectoryPresence} = await import('./directory-presence.js');
      this.#presence = new DirectoryPresence(this.#host);
    } catch (cause) {
      // The next change of the options tries again.
      const message = 'The code for directories cannot be had.';
      this.#host.report(new CallError('internal', message, {cause}));
    }
    this.#isLoading = false;
    this.#presence?.update();
  }
}
