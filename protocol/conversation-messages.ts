/**
 * What people say to each other over the control channel, in chat and about files, as schemas. They
 * are in a chunk of their own that only a conversation loads, so they can afford the library
 * (`docs/decisions/030-peer-messages-by-hand.md`).
 */
import * as v from 'valibot';
import {MAX_CHAT_LENGTH, MAX_ID_LENGTH, MAX_PEER_FRAME_BYTES} from './limits.js';
import {codePointLength} from './text.js';

const Id = v.pipe(v.string(), v.minLength(1), v.maxLength(MAX_ID_LENGTH));

const ChatText = v.pipe(
  v.string(),
  v.maxLength(MAX_CHAT_LENGTH * 2),
  v.check((text) => codePointLength(text) <= MAX_CHAT_LENGTH),
);

const ConversationMessageSchema = v.variant('type', [
  /** The sender understands all of this, and takes as much of it as there is. */
  v.object({type: v.literal('ready')}),
  /** The id is the sender's, and tells one that is sent a second time over another link. */
  v.object({type: v.literal('chat'), id: Id, text: ChatText}),
  /** The answer to `chat`: it need not be sent again. */
  v.object({type: v.literal('chat-taken'), id: Id}),
  /** Repeated while it lasts; ends by itself. */
  v.object({type: v.literal('typing'), isTyping: v.boolean()}),
]);

export type ConversationMessage = v.InferOutput<typeof ConversationMessageSchema>;

/** Returns the message, or `null` for anything that is not one (unknown types included: a newer peer may speak). */
export function parseConversationMessage(text: string): ConversationMessage | null {
  if (text.length > MAX_PEER_FRAME_BYTES) return null;
  try {
    const result = v.safeParse(ConversationMessageSchema, JSON.parse(text));
    return result.success ? result.output : null;
  } catch {
    return null;
  }
}
