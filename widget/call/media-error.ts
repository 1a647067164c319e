/** What browsers throw when a device cannot be had, in the closed list of codes. Asks for no device itself. */
import {CallError, type ErrorCode} from './call-error.js';

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
