/**
 * One connection of one peer as the rules see it: who it is, what it calls itself, whether it is
 * over. Requests of one peer are carried out one after the other, in the order they came, even when
 * a new connection takes over from an older one: so what the older one still asked for is done when
 * the new one is told what is kept for it. Different peers never wait for each other.
 */
import type {Profile} from './room.js';

/** The only room and the only directory that a connection may enter; `null`: any. */
export interface Scope {
  readonly room: string | null;
  readonly directory: string | null;
}

export interface ConnectionDetails extends Profile {
  readonly id: string;
  readonly peerId: string;
  readonly personId: string;
  /** What it is called, whatever it says itself; `null`, or left out: it may choose. */
  readonly lockedName?: string | null;
  readonly scope?: Scope;
}

/**
 * An offer, its candidates in a few batches, and the offer once more after a lost connection. Each
 * goes to everybody who is asked, and comes from somebody whom nobody has let in yet.
 */
const MAX_SIGNALS_ALONG = 12;

/** More are not open at a time for anybody (`MAX_KNOCKS_PER_ROOM`, and one call). */
const MAX_REMEMBERED = 64;

const ANYWHERE: Scope = {room: null, directory: null};

export class Connection {
  readonly id: string;
  readonly peerId: string;
  readonly personId: string;
  readonly lockedName: string | null;
  readonly scope: Scope;
  #profile: Profile;
  /** Set the moment the socket is gone, before what it still had in the queue is carried out. */
  isOver = false;
  readonly #queue: {lastTask: Promise<void>};
  /** How much was said along with each knock or call, of those that were spoken of last. */
  readonly #along = new Map<string, number>();

  /** @param older the connection of the same peer that is to be replaced */
  constructor(
    {id, peerId, personId, displayName, metadata, ...given}: ConnectionDetails,
    older?: Connection,
  ) {
    this.#queue = older === undefined ? {lastTask: Promise.resolve()} : older.#queue;
    this.id = id;
    this.peerId = peerId;
    this.personId = personId;
    this.lockedName = given.lockedName ?? null;
    this.scope = given.scope ?? ANYWHERE;
    this.#profile = this.#fit({displayName, metadata});
  }

  get profile(): Profile {
    return this.#profile;
  }

  set profile(asked: Profile) {
    this.#profile = this.#fit(asked);
  }

  /** Counts a signal along with this knock or call. */
  maySignalAlong(invitationId: string): boolean {
    const count = (this.#along.get(invitationId) ?? 0) + 1;
    this.#along.delete(invitationId);
    this.#along.set(invitationId, count);
    for (const [oldest] of this.#along) {
      if (this.#along.size <= MAX_REMEMBERED) break;
      this.#along.delete(oldest);
    }
    return count <= MAX_SIGNALS_ALONG;
  }

  /** Runs `task` after all earlier ones; the promise settles as the task does. */
  enqueue(task: () => Promise<void>): Promise<void> {
    const run = this.#queue.lastTask.then(task);
    // A failed request is answered by whoever made it; the next one starts all the same.
    this.#queue.lastTask = run.catch(() => undefined);
    return run;
  }

  #fit({displayName, metadata}: Profile): Profile {
    return {displayName: this.lockedName ?? displayName, metadata};
  }
}
