/**
 * Files that are dragged over the call and dropped there: when the zone is shown, and what is in
 * it. Anything but files (a selected word, a link) is left to the page.
 */
import {html, nothing, type TemplateResult} from 'lit';
import type {Translate} from '../strings/catalogue.js';

export interface DropZoneOptions {
  onFiles(files: readonly File[]): void;
  /** A folder was among them: to the browser a file, one that cannot be read. */
  onFolder(): void;
  onChange(): void;
}

export class DropZone {
  readonly #options: DropZoneOptions;
  /** What the pointer is over, one in the other: a browser tells of the next before it tells of the last. */
  #depth = 0;

  constructor(options: DropZoneOptions) {
    this.#options = options;
  }

  view(t: Translate, canSend: boolean): TemplateResult | typeof nothing {
    if (this.#depth === 0) return nothing;
    return html`<div part="drop-zone" class="drop-zone" ?data-refused=${!canSend}>
      <p>${t(canSend ? 'dropFiles' : 'nobodyToWrite')}</p>
    </div>`;
  }

  on(event: DragEvent, canSend: boolean): void {
    const {dataTransfer, type} = event;
    // A page that takes dropped files itself has said so by then.
    if (!dataTransfer?.types.includes('Files') || event.defaultPrevented) return;
    // Where nothing else takes them, the browser opens a dropped file in place of the call.
    event.preventDefault();
    if (type === 'dragover') {
      dataTransfer.dropEffect = canSend ? 'copy' : 'none';
      // They may have been over it before there was anything to know.
      if (this.#depth === 0) this.#move(1);
    }
    if (type === 'dragenter') this.#move(this.#depth + 1);
    if (type === 'dragleave') this.#move(Math.max(0, this.#depth - 1));
    if (type !== 'drop') return;
    this.#move(0);
    if (canSend) this.#take(dataTransfer);
  }

  #move(depth: number): void {
    this.#depth = depth;
    this.#options.onChange();
  }

  #take({items}: DataTransfer): void {
    const files: File[] = [];
    for (const item of items) {
      const file = item.getAsFile();
      if (item.webkitGetAsEntry()?.isDirectory) this.#options.onFolder();
      else if (file) files.push(file);
    }
    this.#options.onFiles(files);
  }
}
