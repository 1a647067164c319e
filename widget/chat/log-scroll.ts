/**
 * Keeps the end of a conversation in sight for as long as the reader is there, and leaves them where
 * they are once they have scrolled up. Knows nothing of what is said.
 */

/** So close to the end is at the end: a line, or a fraction of a pixel. */
const NEAR_PX = 48;

export class LogScroll {
  readonly #onChange: () => void;
  readonly #sizes: ResizeObserver;
  #log: Element | null = null;
  #isAtEnd = true;
  #hasNews = false;

  constructor(onChange: () => void) {
    this.#onChange = onChange;
    // What is in it grows when a picture has been drawn; it shrinks when a keyboard opens.
    this.#sizes = new ResizeObserver(() => this.#keep());
  }

  /** Something has come that the reader, who is elsewhere in it, has not seen. */
  get hasNews(): boolean {
    return this.#hasNews;
  }

  /** After every rendering: this is the log now, or there is none. */
  observe(log: Element | null): void {
    if (log !== this.#log) {
      this.#sizes.disconnect();
      this.#log = log;
      this.#isAtEnd = true;
      this.#hasNews = false;
      for (const each of [log, log?.firstElementChild]) if (each) this.#sizes.observe(each);
    }
    this.#keep();
  }

  readonly onScroll = (): void => {
    const {scrollTop = 0, scrollHeight = 0, clientHeight = 0} = this.#log ?? {};
    this.#isAtEnd = scrollHeight - clientHeight - scrollTop < NEAR_PX;
    if (this.#isAtEnd && this.#hasNews) {
      this.#hasNews = false;
      this.#onChange();
    }
  };

  /** Somebody else has said something. */
  noteNews(): void {
    this.#hasNews = !this.#isAtEnd;
  }

  toEnd(): void {
    this.#isAtEnd = true;
    this.#hasNews = false;
    this.#keep();
    this.#onChange();
  }

  dispose(): void {
    this.#sizes.disconnect();
    this.#log = null;
  }

  #keep(): void {
    if (this.#isAtEnd && this.#log) this.#log.scrollTop = this.#log.scrollHeight;
  }
}
