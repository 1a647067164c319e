/** One file of the conversation: what it is, how far it is, and what can be done about it. Knows no transfer. */
import {html, nothing, type TemplateResult} from 'lit';
import type {TextKey, Translate} from '../strings/catalogue.js';
import {closeIcon} from '../views/call-icons.js';
import {fileIcon, saveIcon} from './chat-icons.js';
import type {FileItem} from './file-book.js';
import type {Formats} from './formats.js';

export interface FileContext {
  readonly translate: Translate;
  readonly formats: Formats;
  /** Whose it is and when it came, where nothing else says so; else empty. */
  readonly note: string;
  readonly hasPreview: boolean;
  /** Where what was received can be saved from; `null`: it cannot. */
  readonly url: string | null;
  cancel(): void;
  /** `null`: what was sent is not at hand, or nobody is there. */
  readonly sendAgain: (() => void) | null;
}

export function fileView(item: FileItem, context: FileContext): TemplateResult {
  const {translate: t, formats, note, hasPreview} = context;
  const {key, name, size, loaded, status} = item;
  return html`<div part="file" class="file" role="group" aria-label=${name} data-status=${status}>
    ${
      hasPreview
        ? html`<canvas
            part="preview"
            class="preview"
            data-file=${key}
            role="img"
            aria-label=${t('picture', {file: name})}
          ></canvas>`
        : nothing
    }
    <div class="file-row">
      ${fileIcon}
      <div class="file-words">
        <bdi part="file-name" class="file-name">${name}</bdi>
        <span part="file-state" class="file-state"
          ><bdi>${formats.size(size)}</bdi> · ${stateOf(item, context)}</span
        >
        ${note ? html`<span part="file-note" class="file-note">${note}</span>` : nothing}
      </div>
      ${actionsView(item, context)}
    </div>
    ${
      status === 'active'
        ? html`<progress
            part="progress"
            class="progress"
            max=${size || 1}
            .value=${loaded}
            aria-label=${t('fileProgress', {file: name})}
          ></progress>`
        : nothing
    }
  </div>`;
}

function stateOf(item: FileItem, {translate: t, formats, note}: FileContext): string {
  const {status, from, loaded, size, to} = item;
  const isOwn = from === null;
  if (status === 'active') {
    const percent = formats.percent(loaded, size);
    return t(isOwn ? 'fileSending' : 'fileReceiving', {percent});
  }
  if (status === 'done' && to !== null && !note) {
    return t('fileSentTo', {names: to.map((name) => name || t('guest'))});
  }
  const keys: Record<typeof status, TextKey> = {
    done: isOwn ? 'fileSent' : 'fileReceived',
    cancelled: 'fileCancelled',
    failed: 'fileFailed',
  };
  return t(keys[status]);
}

function actionsView({name, status}: FileItem, context: FileContext): unknown {
  const {translate: t, url, cancel, sendAgain} = context;
  if (status === 'active') {
    const label = t('cancelNamed', {file: name});
    return html`<button
      part="button"
      class="button small"
      type="button"
      aria-label=${label}
      title=${t('cancel')}
      @click=${cancel}
    >
      ${closeIcon}
    </button>`;
  }
  if (url !== null) {
    return html`<a
      part="button button-save"
      class="button small"
      href=${url}
      download=${name}
      aria-label=${t('saveNamed', {file: name})}
    >
      ${saveIcon} ${t('save')}
    </a>`;
  }
  if (status === 'done' || sendAgain === null) return nothing;
  return html`<button
    part="button"
    class="button small"
    type="button"
    aria-label=${t('sendAgainNamed', {file: name})}
    @click=${sendAgain}
  >
    ${t('sendAgain')}
  </button>`;
}
