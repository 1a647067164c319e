/**
 * What people do to their browsers during a call: reload again and again, faster than a call begins,
 * or close the lid. In the end it is the same call.
 */
import assert from 'node:assert/strict';
import {after, before, describe, it} from 'node:test';
import {setTimeout as delay} from 'node:timers/promises';
import {
  BROWSER_NAMES,
  launchBrowser,
  skipWithout,
  type RunningBrowser,
} from '../support/browsers.js';
import {startEmbedding} from '../support/embed.js';
import {isTheSameCall, rememberCall, standsStill, untilMediaFlows} from '../support/same-call.js';
import {Visitor} from '../support/visitor.js';

/** One after the other; each page has got this far when the next one takes its place. */
const STAGES = ['defined', 'acquiring-media', 'in-call', 'defined', 'joining', 'defined'] as const;

/** Long enough for the other side to call the connection `disconnected`. */
const SLEEP_MS = 7_000;

describe('a browser in a call', {skip: skipWithout(...BROWSER_NAMES)}, () => {
  const cleanups: (() => unknown)[] = [];
  let browsers: RunningBrowser[];
  let visitors: Visitor[];

  before(async () => {
    const suite = {after: (step: unknown) => void cleanups.push(step as () => unknown)};
    const embedding = await startEmbedding(suite);
    const page = embedding.page({room: 'storm', 'auto-join': true, 'auto-accept': true});
    browsers = await Promise.all(BROWSER_NAMES.map((name) => launchBrowser(name)));
    cleanups.push(...browsers.map((browser) => () => browser.close()));
    visitors = await Promise.all(browsers.map((browser) => Visitor.open(browser, page)));
    await untilMediaFlows(visitors);
  });

  after(async () => {
    for (const step of cleanups.reverse()) await step();
  });

  for (const [index, name] of BROWSER_NAMES.entries()) {
    it(`ends in the same call after a storm of reloads in ${name}`, async () => {
      const [who, other] = [visitors[index]!, visitors[1 - index]!];
      const memory = await rememberCall(other);
      for (const stage of STAGES) {
        await who.page.reload({waitUntil: 'domcontentloaded'});
        await hasReached(who, stage);
      }
      await who.page.reload({waitUntil: 'load'});
      await who.listen();
      await untilMediaFlows(visitors);
      await isTheSameCall(other, memory);
    });
  }

  it('wakes up in the same call after it was stopped for 7 s', async (t) => {
    const memories = await Promise.all(visitors.map(rememberCall));
    const [sleeper] = browsers;
    assert.ok(sleeper, 'there is a browser to stop');
    process.kill(-sleeper.pid, 'SIGSTOP');
    try {
      await Promise.all([delay(SLEEP_MS), standsStill(visitors[1]!)]);
    } finally {
      process.kill(-sleeper.pid, 'SIGCONT');
    }
    t.diagnostic(`media again ${await untilMediaFlows(visitors)} ms after it woke up`);
    for (const [i, visitor] of visitors.entries()) await isTheSameCall(visitor, memories[i]!);
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
