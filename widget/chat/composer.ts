/**
 * The field in which one writes: what is in it outlives its being shown, Enter sends, Shift and
 * Enter begin a line, and a key that belongs to an input method does neither. Where it goes is not
 * its business.
 */
import {html, nothing, type TemplateResult} from 'lit';
import {live} from 'lit/directives/live.js';
import {MAX_CHAT_LENGTH} from '../../protocol/conversation-limits.js';
import {codePointLength} from '../../protocol/text.js';
import type {Translate} from '../strings/catalogue.js';
import {sendIcon} from './chat-icons.js';
import {fileChooser} from './file-chooser.js';

export interface ComposerOptions {
  onText(text: string): void;
  onFiles(files: readonly File[]): void;
  /** @param text What of it may be shown to the others. */
  onTyping(isTyping: boolean, text: string): void;
  onChange(): void;
}

export class Composer {
  readonly #options: ComposerOptions;
  #draft = '';
  /** Of that, what is not in the hands of an input method: its letters may all become others yet. */
  #composed = '';

  constructor(options: ComposerOptions) {
    this.#options = options;
  }

  /** @param reason Why nothing can be sent; empty if it can. */
  view(t: Translate, reason: string): TemplateResult {
    const problem = reason || this.#tooLong(t);
    const described = problem ? 'composer-problem' : nothing;
    return html`<form
      part="composer"
      class="composer"
      @submit=${(event: Event) => {
        event.preventDefault();
        this.#send(problem);
      }}
    >
      ${fileChooser({
        translate: t,
        problemId: reason ? 'composer-problem' : '',
        onFiles: this.#options.onFiles,
      })}
      <div class="field-box">
        <div class="mirror" aria-hidden="true">${this.#draft}&#8203;</div>
        <textarea
          part="input"
          class="message-input"
          rows="1"
          dir="auto"
          enterkeyhint="send"
          aria-label=${t('message')}
          placeholder=${t('message')}
          aria-invalid=${problem && !reason ? 'true' : nothing}
          aria-describedby=${described}
          .value=${live(this.#draft)}
          @input=${this.#onInput}
          @compositionend=${this.#onInput}
          @keydown=${(event: KeyboardEvent) => this.#onKey(event, problem)}
          @paste=${this.#onPaste}
        ></textarea>
      </div>
      <button
        part="button button-send"
        class="button primary round"
        type="submit"
        title=${t('send')}
        aria-disabled=${problem ? 'true' : nothing}
        aria-describedby=${described}
      >
        ${sendIcon}<span class="visually-hidden">${t('send')}</span>
      </button>
      <p part="problem" class="composer-problem" id="composer-problem" ?hidden=${!problem}>
        ${problem}
      </p>
    </form>`;
  }

  /** Nobody is told of what is half written once the field is gone. */
  hide(): void {
    if (this.#draft !== '') this.#options.onTyping(false, '');
  }

  /** Says it again: something else of it may be shown than before. */
  retell(): void {
    if (this.#draft !== '') this.#options.onTyping(this.#draft.trim() !== '', this.#composed);
  }

  #tooLong(t: Translate): string {
    // The quick look first: this is asked at every key.
    if (this.#draft.length <= MAX_CHAT_LENGTH) return '';
    const count = codePointLength(this.#draft) - MAX_CHAT_LENGTH;
    if (count <= 0) return '';
    return t('messageTooLong', {count, limit: MAX_CHAT_LENGTH});
  }

  #send(problem: string): void {
    const text = this.#draft;
    if (problem || text.trim() === '') return;
    this.#draft = this.#composed = '';
    this.#options.onText(text);
    this.#options.onChange();
  }

  readonly #onInput = (event: InputEvent | CompositionEvent): void => {
    this.#draft = (event.target as HTMLTextAreaElement).value;
    // Browsers differ in whether an input event follows the end of a composition.
    if (event.type !== 'input' || !(event as InputEvent).isComposing) this.#composed = this.#draft;
    this.#options.onTyping(this.#draft.trim() !== '', this.#composed);
    this.#options.onChange();
  };

  #onKey(event: KeyboardEvent, problem: string): void {
    // Safari ends a composition before its Enter arrives, and then says so by this number only.
    if (event.isComposing || event.keyCode === 229) {
      // Escape ends the composition, not the conversation.
      if (event.key === 'Escape') event.stopPropagation();
      return;
    }
    if (event.key !== 'Enter' || event.shiftKey || event.altKey) return;
    event.preventDefault();
    if (!event.repeat) this.#send(problem);
  }

  /** Words that come with a picture of them (from a spreadsheet, say) are meant as words. */
  readonly #onPaste = (event: ClipboardEvent): void => {
    const files = [...(event.clipboardData?.files ?? [])];
    if (files.length === 0 || event.clipboardData?.types.includes('text/plain')) return;
    event.preventDefault();
    this.#options.onFiles(files);
  };
}
