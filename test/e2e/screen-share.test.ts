/**
 * Sharing a screen between real browsers: it is seen beside the camera, and it can begin when the relay,
 * from which all of the code came, has died.
 */
import assert from 'node:assert/strict';
import {after, before, describe, it} from 'node:test';
import {measureBundle, readBudgets} from '../../bench/lib/bundle-size.js';
import {
  BROWSER_NAMES,
  launchBrowser,
  skipWithout,
  type RunningBrowser,
} from '../support/browsers.js';
import {chooseCanvas} from '../support/choose-canvas.js';
import {poll, startStaticSite} from '../support/e2e.js';
import {RelayProcess} from '../support/relay-process.js';
import {untilMediaFlows} from '../support/same-call.js';
import {Visitor} from '../support/visitor.js';

describe('sharing a screen', {skip: skipWithout(...BROWSER_NAMES)}, () => {
  const cleanups: (() => unknown)[] = [];
  const browsers: RunningBrowser[] = [];
  let relay: RelayProcess;
  let page: (name: string) => string;

  before(async () => {
    relay = await RelayProcess.start({after: (step) => void cleanups.push(step as () => unknown)});
    const tag = (name: string): string => `<!doctype html>
<html lang="en">
  <meta charset="utf-8" />
  <title>A page with the tag in it</title>
  <link rel="icon" href="data:," />
  <script type="module" src="${relay.url}/video-chat-room.js"></script>
  <video-chat-room room="r" display-name="${name}" auto-accept></video-chat-room>
</html>`;
    const site = await startStaticSite({'/Ana': tag('Ana'), '/Ben': tag('Ben')});
    cleanups.push(() => site.close());
    page = (name) => `${site.origin}/${name}`;
    for (const name of BROWSER_NAMES) {
      const browser = await launchBrowser(name);
      cleanups.push(() => browser.close());
      browsers.push(browser);
    }
  });

  after(async () => {
    for (const step of cleanups.reverse()) await step();
  });

  /**
   * Ana's browser is the first.
   * @param prepare What is to be done with her page before anybody presses anything.
   */
  async function inCall(
    order: readonly RunningBrowser[],
    prepare?: (ana: Visitor) => Promise<unknown>,
  ): Promise<[ana: Visitor, ben: Visitor]> {
    const [ana, ben] = (await Promise.all(
      order.map((browser, index) =>
        Visitor.open(browser, page(index === 0 ? 'Ana' : 'Ben'), {
          prepare: browser.name === 'firefox' ? chooseCanvas : undefined,
        }),
      ),
    )) as [Visitor, Visitor];
    await prepare?.(ana);
    await ana.press('Join');
    await ana.reaches('waiting');
    await ben.press('Join');
    await Promise.all([ana.reaches('in-call'), ben.reaches('in-call')]);
    await untilMediaFlows([ana, ben]);
    return [ana, ben];
  }

  const noLonger = (visitor: Visitor, name: string): Promise<unknown> =>
    poll(async () => !(await visitor.has('group', name)), {what: `the end of ${name}`});

  for (const names of [BROWSER_NAMES, BROWSER_NAMES.toReversed()]) {
    it(`${names[0]}'s screen is seen in ${names[1]} beside the camera, twice`, async () => {
      const [ana, ben] = await inCall(
        names.map((name) => browsers.find((browser) => browser.name === name)!),
      );
      for (const count of [1, 2]) {
        await ana.press('Share screen');
        await seesScreen(ben, 'Ana’s screen');
        await ana.finds('group', 'Your screen');
        await untilMediaFlows([ana, ben]);
        await ana.press('Stop sharing');
        await Promise.all([noLonger(ben, 'Ana’s screen'), noLonger(ana, 'Your screen')]);
        const told = await ana.heard('screen-share-changed');
        assert.equal(told.length, 2 * count);
      }
      for (const each of [ana, ben]) {
        assert.deepEqual(each.pageErrors, []);
        assert.deepEqual(await each.heard('call-error'), []);
        await each.element((element) => element.leave());
        await each.close();
      }
    });
  }

  it('is seen by whoever comes when it has been shared for a while', async () => {
    const [chromium, firefox] = browsers as [RunningBrowser, RunningBrowser];
    const ana = await Visitor.open(chromium, page('Ana'));
    await ana.press('Join');
    await ana.reaches('waiting');
    await ana.press('Share screen');
    await ana.finds('button', 'Stop sharing');
    const ben = await Visitor.open(firefox, page('Ben'));
    await ben.press('Join');
    await seesScreen(ben, 'Ana’s screen');
    await ana.finds('group', 'Your screen');
    await untilMediaFlows([ana, ben]);
    for (const each of [ana, ben]) {
      assert.deepEqual(each.pageErrors, []);
      assert.deepEqual(await each.heard('call-error'), []);
      await each.element((element) => element.leave());
      await each.close();
    }
  });

  for (const name of BROWSER_NAMES) {
    it(`${name} tells if what shares cannot be fetched, and tries again at the next press`, async () => {
      const own = browsers.find((browser) => browser.name === name)!;
      const lock = lockOf('/screen-share-');
      const [ana, ben] = await inCall([own, browsers[0]!], lock.close);
      await ana.press('Share screen');
      await ana.sees('The call server cannot be reached');
      assert.deepEqual(
        (await ana.heard('call-error')).map(({detail}) => detail),
        [{code: 'relay-unreachable', fatal: false}],
      );
      assert.equal(await ana.status(), 'in-call');
      lock.open();
      await ana.press('Share screen');
      await seesScreen(ben, 'Ana’s screen');
      for (const each of [ana, ben]) {
        await each.element((element) => element.leave());
        await each.close();
      }
    });
  }

  it('fetches what shares when the relay is back, before anybody presses', async () => {
    const [chromium] = browsers as [RunningBrowser];
    const lock = lockOf('/screen-share-');
    const [ana, ben] = await inCall([chromium, chromium], lock.close);
    // What shows a screen comes a moment after the first picture, and is the relay's, too.
    for (const each of [ana, ben]) await each.finds('button', 'Full screen');
    // Under its own address, and under another one.
    await poll(() => lock.asked() === 2, {what: 'requests that fail'});
    lock.open();
    await relay.kill();
    await poll(async () => (await ana.element(({signaling}) => signaling)) === 'reconnecting', {
      what: 'the relay to be missed',
    });
    await relay.start();
    await poll(() => lock.asked() > 2, {what: 'a request that does not'});
    await poll(() => lock.given() > 0, {what: 'it to be there'});
    await relay.kill();
    await ana.press('Share screen');
    await seesScreen(ben, 'Ana’s screen');
    assert.deepEqual(await ana.heard('call-error'), []);
    for (const each of [ana, ben]) {
      await each.element((element) => element.leave());
      await each.close();
    }
    // For whoever comes next.
    await relay.start();
  });

  it('begins when the relay is dead, in each browser, and both are seen', async () => {
    const [ana, ben] = await inCall(browsers);
    const chunks = measureBundle(readBudgets());
    const ahead = chunks.filter(({stage}) => stage === 'ahead').map(({file}) => file);
    for (const each of [ana, ben]) {
      await poll(() => each.page.evaluate(hasAll, ahead), {
        what: `${each.browser} to have fetched all`,
      });
    }
    await relay.kill();
    for (const each of [ana, ben]) {
      await poll(async () => (await each.element(({signaling}) => signaling)) === 'reconnecting', {
        what: `${each.browser} to know that the relay is gone`,
      });
    }
    await ana.press('Share screen');
    await seesScreen(ben, 'Ana’s screen');
    await ben.press('Share screen');
    await seesScreen(ana, 'Ben’s screen');
    await untilMediaFlows([ana, ben]);
    await ana.press('Stop sharing');
    await noLonger(ben, 'Ana’s screen');
    for (const each of [ana, ben]) {
      assert.deepEqual(await each.heard('call-error'), []);
      await each.close();
    }
  });
});

/** Lets a page have no file with this in its address, until it is opened. */
function lockOf(part: string): {
  close(visitor: Visitor): Promise<void>;
  open(): void;
  asked(): number;
  given(): number;
} {
  let isOpen = false;
  let asked = 0;
  let given = 0;
  return {
    async close({page}) {
      page.on('request', (request) => {
        const isMeant = request.url().includes(part);
        if (isMeant) asked++;
        void (isMeant && !isOpen ? request.abort() : request.continue());
      });
      page.on('requestfinished', (request) => {
        if (request.url().includes(part)) given++;
      });
      await page.setRequestInterception(true);
    },
    open() {
      isOpen = true;
    },
    asked: () => asked,
    given: () => given,
  };
}

/** The moving picture of this screen, in a tile of that name. */
async function seesScreen(visitor: Visitor, name: string): Promise<void> {
  await visitor.finds('group', name);
  const decoded = async (): Promise<number> =>
    Math.max(...Object.values(await visitor.flow()).map((flow) => flow.screenFramesDecoded));
  const before = await decoded();
  await poll(
    async () =>
      (await decoded()) > before + 3 &&
      (await visitor.element((element, label) => {
        const tile = element.shadowRoot!.querySelector(`[aria-label="${label}"]`);
        return (tile?.querySelector('video')?.videoWidth ?? 0) > 0;
      }, name)),
    {what: `${visitor.browser} to see ${name}`},
  );
}

/** What a call fetches ahead of need, with what that imports in turn: a relay that is dead gives none of it. */
function hasAll(files: readonly string[]): boolean {
  const loaded = performance.getEntriesByType('resource') as PerformanceResourceTiming[];
  return files.every((file) =>
    loaded.some(({name, responseEnd}) => name.endsWith(file) && responseEnd > 0),
  );
}
