/** A store that takes its time, as one on another machine does: others get in between any two steps. */
import {MemoryStore} from '../../server/relay/memory-store.js';
import type {Changes} from '../../server/relay/store.js';
import {settle} from './fake-clock.js';

export class SlowStore extends MemoryStore {
  commits = 0;
  /** Commits that came too late. */
  overtaken = 0;
  #pending = 0;
  readonly #turns: () => number;

  /** @param turns how many turns of the event loop the next step takes */
  constructor(turns: () => number = () => 1) {
    super();
    this.#turns = turns;
  }

  override async readRoom(name: string) {
    const stored = await super.readRoom(name);
    await this.#wait();
    return stored;
  }

  override async readPerson(personId: string) {
    const stored = await super.readPerson(personId);
    await this.#wait();
    return stored;
  }

  override async roomOf(peerId: string) {
    const name = await super.roomOf(peerId);
    await this.#wait();
    return name;
  }

  override async commit(changes: Changes) {
    await this.#wait();
    this.commits += 1;
    const isDone = await super.commit(changes);
    if (!isDone) this.overtaken += 1;
    return isDone;
  }

  /** Until nobody waits for it any more. */
  async quiet(): Promise<void> {
    do await settle();
    while (this.#pending > 0);
  }

  async #wait(): Promise<void> {
    this.#pending += 1;
    for (let turns = this.#turns(); turns > 0; turns--) await settle();
    this.#pending -= 1;
  }
}
