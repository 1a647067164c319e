/** What shows only with time: a call of a minute. What fifty calls leave behind: leaks.test.ts. */
import assert from 'node:assert/strict';
import {describe, it} from 'node:test';
import {setTimeout as delay} from 'node:timers/promises';
import {launchBrowser, skipWithout} from '../support/browsers.js';
import {startEmbedding} from '../support/embed.js';
import {Visitor} from '../support/visitor.js';

const skip = skipWithout('chromium', 'firefox');

describe('over time', {skip}, () => {
  it('a call between Chromium and Firefox goes on for a minute', async (t) => {
    const embedding = await startEmbedding(t);
    const chromium = await launchBrowser('chromium');
    t.after(() => chromium.close());
    const firefox = await launchBrowser('firefox');
    t.after(() => firefox.close());
    const page = {room: 'minute', 'auto-accept': true} as const;
    const ana = await Visitor.open(chromium, embedding.page(page));
    await ana.press('Join');
    await ana.reaches('waiting');
    const ben = await Visitor.open(firefox, embedding.page(page));
    await ben.press('Join');
    const levels: Record<string, Set<number>> = {ana: new Set(), ben: new Set()};
    const connections = async (visitor: Visitor) => Object.keys(await visitor.flow()).join();
    await ana.seesAndHears();
    const before = await connections(ana);
    // Six looks, ten seconds apart: each must find more of everything than the one before.
    for (let look = 0; look < 6; look++) {
      await delay(look === 0 ? 0 : 9_000);
      for (const [name, visitor] of [
        ['ana', ana],
        ['ben', ben],
      ] as const) {
        await visitor.seesAndHears();
        for (const {audioLevel} of Object.values(await visitor.flow()))
          levels[name]!.add(audioLevel);
      }
    }
    for (const [name, seen] of Object.entries(levels)) {
      assert.ok(seen.size > 1, `the level that ${name} hears moves: ${[...seen].join()}`);
    }
    assert.equal(await connections(ana), before);
    for (const visitor of [ana, ben]) {
      assert.deepEqual(visitor.pageErrors, []);
      assert.deepEqual(await visitor.heard('call-error'), []);
      const statuses = (await visitor.heard('status-changed')).map(({detail}) => detail['status']);
      assert.equal(statuses.at(-1), 'in-call');
    }
  });
});
