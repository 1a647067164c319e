/**
 * The part of a session by which its page speaks with the others' pages and their people. It holds
 * one thing, the conversation of the present call, and knows nothing of how there comes to be one.
 */
import type {HostMessage} from '../../protocol/host-messages.js';
import {CallError} from './call-error.js';
import {ConversationLoader, type ConversationHost} from './conversation-loader.js';
import {SessionReadout} from './session-readout.js';
import type {ChatDraft, ChatMessage, FileTransfer, SendFileOptions} from './talk-state.js';

const NONE: readonly never[] = Object.freeze([]);

export abstract class TalkingSession extends SessionReadout {
  #conversation: ConversationLoader | undefined;

  /**
   * Sends a string, a JSON value or an `ArrayBuffer` (or a view of one) of up to 64 MB to one peer
   * or to all, in order and reliably; resolves when it is on its way. A peer that is still
   * connecting gets it then; one whose connection breaks meanwhile gets all of it over the next.
   *
   * Rejects with `not-in-room` if nobody is there, `person-not-found` if the one is not,
   * `message-too-large`, `bad-request` for what JSON cannot hold, and `aborted` if they all go
   * before they have it.
   */
  async send(data: unknown, {to}: {to?: string} = {}): Promise<void> {
    // At once: the page may change it after this.
    const message = hostMessageOf(data);
    await (await this.#talk().load()).send(message, to);
  }

  /** What was written in the present call, or in the last one; oldest first, at most a thousand. */
  get chat(): readonly ChatMessage[] {
    return this.#conversation?.present?.chat.messages ?? NONE;
  }

  /** Ids of the peers who are typing. */
  get typing(): readonly string[] {
    return this.#conversation?.present?.chat.typing ?? NONE;
  }

  /** What peers are writing and let be seen, letter by letter; who began first is first. */
  get drafts(): readonly ChatDraft[] {
    return this.#conversation?.present?.chat.drafts ?? NONE;
  }

  /**
   * Writes to everybody in the call. It stands in `chat` at once; resolves when the first of them
   * has it. One whose connection breaks meanwhile gets it over the next.
   *
   * Rejects with `not-in-room` if nobody is there, `bad-request` if there is nothing to read in it,
   * `message-too-large` over 10 000 characters, `rate-limited` for more than ten a second, and
   * `aborted` if all have gone before they had it: then it is no longer in `chat`.
   */
  async sendChat(text: string): Promise<void> {
    await (await this.#talk().load()).sendChat(text);
  }

  /**
   * Shows the others that somebody is writing: to be called at every key. Ends by itself after some
   * seconds, and when the message is sent.
   *
   * Given what is being written instead of `true`, shows them that as well, as it stands: they have it
   * in their `drafts` at most 300 ms later, until it is sent or empty, or this is called with `true` or
   * `false`. Nobody is shown anything of a text that is not given here.
   */
  setTyping(typing: boolean | string): void {
    if (this.#conversation === undefined || this.#conversation.isOver) return;
    this.#conversation.load().then(
      (conversation) => conversation.setTyping(typing),
      () => undefined,
    );
  }

  /** The files of the present call, or of the last one, in the order in which they began; of those that have ended the last hundred. */
  get transfers(): readonly FileTransfer[] {
    return this.#conversation?.present?.files.transfers ?? NONE;
  }

  /**
   * Sends a file of up to 2 GB to one peer or to everybody who is there; resolves when all of them
   * (but for those who have gone) have it and have found it to be what was sent. It goes on where
   * it was when a connection breaks and another is made.
   *
   * Rejects with `not-in-room` if nobody is there, `person-not-found`, `bad-request` for what is no
   * `Blob`, `message-too-large`, `aborted` if either side cancels it or this side leaves, and
   * `transfer-failed` if it cannot be read, did not arrive as it was, or nobody is left to have it.
   */
  async sendFile(file: File | Blob, options: SendFileOptions = {}): Promise<void> {
    await (await this.#talk().load()).sendFile(file, options);
  }

  /** Ends a transfer, ours or theirs, by its `id` in `transfers`. Does nothing if it is over. */
  cancelFile(id: string): void {
    this.#conversation?.present?.files.cancel(id);
  }

  /** @internal A call begins: what is said from now on belongs to it. */
  protected beginConversation(host: ConversationHost): ConversationLoader {
    this.#conversation?.present?.forget();
    this.#conversation = new ConversationLoader(host);
    return this.#conversation;
  }

  #talk(): ConversationLoader {
    if (this.#conversation === undefined || this.#conversation.isOver) {
      throw new CallError('not-in-room', 'Not in a call.');
    }
    return this.#conversation;
  }
}

/** Throws `bad-request` for what JSON cannot hold. */
function hostMessageOf(data: unknown): HostMessage {
  if (data instanceof ArrayBuffer) return {isJson: false, bytes: new Uint8Array(data.slice(0))};
  if (ArrayBuffer.isView(data)) {
    const {buffer, byteOffset, byteLength} = data;
    return {isJson: false, bytes: new Uint8Array(buffer, byteOffset, byteLength).slice()};
  }
  let json: string | undefined;
  let cause: unknown;
  try {
    json = JSON.stringify(data) as string | undefined;
  } catch (thrown) {
    cause = thrown;
  }
  if (json === undefined) {
    throw new CallError('bad-request', 'send() takes a string, a JSON value or an ArrayBuffer.', {
      cause,
    });
  }
  return {isJson: true, bytes: new TextEncoder().encode(json)};
}
