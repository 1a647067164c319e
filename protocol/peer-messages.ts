/**
 * What two peers' call cores say to each other over the control channel, with no relay in between.
 * A peer is another person's machine: everything it sends is parsed here before anybody believes it.
 *
 * Text frames are JSON, told apart by `type`. What people say to each other (chat, files) shares the
 * channel but not this file: `conversation-messages.ts`. Written without the schema library that the
 * relay uses: it would be a thirtieth of all that a first call loads
 * (`docs/decisions/030-peer-messages-by-hand.md`).
 */

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

/** Other versions may have others, of which this one could not say what they mean. */
const HEIGHTS = [null, 0, 180, 360, 720];

/**
 * The sender has pressed Accept, over a link that was connected while it rang. Nobody is let in by that: the relay
 * says the same a moment later. Anywhere else it means nothing.
 */
export interface AcceptedMessage {
  readonly type: 'accepted';
}

export type PeerMessage = MediaStateMessage | LeaveMessage;

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
            ...(HEIGHTS.includes(pictureHeight as null) && {pictureHeight: pictureHeight as null}),
          }
        : null;
    case 'leave':
      return {type};
    default:
      return null;
  }
}

export function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null;
}
