/**
 * One decision in the making: the records it looks at, each as a draft in which everything that was
 * due has happened, and what is to be said once it is stored. It knows how records hang together in
 * time, but not who may change them (that is `rules.ts`).
 */
import {Outbox} from './outbox.js';
import type {DecisionContext} from './ports.js';
import {isListedIn, isSeatedInCall, type Person} from './person.js';
import {PersonDraft} from './person-draft.js';
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
  readonly #people = new Map<string, Opened<Person, PersonDraft>>();

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
    // A room that rings and the person who is rung hang together: neither goes on alone.
    if (draft.room?.ring) await this.person(draft.room.ring.to.personId);
    this.#letTimePass();
    return draft;
  }

  async person(personId: string): Promise<PersonDraft> {
    const opened = this.#people.get(personId);
    if (opened !== undefined) return opened.draft;
    const stored = await this.#store.readPerson(personId);
    const draft = new PersonDraft(personId, stored?.item, this.context, this.outbox);
    this.#people.set(personId, {version: stored?.version, item: stored?.item, draft});
    if (stored?.item.ringing) await this.room(stored.item.ringing);
    this.#letTimePass();
    return draft;
  }

  /** The room to which this person is being rung. */
  roomRinging({personId, person}: PersonDraft): RoomDraft | undefined {
    const draft = this.#rooms.get(person?.ringing ?? '')?.draft;
    return draft?.room?.ring?.to.personId === personId ? draft : undefined;
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
  async finish(): Promise<Changes> {
    // A grace of nothing is over at once.
    this.#letTimePass();
    // Opening somebody lets time pass for them too, and so may concern others.
    for (let next = this.#unopened(); next !== undefined; next = this.#unopened()) {
      await this.person(next);
    }
    return {
      rooms: [...this.#rooms].map(([name, {draft, ...read}]) => change(name, read, draft.room)),
      people: [...this.#people].map(([name, {draft, ...read}]) => change(name, read, draft.person)),
    };
  }

  /** Who sits, or sat, in a room where people have come or gone. */
  get reseated(): string[] {
    return [...this.#rooms.values()]
      .filter(({item, draft}) => item?.seats !== draft.room?.seats)
      .flatMap(({item, draft}) => [...(item?.seats ?? []), ...(draft.room?.seats ?? [])])
      .map(({personId}) => personId);
  }

  /** Does what is due, each at its own moment: a seat lost at one makes a host who may be lost at the next. */
  #letTimePass(): void {
    for (;;) {
      this.#settleRings();
      this.#settleCalls();
      let next: RoomDraft | PersonDraft | undefined;
      for (const {draft} of [...this.#rooms.values(), ...this.#people.values()]) {
        if (draft.deadlineMs < (next?.deadlineMs ?? Infinity)) next = draft;
      }
      if (next === undefined || next.deadlineMs > this.context.nowMs) return;
      next.passDeadline();
    }
  }

  /** Somebody who has got or given up a seat in a call, and does not know of it yet. */
  #unopened(): string | undefined {
    for (const {item, draft} of this.#rooms.values()) {
      if ((draft.room ?? item)?.kind !== 'call' || item?.seats === draft.room?.seats) continue;
      const seats = [...(item?.seats ?? []), ...(draft.room?.seats ?? [])];
      const found = seats.find(({personId}) => !this.#people.has(personId));
      if (found !== undefined) return found.personId;
    }
    return undefined;
  }

  /** Who sits in a call knows of it, for as long as that is so. */
  #settleCalls(): void {
    for (const [name, {item, draft}] of this.#rooms) {
      for (const {personId} of item?.kind === 'call' ? item.seats : []) {
        if (isSeatedInCall(draft.room, personId)) continue;
        this.#people.get(personId)?.draft.leaveCall(name);
      }
      for (const {personId} of draft.room?.seats ?? []) {
        if (!isSeatedInCall(draft.room, personId)) continue;
        this.#people.get(personId)?.draft.enterCall(name);
      }
    }
  }

  /** It rings for as long as somebody is listed where they were found, and whoever is rung knows of a room that rings. */
  #settleRings(): void {
    for (const {draft} of this.#rooms.values()) {
      const ring = draft.room?.ring;
      if (!ring) continue;
      // Still being opened: its room waits for it.
      const callee = this.#people.get(ring.to.personId)?.draft;
      if (callee && !isListedIn(callee.person, ring.directory)) draft.endRing('unreachable');
    }
    for (const {draft} of this.#people.values()) {
      if (draft.person?.ringing && this.roomRinging(draft) === undefined) draft.endRing();
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
