/**
 * The way to one remote peer for as long as it is in the room, over whichever link there is: what
 * outlives a link waits here for the next one. Knows nothing of what is said over it.
 */
import type {ConversationMessage} from '../../protocol/conversation-messages.js';
import {CallError} from './call-error.js';
import type {DataLink} from './data-link.js';
import {OpenLink} from './open-link.js';

/** Who asks and asks and does not read the answers gets no more of them. No client of ours is ever that far behind. */
const MAX_WAITING_FRAMES = 1000;

export class PeerLine {
  readonly peerId: string;
  readonly #onOpen: (line: PeerLine) => void;
  readonly #gone = new AbortController();
  #open: OpenLink | null = null;
  /** Of the present link, which may hear of it before it is said to be open. */
  #isReady = false;
  readonly #waiting: (() => void)[] = [];
  #lastTurn: Promise<unknown> = Promise.resolve();

  /** @param onOpen Told of every link that has opened, before anybody else sends over it. */
  constructor(peerId: string, onOpen: (line: PeerLine) => void) {
    this.peerId = peerId;
    this.#onOpen = onOpen;
  }

  /** Aborted when the peer has gone, or the call is over. */
  get signal(): AbortSignal {
    return this.#gone.signal;
  }

  /** The link that is open right now. */
  get present(): OpenLink | null {
    return this.#open?.signal.aborted === false ? this.#open : null;
  }

  /** From now on there is this link and none other. */
  use(link: DataLink): void {
    this.#open?.end();
    this.#open = null;
    this.#isReady = false;
    const {channels, signal} = link;
    const control = channels[0] as RTCDataChannel;
    const opened = (): void => {
      if (signal.aborted || this.signal.aborted || control.readyState !== 'open') return;
      this.#open = new OpenLink(link);
      if (this.#isReady) this.#open.becomeReady();
      this.#onOpen(this);
      for (const tell of this.#waiting.splice(0)) tell();
    };
    control.addEventListener('open', opened, {signal});
    opened();
  }

  /** The other side understands us. */
  becomeReady(): void {
    this.#isReady = true;
    this.#open?.becomeReady();
  }

  /** The present link, or the next one when it is open. Rejects with `aborted` if the peer goes before that. */
  async link(): Promise<OpenLink> {
    for (;;) {
      if (this.signal.aborted) throw CallError.aborted();
      if (this.present !== null) return this.present;
      await new Promise<void>((resolve) => this.#waiting.push(resolve));
    }
  }

  /** Says something over the link that is open right now, or not at all. */
  say(message: ConversationMessage): void {
    this.sayRaw(JSON.stringify(message));
  }

  sayRaw(frame: string): void {
    const link = this.present;
    if (link === null || link.waiting >= MAX_WAITING_FRAMES) return;
    link.send(0, frame).catch(() => undefined);
  }

  /** Runs the pieces of work that are given to it one after the other. */
  inTurn<Result>(work: () => Promise<Result>): Promise<Result> {
    const done = this.#lastTurn.then(work);
    this.#lastTurn = done.catch(() => undefined);
    return done;
  }

  close(): void {
    this.#gone.abort();
    this.#open?.end();
    for (const tell of this.#waiting.splice(0)) tell();
  }
}
