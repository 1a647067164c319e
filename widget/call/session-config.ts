/** The options of a session as they can be sent: what a host page gives is made fit here, or refused before anybody is called. */
import {MAX_METADATA_BYTES} from '../../protocol/limits.js';
import {toDisplayName, utf8Length} from '../../protocol/text.js';
import {CallError} from './call-error.js';
import {DEFAULT_CALL_OPTIONS, type CallOptions} from './call-options.js';

export class SessionConfig {
  #options: CallOptions = DEFAULT_CALL_OPTIONS;
  /** As it was given, to be looked at only when it is another. */
  #givenMetadata: unknown = null;
  #problem: CallError | null = null;

  get options(): CallOptions {
    return this.#options;
  }

  /** What is wrong with the metadata given last, which is then not in force. */
  get problem(): CallError | null {
    return this.#problem;
  }

  /** Takes what is given over the rest. Metadata that cannot be sent leaves the last good one, and is returned as an error. */
  take(given: Partial<CallOptions>): CallError | null {
    const last = this.#options;
    const next = {...last, ...given};
    this.#options = {
      ...next,
      displayName: toDisplayName(next.displayName),
      // `null` is what frameworks set to take a property away.
      iceServers: next.iceServers ?? [],
      metadata: last.metadata,
    };
    if (!('metadata' in given) || given.metadata === this.#givenMetadata) return null;
    this.#givenMetadata = given.metadata;
    this.#problem = null;
    try {
      this.#options = {...this.#options, metadata: toMetadata(given.metadata)};
    } catch (thrown) {
      this.#problem = CallError.from(thrown, 'bad-request');
    }
    return this.#problem;
  }
}

/** A copy that is JSON. Throws `message-too-large` over 1 kB, and what `JSON.stringify()` throws. */
function toMetadata(value: unknown): unknown {
  const json = JSON.stringify(value ?? null) as string | undefined;
  if (json === undefined) throw new CallError('bad-request', 'Metadata must be a JSON value.');
  if (utf8Length(json) > MAX_METADATA_BYTES) {
    throw new CallError(
      'message-too-large',
      `Metadata is over ${MAX_METADATA_BYTES} bytes of JSON.`,
    );
  }
  return JSON.parse(json) as unknown;
}
