/** How many columns and rows a number of tiles gets in a box. Pure arithmetic; knows no DOM. */

export interface TileGrid {
  readonly columns: number;
  readonly rows: number;
}

/** Cameras are between 4:3 and 16:9; a tile near 3:2 crops either only a little. */
const TILE_ASPECT = 3 / 2;

/** The grid in which the largest uncropped picture fits every tile. An unmeasured box is taken as a square. */
export function tileGrid(count: number, width: number, height: number): TileGrid {
  const boxWidth = width || 1;
  const boxHeight = height || 1;
  let best: TileGrid = {columns: 1, rows: 1};
  let bestSize = 0;
  for (let columns = 1; columns <= count; columns++) {
    const rows = Math.ceil(count / columns);
    const size = Math.min(boxWidth / columns, (boxHeight / rows) * TILE_ASPECT);
    // On a tie, the grid with fewer empty places.
    const isFuller = size === bestSize && columns * rows < best.columns * best.rows;
    if (size > bestSize || isFuller) {
      best = {columns, rows};
      bestSize = size;
    }
  }
  return best;
}
