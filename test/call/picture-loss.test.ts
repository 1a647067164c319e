/** The policy as a table. */
import {expect} from 'chai';
import {onPictureLoss} from '../../widget/call/care/picture-loss.js';

describe('pictures of which nothing can be made', () => {
  for (const [losses, sinceSilenceMs, expected] of [
    [0, 1_000, 'none'],
    [1, 1_000, 'tell'],
    [2, 2_000, 'tell'],
    [3, 3_000, 'replace'],
    [4, 4_999, 'replace'],
    [1, 5_000, 'none'],
    [3, Infinity, 'none'],
  ] as const) {
    it(`found ${losses} times in a row, ${sinceSilenceMs} ms after a silence: ${expected}`, () => {
      expect(onPictureLoss(losses, sinceSilenceMs)).to.equal(expected);
    });
  }
});
