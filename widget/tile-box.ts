/** Measures the box that the tiles share and tells when it has another size. Knows nothing of who is in the tiles. */
import {tileGrid, type TileGrid} from './tile-layout.js';

export class TileBox {
  readonly #observer: ResizeObserver;
  #element: Element | null = null;
  #width = 0;
  #height = 0;

  constructor(onChange: () => void) {
    this.#observer = new ResizeObserver(([entry]) => {
      if (!entry) return;
      ({width: this.#width, height: this.#height} = entry.contentRect);
      onChange();
    });
  }

  gridFor(count: number): TileGrid {
    return tileGrid(count, this.#width, this.#height);
  }

  /** After every rendering: the box as it is now, or nothing when it has gone. */
  observe(element: Element | null): void {
    if (element === this.#element) return;
    this.#observer.disconnect();
    this.#element = element;
    if (element) this.#observer.observe(element);
  }
}
