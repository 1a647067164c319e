/**
 * The relay's process dies, ends or hangs while people talk. They see and hear each other all the
 * while; what the page learns is `signaling`, and afterwards everything is as it was.
 */
import assert from 'node:assert/strict';
import {after, before, describe, it} from 'node:test';
import {BROWSER_NAMES, launchBrowser, skipWithout} from '../support/browsers.js';
import {poll} from '../support/e2e.js';
import {startEmbedding} from '../support/embed.js';
import {RelayProcess} from '../support/relay-process.js';
import {isTheSameCall, rememberCall, untilMediaFlows} from '../support/same-call.js';
import {Visitor} from '../support/visitor.js';

describe('a call whose relay fails', {skip: skipWithout(...BROWSER_NAMES)}, () => {
  const cleanups: (() => unknown)[] = [];
  let relay: RelayProcess;
  let visitors: Visitor[];
  let renamings = 0;

  before(async () => {
    const suite = {
      after: (step: unknown) => void cleanups.push(step as () => unknown),
    };
    const embedding = await startEmbedding(
      suite,
      {},
      {connect: 'http://127.0.0.1:* ws://127.0.0.1:*'},
    );
    relay = await RelayProcess.start(suite);
    const page = embedding.page({
      room: 'r',
      'relay-url': relay.url,
      'auto-accept': true,
    });
    visitors = await Promise.all(
      BROWSER_NAMES.map(async (name) => {
        const browser = await launchBrowser(name);
        cleanups.push(() => browser.close());
        return Visitor.open(browser, page);
      }),
    );
    for (const [index, each] of visitors.entries()) {
      await each.press('Join');
      await each.reaches(index === 0 ? 'waiting' : 'in-call');
    }
    await untilMediaFlows(visitors);
  });

  after(async () => {
    for (const step of cleanups.reverse()) await step();
  });

  it('goes on when it is killed, and finds its room at one that knows nothing', async () => {
    const memories = await Promise.all(visitors.map(rememberCall));
    await relay.kill();
    await areAll('reconnecting');
    await untilMediaFlows(visitors);
    await relay.start();
    await areTogetherAgain();
    for (const [i, visitor] of visitors.entries()) await isTheSameCall(visitor, memories[i]!);
  });

  it('goes on when it is ended by SIGTERM, and another one takes its place', async () => {
    const memories = await Promise.all(visitors.map(rememberCall));
    assert.equal(await relay.stop(), 0, 'it has ended by itself');
    await areAll('reconnecting');
    await relay.start();
    await areTogetherAgain();
    for (const [i, visitor] of visitors.entries()) await isTheSameCall(visitor, memories[i]!);
  });

  it('goes on when it hangs, and notices that', async (t) => {
    const memories = await Promise.all(visitors.map(rememberCall));
    const since = performance.now();
    relay.pause();
    await areAll('reconnecting');
    t.diagnostic(`found out after ${Math.round(performance.now() - since)} ms`);
    await untilMediaFlows(visitors);
    relay.resume();
    await areTogetherAgain();
    for (const [i, visitor] of visitors.entries()) await isTheSameCall(visitor, memories[i]!);
  });

  async function areAll(signaling: string): Promise<void> {
    for (const each of visitors) {
      await poll(async () => (await each.element((element) => element.signaling)) === signaling, {
        what: `${each.browser} to know that signaling is ${signaling}`,
      });
    }
  }

  /** The relay is back for all and knows that they belong together: it passes on what they are called. */
  async function areTogetherAgain(): Promise<void> {
    await areAll('open');
    const names = visitors.map(({browser}) => `${browser}, ${++renamings}`);
    for (const [index, each] of visitors.entries()) {
      await each.element((element, name) => void (element.displayName = name), names[index]!);
    }
    for (const [index, each] of visitors.entries()) {
      const others = names.filter((_, other) => other !== index).join();
      await poll(
        async () => {
          const peers = await each.element((element) => element.peers);
          return peers.map(({displayName}) => displayName).join() === others;
        },
        {what: `${each.browser} to see ${others}`},
      );
    }
  }
});
