/**
 * What was typed into the search field, whom it finds, and how many of them are on the page already:
 * a long list is put there piece by piece, so that the page never stands still for it.
 */
import type {PersonState} from './call/call-state.js';

/** More than a tall screen shows. */
const FIRST_PIECE = 40;
/** So many rows are made in a few milliseconds on a phone. */
const PIECE = 60;

/** With fewer people than this, looking is quicker than typing. */
export const SEARCH_FROM = 8;

export class PeopleSearch {
  readonly #onChange: () => void;
  #text = '';
  #limit = FIRST_PIECE;
  #timer: ReturnType<typeof setTimeout> | undefined;
  #people: readonly PersonState[] = [];
  #found: readonly PersonState[] = [];

  constructor(onChange: () => void) {
    this.#onChange = onChange;
  }

  get text(): string {
    return this.#text;
  }

  set text(text: string) {
    this.#text = text;
    this.#limit = FIRST_PIECE;
    this.#people = [];
    this.#onChange();
  }

  /** Those whose name has the text in it. The same array for as long as nothing changes. */
  find(people: readonly PersonState[]): readonly PersonState[] {
    if (people !== this.#people) {
      const wanted = plain(this.#text.trim());
      this.#people = people;
      this.#found =
        wanted === ''
          ? people
          : people.filter(({displayName}) => plain(displayName).includes(wanted));
    }
    return this.#found;
  }

  /** How many of the found are to be on the page now; the next ones follow by themselves. */
  get limit(): number {
    if (this.#limit < this.#found.length) this.#timer ??= setTimeout(this.#grow, 0);
    return this.#limit;
  }

  dispose(): void {
    clearTimeout(this.#timer);
  }

  readonly #grow = (): void => {
    this.#timer = undefined;
    this.#limit += PIECE;
    this.#onChange();
  };
}

const known = new Map<string, string>();

/** Without capitals and without the marks on letters: "Zoë" is found by "zoe". */
export function plain(name: string): string {
  let text = known.get(name);
  if (text === undefined) {
    text = name.normalize('NFD').replace(/\p{M}/gu, '').toLocaleLowerCase();
    // Names come and go; what is not worth keeping is made anew.
    if (known.size > 5000) known.clear();
    known.set(name, text);
  }
  return text;
}
