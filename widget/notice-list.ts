/** The passing messages of a call: which are shown, and for how long. Knows neither their looks nor what they are about. */

export interface Notice {
  readonly id: number;
  readonly text: string;
  /** Stays until dismissed: something is to be done about it. */
  readonly isProblem: boolean;
}

/** Long enough to read three lines (WCAG 2.2.1 asks that what matters does not depend on it). */
const SHOWN_MS = 7000;
/** More than this at once is a wall, not a notice: the oldest goes, of those that only pass by if there is one. */
const MAX_NOTICES = 3;

export class NoticeList {
  notices: readonly Notice[] = [];
  #nextId = 1;
  #timer: ReturnType<typeof setTimeout> | undefined;
  readonly #onChange: () => void;
  readonly #isHeld: () => boolean;

  /** @param isHeld Somebody points at them or has the focus in them: nothing goes away meanwhile. */
  constructor(onChange: () => void, isHeld: () => boolean) {
    this.#onChange = onChange;
    this.#isHeld = isHeld;
  }

  add(text: string, isProblem = false): void {
    const others = this.notices.filter((notice) => notice.text !== text);
    const all = [...others, {id: this.#nextId++, text, isProblem}];
    const surplus = all.find((notice) => !notice.isProblem) ?? all[0];
    this.#show(all.length > MAX_NOTICES ? all.filter((notice) => notice !== surplus) : all);
    this.#wait();
  }

  dismiss(id: number): void {
    this.#show(this.notices.filter((notice) => notice.id !== id));
  }

  clear(): void {
    clearTimeout(this.#timer);
    this.#show([]);
  }

  /** What passes by goes a while after the last of it has come. */
  #wait(): void {
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => {
      if (this.#isHeld()) this.#wait();
      else this.#show(this.notices.filter(({isProblem}) => isProblem));
    }, SHOWN_MS);
  }

  #show(notices: readonly Notice[]): void {
    this.notices = notices;
    this.#onChange();
  }
}
