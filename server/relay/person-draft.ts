/**
 * One person within a decision in the making. It knows what each step means for the person's
 * record, but not who may take it, and nothing of rooms but their names.
 */
import type {PersonView} from '../../protocol/shapes.js';
import {recent} from './invitation-limits.js';
import type {Outbox} from './outbox.js';
import {personDeadlineMs, personView, tabOf, type Person, type Tab} from './person.js';
import type {DecisionContext} from './ports.js';
import {seatDeadlineMs, type Presence, type Profile} from './room.js';

export class PersonDraft {
  readonly personId: string;
  readonly #context: DecisionContext;
  readonly #outbox: Outbox;
  #person: Person | undefined;

  constructor(
    personId: string,
    person: Person | undefined,
    context: DecisionContext,
    outbox: Outbox,
  ) {
    this.personId = personId;
    this.#person = person;
    this.#context = context;
    this.#outbox = outbox;
  }

  /** The person as it will be; `undefined` if neither a tab nor a call is left. */
  get person(): Person | undefined {
    return this.#person;
  }

  get view(): PersonView {
    return personView(this.#existing());
  }

  /** The next moment at which time alone changes the person; `Infinity`: none. */
  get deadlineMs(): number {
    return this.#person === undefined ? Infinity : personDeadlineMs(this.#person);
  }

  /** Does what is due at `deadlineMs`: a tab that has not come back is gone. */
  passDeadline(): void {
    const {deadlineMs} = this;
    const tab = this.#existing().tabs.find((each) => seatDeadlineMs(each) === deadlineMs);
    if (tab !== undefined) this.unlist(tab, 'lost');
  }

  // ----------------------------------------------------------------- tabs

  /** Lists a tab, in the place of the one with the same peer. */
  list(tab: Tab): void {
    const person = this.#orNew();
    if (tabOf(person, tab.peerId)?.directory !== tab.directory) {
      this.#outbox.note('person listed', {peerId: tab.peerId});
    }
    const others = person.tabs.filter(({peerId}) => peerId !== tab.peerId);
    this.#person = {...person, tabs: [...others, tab]};
  }

  unlist(tab: Tab, reason: 'left' | 'lost'): void {
    const person = this.#existing();
    const tabs = person.tabs.filter((each) => each !== tab);
    this.#outbox.note('person unlisted', {peerId: tab.peerId, reason});
    this.#become({...person, tabs});
  }

  changeTab(tab: Tab, presence: Presence, profile: Profile = tab): void {
    const {displayName, metadata} = profile;
    const changed: Tab = {...tab, displayName, metadata, presence};
    const person = this.#existing();
    this.#person = {...person, tabs: person.tabs.map((each) => (each === tab ? changed : each))};
  }

  /** The presence of a tab whose connection is gone as of now. */
  awayFromNow(): Presence {
    return {kind: 'away', untilMs: this.#context.nowMs + this.#context.seatGraceMs};
  }

  // ---------------------------------------------------------------- calls

  /** They are being rung to `room`. */
  ring(room: string, by: string): void {
    const person = this.#existing();
    const past = {by, atMs: this.#context.nowMs};
    const pastCalls = [...recent(person.pastCalls, this.#context.nowMs), past];
    this.#person = {...person, ringing: room, pastCalls};
  }

  /** The ringing is over. */
  endRing(): void {
    if (this.#person !== undefined) this.#person = {...this.#person, ringing: null};
  }

  /** Somebody whose call was welcome is not kept waiting for having called often. */
  forgetCallsOf(by: string): void {
    if (this.#person === undefined) return;
    const pastCalls = this.#person.pastCalls.filter((past) => past.by !== by);
    this.#person = {...this.#person, pastCalls};
  }

  /** They have a seat in the call whose room this is. */
  enterCall(room: string): void {
    const person = this.#orNew();
    if (!person.calls.includes(room)) this.#become({...person, calls: [...person.calls, room]});
  }

  leaveCall(room: string): void {
    const person = this.#person;
    if (!person?.calls.includes(room)) return;
    this.#become({...person, calls: person.calls.filter((each) => each !== room)});
  }

  #become(person: Person): void {
    this.#person = person.tabs.length + person.calls.length === 0 ? undefined : person;
  }

  #orNew(): Person {
    const {personId} = this;
    return this.#person ?? {personId, tabs: [], ringing: null, calls: [], pastCalls: []};
  }

  #existing(): Person {
    if (this.#person === undefined) throw new Error('the person is not known');
    return this.#person;
  }
}
