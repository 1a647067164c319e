/**
 * The one error class that leaves the call core, and the translation of what browsers throw into
 * its closed codes. It holds no text for people: views look that up by code.
 */
import type {ErrorCode} from '../../protocol/codes.js';

export type {ErrorCode};

export interface CallErrorOptions {
  /** The call is over because of it. */
  readonly fatal?: boolean;
  readonly cause?: unknown;
}

/** Every rejection and every `call-error` of the call core. `message` is English, for logs. */
export class CallError extends Error {
  override readonly name = 'CallError';
  readonly code: ErrorCode;
  readonly fatal: boolean;

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

/**
 * What a rejected `getUserMedia()` means (Media Capture and Streams, section 10.2.1).
 *
 * `NotAllowedError` covers two cases that need different advice: a person (or the system) said no,
 * or the page's permissions policy never let the question be asked.
 */
export function mediaError(
  thrown: unknown,
  kind: 'camera' | 'microphone' | 'speaker',
  isAllowedByPolicy: boolean,
): CallError {
  const name = thrown instanceof DOMException || thrown instanceof Error ? thrown.name : '';
  const detail = thrown instanceof Error ? thrown.message : String(thrown);
  const message = `${kind}: ${name} ${detail}`.trim();
  return new CallError(codeOf(name, isAllowedByPolicy), message, {cause: thrown});
}

function codeOf(name: string, isAllowedByPolicy: boolean): ErrorCode {
  switch (name) {
    case 'NotAllowedError':
      return isAllowedByPolicy ? 'media-permission-denied' : 'media-blocked-by-policy';
    case 'SecurityError':
      return 'media-blocked-by-policy';
    case 'NotFoundError':
      return 'media-not-found';
    case 'NotReadableError':
    case 'AbortError':
      // "Some problem occurred which prevented the device from being used": busy or broken hardware.
      return 'media-in-use';
    case 'OverconstrainedError':
      return 'media-constraints';
    case 'TypeError':
      // Nothing left to ask for, or `mediaDevices` refuses outside secure contexts.
      return 'insecure-context';
    default:
      return 'internal';
  }
}
