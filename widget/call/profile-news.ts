/**
 * Tells the relay a change of this side's name or metadata: one at a time and the newest only, and again if it
 * could not be told. A chunk of its own, for hardly anybody changes their name in a call. Knows no calls.
 */
import {CallError} from './call-error.js';
import type {CallOptions} from './call-options.js';
import type {RelayConnection} from './relay-connection.js';

/** The relay's limit on requests leaves one in a tenth of that, so one more is sure to pass. */
const RETRY_MS = 1_000;

/** What passes by itself. */
const PASSING = ['rate-limited', 'relay-timeout', 'relay-unreachable'];

export interface ProfileHost {
  readonly relay: RelayConnection;
  options(): CallOptions;
  report(error: CallError): void;
}

export class ProfileNews {
  readonly #host: ProfileHost;
  #isTelling = false;

  constructor(host: ProfileHost) {
    this.#host = host;
  }

  /** To be called when it may have changed. */
  update(): void {
    const {relay, options} = this.#host;
    const {displayName, metadata} = options();
    const {shown} = relay;
    const isShown = shown?.displayName === displayName && shown.metadata === metadata;
    if (isShown || this.#isTelling || relay.state !== 'open') return;
    this.#isTelling = true;
    const profile = {displayName, metadata};
    const tellAgain = (): void => {
      this.#isTelling = false;
      this.update();
    };
    relay.request('profile', profile).then(
      () => {
        relay.shown = profile;
        tellAgain();
      },
      (thrown: unknown) => {
        const error = CallError.from(thrown);
        if (PASSING.includes(error.code)) {
          setTimeout(tellAgain, RETRY_MS);
          return;
        }
        this.#isTelling = false;
        this.#host.report(error);
      },
    );
  }
}
