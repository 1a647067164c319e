/** Fifty elements opened, called with and closed: nothing of them stays in the page. */
import assert from 'node:assert/strict';
import {describe, it} from 'node:test';
import {BROWSER_NAMES, launchBrowser, skipWithout} from '../support/browsers.js';
import {startEmbedding} from '../support/embed.js';
import {watchForLeaks, whatIsLeft} from '../support/leak-watch.js';
import {Visitor} from '../support/visitor.js';

/** One element's life, from its first moment to its end. Resolves with its last status. */
function round({page}: Visitor, media: string): Promise<string> {
  return page.evaluate(async (carried) => {
    const element = document.createElement('video-chat-room');
    element.room = 'fifty';
    element.setAttribute('media', carried);
    document.body.append(element);
    await element.join();
    if (element.status !== 'in-call') {
      await new Promise<void>((resolve) => {
        element.addEventListener('peer-joined', () => resolve(), {once: true});
      });
    }
    element.remove();
    // The element leaves when it is still out of the page a task later.
    await new Promise((resolve) => setTimeout(resolve, 0));
    return element.status;
  }, media);
}

/** What a full collection leaves, of nodes as well as of objects. Chromium alone tells. */
async function memoryOf({page}: Visitor): Promise<{nodes: number; listeners: number}> {
  const devtools = await page.createCDPSession();
  await devtools.send('HeapProfiler.collectGarbage');
  await devtools.detach();
  const {Nodes = 0, JSEventListeners = 0} = await page.metrics();
  return {nodes: Nodes, listeners: JSEventListeners};
}

for (const browser of BROWSER_NAMES) {
  describe(`fifty elements in ${browser}`, {skip: skipWithout(browser)}, () => {
    it('leave no connection, socket, timer, listener or node behind', async (t) => {
      const embedding = await startEmbedding(t);
      const running = await launchBrowser(browser);
      t.after(() => running.close());
      const ana = await Visitor.open(
        running,
        embedding.page({room: 'fifty', 'auto-accept': true, media: 'data'}),
      );
      await ana.press('Join');
      await ana.reaches('waiting');
      const ben = await Visitor.open(running, embedding.page({}), {prepare: watchForLeaks});
      await ben.page.evaluate(() => document.querySelector('video-chat-room')!.remove());
      const measureMemory = browser === 'chromium' ? memoryOf : () => null;

      // The first ones load the engine and fill caches.
      for (let i = 0; i < 5; i++) assert.equal(await round(ben, 'data'), 'left', 'a first one');
      const early = await whatIsLeft(ben);
      const memoryBefore = await measureMemory(ben);
      for (let i = 0; i < 50; i++) {
        assert.equal(await round(ben, i % 10 === 0 ? 'video' : 'data'), 'left', `number ${i}`);
      }
      const late = await whatIsLeft(ben);
      const memoryAfter = await measureMemory(ben);

      assert.ok(late.connections >= early.connections + 50, 'each had a connection of its own');
      assert.ok(late.sockets >= early.sockets + 50, 'each had a socket of its own');
      assert.ok(late.timersStarted >= early.timersStarted + 50, 'timers are counted');
      assert.deepEqual(late.timers, [], 'timers that nobody has taken back');
      assert.equal(late.listeners, early.listeners, 'listeners on window, document and devices');
      if (memoryBefore && memoryAfter) {
        const [before, after] = [memoryBefore, memoryAfter];
        // Fifty leaked elements would be thousands of nodes.
        const nodes = `nodes: ${before.nodes} → ${after.nodes}`;
        assert.ok(after.nodes - before.nodes < 200, nodes);
        const listeners = `listeners: ${before.listeners} → ${after.listeners}`;
        assert.ok(after.listeners - before.listeners < 50, listeners);
      }
      assert.deepEqual(ben.pageErrors, [], 'no errors in the page');
      await ana.reaches('waiting');
    });
  });
}
