/** The policy as a table: state, how long in trouble, how long since the last restart → what is done. */
import {expect} from 'chai';
import {nextRecovery} from '../../widget/call/ice-recovery.js';

describe('ICE recovery', () => {
  for (const [state, troubleMs, sinceRestartMs, expected] of [
    ['new', 0, null, {step: 'none'}],
    ['connecting', 0, null, {step: 'none'}],
    ['connected', 0, null, {step: 'none'}],
    ['closed', 99_999, 1, {step: 'none'}],
    ['disconnected', 0, null, {step: 'restart', inMs: 2_000}],
    ['disconnected', 1_500, null, {step: 'restart', inMs: 500}],
    ['disconnected', 2_500, null, {step: 'restart', inMs: 0}],
    ['failed', 0, null, {step: 'restart', inMs: 0}],
    ['connecting', 3_000, 1_000, {step: 'restart', inMs: 4_000}],
    ['failed', 8_000, 6_000, {step: 'restart', inMs: 0}],
    ['failed', 29_999, 5_000, {step: 'restart', inMs: 0}],
    ['failed', 30_000, 5_000, {step: 'exhausted'}],
    ['disconnected', 45_000, null, {step: 'exhausted'}],
  ] as const) {
    it(`${state}, ${troubleMs} ms in trouble, ${String(sinceRestartMs)} ms since a restart`, () => {
      expect(nextRecovery(state, troubleMs, sinceRestartMs)).to.deep.equal(expected);
    });
  }
});
