/** Moves the focus to a prompt when it opens and gives it back when the last one is gone. Knows no invitation but by its id. */

import {deepActiveElement, isFocusLost} from './focus.js';

/** For as long a key may have been meant for what had the focus before the prompt took it. */
const STRAY_KEY_MS = 500;

export class PromptFocus {
  readonly #host: HTMLElement;
  #promptId: string | null = null;
  #previous: HTMLElement | null = null;
  #shownAt = 0;

  constructor(host: HTMLElement) {
    this.#host = host;
  }

  /** After every rendering, with the id of the prompt that is shown now. */
  update(promptId: string | null): void {
    if (promptId === this.#promptId) return;
    if (promptId !== null) {
      if (this.#promptId === null) this.#previous = deepActiveElement();
      this.#shownAt = performance.now();
      // The dialog itself, not its Accept: a key already on its way lets nobody in.
      this.#host.shadowRoot?.querySelector<HTMLElement>('[role=alertdialog]')?.focus();
    } else {
      this.#giveBack();
    }
    this.#promptId = promptId;
  }

  isStray({timeStamp}: Event): boolean {
    return timeStamp - this.#shownAt < STRAY_KEY_MS;
  }

  #giveBack(): void {
    const previous = this.#previous;
    this.#previous = null;
    // Somebody who has gone elsewhere meanwhile is not called back.
    if (!isFocusLost(this.#host)) return;
    if (previous?.isConnected) previous.focus();
    else this.#host.shadowRoot?.querySelector<HTMLElement>('[data-focus]')?.focus();
  }
}
