/**
 * What two peers say to each other over their data channel, with no relay in between. A peer is
 * another person's machine: everything it sends is parsed here before anybody believes it.
 *
 * Text frames are JSON, told apart by `type`. Binary frames begin with one byte that says what
 * follows, so that later kinds (file chunks) need no second channel.
 */
import * as v from 'valibot';

export const PeerMessageSchema = v.variant('type', [
  /** What the sender lets the other side hear and see; sent when the channel opens and on change. */
  v.object({
    type: v.literal('media-state'),
    microphoneEnabled: v.boolean(),
    cameraEnabled: v.boolean(),
    screenSharing: v.boolean(),
  }),
  /** A string or JSON value from the host page's `send()`. */
  v.object({type: v.literal('message'), data: v.unknown()}),
  /** The sender hangs up. Comes first-hand, so it works with the relay away. */
  v.object({type: v.literal('leave')}),
]);

export type PeerMessage = v.InferOutput<typeof PeerMessageSchema>;

/** First byte of a binary frame. */
export const BINARY_FRAME_MESSAGE = 1;

/** Returns the message, or `null` for anything that is not one (unknown types included: a newer peer may speak). */
export function parsePeerMessage(text: string): PeerMessage | null {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    return null;
  }
  const result = v.safeParse(PeerMessageSchema, value);
  return result.success ? result.output : null;
}
