/**
 * A few schedules of random faults, always the same ones; `npm run test:faults` plays as many more as
 * one likes. Each ends with one question, which `play-schedule.ts` asks.
 */
import assert from 'node:assert/strict';
import {describe, it} from 'node:test';
import {skipWithout, type BrowserName} from '../support/browsers.js';
import {skipWithoutCoturn} from '../support/coturn.js';
import {FaultLab} from '../faults/fault-lab.js';

/** With a relay that dies, links that are cut, reloads and people who come and go. */
const SEEDS: Readonly<Record<BrowserName, readonly number[]>> = {
  chromium: [23],
  firefox: [17],
};

const skip = skipWithout('chromium', 'firefox') || skipWithoutCoturn();

describe('random faults', {skip, concurrency: true}, () => {
  for (const name of ['chromium', 'firefox'] as const) {
    it(`leave three people in ${name} connected, and nothing behind`, async (t) => {
      const lab = await FaultLab.start(t, name);
      for (const seed of SEEDS[name]) {
        const {problems} = await lab.play(seed);
        assert.deepEqual(problems, [], `seed ${seed}`);
      }
    });
  }
});
