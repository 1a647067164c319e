/**
 * One connection of one peer as the rules see it: who it is, what it calls itself, whether it is
 * over. Requests of one connection are carried out one after the other, in the order they came;
 * different connections never wait for each other.
 */
import type {Profile} from './room.js';

export interface ConnectionDetails extends Profile {
  readonly id: string;
  readonly peerId: string;
  readonly personId: string;
}

export class Connection {
  readonly id: string;
  readonly peerId: string;
  readonly personId: string;
  profile: Profile;
  /** Set the moment the socket is gone, before what it still had in the queue is carried out. */
  isOver = false;
  #lastTask: Promise<void> = Promise.resolve();

  constructor({id, peerId, personId, displayName, metadata}: ConnectionDetails) {
    this.id = id;
    this.peerId = peerId;
    this.personId = personId;
    this.profile = {displayName, metadata};
  }

  /** Runs `task` after all earlier ones; the promise settles as the task does. */
  enqueue(task: () => Promise<void>): Promise<void> {
    const run = this.#lastTask.then(task);
    // A failed request is answered by whoever made it; the next one starts all the same.
    this.#lastTask = run.catch(() => undefined);
    return run;
  }
}
