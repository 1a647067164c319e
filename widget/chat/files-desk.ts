/**
 * What the panel of the files (`../files-panel.ts`) is handed of the conversation, which has them: so the
 * panel's chunk holds nothing but its looks, and whatever is done there is done in the conversation, too.
 */
import type {TemplateResult} from 'lit';
import type {Badge} from '../side-panels.js';
import type {Translate} from '../strings/catalogue.js';
import type {CallFiles} from './call-files.js';
import {newsBadge, type ChatNews, type Said} from './chat-news.js';
import type {FileItem} from './file-book.js';
import {fileChooser} from './file-chooser.js';
import type {Formats} from './formats.js';
import type {Outbox} from './outbox.js';

export interface FilesDeskOptions {
  readonly files: CallFiles;
  readonly outbox: Outbox;
  readonly news: ChatNews;
  formats(): Formats;
  translate(): Translate;
  send(files: readonly File[]): void;
}

export class FilesDesk {
  readonly #options: FilesDeskOptions;

  constructor(options: FilesDeskOptions) {
    this.#options = options;
  }

  /** In the order in which they began. */
  get items(): readonly FileItem[] {
    return this.#options.files.items;
  }

  /** What is read out to whoever has the files alone before them. */
  get said(): readonly Said[] {
    return this.#options.news.saidIn('files');
  }

  /** What the panel's button says; `null`: all were seen. */
  badge(): Badge | null {
    const {news, translate} = this.#options;
    return newsBadge(translate(), 'newFiles', news.unseenFiles);
  }

  /** A file by itself, with whose it is. */
  view(item: FileItem): TemplateResult {
    return this.#options.files.view(item, true);
  }

  /** Those that were not sent, with the ways on; `null`: none. */
  unsent(): unknown {
    const {outbox, translate, formats} = this.#options;
    const unsent = outbox.unsent.filter(({what}) => typeof what !== 'string');
    return unsent.length === 0 ? null : outbox.view(translate(), formats(), unsent);
  }

  /** @param problemId As in `FileChooserContext`. */
  chooser(problemId: string): TemplateResult {
    const {translate, send} = this.#options;
    return fileChooser({translate: translate(), problemId, isWide: true, onFiles: send});
  }

  send(files: readonly File[]): void {
    this.#options.send(files);
  }
}
