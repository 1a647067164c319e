/**
 * One connection of one peer as the rules see it: who it is, what it calls itself, whether it is
 * over. Requests of one connection are carried out one after the other, in the order they came;
 * different connections never wait for each other.
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
  #lastTask: Promise<void> = Promise.resolve();

  constructor({id, peerId, personId, displayName, metadata, ...given}: ConnectionDetails) {
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

  /** Runs `task` after all earlier ones; the promise settles as the task does. */
  enqueue(task: () => Promise<void>): Promise<void> {
    const run = this.#lastTask.then(task);
    // A failed request is answered by whoever made it; the next one starts all the same.
    this.#lastTask = run.catch(() => undefined);
    return run;
  }

  #fit({displayName, metadata}: Profile): Profile {
    return {displayName: this.lockedName ?? displayName, metadata};
  }
}
