/** What a page reads of the files on their way, and when it is told. Knows neither bytes nor links. */
import type {ConversationHost} from './conversation-loader.js';
import {randomId} from './identity.js';
import type {FileTransfer} from './talk-state.js';

/** Often enough to look smooth, and nothing to a page that draws. */
const TOLD_EVERY_MS = 100;

/** Of those that are over. */
const MAX_ENDED = 100;

export class TransferList {
  readonly #host: ConversationHost;
  readonly #transfers = new Map<string, FileTransfer>();
  #all: readonly FileTransfer[] | null = null;
  #timer: ReturnType<typeof setTimeout> | undefined;

  constructor(host: ConversationHost) {
    this.#host = host;
  }

  /** In the order in which they have begun. */
  get all(): readonly FileTransfer[] {
    return (this.#all ??= Object.freeze([...this.#transfers.values()]));
  }

  /** Returns the id of the new one. */
  begin(transfer: Pick<FileTransfer, 'peerId' | 'direction' | 'name' | 'type' | 'size'>): string {
    const id = randomId();
    this.#set({...transfer, id, loaded: 0, status: 'active', file: null});
    this.#tellSoon();
    return id;
  }

  progress(id: string, loaded: number): void {
    const transfer = this.#transfers.get(id);
    if (transfer?.status !== 'active' || transfer.loaded === loaded) return;
    this.#set({...transfer, loaded});
    this.#tellSoon();
  }

  end(id: string, status: 'done' | 'cancelled' | 'failed', file: File | null = null): void {
    const transfer = this.#transfers.get(id);
    if (transfer?.status !== 'active') return;
    const loaded = status === 'done' ? transfer.size : transfer.loaded;
    this.#set({...transfer, loaded, status, file});
    const ended = this.all.filter((each) => each.status !== 'active');
    for (const each of ended.slice(0, -MAX_ENDED)) this.#transfers.delete(each.id);
    this.#tell();
  }

  /** All of them are over, and of no interest any more. */
  forget(): void {
    if (this.#transfers.size === 0) return;
    this.#transfers.clear();
    this.#tell();
  }

  #set(transfer: FileTransfer): void {
    this.#transfers.set(transfer.id, Object.freeze(transfer));
    this.#all = null;
  }

  #tellSoon(): void {
    this.#timer ??= setTimeout(() => this.#tell(), TOLD_EVERY_MS);
  }

  #tell(): void {
    clearTimeout(this.#timer);
    this.#timer = undefined;
    this.#all = null;
    this.#host.tell({type: 'transfers-changed', detail: {transfers: this.all}});
  }
}
