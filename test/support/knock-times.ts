/** The model's memory of who knocked where, to tell a cool-down that is deserved from one that is not. */
import assert from 'node:assert/strict';
import type {Clock} from '../../server/relay/ports.js';

export class KnockTimes {
  readonly #clock: Pick<Clock, 'now'>;
  readonly #times = new Map<string, number[]>();

  constructor(clock: Pick<Clock, 'now'>) {
    this.#clock = clock;
  }

  add(who: string, room: string): void {
    this.#times.set(`${who} at ${room}`, [...this.#of(who, room), this.#clock.now()]);
  }

  /** Was let in. */
  forget(who: string, room: string): void {
    this.#times.delete(`${who} at ${room}`);
  }

  /** Nobody is told to wait who has not been a nuisance. */
  checkDeserved(who: string, room: string): void {
    const recent = this.#of(who, room).filter((atMs) => this.#clock.now() - atMs < 60_000);
    assert(recent.length >= 3, `${who} knocked ${recent.length} times and must wait`);
  }

  #of(who: string, room: string): readonly number[] {
    return this.#times.get(`${who} at ${room}`) ?? [];
  }
}
