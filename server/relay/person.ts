/**
 * A person as plain frozen data: the tabs by which they are listed in directories, and the calls
 * that concern them. Nothing here changes a person (that is `person-draft.ts`) or knows who may.
 */
import type {PersonView} from '../../protocol/shapes.js';
import type {PastInvitation} from './invitation-limits.js';
import {seatDeadlineMs, type Occupant, type Room} from './room.js';

/** A peer that is listed. Kept ones count: a person is gone only once the last tab is lost. */
export interface Tab extends Occupant {
  readonly directory: string;
}

export interface Person {
  readonly personId: string;
  /** Oldest first. Without any the person is in no directory, and is remembered only for being in a call. */
  readonly tabs: readonly Tab[];
  /** The name of the room to which they are being rung; it may be over by now. */
  readonly ringing: string | null;
  /** Names of the rooms in which they call or are in a call, with any tab, be it listed or not. */
  readonly calls: readonly string[];
  /** Of those who have called in the last minute: who calls too often is not heard. */
  readonly pastCalls: readonly PastInvitation[];
}

export function tabOf(person: Person | undefined, peerId: string): Tab | undefined {
  return person?.tabs.find((tab) => tab.peerId === peerId);
}

export function isListedIn(person: Person | undefined, directory: string): boolean {
  return person?.tabs.some((tab) => tab.directory === directory) ?? false;
}

/** The next moment at which time alone changes the person; `Infinity`: none. */
export function personDeadlineMs({tabs}: Person): number {
  return Math.min(...tabs.map(seatDeadlineMs));
}

/** They are calling, or in a call with somebody: whoever is left alone in one is free at once. */
export function isSeatedInCall(room: Room | undefined, personId: string): boolean {
  if (room?.kind !== 'call' || (room.ring === null && room.seats.length < 2)) return false;
  return room.seats.some((seat) => seat.personId === personId);
}

/** What is shown of them in `directory`, or anywhere: by the newest tab that is there, else the newest. */
export function personView({personId, tabs}: Person, directory?: string): PersonView {
  const shown = tabs.filter((tab) => directory === undefined || tab.directory === directory);
  const {displayName = '', metadata = null} =
    shown.findLast(({presence}) => presence.kind === 'here') ?? shown.at(-1) ?? {};
  return {personId, displayName, metadata};
}
