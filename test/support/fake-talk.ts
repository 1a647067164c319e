/**
 * What a made-up session has of a conversation: what was said, what is being written, files. A test
 * says what the others do. Part of `widget-session.ts`.
 */
import {peersOf} from '../../widget/call/call-state.js';
import type {ChatDraft, ChatMessage, FileTransfer} from '../../widget/call/talk-state.js';
import {FakeMedia} from './fake-media.js';

const NEW_TRANSFER: Omit<FileTransfer, 'id'> = {
  peerId: 'ana',
  direction: 'incoming',
  name: 'notes.txt',
  type: 'text/plain',
  size: 1000,
  loaded: 0,
  status: 'active',
  file: null,
};

export abstract class FakeTalk extends FakeMedia {
  /** Method names with their arguments, in the order of the calls. */
  readonly calls: [name: string, ...args: unknown[]][] = [];
  chat: readonly ChatMessage[] = [];
  typing: readonly string[] = [];
  drafts: readonly ChatDraft[] = [];
  transfers: readonly FileTransfer[] = [];

  /** Somebody has written: a peer, or (`null`) oneself. */
  write(from: string | null, text: string, at = Date.now()): ChatMessage {
    const peer = peersOf(this.state).find(({peerId}) => peerId === from);
    const displayName = from === null ? 'Noor' : (peer?.displayName ?? '');
    const message = {id: `message-${String(this.chat.length)}`, from, displayName, text, at};
    this.chat = [...this.chat, message];
    this.drafts = this.drafts.filter((draft) => draft.from !== from);
    this.#tellChat();
    if (from !== null) this.emit('chat-received', {message});
    return message;
  }

  setOthersTyping(...typing: string[]): void {
    this.typing = typing;
    this.#tellChat();
  }

  /** A peer is writing this and lets it be seen; empty: nothing any more. */
  draft(from: string, text: string, at = Date.now()): void {
    const known = this.drafts.findIndex((draft) => draft.from === from);
    const displayName = peersOf(this.state).find(({peerId}) => peerId === from)?.displayName ?? '';
    const next = text === '' ? [] : [{from, displayName, text, at}];
    this.drafts =
      known === -1 ? [...this.drafts, ...next] : this.drafts.toSpliced(known, 1, ...next);
    this.#tellChat();
  }

  /** A file begins, comes along or ends. */
  transfer(change: Partial<FileTransfer> & Pick<FileTransfer, 'id'>): void {
    const known = this.transfers.find(({id}) => id === change.id);
    const next: FileTransfer = {...NEW_TRANSFER, ...known, ...change};
    this.transfers = known
      ? this.transfers.map((each) => (each === known ? next : each))
      : [...this.transfers, next];
    this.emit('transfers-changed', {transfers: this.transfers});
  }

  /** The same own file for everybody who is there, begun in one moment. */
  transferToAll(change: Partial<FileTransfer> & Pick<FileTransfer, 'id'>): void {
    const own = peersOf(this.state).map(({peerId}): FileTransfer => {
      const id = `${change.id}-${peerId}`;
      return {...NEW_TRANSFER, ...change, id, peerId, direction: 'outgoing'};
    });
    this.transfers = [...this.transfers, ...own];
    this.emit('transfers-changed', {transfers: this.transfers});
  }

  #tellChat(): void {
    const {chat: messages, typing, drafts} = this;
    this.emit('chat-changed', {messages, typing, drafts});
  }

  setTyping(typing: boolean | string): void {
    this.calls.push(['setTyping', typing]);
  }

  cancelFile(id: string): void {
    this.calls.push(['cancelFile', id]);
  }
}
