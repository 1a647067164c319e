/**
 * What people say to each other over the control channel, in chat and about files, as schemas. They
 * are in a chunk of their own that only a conversation loads, so they can afford the library
 * (`docs/decisions/030-peer-messages-by-hand.md`).
 */
import * as v from 'valibot';
import {
  MAX_CHAT_LENGTH,
  MAX_FILE_BYTES,
  MAX_FILE_NAME_LENGTH,
  MAX_FILE_TYPE_LENGTH,
} from './conversation-limits.js';
import {MAX_ID_LENGTH, MAX_PEER_FRAME_BYTES} from './limits.js';
import {codePointLength} from './text.js';

const Id = v.pipe(v.string(), v.minLength(1), v.maxLength(MAX_ID_LENGTH));

const ChatText = v.pipe(
  v.string(),
  v.maxLength(MAX_CHAT_LENGTH * 2),
  v.check((text) => codePointLength(text) <= MAX_CHAT_LENGTH),
);

/** The sender's name for a file, at random: the two sides' numbers have nothing to do with each other. */
const FileNumber = v.pipe(v.number(), v.integer(), v.minValue(0), v.maxValue(0xffff_ffff));
const FileBytes = v.pipe(v.number(), v.integer(), v.minValue(0), v.maxValue(MAX_FILE_BYTES));

/** The sender counts how often its draft has changed. */
const DraftVersion = v.pipe(v.number(), v.integer(), v.minValue(0), v.maxValue(0xffff_ffff));
const DraftPlace = v.pipe(v.number(), v.integer(), v.minValue(0), v.maxValue(MAX_CHAT_LENGTH));

/** `cancelled`: somebody did not want it. `failed`: it could not be read, or what came was not it. */
const FileEnd = v.picklist(['cancelled', 'failed']);

const ConversationMessageSchema = v.variant('type', [
  /** The sender understands all of this, and takes as much of it as there is. */
  v.object({type: v.literal('ready')}),
  /** The id is the sender's, and tells one that is sent a second time over another link. */
  v.object({type: v.literal('chat'), id: Id, text: ChatText}),
  /** The answer to `chat`: it need not be sent again. */
  v.object({type: v.literal('chat-taken'), id: Id}),
  /** Repeated while it lasts; ends by itself. */
  v.object({type: v.literal('typing'), isTyping: v.boolean()}),
  /** All of what the sender is writing and lets be seen; empty: nothing any more. A `chat` ends it, too. */
  v.object({type: v.literal('draft'), version: DraftVersion, text: ChatText}),
  /** What the version before becomes. Whoever has another one waits for the next `draft`. */
  v.object({
    type: v.literal('draft-edit'),
    version: DraftVersion,
    at: DraftPlace,
    remove: DraftPlace,
    insert: ChatText,
  }),
  /** Answered by `file-have`. Said again over a fresh link, for that is where it goes on. */
  v.object({
    type: v.literal('file-offer'),
    file: FileNumber,
    name: v.pipe(v.string(), v.maxLength(MAX_FILE_NAME_LENGTH * 2)),
    mimeType: v.pipe(v.string(), v.maxLength(MAX_FILE_TYPE_LENGTH)),
    size: FileBytes,
  }),
  /** The receiver has so much of it, from its beginning: so go on after that, and so far that is confirmed. */
  v.object({type: v.literal('file-have'), file: FileNumber, bytes: FileBytes}),
  /** The receiver has all of it, and it is what was sent. */
  v.object({type: v.literal('file-done'), file: FileNumber}),
  /** The sender ends it. */
  v.object({type: v.literal('file-withdraw'), file: FileNumber, reason: FileEnd}),
  /** The receiver ends it. */
  v.object({type: v.literal('file-refuse'), file: FileNumber, reason: FileEnd}),
]);

export type FileEnd = v.InferOutput<typeof FileEnd>;

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
