/** The passing messages of a call: which are shown, and for how long. Knows neither their looks nor what they are about. */

export interface Notice {
  readonly id: number;
  readonly text: string;
  /** Stays until dismissed: something is to be done about it. */
  readonly isProblem: boolean;
}

/** Long enough to read one line twice (WCAG 2.2.1 asks that what matters does not depend on it). */
const SHOWN_MS = 7000;
/** More than this at once is a wall, not a notice: the oldest goes. */
const MAX_NOTICES = 3;

export class NoticeList {
  #notices: readonly Notice[] = [];
  #nextId = 1;
  readonly #timers = new Map<number, ReturnType<typeof setTimeout>>();
  readonly #onChange: () => void;

  constructor(onChange: () => void) {
    this.#onChange = onChange;
  }

  get notices(): readonly Notice[] {
    return this.#notices;
  }

  add(text: string, isProblem = false): void {
    for (const notice of this.#notices) if (notice.text === text) this.dismiss(notice.id);
    const notice: Notice = {id: this.#nextId++, text, isProblem};
    for (const {id} of this.#notices.slice(0, 1 - MAX_NOTICES)) this.dismiss(id);
    this.#notices = [...this.#notices, notice];
    this.resume();
    this.#onChange();
  }

  dismiss(id: number): void {
    clearTimeout(this.#timers.get(id));
    this.#timers.delete(id);
    this.#notices = this.#notices.filter((notice) => notice.id !== id);
    this.#onChange();
  }

  /** Nothing goes away while somebody points at it. */
  pause(): void {
    for (const timer of this.#timers.values()) clearTimeout(timer);
    this.#timers.clear();
  }

  resume(): void {
    for (const {id, isProblem} of this.#notices) {
      if (isProblem || this.#timers.has(id)) continue;
      this.#timers.set(
        id,
        setTimeout(() => {
          this.dismiss(id);
        }, SHOWN_MS),
      );
    }
  }

  clear(): void {
    this.pause();
    if (this.#notices.length === 0) return;
    this.#notices = [];
    this.#onChange();
  }
}
