/**
 * The written side of one call: its history, who is typing what, and the delivery of each message to
 * each peer exactly once, over however many links that takes. Knows no DOM and no link's inside.
 */
import {toChatText} from '../../protocol/chat-text.js';
import type {ConversationMessage} from '../../protocol/conversation-messages.js';
import {MAX_CHAT_LENGTH} from '../../protocol/conversation-limits.js';
import {codePointLength} from '../../protocol/text.js';
import {CallError} from './call-error.js';
import type {ConversationHost} from './conversation-loader.js';
import {randomId} from './identity.js';
import {OwnDraft} from './own-draft.js';
import {PeerDrafts, type DraftFrame} from './peer-drafts.js';
import type {PeerLine} from './peer-line.js';
import {RateBucket} from './rate-bucket.js';
import type {ChatDraft, ChatMessage} from './talk-state.js';
import {peerIn} from './state-questions.js';

/** Hours of talk; at the greatest length of a message it is 40 MB. */
const MAX_MESSAGES = 1000;

/** No person writes faster; a page that does is told so, and a peer that does is not heard. */
const OWN_RATE = [10, 100] as const;
const PEER_RATE = [20, 200] as const;

/** What a peer has not confirmed may reach it all at once, and must not be too much for it then. */
const MAX_UNCONFIRMED = 100;

/** A peer is typing until so long after it last said so, and says so this often. */
const TYPING_ENDS_MS = 6_000;
const TYPING_REPEATS_MS = 3_000;

type ChatFrame =
  Extract<ConversationMessage, {type: 'chat' | 'chat-taken' | 'typing'}> | DraftFrame;

/** One peer, as the chat sees it. */
interface Reader {
  readonly line: PeerLine;
  /** What it has not confirmed, oldest first: id → what to do when it does. */
  readonly unconfirmed: Map<string, {readonly frame: string; readonly onTaken: () => void}>;
  /** The ids of what it has sent, for it may send them again. */
  readonly taken: Set<string>;
  readonly rate: RateBucket;
  readonly typingRate: RateBucket;
  readonly draftRate: RateBucket;
  typing?: ReturnType<typeof setTimeout> | undefined;
}

export class Chat {
  readonly #host: ConversationHost;
  readonly #lines: () => Iterable<PeerLine>;
  readonly #readers = new Map<string, Reader>();
  readonly #ownDraft: OwnDraft;
  readonly #drafts = new PeerDrafts();
  readonly #ownRate = new RateBucket(...OWN_RATE);
  #messages: readonly ChatMessage[] = Object.freeze([]);
  #typing: readonly string[] = Object.freeze([]);
  #toldTypingAt = -Infinity;

  /** @param lines Those to everybody who is told of what is not a message yet. */
  constructor(host: ConversationHost, lines: () => Iterable<PeerLine>) {
    this.#host = host;
    this.#lines = lines;
    this.#ownDraft = new OwnDraft(lines);
  }

  get messages(): readonly ChatMessage[] {
    return this.#messages;
  }

  /** Ids of the peers who are typing. */
  get typing(): readonly string[] {
    return this.#typing;
  }

  /** What peers are writing and let be seen. */
  get drafts(): readonly ChatDraft[] {
    return this.#drafts.list;
  }

  /**
   * Resolves when the first of them has it. Until then it stands in the history already; should
   * they all go before that, it is taken out again and this rejects with `aborted`.
   */
  async send(typed: string, lines: readonly PeerLine[]): Promise<void> {
    if (typeof typed !== 'string') throw new CallError('bad-request', 'Chat is text.');
    if (typed.length > MAX_CHAT_LENGTH * 2 || codePointLength(typed) > MAX_CHAT_LENGTH) {
      throw new CallError(
        'message-too-large',
        `A chat message has at most ${MAX_CHAT_LENGTH} characters.`,
      );
    }
    const text = toChatText(typed);
    if (text === '') throw new CallError('bad-request', 'There is nothing to read in it.');
    if (!this.#ownRate.take()) {
      // It does not stand in the field any more.
      this.#ownDraft.clear();
      throw tooMany();
    }
    const id = randomId();
    const displayName = this.#host.state().self?.displayName ?? '';
    // What they are told ends the typing, too.
    this.#toldTypingAt = -Infinity;
    this.#ownDraft.sent();
    this.#add({id, from: null, displayName, text, at: Date.now()});
    try {
      await Promise.any(lines.map((line) => this.#deliver(line, id, text)));
    } catch (error) {
      const others = this.#messages.filter((message) => message.id !== id);
      // Another call may have begun, which has forgotten it already.
      if (others.length < this.#messages.length) this.#change(others);
      throw CallError.from((error as AggregateError).errors[0]);
    }
  }

  /** @param typing With what is being written, the others see that as well. */
  setTyping(typing: boolean | string): void {
    if (typeof typing === 'string') this.#ownDraft.set(typing);
    else this.#ownDraft.clear();
    const isTyping = typeof typing === 'string' ? toChatText(typing) !== '' : typing;
    const now = performance.now();
    const isTold = now - this.#toldTypingAt < TYPING_REPEATS_MS;
    const isOver = now - this.#toldTypingAt >= TYPING_ENDS_MS;
    if (isTyping ? isTold : isOver) return;
    this.#toldTypingAt = isTyping ? now : -Infinity;
    for (const line of this.#lines()) line.say({type: 'typing', isTyping});
  }

  receive(line: PeerLine, message: ChatFrame): void {
    const reader = this.#readerOf(line);
    switch (message.type) {
      case 'chat':
        this.#onChat(reader, message);
        return;
      case 'chat-taken':
        reader.unconfirmed.get(message.id)?.onTaken();
        return;
      case 'typing':
        if (reader.typingRate.take()) this.#setTyping(reader, message.isTyping);
        return;
      case 'draft':
      case 'draft-edit':
        if (reader.draftRate.take()) this.#onDraft(line.peerId, message);
        return;
    }
  }

  /** A fresh link: what may have been lost with the one before is sent again. */
  opened(line: PeerLine): void {
    this.#clearDraft(line.peerId);
    for (const {frame} of this.#readers.get(line.peerId)?.unconfirmed.values() ?? []) {
      line.sayRaw(frame);
    }
    this.#ownDraft.opened(line);
  }

  gone(peerId: string): void {
    const reader = this.#readers.get(peerId);
    if (reader !== undefined) this.#setTyping(reader, false);
    this.#clearDraft(peerId);
    this.#readers.delete(peerId);
  }

  /** The call is over. */
  end(): void {
    this.#ownDraft.end();
  }

  /** Another call begins. */
  forget(): void {
    if (this.#messages.length > 0) this.#change([]);
  }

  #deliver(line: PeerLine, id: string, text: string): Promise<void> {
    const {unconfirmed} = this.#readerOf(line);
    const frame = JSON.stringify({type: 'chat', id, text});
    if (unconfirmed.size >= MAX_UNCONFIRMED) return Promise.reject(tooMany());
    return new Promise((resolve, reject) => {
      const settle = (action: () => void) => (): void => {
        unconfirmed.delete(id);
        line.signal.removeEventListener('abort', fail);
        action();
      };
      const fail = settle(() => reject(CallError.aborted()));
      unconfirmed.set(id, {frame, onTaken: settle(resolve)});
      line.signal.addEventListener('abort', fail);
      // Without a link it waits for `opened()`.
      line.sayRaw(frame);
    });
  }

  #onChat(reader: Reader, {id, text: sent}: Extract<ChatFrame, {type: 'chat'}>): void {
    const {line, taken, rate} = reader;
    if (!rate.take()) return;
    if (!taken.has(id)) {
      taken.add(id);
      // Only what was sent just before a link broke can come again.
      for (const oldest of taken) if (taken.size > MAX_MESSAGES) taken.delete(oldest);
      const text = toChatText(sent);
      if (text !== '') this.#onText(reader, text);
    }
    line.say({type: 'chat-taken', id});
  }

  #onText(reader: Reader, text: string): void {
    const {peerId} = reader.line;
    const peer = peerIn(this.#host.state(), peerId);
    const displayName = peer?.displayName ?? '';
    const message = {id: randomId(), from: peerId, displayName, text, at: Date.now()};
    this.#setTyping(reader, false);
    // With the message in one change: it takes the draft's place.
    this.#drafts.clear(peerId);
    this.#add(message);
    this.#host.tell({type: 'chat-received', detail: {message}});
  }

  #readerOf(line: PeerLine): Reader {
    let reader = this.#readers.get(line.peerId);
    if (reader?.line !== line) {
      const bucket = (): RateBucket => new RateBucket(...PEER_RATE);
      const rates = {rate: bucket(), typingRate: bucket(), draftRate: bucket()};
      reader = {line, unconfirmed: new Map(), taken: new Set(), ...rates};
      this.#readers.set(line.peerId, reader);
    }
    return reader;
  }

  #onDraft(peerId: string, frame: DraftFrame): void {
    const displayName = peerIn(this.#host.state(), peerId)?.displayName ?? '';
    if (this.#drafts.receive(peerId, displayName, frame)) this.#change(this.#messages);
  }

  #clearDraft(peerId: string): void {
    if (this.#drafts.clear(peerId)) this.#change(this.#messages);
  }

  #setTyping(reader: Reader, isTyping: boolean): void {
    clearTimeout(reader.typing);
    reader.typing = isTyping
      ? setTimeout(() => this.#setTyping(reader, false), TYPING_ENDS_MS)
      : undefined;
    const {peerId} = reader.line;
    if (isTyping === this.#typing.includes(peerId)) return;
    const others = this.#typing.filter((each) => each !== peerId);
    this.#typing = Object.freeze(isTyping ? [...others, peerId] : others);
    this.#change(this.#messages);
  }

  #add(message: ChatMessage): void {
    this.#change([...this.#messages, Object.freeze(message)].slice(-MAX_MESSAGES));
  }

  #change(messages: readonly ChatMessage[]): void {
    this.#messages = Object.freeze(messages);
    const detail = {messages, typing: this.#typing, drafts: this.drafts};
    this.#host.tell({type: 'chat-changed', detail});
  }
}

function tooMany(): CallError {
  return new CallError('rate-limited', 'Too many chat messages.');
}
