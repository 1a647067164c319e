/** Moves the focus to a prompt when it opens and gives it back when the last one is gone. Knows no invitation but by its id. */

import {deepActiveElement, isFocusLost} from './focus.js';

export class PromptFocus {
  readonly #host: HTMLElement;
  #promptId: string | null = null;
  #previous: HTMLElement | null = null;

  constructor(host: HTMLElement) {
    this.#host = host;
  }

  /** After every rendering, with the id of the prompt that is shown now. */
  update(promptId: string | null): void {
    if (promptId === this.#promptId) return;
    if (promptId !== null) {
      if (this.#promptId === null) this.#previous = deepActiveElement();
      // The dialog itself, not its Accept: a key already on its way lets nobody in.
      this.#host.shadowRoot?.querySelector<HTMLElement>('[role=alertdialog]')?.focus();
    } else {
      this.#giveBack();
    }
    this.#promptId = promptId;
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
