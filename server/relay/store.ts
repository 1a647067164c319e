/**
 * The state that relays share, behind small atomic asynchronous operations. Rooms and people are
 * records, changed by compare-and-set, several at once where a rule concerns several: the rules
 * stay in one language and one place, and a store for many relays needs a few short scripts that
 * know nothing of the records but who is in them and when they are due
 * (`docs/decisions/020-room-as-one-record.md`).
 */
import type {Person} from './person.js';
import type {Room} from './room.js';

/** A record as it was read. */
export interface Stored<Item> {
  readonly item: Item;
  /** Grows with every commit of any record, so that a room closed and opened again is not taken for its former self. */
  readonly version: number;
}

/** What a decision was based on, and what is to become of it. */
export interface Change<Item> {
  readonly name: string;
  /** The record is still at this version; `undefined`: it is still not there. */
  readonly version: number | undefined;
  /** The record from now on, `null` to remove it; left out where it was only looked at. */
  readonly next?: Item | null;
}

/** Of rooms by their names, and of people by their ids. */
export interface Changes {
  readonly rooms: readonly Change<Room>[];
  readonly people: readonly Change<Person>[];
}

/** Names of records. */
export interface Names {
  readonly rooms: readonly string[];
  readonly people: readonly string[];
}

/** How many there are of each. */
export interface StoreSize {
  readonly rooms: number;
  readonly people: number;
  readonly peers: number;
  readonly deadlines: number;
}

export interface Store {
  readRoom(name: string): Promise<Stored<Room> | undefined>;

  readPerson(personId: string): Promise<Stored<Person> | undefined>;

  /** The name of the room in which this peer has a seat or knocks; the newest if it is placed in two. */
  roomOf(peerId: string): Promise<string | undefined>;

  /**
   * Makes all of these changes, together with the deadlines of the records and the whereabouts of
   * peers, if every record is still at the version that is named for it; none of them otherwise.
   * Returns whether it did.
   */
  commit(changes: Changes): Promise<boolean>;

  /** Those whose deadline is `nowMs` or earlier. */
  due(nowMs: number): Promise<Names>;

  /** The earliest deadline of all records; `undefined` if there is none. */
  nextDeadlineMs(): Promise<number | undefined>;

  /** How much is kept: for tests and metrics. */
  size(): Promise<StoreSize>;
}
