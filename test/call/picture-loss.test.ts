/** The policy as tables. */
import {expect} from 'chai';
import {countLosses, onLosses} from '../../widget/call/care/picture-loss.js';

describe('pictures of which nothing can be made', () => {
  for (const [before, isUndecodable, sinceSilenceMs, expected] of [
    [0, true, 1_000, 1],
    [2, true, 3_000, 3],
    [2, false, 3_000, 0],
    [0, true, 5_000, 0],
    [7, true, Infinity, 0],
  ] as const) {
    it(`counts ${expected} after ${before}, ${isUndecodable ? 'one more' : 'a good one'}, ${sinceSilenceMs} ms after a silence`, () => {
      expect(countLosses(before, isUndecodable, sinceSilenceMs)).to.equal(expected);
    });
  }

  for (const [losses, expected] of [
    [0, 'none'],
    [1, 'tell'],
    [2, 'tell'],
    [3, 'replace'],
  ] as const) {
    it(`${losses} in a row: ${expected}`, () => expect(onLosses(losses)).to.equal(expected));
  }
});
