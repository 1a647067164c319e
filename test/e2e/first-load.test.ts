/**
 * What a page with a call asks for until both see each other: no chunk but those that the size
 * budgets count (`bench/lib/bundle-size.ts`), and all of these. And that what is left for later
 * may fail to come.
 */
import assert from 'node:assert/strict';
import {describe, it} from 'node:test';
import {measureBundle, readBudgets, type Stage} from '../../bench/lib/bundle-size.js';
import {skipWithout, type BrowserName} from '../support/browsers.js';
import {callSuite} from '../support/call-suite.js';
import {poll} from '../support/e2e.js';
import type {Visitor} from '../support/visitor.js';

const BROWSERS: readonly BrowserName[] = ['chromium', 'firefox'];

describe('what a first call loads', {skip: skipWithout(...BROWSERS)}, () => {
  const {inCall, visitor, newRoom, end} = callSuite();
  const chunks = measureBundle(readBudgets());

  const ofStages = (...stages: Stage[]): string[] =>
    chunks.flatMap(({file, stage}) => (stages.includes(stage) ? [file] : [])).toSorted();

  async function loaded({page}: Visitor): Promise<string[]> {
    const urls = await page.evaluate(() =>
      performance.getEntriesByType('resource').map(({name}) => name),
    );
    const files = urls.flatMap(
      (url) => /(?:chunks\/)?[^/]+\.js$/.exec(new URL(url).pathname) ?? [],
    );
    // Chunks that are fetched ahead of need come whenever five seconds have passed; what prepares links,
    // only where it rings for a moment.
    const other = ofStages('ahead', 'ringing');
    return [...new Set(files)].filter((file) => !other.includes(file)).toSorted();
  }

  for (const browser of BROWSERS) {
    it(`${browser} loads what the budgets count, and nothing else`, async () => {
      const [ana, ben] = await inCall(browser, browser);
      for (const each of [ana, ben]) {
        await poll(async () => (await each.picturesOfOthers()) === 1, {
          what: 'a picture to be seen',
        });
      }
      assert.deepEqual(await loaded(ana), ofStages('idle', 'first call', 'waiting'));
      // What tells of those who come and go has come with the first of them, or is about to.
      const waiting = ofStages('waiting');
      const ofBen = (await loaded(ben)).filter((file) => !waiting.includes(file));
      assert.deepEqual(ofBen, ofStages('idle', 'first call'));
      await end(ana, ben);
    });
  }

  for (const browser of BROWSERS) {
    it(`${browser} asks again for what keeps a call alive, should it not have come`, async () => {
      const ana = await visitor(browser, {room: newRoom(), media: 'data'});
      let isBlocked = true;
      const asked: string[] = [];
      ana.page.on('request', (request) => {
        const isCare = request.url().includes('/call-care-');
        if (isCare) asked.push(request.url());
        void (isCare && isBlocked ? request.abort() : request.continue());
      });
      await ana.page.setRequestInterception(true);
      await ana.press('Join');
      await poll(() => asked.length >= 3, {what: 'a third request that fails'});
      isBlocked = false;
      const before = asked.length;
      await poll(() => asked.length > before, {what: 'a request that does not'});
      const isThere = (url: string): Promise<boolean> =>
        import(url).then(
          () => true,
          () => false,
        );
      assert.equal(await ana.page.evaluate(isThere, asked.at(-1)!), true, 'it is there');
      // Browsers complain of what was blocked.
      await ana.close();
    });
  }

  for (const browser of BROWSERS) {
    it(`${browser}: files whose panel cannot be fetched are told of; the next press tries again`, async () => {
      let isBlocked = true;
      const [ana, ben] = await inCall(browser, 'chromium', {}, async ({page}) => {
        page.on('request', (request) => {
          const isPanel = isBlocked && request.url().includes('/files-panel-');
          void (isPanel ? request.abort() : request.continue());
        });
        await page.setRequestInterception(true);
      });
      await ana.press('Chat');
      await ana.press('Files of this call');
      await ana.sees('The call server cannot be reached');
      assert.deepEqual(
        (await ana.heard('call-error')).map(({detail}) => detail),
        [{code: 'relay-unreachable', fatal: false}],
      );
      isBlocked = false;
      await ana.press('Chat');
      await ana.press('Files of this call');
      await ana.sees('No files yet');
      await ana.seesAndHears();
      // Browsers complain of what was blocked.
      await ana.close();
      await end(ben);
    });
  }

  it('a chat that cannot be fetched is told of and costs no call; the next press tries again', async () => {
    // From the beginning: a call that is some seconds old has fetched it.
    let isBlocked = true;
    const [ana, ben] = await inCall('chromium', 'chromium', {}, async ({page}) => {
      page.on('request', (request) => {
        const isChat = isBlocked && request.url().includes('/chat-door-');
        void (isChat ? request.abort() : request.continue());
      });
      await page.setRequestInterception(true);
    });
    await ana.press('Chat');
    await ana.sees('The call server cannot be reached');
    assert.deepEqual(
      (await ana.heard('call-error')).map(({detail}) => detail),
      [{code: 'relay-unreachable', fatal: false}],
    );
    assert.equal(await ana.status(), 'in-call');
    isBlocked = false;
    await ana.press('Chat');
    await ana.finds('textbox', 'Message');
    await ana.seesAndHears();
    await end(ana, ben);
  });
});
