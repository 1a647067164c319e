/**
 * Tells the relay a change of this side's name or metadata: one at a time and the newest only, and again if it
 * could not be told. A chunk of its own, for hardly anybody changes their name in a call. Knows no calls.
 */
import {CallError} from './call-error.js';
import type {CallOptions} from './call-options.js';
import type {RelayConnection} from './relay-connection.js';
import type {SeatQueue} from './seat-queue.js';

/** The relay's limit on requests leaves one in a tenth of that, so one more is sure to pass. */
const RETRY_MS = 1_000;

/** What passes by itself. */
const PASSING = ['rate-limited', 'relay-timeout', 'relay-unreachable'];

export interface ProfileHost {
  readonly relay: RelayConnection;
  readonly seats: SeatQueue;
  options(): CallOptions;
  report(error: CallError): void;
}

export class ProfileNews {
  readonly #host: ProfileHost;
  #telling: Promise<void> | null = null;

  constructor(host: ProfileHost) {
    this.#host = host;
  }

  /** To be called when it may have changed. Resolves when the newest is told, or cannot be for the moment. */
  update(): Promise<void> {
    return (this.#telling ??= this.#tell().finally(() => (this.#telling = null)));
  }

  async #tell(): Promise<void> {
    const {relay, options, report} = this.#host;
    for (;;) {
      const {displayName, metadata} = options();
      const {shown} = relay;
      const isShown = shown?.displayName === displayName && shown.metadata === metadata;
      if (isShown || relay.state !== 'open') return;
      const profile = {displayName, metadata};
      try {
        await relay.request('profile', profile);
        relay.shown = profile;
      } catch (thrown) {
        const error = CallError.from(thrown);
        if (PASSING.includes(error.code)) setTimeout(() => void this.update(), RETRY_MS);
        else report(error);
        return;
      }
    }
  }
}
