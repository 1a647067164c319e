/**
 * Addresses under which received files can be saved, for as long as somebody can press Save. Each
 * keeps its file in memory or on the disk, so none stays behind.
 */
export class DownloadUrls {
  readonly #urls = new Map<File, string>();
  readonly #asked = new Set<File>();

  /**
   * The type is not the sender's: opened in a tab instead of saved, a page of theirs would run as
   * one of this site.
   */
  urlOf(file: File): string {
    this.#asked.add(file);
    let url = this.#urls.get(file);
    if (url === undefined) {
      url = URL.createObjectURL(new Blob([file], {type: 'application/octet-stream'}));
      this.#urls.set(file, url);
    }
    return url;
  }

  /** After a rendering: what was not asked for in it is not on the screen any more. */
  settle(): void {
    for (const [file, url] of this.#urls) {
      if (this.#asked.has(file)) continue;
      URL.revokeObjectURL(url);
      this.#urls.delete(file);
    }
    this.#asked.clear();
  }

  dispose(): void {
    this.#asked.clear();
    this.settle();
  }
}
