/**
 * The one error class that leaves the call core. It holds no text for people: views look that up by
 * code. What devices throw is translated in `media-error.ts`.
 */
import type {ErrorCode} from '../../protocol/codes.js';

export type {ErrorCode};

/** What people are told where the code leaves it open. `not-blurred`: a camera shows what was not to be seen. */
export type ErrorDetail = 'not-blurred';

export interface CallErrorOptions {
  /** The call is over because of it. */
  readonly fatal?: boolean;
  readonly cause?: unknown;
}

/** What a request of ours comes to when the relay is away, or seems to be. */
export const RELAY_AWAY: readonly ErrorCode[] = ['relay-unreachable', 'relay-timeout'];

/** Every rejection and every `call-error` of the call core. `message` is English, for logs. */
export class CallError extends Error {
  override readonly name = 'CallError';
  readonly code: ErrorCode;
  readonly fatal: boolean;
  /** Set by whoever makes one that has more to tell than its code: only those few have it. */
  declare readonly detail?: ErrorDetail;

  constructor(code: ErrorCode, message: string = code, options: CallErrorOptions = {}) {
    super(message, options.cause === undefined ? undefined : {cause: options.cause});
    this.code = code;
    this.fatal = options.fatal ?? false;
  }

  /** The same failure, seen from where it ends the call. */
  asFatal(): CallError {
    return this.fatal
      ? this
      : new CallError(this.code, this.message, {fatal: true, cause: this.cause});
  }

  /** `leave()`, or a newer attempt, overtook this one. */
  static aborted(): CallError {
    return new CallError('aborted', 'The attempt was overtaken by leave() or by a newer one.');
  }

  /** Makes a `CallError` of anything thrown; an `AbortError` becomes `aborted`. */
  static from(thrown: unknown, fallback: ErrorCode = 'internal'): CallError {
    if (thrown instanceof CallError) return thrown;
    const message = thrown instanceof Error ? thrown.message : String(thrown);
    if (isDomException(thrown, 'AbortError')) return CallError.aborted();
    return new CallError(fallback, message, {cause: thrown});
  }
}

function isDomException(value: unknown, name: string): boolean {
  return value instanceof DOMException && value.name === name;
}
