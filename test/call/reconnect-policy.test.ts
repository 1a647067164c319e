/** The policy as a table: failed attempts and chance → how long to wait. */
import {expect} from 'chai';
import {reconnectDelayMs} from '../../widget/call/reconnect-policy.js';

describe('reconnecting', () => {
  for (const [attempt, random, expected] of [
    [0, 0, 150],
    [0, 1, 300],
    [1, 1, 600],
    [3, 0.5, 1500],
    [4, 1, 2000],
    [2000, 1, 2000],
    [2000, 0, 1000],
  ] as const) {
    it(`waits ${expected} ms after ${attempt} failures at chance ${random}`, () => {
      expect(reconnectDelayMs(attempt, random)).to.equal(expected);
    });
  }
});
