/** The policy as a table: how a link does → what is done about it. */
import {expect} from 'chai';
import {nextRecovery} from '../../widget/call/care/ice-recovery.js';

const restartIn = (inMs: number) => ({step: 'restart', inMs});
const replaceIn = (inMs: number) => ({step: 'replace', inMs});
const exhausted = {step: 'exhausted'};
const none = {step: 'none'};

describe('ICE recovery', () => {
  for (const [state, wasConnected, troubleMs, sinceRestartMs, expected] of [
    ['connected', true, 0, null, none],
    ['closed', true, 99_999, 1, none],
    ['disconnected', true, 0, null, restartIn(2_000)],
    ['disconnected', true, 1_500, null, restartIn(500)],
    ['disconnected', true, 2_500, null, restartIn(0)],
    ['failed', true, 0, null, restartIn(0)],
    ['connecting', true, 3_000, 1_000, restartIn(4_000)],
    ['failed', true, 8_000, 6_000, restartIn(0)],
    ['failed', true, 29_999, 5_000, restartIn(0)],
    ['failed', true, 30_000, 5_000, exhausted],
    ['disconnected', true, 45_000, null, exhausted],
    ['new', false, 0, null, restartIn(10_000)],
    ['connecting', false, 4_000, null, restartIn(6_000)],
    ['failed', false, 4_000, null, replaceIn(1_000)],
    ['failed', false, 6_000, null, replaceIn(0)],
    ['failed', false, 6_000, 500, replaceIn(0)],
    ['failed', false, 20_000, null, exhausted],
    ['connecting', false, 11_000, 1_000, restartIn(4_000)],
    ['new', false, 20_000, 4_000, exhausted],
  ] as const) {
    const past = wasConnected ? 'once connected' : 'never connected';
    it(`${state}, ${past}, ${troubleMs} ms in trouble, restarted ${String(sinceRestartMs)} ms ago`, () => {
      const rest = {isBeyondRestart: false, mayBeReplaced: true, ageMs: troubleMs};
      expect(nextRecovery({state, wasConnected, troubleMs, sinceRestartMs, ...rest})).to.deep.equal(
        expected,
      );
    });
  }

  const late = {
    state: 'failed',
    wasConnected: true,
    troubleMs: 40_000,
    ageMs: 50_000,
    sinceRestartMs: 2_000,
  } as const;

  it('goes on restarting for as long as nobody would hear of a fresh link', () => {
    const health = {...late, isBeyondRestart: false, mayBeReplaced: false};
    expect(nextRecovery(health)).to.deep.equal(restartIn(3_000));
  });

  it('gives each link its time, however long there has been none that works', () => {
    const search = {...late, wasConnected: false, isBeyondRestart: false, mayBeReplaced: true};
    const health = {...search, troubleMs: 15_000, ageMs: 2_000, sinceRestartMs: null};
    expect(nextRecovery(health)).to.deep.equal(replaceIn(3_000));
    expect(nextRecovery({...health, troubleMs: 20_000})).to.deep.equal(exhausted);
  });

  it('does not wait for what no restart can mend', () => {
    const health = {...late, troubleMs: 0, sinceRestartMs: null, isBeyondRestart: true};
    expect(nextRecovery({...health, mayBeReplaced: true})).to.deep.equal(replaceIn(0));
    expect(nextRecovery({...health, mayBeReplaced: false})).to.deep.equal(restartIn(0));
  });
});
