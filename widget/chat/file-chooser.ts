/** The way to the system's own choice of files: a button, and the input behind it. Where they go is not its business. */
import {html, nothing, type TemplateResult} from 'lit';
import type {Translate} from '../strings/catalogue.js';
import {attachIcon} from './chat-icons.js';

export interface FileChooserContext {
  readonly translate: Translate;
  /** The id of what says why nothing can be sent; empty if it can. */
  readonly problemId: string;
  /** With its name beside its icon. */
  readonly isWide?: boolean;
  onFiles(files: readonly File[]): void;
}

export function fileChooser(context: FileChooserContext): TemplateResult {
  const {translate: t, problemId, isWide, onFiles} = context;
  return html`<input
      class="file-input"
      type="file"
      multiple
      hidden
      @change=${(event: Event) => {
        const input = event.target as HTMLInputElement;
        onFiles([...(input.files ?? [])]);
        // The same file may be chosen again.
        input.value = '';
      }}
    />
    <button
      part="button button-attach"
      class="button ${isWide ? 'primary' : 'round attach'}"
      type="button"
      title=${isWide ? nothing : t('sendFiles')}
      aria-disabled=${problemId ? 'true' : nothing}
      aria-describedby=${problemId || nothing}
      @click=${(event: Event) => {
        const {previousElementSibling} = event.currentTarget as HTMLButtonElement;
        if (!problemId) (previousElementSibling as HTMLInputElement).click();
      }}
    >
      ${attachIcon}<span class=${isWide ? nothing : 'visually-hidden'}>${t('sendFiles')}</span>
    </button>`;
}
