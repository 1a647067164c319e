/**
 * What the people of each directory are told of one another: keeps the list that was told last,
 * looks anew at whoever a decision has concerned, and tells the differences, many at once. It
 * decides nothing; it reads the store and speaks.
 *
 * Newcomers are given the list as it was told last, in the same instant in which they begin to hear
 * the differences, so that nothing is missed and nothing older comes after something newer.
 */
import {MAX_PEOPLE_PER_MESSAGE} from '../../protocol/limits.js';
import type {RelayEvent} from '../../protocol/messages.js';
import type {PersonEntry} from '../../protocol/shapes.js';
import {personView, type Person} from './person.js';
import type {Clock, Deliver, Log} from './ports.js';
import {seatOf} from './room.js';
import type {Store} from './store.js';

export interface PeopleBoardOptions {
  readonly store: Store;
  readonly clock: Clock;
  readonly deliver: Deliver;
  readonly log: Log;
}

/**
 * Changes are told together after this long, for people come in bursts (a page is opened, a relay is
 * back). A list of n people is told to n: one more millisecond for each keeps a directory of
 * thousands, all of whom come at once, from costing n × n messages.
 */
const MIN_WAIT_MS = 50;
const MAX_WAIT_MS = 1_000;

interface Difference {
  readonly people: PersonEntry[];
  readonly gone: string[];
}

export class PeopleBoard {
  readonly #options: PeopleBoardOptions;
  /** As it was told last: directory → person → what is shown. */
  readonly #lists = new Map<string, Map<string, PersonEntry>>();
  /** The directories that show a person. */
  readonly #shownIn = new Map<string, Set<string>>();
  #touched = new Set<string>();
  /** Those that are being looked at now. */
  #looking: ReadonlySet<string> = new Set();
  #cancel: (() => void) | undefined;
  #isTelling = false;
  #isClosed = false;

  constructor(options: PeopleBoardOptions) {
    this.#options = options;
  }

  /**
   * Something about these people has changed.
   * @param relisted whether, where or as whom they are listed
   * @param reseated in what company they are: of no interest if they are in no directory
   */
  touch(relisted: readonly string[], reseated: readonly string[]): void {
    for (const personId of relisted) this.#touched.add(personId);
    for (const personId of reseated) {
      // Whoever is looked at for the first time may have been seen before this.
      const isOfInterest = this.#shownIn.has(personId) || this.#looking.has(personId);
      if (isOfInterest) this.#touched.add(personId);
    }
    this.#schedule();
  }

  /** Everybody in the directory but `personId`, in messages of their own; the first one replaces what was known. */
  snapshot(directory: string, personId: string): RelayEvent<'people'>[] {
    const others = [...(this.#lists.get(directory)?.values() ?? [])].filter(
      (entry) => entry.personId !== personId,
    );
    return messages(directory, {people: others, gone: []}, true);
  }

  close(): void {
    this.#isClosed = true;
    this.#cancel?.();
  }

  #schedule(): void {
    if (this.#touched.size === 0 || this.#cancel || this.#isTelling || this.#isClosed) return;
    let longest = 0;
    for (const list of this.#lists.values()) longest = Math.max(longest, list.size);
    const waitMs = Math.min(MIN_WAIT_MS + longest, MAX_WAIT_MS);
    this.#cancel = this.#options.clock.after(waitMs, () => void this.#tell());
  }

  async #tell(): Promise<void> {
    this.#cancel = undefined;
    this.#isTelling = true;
    const personIds = this.#touched;
    this.#looking = personIds;
    this.#touched = new Set();
    try {
      const looks = [];
      for (const personId of personIds) looks.push([personId, await this.#look(personId)] as const);
      const differences = new Map<string, Difference>();
      for (const [personId, entries] of looks) this.#note(personId, entries, differences);
      for (const [directory, difference] of differences) {
        for (const payload of messages(directory, difference, false)) {
          this.#options.deliver({to: {directory}, event: 'people', payload});
        }
      }
    } catch (error) {
      this.#options.log.error({error}, 'people could not be looked at');
      for (const personId of personIds) this.#touched.add(personId);
    }
    this.#looking = new Set();
    this.#isTelling = false;
    this.#schedule();
  }

  /** What each of their directories shall show of a person. */
  async #look(personId: string): Promise<Map<string, PersonEntry>> {
    const entries = new Map<string, PersonEntry>();
    const person = (await this.#options.store.readPerson(personId))?.item;
    if (person === undefined) return entries;
    const isInCall = await this.#isInCall(person);
    for (const {directory} of person.tabs) {
      const {displayName, metadata} = personView(person, directory);
      entries.set(directory, {
        personId,
        ...(displayName !== '' && {displayName}),
        ...(metadata !== null && {metadata}),
        ...(isInCall && {status: 'in-call' as const}),
      });
    }
    return entries;
  }

  /** In a call with any tab, or with a listed one in a room with somebody else. */
  async #isInCall({tabs, calls}: Person): Promise<boolean> {
    if (calls.length > 0) return true;
    const {store} = this.#options;
    for (const {peerId} of tabs) {
      const name = await store.roomOf(peerId);
      const room = name === undefined ? undefined : (await store.readRoom(name))?.item;
      if (!room || !seatOf(room, peerId)) continue;
      if (room.seats.length > 1) return true;
    }
    return false;
  }

  /** Puts a person on the lists as they shall be, and what is new in that into the differences. */
  #note(
    personId: string,
    entries: ReadonlyMap<string, PersonEntry>,
    differences: Map<string, Difference>,
  ): void {
    const differenceIn = (directory: string): Difference => {
      const difference = differences.get(directory) ?? {people: [], gone: []};
      differences.set(directory, difference);
      return difference;
    };
    for (const directory of this.#shownIn.get(personId) ?? []) {
      if (entries.has(directory)) continue;
      const list = this.#lists.get(directory);
      list?.delete(personId);
      if (list?.size === 0) this.#lists.delete(directory);
      differenceIn(directory).gone.push(personId);
    }
    for (const [directory, entry] of entries) {
      const list = this.#lists.get(directory) ?? new Map<string, PersonEntry>();
      this.#lists.set(directory, list);
      if (JSON.stringify(list.get(personId)) === JSON.stringify(entry)) continue;
      list.set(personId, entry);
      differenceIn(directory).people.push(entry);
    }
    if (entries.size === 0) this.#shownIn.delete(personId);
    else this.#shownIn.set(personId, new Set(entries.keys()));
  }
}

/** Cut into messages of a bounded size. There is always one, unless it would say nothing. */
function messages(
  directory: string,
  {people, gone}: Difference,
  isSnapshot: boolean,
): RelayEvent<'people'>[] {
  const cut: RelayEvent<'people'>[] = [];
  const size = MAX_PEOPLE_PER_MESSAGE;
  for (let at = 0; at < Math.max(people.length, gone.length, isSnapshot ? 1 : 0); at += size) {
    const isFirst = at === 0;
    cut.push({
      directory,
      isSnapshot: isSnapshot && isFirst,
      people: people.slice(at, at + size),
      gone: gone.slice(at, at + size),
    });
  }
  return cut;
}
