/**
 * The closed lists of codes that travel: why something failed, and why something ended.
 * Codes are stable and meant for programs; the words for people live in the widget's catalogue.
 */

/** Why a request, a device or a connection failed. Carried by the relay's refusals and by `CallError.code`. */
export const ERROR_CODES = [
  'unsupported-browser',
  'insecure-context',
  'media-permission-denied',
  'media-blocked-by-policy',
  'media-not-found',
  'media-in-use',
  'media-constraints',
  'display-capture-denied',
  'audio-blocked',
  'relay-unreachable',
  'relay-timeout',
  'protocol-mismatch',
  'unauthorized',
  'origin-not-allowed',
  'room-required',
  'room-name-invalid',
  'room-full',
  'person-not-found',
  'not-in-room',
  'invitation-over',
  'rate-limited',
  'bad-request',
  'message-too-large',
  'transfer-failed',
  'negotiation-failed',
  'ice-failed',
  'aborted',
  'internal',
] as const;

export type ErrorCode = (typeof ERROR_CODES)[number];

/** Why a knock, a call, a peer or the whole call came to an end. */
export const END_REASONS = [
  'left',
  'declined',
  'busy',
  'cancelled',
  'timeout',
  'unreachable',
  'answered-elsewhere',
  'lost',
  'replaced',
  'removed',
  'room-closed',
  'failed',
] as const;

export type EndReason = (typeof END_REASONS)[number];
