/** People who reload again and again, faster than a call begins: in the end it is the same call. */
import assert from 'node:assert/strict';
import {describe, it} from 'node:test';
import {BROWSER_NAMES, launchBrowser, skipWithout} from '../support/browsers.js';
import {startEmbedding} from '../support/embed.js';
import {isTheSameCall, rememberCall, untilMediaFlows} from '../support/same-call.js';
import {Visitor} from '../support/visitor.js';

/** One after the other; each page has got this far when the next one takes its place. */
const STAGES = ['defined', 'acquiring-media', 'in-call', 'defined', 'joining', 'defined'] as const;

describe('a storm of reloads', {skip: skipWithout(...BROWSER_NAMES)}, () => {
  it('ends in the same call, and who stayed has heard of nothing', async (t) => {
    const embedding = await startEmbedding(t);
    const page = embedding.page({room: 'storm', 'auto-join': true, 'auto-accept': true});
    const [ana, ben] = await Promise.all(
      BROWSER_NAMES.map(async (name) => {
        const browser = await launchBrowser(name);
        t.after(() => browser.close());
        return Visitor.open(browser, page);
      }),
    );
    assert.ok(ana && ben, 'both are there');
    await untilMediaFlows([ana, ben]);
    for (const [who, other] of [
      [ana, ben],
      [ben, ana],
    ] as const) {
      const memory = await rememberCall(other);
      for (const stage of STAGES) {
        await who.page.reload({waitUntil: 'domcontentloaded'});
        await hasReached(who, stage);
      }
      await who.page.reload({waitUntil: 'load'});
      await who.listen();
      await untilMediaFlows([ana, ben]);
      await isTheSameCall(other, memory);
    }
  });
});

/** As early as it can be seen: a stage that has passed meanwhile is reached, too. */
async function hasReached({page}: Visitor, stage: (typeof STAGES)[number]): Promise<void> {
  await page.waitForFunction(
    (wanted) => {
      if (customElements.get('video-chat-room') === undefined) return false;
      const stages = ['defined', 'idle', 'acquiring-media', 'joining', 'in-call'];
      const {status} = document.querySelector('video-chat-room')!;
      return stages.indexOf(status) >= stages.indexOf(wanted);
    },
    {polling: 20},
    stage,
  );
}
