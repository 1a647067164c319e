/**
 * The box that the tiles share: measures it, and gives them a grid in which they are as large as can be.
 * Past every rendering, for a box that is being resized changes with every frame. Knows nothing of who is
 * in the tiles.
 */
import type {BoxSize} from './stage-marks.js';
import {tileGrid} from './tile-layout.js';

/** Of two, one's own lies over the other, unless a shared screen has the large place. */
function countOf(tiles: HTMLElement): number {
  const count = tiles.childElementCount;
  return count > 2 || tiles.matches('.screens + *') ? count : 1;
}

/** Gives the tiles their grid. A style attribute would be refused by a strict content security policy; this is not. */
export function layTiles(tiles: HTMLElement, size: BoxSize): void {
  const {columns, rows} = tileGrid(countOf(tiles), size.width, size.height);
  tiles.style.setProperty('--_columns', `${columns}`);
  tiles.style.setProperty('--_rows', `${rows}`);
}

export class TileBox {
  readonly #observer = new ResizeObserver((entries) => {
    if (entries[0]) this.#lay(entries[0].contentRect);
  });
  #element: HTMLElement | null = null;
  #size = {width: 0, height: 0};
  #count = 0;

  /** After every rendering: the box as it is now, or nothing when it has gone. */
  observe(element: HTMLElement | null): void {
    const count = element ? countOf(element) : 0;
    if (element === this.#element && count === this.#count) return;
    this.#count = count;
    this.#observer.disconnect();
    this.#element = element;
    if (element) {
      this.#lay(this.#size);
      this.#observer.observe(element);
    }
  }

  #lay(size: BoxSize): void {
    this.#size = size;
    if (this.#element) layTiles(this.#element, size);
  }
}
