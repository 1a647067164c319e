/**
 * What stands for a directory until the page names one: loads `directory-presence.ts` then. Who has
 * no directory never loads it. Knows nothing of people.
 */
import {CallError} from './call-error.js';
import {reconnectDelayMs} from './reconnect-policy.js';
import type {DirectoryPresence, PresenceHost} from './directory-presence.js';

export class DirectoryLoader {
  readonly #host: PresenceHost;
  #presence: DirectoryPresence | undefined;
  #isLoading = false;
  #failures = 0;

  readonly #import: () => Promise<typeof import('./directory-presence.js')>;

  /** @param load A test says what becomes of it. */
  constructor(host: PresenceHost, load = () => import('./directory-presence.js')) {
    this.#host = host;
    this.#import = load;
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
      const {DirectoryPresence} = await this.#import();
      this.#presence = new DirectoryPresence(this.#host);
    } catch (cause) {
      const delayMs = reconnectDelayMs(this.#failures++, Math.random());
      setTimeout(() => {
        this.#isLoading = false;
        this.update();
      }, delayMs);
      // What the browser says of it, once.
      if (this.#failures === 1) this.#host.report(new CallError('internal', String(cause)));
    }
    this.#presence?.update();
  }
}
