/**
 * The state that relays share, behind small atomic asynchronous operations. A room is one record,
 * changed by compare-and-set: the rules stay in one language and one place, and a store for many
 * relays needs five short scripts that know nothing of rooms but these fields
 * (`docs/decisions/020-room-as-one-record.md`).
 */
import type {Room} from './room.js';

/** A room as it was read. */
export interface StoredRoom {
  readonly room: Room;
  /** Grows with every commit of any room, so that a room closed and opened again is not taken for its former self. */
  readonly version: number;
}

export interface Store {
  read(name: string): Promise<StoredRoom | undefined>;

  /** The room in which this peer has a seat or knocks; there is at most one. */
  readByPeer(peerId: string): Promise<StoredRoom | undefined>;

  /**
   * Puts `room` under `name` (`undefined`: removes it) if it is still at `version` (`undefined`:
   * still not there), together with its deadline and the whereabouts of its peers.
   * Returns whether it did.
   */
  commit(name: string, version: number | undefined, room: Room | undefined): Promise<boolean>;

  /** Names of rooms whose deadline is `nowMs` or earlier. */
  due(nowMs: number): Promise<string[]>;

  /** The earliest deadline of all rooms; `undefined` if there is none. */
  nextDeadlineMs(): Promise<number | undefined>;

  /** How much is kept: for tests and metrics. */
  size(): Promise<{rooms: number; peers: number; deadlines: number}>;
}
