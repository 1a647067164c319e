/**
 * What stands for the conversation (messages, chat, files) until somebody says something: keeps what
 * has happened to the links, in order, and loads `conversation.ts` for the first word, or when the
 * first picture is long there. Knows nothing of what is said.
 */
import {MAX_EARLY_BYTES} from '../../protocol/limits.js';
import {CallError} from './call-error.js';
import type {CallEvent} from './call-events.js';
import type {CallState} from './call-state.js';
import type {Conversation} from './conversation.js';
import type {ChannelId, DataLink, Frame} from './data-link.js';
import {loadChunk} from './load-chunk.js';

/**
 * A call is past its beginning, and the code is fetched although nobody has said anything: it may
 * come from the relay, and chat is to outlive that.
 */
const AHEAD_OF_NEED_MS = 5_000;

/** Says nothing that would have to be understood at once. */
const READY = '{"type":"ready"}';

/** What a conversation needs of the call that it belongs to. */
export interface ConversationHost {
  state(): CallState;
  tell(event: CallEvent): void;
  report(error: CallError): void;
}

export class ConversationLoader {
  readonly #host: ConversationHost;
  readonly #over = new AbortController();
  #present: Conversation | undefined;
  #loading: Promise<Conversation> | undefined;
  #timer: ReturnType<typeof setTimeout> | undefined;
  /** What the conversation has missed. */
  readonly #missed: ((conversation: Conversation) => void)[] = [];
  /** Peer id → how much of that it has sent. */
  readonly #missedBytes = new Map<string, number>();

  constructor(host: ConversationHost) {
    this.#host = host;
  }

  /** The conversation, if anybody has said anything. */
  get present(): Conversation | undefined {
    return this.#present;
  }

  get isOver(): boolean {
    return this.#over.signal.aborted;
  }

  /** The call is over: nothing is heard or sent any more. */
  end(): void {
    this.#over.abort();
    clearTimeout(this.#timer);
  }

  /** Rejects with `internal` if the code cannot be had; the next call tries again. */
  load(): Promise<Conversation> {
    return (this.#loading ??= this.#load());
  }

  /** There is a fresh link to this peer, and none other any more. It need not be open yet. */
  linked(peerId: string, link: DataLink): void {
    this.#tell((conversation) => conversation.linked(peerId, link));
    this.#timer ??= setTimeout(() => this.load().catch(() => undefined), AHEAD_OF_NEED_MS);
  }

  /** This peer has gone; should it come again, that is another one. */
  gone(peerId: string): void {
    this.#tell((conversation) => conversation.gone(peerId));
  }

  /** A frame has come over the present link to this peer. */
  receive(peerId: string, id: ChannelId, frame: Frame): void {
    if (this.#present === undefined) {
      const size = typeof frame === 'string' ? frame.length : frame.byteLength;
      const bytes = (this.#missedBytes.get(peerId) ?? 0) + size;
      // Our own kind waits to be told that we are ready.
      if (bytes > MAX_EARLY_BYTES) return;
      this.#missedBytes.set(peerId, bytes);
      if (frame !== READY) this.load().catch((error: CallError) => this.#host.report(error));
    }
    this.#tell((conversation) => conversation.receive(peerId, id, frame));
  }

  #tell(event: (conversation: Conversation) => void): void {
    if (this.#present === undefined) this.#missed.push(event);
    else event(this.#present);
  }

  async #load(): Promise<Conversation> {
    try {
      const {Conversation} = await loadChunk(() => import('./conversation.js'));
      this.#present = new Conversation(this.#host, this.#over.signal);
    } catch (cause) {
      this.#loading = undefined;
      throw CallError.from(cause);
    }
    for (const tell of this.#missed.splice(0)) tell(this.#present);
    return this.#present;
  }
}
