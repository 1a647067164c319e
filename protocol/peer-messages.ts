/**
 * What two peers' call cores say to each other over the control channel, with no relay in between.
 * A peer is another person's machine: everything it sends is parsed here before anybody believes it.
 *
 * Text frames are JSON, told apart by `type`. What people say to each other (chat, files) shares the
 * channel but not this file: `conversation-messages.ts`. Written without the schema library that the
 * relay uses: it would be a thirtieth of all that a first call loads
 * (`docs/decisions/030-peer-messages-by-hand.md`).
 */

import {MAX_CANDIDATE_LENGTH, MAX_CANDIDATES_PER_SIGNAL, MAX_SDP_LENGTH} from './limits.js';
import type {Candidate, Description} from './messages.js';

/** What the sender lets the other side hear and see; sent when the channel opens and on change. */
export interface MediaStateMessage {
  readonly type: 'media-state';
  readonly microphoneEnabled: boolean;
  readonly cameraEnabled: boolean;
  readonly screenSharing: boolean;
  /** The sender wants small pictures. */
  readonly lowData?: boolean;
  /** The link is too weak for more than a picture of so many lines; 0: for any. `null`: it is not. Not said: as before. */
  readonly pictureHeight?: number | null;
}

/** The sender hangs up. Comes first-hand, so it works with the relay away. */
export interface LeaveMessage {
  readonly type: 'leave';
}

/** As the relay's `signal`, about the link over which it comes. */
export type SignalMessage = {readonly type: 'signal'} & (
  {readonly description: Description} | {readonly candidates: readonly Candidate[]}
);

export type PeerMessage = MediaStateMessage | LeaveMessage | SignalMessage;

/** Returns the message, or `null` for anything that is not one of these: somebody else may understand it. */
export function parsePeerMessage(text: string): PeerMessage | null {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    return null;
  }
  if (!isRecord(value)) return null;
  const {type, microphoneEnabled, cameraEnabled, screenSharing, lowData, pictureHeight} = value;
  switch (type) {
    case 'media-state':
      return typeof microphoneEnabled === 'boolean' &&
        typeof cameraEnabled === 'boolean' &&
        typeof screenSharing === 'boolean'
        ? {
            ...{type, microphoneEnabled, cameraEnabled, screenSharing},
            ...(typeof lowData === 'boolean' && {lowData}),
            ...((typeof pictureHeight === 'number' || pictureHeight === null) && {pictureHeight}),
          }
        : null;
    case 'leave':
      return {type};
    case 'signal':
      return toSignal(value);
    default:
      return null;
  }
}

function toSignal({
  description,
  candidates,
}: Readonly<Record<string, unknown>>): PeerMessage | null {
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

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null;
}
