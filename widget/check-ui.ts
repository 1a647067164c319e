/**
 * The check before a call on the screen: runs it, shows how far it is and what it has found. A chunk
 * of its own, loaded when somebody asks for it. What is checked, and how, is the call core's.
 */
import type {TemplateResult} from 'lit';
import type {CheckStep} from './call/doctor/check.js';
import {CHECK_TEXTS} from './strings/check-texts.js';
import type {VideoChatRoom} from './video-chat-room.js';
import {checkStyles} from './views/check.styles.js';
import {checkView} from './views/check.js';
import type {WordsAndLooks} from './words-and-looks.js';

export class CheckUi {
  readonly #element: VideoChatRoom;
  readonly #looks: WordsAndLooks;
  readonly #close: () => void;
  #running: AbortController | null = null;
  #steps: readonly CheckStep[] = [];
  #isGood: boolean | null = null;

  /** @param onClose nobody looks at it any more */
  constructor(element: VideoChatRoom, looks: WordsAndLooks, onClose: () => void) {
    this.#element = element;
    this.#looks = looks;
    this.#close = onClose;
    looks.add({styles: [checkStyles], texts: CHECK_TEXTS});
    void this.#run();
  }

  render(): TemplateResult {
    return checkView({
      translate: this.#looks.translate(this.#element.strings),
      steps: this.#steps,
      isGood: this.#isGood,
      again: () => {
        if (this.#isGood !== null) void this.#run();
      },
      back: () => {
        this.#running?.abort();
        this.#close();
        this.#element.requestUpdate();
      },
    });
  }

  async #run(): Promise<void> {
    const element = this.#element;
    const {signal} = (this.#running = new AbortController());
    this.#isGood = null;
    const onProgress = (steps: readonly CheckStep[]): void => {
      this.#steps = steps;
      // Taken out of its page it asks for nothing more.
      if (!element.isConnected) this.#running?.abort();
      element.requestUpdate();
    };
    // It rejects when nobody looks at it any more, or for want of its code; then nothing works.
    const {ok} = await element.check({onProgress, signal}).catch(() => ({ok: false}));
    // The words for whatever has failed.
    await this.#looks.loadOutcomeTexts();
    if (signal.aborted) return;
    this.#isGood = ok;
    element.requestUpdate();
  }
}
