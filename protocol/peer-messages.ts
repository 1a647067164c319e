/**
 * What two peers say to each other over their data channel, with no relay in between. A peer is
 * another person's machine: everything it sends is parsed here before anybody believes it.
 *
 * Text frames are JSON, told apart by `type`. Binary frames begin with one byte that says what
 * follows, so that later kinds (file chunks) need no second channel.
 */
import * as v from 'valibot';

/** By `type`: what such a message carries besides. */
export const PeerMessageSchemas = {
  /** What the sender lets the other side hear and see; sent when the channel opens and on change. */
  'media-state': v.object({
    microphoneEnabled: v.boolean(),
    cameraEnabled: v.boolean(),
    screenSharing: v.boolean(),
  }),
  /** A string or JSON value from the host page's `send()`. */
  message: v.object({data: v.unknown()}),
  /** The sender hangs up. Comes first-hand, so it works with the relay away. */
  leave: v.object({}),
} as const;

type PeerMessageType = keyof typeof PeerMessageSchemas;

export type PeerMessage = {
  [Type in PeerMessageType]: {readonly type: Type} & Readonly<
    v.InferOutput<(typeof PeerMessageSchemas)[Type]>
  >;
}[PeerMessageType];

/** First byte of a binary frame. */
export const BINARY_FRAME_MESSAGE = 1;

/** Returns the message, or `null` for anything that is not one (unknown types included: a newer peer may speak). */
export function parsePeerMessage(text: string): PeerMessage | null {
  try {
    const value = JSON.parse(text) as {type?: unknown} | null;
    const type = value?.type;
    if (typeof type !== 'string' || !Object.hasOwn(PeerMessageSchemas, type)) return null;
    const result = v.safeParse(PeerMessageSchemas[type as PeerMessageType], value);
    return result.success ? ({type, ...result.output} as PeerMessage) : null;
  } catch {
    return null;
  }
}
