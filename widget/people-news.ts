/** Says who has come and gone in one sentence every few seconds, for those who do not see the list. */
import type {CallState, PersonState} from './call/call-state.js';
import type {Translate} from './strings/catalogue.js';

/** Long enough that a busy directory is no chatter, short enough to be news. */
const EVERY_MS = 2_000;

/** The first list takes no longer to come. */
const FIRST_LIST_MS = 2_000;

export class PeopleNews {
  /** What is to be read out. */
  text = '';
  readonly #onChange: () => void;
  #told: readonly PersonState[] = [];
  #now: readonly PersonState[] = [];
  #isOpenSince = Infinity;
  #timer: ReturnType<typeof setTimeout> | undefined;

  constructor(onChange: () => void) {
    this.#onChange = onChange;
  }

  /** After every rendering. Who is there when one comes is no news. */
  update({people, signaling}: CallState, translate: Translate): void {
    this.#now = people;
    if (this.#told.length === 0 && this.#timer === undefined) {
      if (signaling === 'open') this.#isOpenSince = Math.min(this.#isOpenSince, performance.now());
      if (performance.now() - this.#isOpenSince < FIRST_LIST_MS) this.#told = people;
    }
    if (people === this.#told || this.#timer !== undefined) return;
    this.#timer = setTimeout(() => {
      this.#timer = undefined;
      const text = newsOf(this.#told, this.#now, translate);
      this.#told = this.#now;
      if (text === null) return;
      this.#say(text);
      // Said once. Left standing it would be said again wherever the list appears anew.
      this.#timer = setTimeout(() => {
        this.#timer = undefined;
        this.#say('');
      }, EVERY_MS);
    }, EVERY_MS);
  }

  #say(text: string): void {
    this.text = text;
    this.#onChange();
  }

  dispose(): void {
    clearTimeout(this.#timer);
  }
}

/** One who came or went is named; of more, only how many are here now. `null`: nobody came or went. */
export function newsOf(
  before: readonly PersonState[],
  now: readonly PersonState[],
  t: Translate,
): string | null {
  const idsBefore = new Set(before.map(({personId}) => personId));
  const idsNow = new Set(now.map(({personId}) => personId));
  const come = now.filter(({personId}) => !idsBefore.has(personId));
  const gone = before.filter(({personId}) => !idsNow.has(personId));
  const [only] = [...come, ...gone];
  if (only === undefined) return null;
  if (come.length + gone.length > 1) return t('countIsHere', {count: now.length});
  return t(come.length > 0 ? 'isHere' : 'isGone', {name: only.displayName || t('guest')});
}
