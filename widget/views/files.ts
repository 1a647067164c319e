/** The panel of the files. How one of them looks and what is done with it is not known here. */
import {html, nothing, type TemplateResult} from 'lit';
import {repeat} from 'lit/directives/repeat.js';
import type {FileItem} from '../chat/file-book.js';
import type {Translate} from '../strings/catalogue.js';

export interface FilesContext {
  readonly translate: Translate;
  /** The newest first. */
  readonly items: readonly FileItem[];
  /** Those that were not sent, with the ways on; `null`: none. */
  readonly unsent: unknown;
  /** Why nothing can be sent; empty if it can. */
  readonly problem: string;
  /** `null`: the call is over. */
  readonly chooser: TemplateResult | null;
  /** What is read out. */
  readonly said: readonly {readonly key: number; readonly text: string}[];
  itemView(item: FileItem): TemplateResult;
}

export function filesView(context: FilesContext): TemplateResult {
  const {translate: t, items, unsent, problem, chooser, said} = context;
  const isEmpty = items.length === 0 && unsent === null;
  return html`<div part="files" class="files">
    ${isEmpty ? emptyView(t) : listView(context)}
    <div class="files-foot">
      ${
        chooser
          ? html`${chooser}
              <p part="problem" class="files-problem" id="files-problem" ?hidden=${!problem}>
                ${problem}
              </p>`
          : html`<p part="hint" class="call-over">${t('filesOver')}</p>`
      }
    </div>
    <div class="visually-hidden" role="status" aria-atomic="false">
      ${repeat(
        said,
        ({key}) => key,
        ({text}) => html`<p>${text}</p>`,
      )}
    </div>
  </div>`;
}

function emptyView(t: Translate): TemplateResult {
  return html`<div part="files-empty" class="files-empty">
    <p part="heading" class="files-title">${t('filesEmpty')}</p>
    <p part="text" class="text">${t('filesHint')}</p>
  </div>`;
}

function listView({items, unsent, itemView}: FilesContext): TemplateResult {
  return html`<div class="files-scroll" role="group" aria-labelledby="panel-title" tabindex="0">
    ${unsent ?? nothing}
    <ul part="file-list" class="file-list" role="list">
      ${repeat(
        items,
        ({key}) => key,
        (item) => html`<li>${itemView(item)}</li>`,
      )}
    </ul>
  </div>`;
}
