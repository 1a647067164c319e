/**
 * One decision in the making: the records it looks at, each as a draft in which everything that was
 * due has happened, and what is to be said once it is stored. It knows how records hang together in
 * time, but not who may change them (that is `rules.ts`).
 */
import {Outbox} from './outbox.js';
import type {DecisionContext} from './ports.js';
import {knockOf, seatOf, type Room} from './room.js';
import {RoomDraft} from './room-draft.js';
import type {Change, Changes, Store} from './store.js';

/** A record as it was read, and the draft of what it becomes. */
interface Opened<Item, Draft> {
  readonly version: number | undefined;
  readonly item: Item | undefined;
  readonly draft: Draft;
}

export class Transaction {
  readonly outbox = new Outbox();
  readonly context: DecisionContext;
  readonly #store: Store;
  readonly #rooms = new Map<string, Opened<Room, RoomDraft>>();

  constructor(store: Store, context: DecisionContext) {
    this.#store = store;
    this.context = context;
  }

  async room(name: string): Promise<RoomDraft> {
    const opened = this.#rooms.get(name);
    if (opened !== undefined) return opened.draft;
    const stored = await this.#store.readRoom(name);
    const draft = new RoomDraft(stored?.item, this.context, this.outbox);
    this.#rooms.set(name, {version: stored?.version, item: stored?.item, draft});
    this.#letTimePass();
    return draft;
  }

  /** The room in which this peer has a seat or knocks. */
  async roomOf(peerId: string): Promise<RoomDraft | undefined> {
    const name = await this.#store.roomOf(peerId);
    if (name === undefined) return undefined;
    const draft = await this.room(name);
    // What was found by the peer's name may have changed before it was read by its own.
    const isThere = seatOf(draft.room, peerId) ?? knockOf(draft.room, peerId);
    return isThere === undefined ? undefined : draft;
  }

  /** What the store is to be asked for. */
  finish(): Changes {
    // A grace of nothing is over at once.
    this.#letTimePass();
    return {
      rooms: [...this.#rooms].map(([name, {draft, ...read}]) => change(name, read, draft.room)),
    };
  }

  /** Does what is due, each at its own moment: a seat lost at one makes a host who may be lost at the next. */
  #letTimePass(): void {
    for (;;) {
      let next: RoomDraft | undefined;
      for (const {draft} of this.#rooms.values()) {
        if (draft.deadlineMs < (next?.deadlineMs ?? Infinity)) next = draft;
      }
      if (next === undefined || next.deadlineMs > this.context.nowMs) return;
      next.passDeadline();
    }
  }
}

function change<Item>(
  name: string,
  {version, item}: {version: number | undefined; item: Item | undefined},
  next: Item | undefined,
): Change<Item> {
  return next === item ? {name, version} : {name, version, next: next ?? null};
}
