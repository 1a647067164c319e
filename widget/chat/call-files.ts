/**
 * The files of one call, for whoever shows them: the conversation, in which they stand among what was
 * said, and their own panel. What there is of each, and what can be done about it; where they stand is
 * decided outside.
 */
import type {TemplateResult} from 'lit';
import type {CallContext} from '../call-surface.js';
import {peersOf} from '../call/call-state.js';
import {isolated} from './chat-news.js';
import {DownloadUrls} from './download-urls.js';
import {FileBook, type FileItem, type FileNews} from './file-book.js';
import {fileView} from './file-view.js';
import type {Formats} from './formats.js';
import {PicturePreviews} from './picture-previews.js';

export interface CallFilesOptions {
  formats(): Formats;
  send(file: File): void;
  /** A picture turned out to be none, or has been drawn. */
  onChange(): void;
}

export class CallFiles {
  readonly #context: CallContext;
  readonly #options: CallFilesOptions;
  readonly #book = new FileBook();
  readonly #urls = new DownloadUrls();
  readonly #previews: PicturePreviews;

  constructor(context: CallContext, options: CallFilesOptions) {
    this.#context = context;
    this.#options = options;
    this.#previews = new PicturePreviews(options.onChange);
  }

  /** In the order in which they began. */
  get items(): readonly FileItem[] {
    return this.#book.items;
  }

  /** An own file is about to become a transfer, or will not become one any more. */
  expect(file: File, isExpected: boolean): void {
    if (isExpected) this.#book.expect(file);
    else this.#book.unexpect(file);
  }

  /** Takes over what the session has now, and tells what is new in it. */
  update(): FileNews {
    const {session} = this.#context;
    return this.#book.update(session.transfers, peersOf(session.state));
  }

  /** @param isAlone By itself: nothing around it says whose it is, and when it came. */
  view(item: FileItem, isAlone = false): TemplateResult {
    const {session, page} = this.#context;
    const {from, file, status, ids} = item;
    const canSend = from === null && file && peersOf(session.state).length > 0;
    return fileView(item, {
      translate: page().translate,
      formats: this.#options.formats(),
      note: isAlone ? this.#noteOf(item) : '',
      hasPreview: this.#previews.has(file),
      url: from !== null && status === 'done' && file ? this.#urls.urlOf(file) : null,
      cancel: () => ids.forEach((id) => session.cancelFile(id)),
      sendAgain: canSend ? () => this.#options.send(file) : null,
    });
  }

  /** After every rendering. */
  updated(): void {
    this.#urls.settle();
    const canvases = new Map<Element, File>();
    const {shadowRoot} = this.#context.host;
    for (const canvas of shadowRoot?.querySelectorAll<HTMLElement>('canvas.preview') ?? []) {
      const item = this.items.find(({key}) => key === canvas.dataset['file']);
      if (item?.file) canvases.set(canvas, item.file);
    }
    this.#previews.settle(canvases);
  }

  dispose(): void {
    this.#previews.dispose();
    this.#urls.dispose();
  }

  #noteOf({from, displayName, receivers, at}: FileItem): string {
    const {translate: t} = this.#context.page();
    const named = (name: string): string => isolated(name || t('guest'));
    const whose =
      from === null
        ? t('fileTo', {names: receivers.map(named)})
        : t('fileFrom', {name: named(displayName)});
    // In one piece.
    const time = this.#options.formats().time(at).replace(/\s/g, '\u00a0');
    return `${whose} · ${isolated(time)}`;
  }
}
