/** Measures the box that the tiles share and tells when it asks for another grid. Knows nothing of who is in the tiles. */
import {tileGrid, type TileGrid} from './tile-layout.js';

export class TileBox {
  readonly #onChange: () => void;
  #observer: ResizeObserver | null = null;
  #element: Element | null = null;
  #width = 0;
  #height = 0;
  #count = 1;
  #grid: TileGrid = {columns: 1, rows: 1};

  constructor(onChange: () => void) {
    this.#onChange = onChange;
  }

  gridFor(count: number): TileGrid {
    this.#count = count;
    this.#grid = tileGrid(count, this.#width, this.#height);
    return this.#grid;
  }

  /** After every rendering: the box as it is now, or nothing when it has gone. */
  observe(element: Element | null): void {
    if (element === this.#element) return;
    this.release();
    if (!element) return;
    this.#element = element;
    this.#observer = new ResizeObserver(([entry]) => {
      if (!entry) return;
      this.#width = entry.contentRect.width;
      this.#height = entry.contentRect.height;
      const {columns} = tileGrid(this.#count, this.#width, this.#height);
      if (columns !== this.#grid.columns) this.#onChange();
    });
    this.#observer.observe(element);
  }

  release(): void {
    this.#observer?.disconnect();
    this.#observer = null;
    this.#element = null;
  }
}
