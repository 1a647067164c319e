/** The grid of tiles: pictures as large as the box allows. */
import {expect} from 'chai';
import {tileGrid} from '../../widget/tile-layout.js';

describe('tile grid', () => {
  for (const [count, width, height, columns, rows] of [
    [1, 800, 600, 1, 1],
    [2, 800, 400, 2, 1],
    [2, 300, 600, 1, 2],
    [4, 800, 600, 2, 2],
    [6, 1100, 550, 3, 2],
    [8, 1600, 800, 4, 2],
    [8, 240, 600, 2, 4],
    [8, 100, 1600, 1, 8],
    [0, 800, 600, 1, 1],
  ] as const) {
    it(`${String(count)} in ${String(width)}×${String(height)}`, () => {
      expect(tileGrid(count, width, height)).to.deep.equal({columns, rows});
    });
  }

  it('has a place for everybody in any box', () => {
    for (let count = 1; count <= 32; count++) {
      for (const [width, height] of [
        [0, 0],
        [240, 2000],
        [2000, 240],
        [500, 500],
      ] as const) {
        const {columns, rows} = tileGrid(count, width, height);
        expect(columns * rows).to.be.at.least(count);
        expect((columns - 1) * rows, 'no column to spare').to.be.below(count);
      }
    }
  });
});
