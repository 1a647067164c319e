/** The places of tiles, prompts and notices: whoever stays does not move. */
import {expect} from 'chai';
import {keepPlaces} from '../../widget/keep-places.js';

describe('places', () => {
  for (const [what, items, before, after] of [
    ['the first ones stand in their order', 'ab', [], ['a', 'b']],
    ['whoever stays keeps the place', 'bc', ['a', 'b', 'c'], [null, 'b', 'c']],
    ['a newcomer takes the first free place', 'bcd', [null, 'b', null, 'c'], ['d', 'b', null, 'c']],
    ['but not one that is vacated just now', 'bc', ['a', 'b'], [null, 'b', 'c']],
    ['nobody is left at the end', 'a', ['a', 'b', null, 'c'], ['a']],
    ['nor when all have gone', '', ['a', 'b'], []],
    ['a change of order changes no place', 'ba', ['a', 'b'], ['a', 'b']],
  ] as const) {
    it(what, () => {
      expect(keepPlaces(items.split(''), before, (item) => item)).to.deep.equal(after);
    });
  }

  it('holds what is new of an item in its old place', () => {
    const [place] = keepPlaces([{id: 1, name: 'new'}], [{id: 1, name: 'old'}], ({id}) => id);
    expect(place?.name).to.equal('new');
  });
});
