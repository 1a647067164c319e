/** The people of a directory in the order in which they are shown, kept from what the relay tells. Pure. */
import type {PersonEntry} from '../../protocol/shapes.js';
import type {PersonState} from './call-state.js';

/** In the language of the browser. */
const names = new Intl.Collator();

function inOrder(a: PersonState, b: PersonState): number {
  return names.compare(a.displayName, b.displayName) || (a.personId < b.personId ? -1 : 1);
}

/** What the relay tells of people. */
export interface PeopleNews {
  /** Nobody else is there. */
  readonly isSnapshot: boolean;
  readonly people: readonly PersonEntry[];
  readonly gone: readonly string[];
}

/**
 * Several messages, in order, as one.
 * @param selfId Is never listed.
 */
export function combine(messages: readonly PeopleNews[], selfId: string): PeopleNews {
  let isSnapshot = false;
  const people = new Map<string, PersonEntry>();
  const gone = new Set<string>();
  for (const message of messages) {
    if (message.isSnapshot) {
      isSnapshot = true;
      people.clear();
    }
    for (const personId of message.gone) {
      people.delete(personId);
      gone.add(personId);
    }
    for (const entry of message.people) {
      if (entry.personId === selfId) continue;
      people.set(entry.personId, entry);
      gone.delete(entry.personId);
    }
  }
  return {isSnapshot, people: [...people.values()], gone: [...gone]};
}

/**
 * The list after some news. Whoever has not changed is the same object as before, and where
 * nobody has, it is the same list. Costs one walk; only those who are new to it are sorted.
 */
export function mergePeople(
  known: readonly PersonState[],
  {isSnapshot, people, gone}: PeopleNews,
): readonly PersonState[] {
  const before = new Map(known.map((person) => [person.personId, person]));
  const told = new Map<string, PersonState>();
  for (const entry of people) told.set(entry.personId, toPerson(entry, before));
  const isGone = new Set(gone);
  const staying = known.filter((person) => {
    const now = told.get(person.personId);
    return now === undefined ? !isSnapshot && !isGone.has(person.personId) : now === person;
  });
  const fresh = [...told.values()].filter((person) => before.get(person.personId) !== person);
  if (fresh.length === 0 && staying.length === known.length) return known;
  fresh.sort(inOrder);
  const merged: PersonState[] = [];
  for (const person of staying) {
    while (fresh[0] !== undefined && inOrder(fresh[0], person) < 0) merged.push(fresh.shift()!);
    merged.push(person);
  }
  return merged.concat(fresh);
}

function toPerson(
  {personId, displayName = '', metadata = null, status = 'available'}: PersonEntry,
  before: ReadonlyMap<string, PersonState>,
): PersonState {
  const person = {personId, displayName, metadata, status};
  const known = before.get(personId);
  return known !== undefined && JSON.stringify(known) === JSON.stringify(person)
    ? known
    : Object.freeze(person);
}
