/**
 * The obvious facts about directories and calls, for `calls-model.test.ts`: who is listed where, who
 * has called whom, which seats are kept until when. They follow from what was asked and answered;
 * none of the relay's code is known here, and nothing of what anybody was told of others.
 */
import assert from 'node:assert/strict';
import type {PersonEntry} from '../../protocol/shapes.js';
import type {Connection} from '../../server/relay/connection.js';
import type {Delivery} from '../../server/relay/ports.js';
import {Person, type World} from '../support/relay-world.js';

/** A call from its beginning to the one end that everybody must agree upon. */
export interface Call {
  readonly id: string;
  readonly from: string;
  readonly to: string;
  caller: Tab | undefined;
  room: string | undefined;
  /** In which the one who is called was found. */
  directory: string | undefined;
  expiresAtMs: number;
  /** As told to anybody first; `over`: nobody was there to be told. */
  end: string | undefined;
  isAnswered: boolean;
}

/** One tab: what it asked for, and what it knows from nothing but what it was told. */
export class Tab extends Person {
  readonly #model: CallsFacts;
  label: string;
  /** Its place in a directory, kept until then. */
  listed: {
    directory: string;
    label: string;
    untilMs: number;
    order: number;
    by: Connection | undefined;
  } | null = null;
  /** Its seat in a call, kept until then. */
  seat: {call: Call; untilMs: number; by: Connection | undefined} | null = null;
  /** What it believes of the call that it makes. */
  outgoing: {id: string; isRinging: boolean} | null = null;
  hasCompany = false;
  /** Its connection has ended, and the relay knows. */
  isGone = false;
  /** Directories that it is asking for just now. */
  readonly moves: (string | null)[] = [];
  readonly calls = new Set<string>();
  readonly knocks = new Set<string>();
  readonly people = new Map<string, PersonEntry>();

  constructor(model: CallsFacts, name: string, personId?: string) {
    super(model.world, name, personId);
    this.#model = model;
    this.label = name;
  }

  protected override welcomed(): void {
    this.label = this.name;
    this.isGone = false;
    this.#model.keep(this, this.through);
    this.#release();
    this.forgetAll();
  }

  override async drop(): Promise<void> {
    const {connection} = this;
    this.#model.keep(this, this.through);
    this.forgetAll();
    await super.drop();
    this.#release();
    this.isGone = !this.isConnected && this.connection === connection;
  }

  /** The relay knows that what is kept is held by no connection any more. */
  #release(): void {
    for (const place of [this.listed, this.seat]) {
      if (place && place.untilMs < Infinity) place.by = undefined;
    }
  }

  override hear(delivery: Delivery): void {
    this.#model.guard(() => this.#model.hear(this, delivery));
  }

  /** Whatever it knew, it knows no more. */
  forgetAll(): void {
    this.outgoing = null;
    this.hasCompany = false;
    for (const known of [this.calls, this.knocks, this.people]) known.clear();
  }
}

export abstract class CallsFacts {
  readonly world: World;
  readonly graceMs: number;
  readonly tabs: Tab[] = [];
  readonly calls = new Map<string, Call>();
  readonly rooms = new Set<string>();
  /** What those who act now may bring about: `DOER reason`. */
  readonly deeds = new Set<string>();
  readonly #rung: {by: string; who: string; atMs: number}[] = [];
  readonly knocks = new Set<string>();
  readonly problems: unknown[] = [];
  #order = 0;

  constructor(world: World, graceMs: number) {
    this.world = world;
    this.graceMs = graceMs;
  }

  get nowMs(): number {
    return this.world.clock.now();
  }

  /** The relay survives whatever its deliveries do; the test must not. */
  guard(claim: () => void): void {
    try {
      claim();
    } catch (error) {
      this.problems.push(error);
    }
  }

  abstract hear(tab: Tab, delivery: Delivery): void;

  isListed(personId: string, directory?: string, tabs: readonly Tab[] = this.tabs): boolean {
    return tabs.some(
      ({personId: each, listed}) =>
        each === personId &&
        listed !== null &&
        listed.untilMs > this.nowMs &&
        (directory === undefined || listed.directory === directory),
    );
  }

  hasSeat({seat}: Tab): boolean {
    if (seat === null || seat.untilMs <= this.nowMs) return false;
    return seat.call.end === 'accepted' || this.#mayBeAnswered(seat.call);
  }

  isOpen(call: Call): boolean {
    const {caller} = call;
    // Its seat may be that of a later call.
    const isThere = caller === undefined || (caller.seat?.call === call && this.hasSeat(caller));
    return isThere && this.#mayBeAnswered(call);
  }

  #mayBeAnswered({end, expiresAtMs, to, directory}: Call): boolean {
    return end === undefined && this.nowMs < expiresAtMs && this.isListed(to, directory);
  }

  /** Calling, or in a call with somebody; alone in what is left of one is in none. */
  isInCall(personId: string): boolean {
    return this.tabs.some((tab) => {
      if (tab.personId !== personId || !this.hasSeat(tab)) return false;
      const call = tab.seat?.call;
      const isWith = (other: Tab) =>
        other !== tab && other.seat?.call === call && this.hasSeat(other);
      return call?.end !== 'accepted' || this.tabs.some(isWith);
    });
  }

  isBusy(personId: string): boolean {
    return this.isInCall(personId) || this.openTo(personId).length > 0;
  }

  openTo(personId: string): Call[] {
    return [...this.calls.values()].filter((call) => call.to === personId && this.isOpen(call));
  }

  callOf(id: string, found: Pick<Call, 'from' | 'to'>): Call {
    const known = this.calls.get(id);
    if (known === undefined) {
      const made = {caller: undefined, room: undefined, directory: undefined, end: undefined};
      const {from, to} = found;
      this.calls.set(id, {id, from, to, ...made, expiresAtMs: Infinity, isAnswered: false});
    } else assert.deepEqual([known.from, known.to], [found.from, found.to], 'not theirs');
    return this.calls.get(id) as Call;
  }

  list(tab: Tab, directory: string | null, by: Connection): void {
    // What ended for nobody being listed any more is not opened again by that.
    for (const call of this.calls.values()) {
      if (call.to === tab.personId && !call.end && !this.isOpen(call)) call.end = 'over';
    }
    const place = {label: tab.label, untilMs: Infinity, order: ++this.#order, by};
    if (directory !== null) tab.listed = {directory, ...place};
    else if (mayEnd(tab.listed, by)) tab.listed = null;
  }

  /** A tab is in this call now, and so in no other; or in none. */
  sit(tab: Tab, call: Call | null, by: Connection): void {
    if (!mayEnd(tab.seat, by)) return;
    const former = tab.seat?.call;
    if (former?.caller === tab && this.isOpen(former)) former.end = 'cancelled';
    tab.seat = call && {call, untilMs: Infinity, by};
    if (tab.through !== by) return;
    tab.outgoing = null;
    tab.hasCompany = false;
    tab.knocks.clear();
  }

  /** The connection is gone, or another one has come: what it held is kept. */
  keep({listed, seat}: Tab, by: Connection | undefined): void {
    for (const place of [listed, seat]) {
      if (place?.by === by && place?.untilMs === Infinity) {
        place.untilMs = this.nowMs + this.graceMs;
      }
    }
  }

  rang(by: string, who: string): void {
    this.#rung.push({by, who, atMs: this.nowMs});
  }

  /** Nobody is told to wait who has not been a nuisance. */
  checkDeserved(by: string, who: string): void {
    const recent = this.#rung.filter((each) => each.who === who && this.nowMs - each.atMs < 60_000);
    const own = recent.filter((each) => each.by === by).length;
    assert(own >= 10 || recent.length >= 30, `must wait after ${own} calls of ${recent.length}`);
  }
}

function mayEnd(
  place: {untilMs: number; by: Connection | undefined} | null,
  by: Connection,
): boolean {
  return place === null || place.by === undefined || place.by === by;
}
