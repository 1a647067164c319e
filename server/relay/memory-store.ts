/**
 * The store of a relay that stands alone: three maps in memory. Every operation runs to its end
 * before it returns its promise, which makes it atomic. It knows nothing of the rules.
 */
import {roomDeadlineMs, type Room} from './room.js';
import type {Store, StoredRoom} from './store.js';

export class MemoryStore implements Store {
  readonly #rooms = new Map<string, StoredRoom>();
  readonly #roomOfPeer = new Map<string, string>();
  /** Only rooms that have one: few, so looking through them all is cheap enough. */
  readonly #deadlines = new Map<string, number>();
  #lastVersion = 0;

  async read(name: string): Promise<StoredRoom | undefined> {
    return this.#rooms.get(name);
  }

  async readByPeer(peerId: string): Promise<StoredRoom | undefined> {
    const name = this.#roomOfPeer.get(peerId);
    return name === undefined ? undefined : this.#rooms.get(name);
  }

  async commit(
    name: string,
    version: number | undefined,
    room: Room | undefined,
  ): Promise<boolean> {
    const current = this.#rooms.get(name);
    if (current?.version !== version) return false;
    for (const peerId of peersOf(current?.room)) {
      // Unless it has meanwhile been placed in another room.
      if (this.#roomOfPeer.get(peerId) === name) this.#roomOfPeer.delete(peerId);
    }
    this.#deadlines.delete(name);
    if (room === undefined) {
      this.#rooms.delete(name);
      return true;
    }
    this.#rooms.set(name, {room, version: ++this.#lastVersion});
    for (const peerId of peersOf(room)) this.#roomOfPeer.set(peerId, name);
    const deadlineMs = roomDeadlineMs(room);
    if (deadlineMs !== Infinity) this.#deadlines.set(name, deadlineMs);
    return true;
  }

  async due(nowMs: number): Promise<string[]> {
    return [...this.#deadlines].filter(([, atMs]) => atMs <= nowMs).map(([name]) => name);
  }

  async nextDeadlineMs(): Promise<number | undefined> {
    let next: number | undefined;
    for (const atMs of this.#deadlines.values()) {
      if (next === undefined || atMs < next) next = atMs;
    }
    return next;
  }

  async size(): Promise<{rooms: number; peers: number; deadlines: number}> {
    return {
      rooms: this.#rooms.size,
      peers: this.#roomOfPeer.size,
      deadlines: this.#deadlines.size,
    };
  }
}

function peersOf(room: Room | undefined): string[] {
  if (room === undefined) return [];
  return [...room.seats, ...room.knocks].map(({peerId}) => peerId);
}
