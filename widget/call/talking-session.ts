/**
 * The part of a session by which its page speaks with the others' pages and their people. It holds
 * one thing, the conversation of the present call, and knows nothing of how there comes to be one.
 */
import type {HostMessage} from '../../protocol/host-messages.js';
import {CallError} from './call-error.js';
import {ConversationLoader, type ConversationHost} from './conversation-loader.js';
import {SessionReadout} from './session-readout.js';

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

  /** @internal A call begins: what is said from now on belongs to it. */
  protected beginConversation(host: ConversationHost): ConversationLoader {
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
