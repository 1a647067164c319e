/**
 * The store of a relay that stands alone: maps in memory. Every operation runs to its end before it
 * returns its promise, which makes it atomic. It knows nothing of the rules.
 */
import {personDeadlineMs, type Person} from './person.js';
import {roomDeadlineMs, type Room} from './room.js';
import type {Change, Changes, Names, Store, Stored, StoreSize} from './store.js';

export class MemoryStore implements Store {
  readonly #rooms = new Table(roomDeadlineMs);
  readonly #people = new Table(personDeadlineMs);
  readonly #roomOfPeer = new Map<string, string>();
  #lastVersion = 0;

  async readRoom(name: string): Promise<Stored<Room> | undefined> {
    return this.#rooms.read(name);
  }

  async readPerson(personId: string): Promise<Stored<Person> | undefined> {
    return this.#people.read(personId);
  }

  async roomOf(peerId: string): Promise<string | undefined> {
    return this.#roomOfPeer.get(peerId);
  }

  async commit({rooms, people}: Changes): Promise<boolean> {
    if (!this.#rooms.areCurrent(rooms) || !this.#people.areCurrent(people)) return false;
    for (const {name, next} of people) {
      if (next !== undefined) this.#people.put(name, next, ++this.#lastVersion);
    }
    // First out of all, then into all: a peer that moves from one to another is in the other.
    for (const {name, next} of rooms) if (next !== undefined) this.#forgetPeersOf(name);
    for (const {name, next} of rooms) {
      if (next === undefined) continue;
      this.#rooms.put(name, next, ++this.#lastVersion);
      for (const peerId of peersOf(next)) this.#roomOfPeer.set(peerId, name);
    }
    return true;
  }

  async due(nowMs: number): Promise<Names> {
    return {rooms: this.#rooms.due(nowMs), people: this.#people.due(nowMs)};
  }

  async nextDeadlineMs(): Promise<number | undefined> {
    const nextMs = Math.min(this.#rooms.nextDeadlineMs(), this.#people.nextDeadlineMs());
    return nextMs === Infinity ? undefined : nextMs;
  }

  async size(): Promise<StoreSize> {
    return {
      rooms: this.#rooms.size,
      people: this.#people.size,
      peers: this.#roomOfPeer.size,
      deadlines: this.#rooms.deadlines + this.#people.deadlines,
    };
  }

  #forgetPeersOf(name: string): void {
    for (const peerId of peersOf(this.#rooms.read(name)?.item)) {
      // Unless it has meanwhile been placed in another room.
      if (this.#roomOfPeer.get(peerId) === name) this.#roomOfPeer.delete(peerId);
    }
  }
}

/** Records of one kind with their versions and deadlines. */
class Table<Item> {
  readonly #deadlineOf: (item: Item) => number;
  readonly #items = new Map<string, Stored<Item>>();
  /** Only of records that have one: few, so looking through them all is cheap enough. */
  readonly #deadlines = new Map<string, number>();

  constructor(deadlineOf: (item: Item) => number) {
    this.#deadlineOf = deadlineOf;
  }

  get size(): number {
    return this.#items.size;
  }

  get deadlines(): number {
    return this.#deadlines.size;
  }

  read(name: string): Stored<Item> | undefined {
    return this.#items.get(name);
  }

  areCurrent(changes: readonly Change<Item>[]): boolean {
    return changes.every(({name, version}) => this.#items.get(name)?.version === version);
  }

  put(name: string, item: Item | null, version: number): void {
    this.#deadlines.delete(name);
    if (item === null) {
      this.#items.delete(name);
      return;
    }
    this.#items.set(name, {item, version});
    const deadlineMs = this.#deadlineOf(item);
    if (deadlineMs !== Infinity) this.#deadlines.set(name, deadlineMs);
  }

  due(nowMs: number): string[] {
    return [...this.#deadlines].filter(([, atMs]) => atMs <= nowMs).map(([name]) => name);
  }

  nextDeadlineMs(): number {
    let nextMs = Infinity;
    for (const atMs of this.#deadlines.values()) nextMs = Math.min(nextMs, atMs);
    return nextMs;
  }
}

function peersOf(room: Room | null | undefined): string[] {
  if (room === null || room === undefined) return [];
  return [...room.seats, ...room.knocks].map(({peerId}) => peerId);
}
