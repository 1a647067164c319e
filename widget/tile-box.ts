/**
 * The box that the tiles share: measures it, and gives them a grid in which they are as large as can be.
 * Past every rendering, for a box that is being resized changes with every frame. Knows nothing of who is
 * in the tiles.
 */
import {tileGrid} from './tile-layout.js';

export class TileBox {
  readonly #observer = new ResizeObserver(([entry]) => {
    if (entry) this.#lay(entry.contentRect);
  });
  #element: HTMLElement | null = null;
  #size = {width: 0, height: 0};
  #count = 0;

  /** After every rendering: the box as it is now, or nothing when it has gone. */
  observe(element: HTMLElement | null): void {
    const tiles = element?.childElementCount ?? 0;
    // Of two, one's own lies over the other, unless a shared screen has the large place.
    const count = tiles > 2 || element?.matches('.screens + *') ? tiles : 1;
    if (element === this.#element && count === this.#count) return;
    this.#count = count;
    this.#observer.disconnect();
    this.#element = element;
    if (element) {
      this.#lay(this.#size);
      this.#observer.observe(element);
    }
  }

  #lay(size: {readonly width: number; readonly height: number}): void {
    this.#size = size;
    const {columns, rows} = tileGrid(this.#count, size.width, size.height);
    // A style attribute would be refused by a strict content security policy; this is not.
    this.#element?.style.setProperty('--_columns', `${columns}`);
    this.#element?.style.setProperty('--_rows', `${rows}`);
  }
}
