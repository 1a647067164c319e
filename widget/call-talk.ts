/**
 * The methods by which a page speaks with the others' pages and their people, and what was said, as
 * read-only properties. They pass everything on to the session.
 */
import type {ChatDraft, ChatMessage, FileTransfer, SendFileOptions} from './call/talk-state.js';
import {CallDoctor} from './call-doctor.js';

/**
 * What `<video-chat-room>` can say and hear. All of it goes from peer to peer, none through the relay.
 *
 * @fires {CustomEvent<{message: ChatMessage}>} chat-received - A peer has written something.
 * @fires {CustomEvent<{messages: readonly ChatMessage[], typing: readonly string[], drafts: readonly ChatDraft[]}>} chat-changed - What was written has changed, who is typing (by their `peerId`), or what they let be seen of it.
 * @fires {CustomEvent<{from: string, file: File}>} file-received - A file of a peer's is here, whole. Somebody else made it: never open it as a page of yours.
 * @csspart button-chat - Opens the chat.
 * @csspart button-files - Opens the files.
 * @csspart button-to-files - Does the same from the head of the chat.
 * @csspart button-attach - Chooses files to send.
 * @csspart button-send - Sends what was written.
 * @csspart button-save - Saves a received file.
 * @csspart button-more - Shows the rest of a long message, or less of it again.
 * @csspart button-new-messages - Scrolls to what has come meanwhile.
 * @csspart panel-chat - The panel with the chat.
 * @csspart chat - The conversation, in its panel or (`media="data"`) on the stage.
 * @csspart messages - The part of it that scrolls.
 * @csspart message-head - Who wrote, and when.
 * @csspart message - One message.
 * @csspart message-unsent - One that could not be sent.
 * @csspart message-draft - One that a peer is still writing, and lets be seen.
 * @csspart link - A link in it.
 * @csspart file - One file, on its way or here.
 * @csspart preview - The picture in it.
 * @csspart file-name - Its name.
 * @csspart file-state - Its size, and what has become of it.
 * @csspart file-note - Whose it is and when it came, in the panel of the files.
 * @csspart progress - How much of it has arrived.
 * @csspart panel-files - The panel with the files of the call.
 * @csspart files - What is in it: the files, and the way to send some.
 * @csspart file-list - The list of them, the newest first.
 * @csspart files-empty - What stands in its place while there are none.
 * @csspart typing - Who is writing.
 * @csspart composer - The field to write in, with its buttons.
 * @csspart switch-live-typing - Lets the others see what is written before it is sent.
 * @csspart drop-zone - What is shown while files are dragged over the element.
 */
export abstract class CallTalk extends CallDoctor {
  /** What was written in the present call, or in the last one; oldest first. */
  get chat(): readonly ChatMessage[] {
    return this.controller.session?.chat ?? [];
  }

  /** What peers are writing and let be seen, letter by letter; who began first is first. */
  get drafts(): readonly ChatDraft[] {
    return this.controller.session?.drafts ?? [];
  }

  /** The files of the present call, or of the last one: how far each is, and what has arrived. */
  get transfers(): readonly FileTransfer[] {
    return this.controller.session?.transfers ?? [];
  }

  /** Sends a string, a JSON value or an `ArrayBuffer` to every peer, or to one. */
  async send(data: unknown, options: {to?: string} = {}): Promise<void> {
    await this.controller.require().send(data, options);
  }

  /**
   * Writes to everybody in the call; resolves when the first of them has it.
   * @throws {CallError} `not-in-room` if nobody is there, `bad-request` if there is nothing to read
   *   in it, `message-too-large` over 10 000 characters, `rate-limited` for more than ten a second.
   */
  async sendChat(text: string): Promise<void> {
    await this.controller.require().sendChat(text);
  }

  /**
   * Shows the others that somebody is writing, for a chat of the page's own: to be called at every
   * key. With the text in place of `true` they see that as well, letter by letter, until it is sent.
   */
  setTyping(typing: boolean | string): void {
    this.controller.session?.setTyping(typing);
  }

  /**
   * Sends a file of up to 2 GB to every peer, or to one; resolves when they have it.
   * @throws {CallError} `not-in-room` if nobody is there, `message-too-large`, `aborted` if either
   *   side cancels it, `transfer-failed` if it did not arrive as it was.
   */
  async sendFile(file: File | Blob, options: SendFileOptions = {}): Promise<void> {
    await this.controller.require().sendFile(file, options);
  }

  /** Stops a transfer, ours or theirs, by its `id` in `transfers`. Does nothing if it is over. */
  cancelFile(id: string): void {
    this.controller.session?.cancelFile(id);
  }
}
