/**
 * Everything that people and their pages say to each other in one call, over the peers' data
 * channels: the host page's messages, chat, files. Loaded when there is something to say. Finds for
 * each frame the one whom it concerns, and for each word those whom it is meant for.
 */
import {parseConversationMessage} from '../../protocol/conversation-messages.js';
import {MAX_HOST_MESSAGE_BYTES} from '../../protocol/conversation-limits.js';
import {framesOf, MessageAssembler, type HostMessage} from '../../protocol/host-messages.js';
import {CallError} from './call-error.js';
import {Chat} from './chat.js';
import {peersOf} from './call-state.js';
import type {ConversationHost} from './conversation-loader.js';
import {FileTransfers} from './file-transfers.js';
import type {ChannelId, DataLink, Frame} from './data-link.js';
import {PeerLine} from './peer-line.js';
import type {SendFileOptions} from './talk-state.js';

/** One remote peer, as the conversation sees it. */
interface Partner {
  readonly line: PeerLine;
  /** Of the present link: what an earlier one has left unfinished never becomes a message. */
  messages: MessageAssembler;
}

export class Conversation {
  readonly chat: Chat;
  readonly files: FileTransfers;
  readonly #host: ConversationHost;
  readonly #signal: AbortSignal;
  readonly #partners = new Map<string, Partner>();

  /** @param signal Aborted when the call is over: nothing is heard or sent any more. */
  constructor(host: ConversationHost, signal: AbortSignal) {
    this.#host = host;
    this.#signal = signal;
    this.chat = new Chat(host, () => [...this.#partners.values()].map(({line}) => line));
    this.files = new FileTransfers(host, signal);
    signal.addEventListener('abort', () => this.#end(), {once: true});
  }

  linked(peerId: string, link: DataLink): void {
    if (this.#signal.aborted) return;
    const partner = this.#partnerOf(peerId);
    partner.messages = new MessageAssembler();
    partner.line.use(link);
  }

  gone(peerId: string): void {
    this.#partners.get(peerId)?.line.close();
    this.chat.gone(peerId);
    this.files.gone(peerId);
    this.#partners.delete(peerId);
  }

  receive(peerId: string, id: ChannelId, frame: Frame): void {
    const partner = this.#partners.get(peerId);
    if (partner === undefined || this.#signal.aborted) return;
    if (typeof frame === 'string') {
      if (id === 0) this.#onText(partner, frame);
    } else if (id === 1) {
      const message = partner.messages.receive(frame);
      if (message !== null) this.#onMessage(peerId, message);
    } else if (id === 2) {
      this.files.receiveFrame(partner.line, frame);
    }
  }

  /** Resolves when at least one of those it is meant for has it in its channel, whole. */
  async send(message: HostMessage, to: string | undefined): Promise<void> {
    const lines = this.#linesTo(to);
    if (message.bytes.length > MAX_HOST_MESSAGE_BYTES) {
      throw new CallError(
        'message-too-large',
        `A message of ${message.bytes.length} bytes is over the limit of ${MAX_HOST_MESSAGE_BYTES}.`,
      );
    }
    await firstOf(lines.map((line) => line.inTurn(() => sendWhole(line, message))));
  }

  async sendChat(text: string): Promise<void> {
    await this.chat.send(text, this.#linesTo(undefined));
  }

  async sendFile(file: Blob, options: SendFileOptions): Promise<void> {
    await this.files.send(file, options, this.#linesTo(options.to));
  }

  setTyping(typing: boolean | string): void {
    this.chat.setTyping(typing);
  }

  /** Another call begins: what was said in this one is nobody's business any more. */
  forget(): void {
    this.chat.forget();
    this.files.forget();
  }

  /** Those whom something is meant for. Throws `not-in-room` and `person-not-found`. */
  #linesTo(to: string | undefined): PeerLine[] {
    if (this.#signal.aborted) throw CallError.aborted();
    const peerIds = peersOf(this.#host.state()).map(({peerId}) => peerId);
    if (peerIds.length === 0) throw new CallError('not-in-room', 'There is nobody to send to.');
    if (to === undefined) return peerIds.map((peerId) => this.#partnerOf(peerId).line);
    if (!peerIds.includes(to)) {
      throw new CallError('person-not-found', `No peer has the id ${to}.`);
    }
    return [this.#partnerOf(to).line];
  }

  #partnerOf(peerId: string): Partner {
    let partner = this.#partners.get(peerId);
    if (partner === undefined) {
      const line = new PeerLine(peerId, (opened) => this.#onOpen(opened));
      partner = {line, messages: new MessageAssembler()};
      this.#partners.set(peerId, partner);
    }
    return partner;
  }

  #onOpen(line: PeerLine): void {
    line.say({type: 'ready'});
    this.chat.opened(line);
    this.files.opened(line);
  }

  #onText({line}: Partner, text: string): void {
    const message = parseConversationMessage(text);
    switch (message?.type) {
      case 'ready':
        line.becomeReady();
        return;
      case 'chat':
      case 'chat-taken':
      case 'typing':
      case 'draft':
      case 'draft-edit':
        this.chat.receive(line, message);
        return;
      case 'file-offer':
      case 'file-have':
      case 'file-done':
      case 'file-withdraw':
      case 'file-refuse':
        this.files.receive(line, message);
        return;
      case undefined:
    }
  }

  #onMessage(from: string, {isJson, bytes}: HostMessage): void {
    let data: unknown = bytes.buffer;
    if (isJson) {
      try {
        data = JSON.parse(new TextDecoder('utf-8', {fatal: true}).decode(bytes));
      } catch {
        return;
      }
    }
    this.#host.tell({type: 'message-received', detail: {from, data}});
  }

  #end(): void {
    this.chat.end();
    for (const peerId of [...this.#partners.keys()]) this.gone(peerId);
  }
}

/**
 * A link that breaks in the middle leaves the receiver with a piece, which it drops; so the next
 * link gets the message from its beginning. Once its last frame has been handed over it is never
 * sent again.
 */
async function sendWhole(line: PeerLine, message: HostMessage): Promise<void> {
  for (;;) {
    const link = await line.link();
    try {
      for (const frame of framesOf(message)) await link.send(1, frame);
      return;
    } catch (error) {
      if (!link.signal.aborted) throw error;
    }
  }
}

/** Settles when all have; rejects if none was fulfilled, with what the first says. */
async function firstOf(works: readonly Promise<unknown>[]): Promise<void> {
  const results = await Promise.allSettled(works);
  if (results.some(({status}) => status === 'fulfilled')) return;
  for (const result of results)
    if (result.status === 'rejected') throw CallError.from(result.reason);
}
