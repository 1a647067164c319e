/**
 * What keeps a call going without the relay, over the control channel: signals, and who somebody is to
 * a relay that has forgotten everybody. Apart from `peer-messages.ts`, for a call begins without it.
 */
import {
  MAX_CANDIDATE_LENGTH,
  MAX_CANDIDATES_PER_SIGNAL,
  MAX_ID_LENGTH,
  MAX_PERSON_ID_LENGTH,
  MAX_SDP_LENGTH,
} from './limits.js';
import type {Candidate, Description} from './shapes.js';
import {isRecord} from './peer-messages.js';

/** As the relay's `signal`, about the link over which it comes. */
export type SignalMessage = {readonly type: 'signal'} & (
  {readonly description: Description} | {readonly candidates: readonly Candidate[]}
);

/** Who the sender is to the relay from now on, which has forgotten who it was. */
export interface IdentityMessage {
  readonly type: 'identity';
  readonly peerId: string;
  readonly personId: string;
  /** It has taken in the receiver's. */
  readonly isAnswer: boolean;
}

/** Asks the side that made the link to restart ICE. */
export interface RestartMessage {
  readonly type: 'restart';
}

/**
 * The sender can make nothing of the pictures that come, and asks for whole ones; RFC 4585 section
 * 6.3.1 has a message for that, which browsers repeat after three seconds if it was lost.
 */
export interface PictureLossMessage {
  readonly type: 'picture-loss';
}

export type CareMessage = SignalMessage | IdentityMessage | RestartMessage | PictureLossMessage;

/** Returns the message, or `null` for anything that is not one of these: somebody else may understand it. */
export function parseCareMessage(text: string): CareMessage | null {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    return null;
  }
  if (!isRecord(value)) return null;
  const {type, peerId, personId, isAnswer} = value;
  if (type === 'signal') return toSignal(value);
  if (type === 'restart' || type === 'picture-loss') return {type};
  return type === 'identity' &&
    isText(peerId, MAX_ID_LENGTH) &&
    isText(personId, 2 * MAX_PERSON_ID_LENGTH)
    ? {type, peerId, personId, isAnswer: isAnswer === true}
    : null;
}

function toSignal({
  description,
  candidates,
}: Readonly<Record<string, unknown>>): CareMessage | null {
  if (isRecord(description)) {
    const {type, sdp} = description;
    return (type === 'offer' || type === 'answer') && isText(sdp, MAX_SDP_LENGTH)
      ? {type: 'signal', description: {type, sdp}}
      : null;
  }
  if (!Array.isArray(candidates) || candidates.length > MAX_CANDIDATES_PER_SIGNAL) return null;
  const parsed = candidates.map(toCandidate);
  return parsed.includes(null) ? null : {type: 'signal', candidates: parsed as Candidate[]};
}

function toCandidate(value: unknown): Candidate | null {
  if (!isRecord(value)) return null;
  const {candidate, sdpMid = null, sdpMLineIndex = null, usernameFragment = null} = value;
  return isText(candidate, MAX_CANDIDATE_LENGTH) &&
    (sdpMid === null || isText(sdpMid, 64)) &&
    (sdpMLineIndex === null || typeof sdpMLineIndex === 'number') &&
    (usernameFragment === null || isText(usernameFragment, 256))
    ? {candidate, sdpMid, sdpMLineIndex, usernameFragment}
    : null;
}

function isText(value: unknown, maxLength: number): value is string {
  return typeof value === 'string' && value.length <= maxLength;
}
