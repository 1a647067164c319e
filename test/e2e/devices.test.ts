/**
 * Row A5: no camera, permission denied, insecure origin, blocked by policy, no WebRTC (A10). Each
 * is told in its own words, and whoever can still be in the call is in it.
 */
import assert from 'node:assert/strict';
import {after, before, describe, it} from 'node:test';
import {
  BROWSER_NAMES,
  launchBrowser,
  skipWithout,
  type BrowserName,
  type LaunchOptions,
  type RunningBrowser,
} from '../support/browsers.js';
import {poll, startStaticSite} from '../support/e2e.js';
import {startEmbedding, type Embedding} from '../support/embed.js';
import {Visitor} from '../support/visitor.js';

const INSECURE_HOST = 'insecure.test';

describe('devices that cannot be had', {skip: skipWithout('chromium', 'firefox')}, () => {
  const cleanups: (() => unknown)[] = [];
  let embedding: Embedding;
  let host: RunningBrowser;
  let rooms = 0;

  before(async () => {
    embedding = await startEmbedding({after: (step) => void cleanups.push(step as () => unknown)});
    host = await launchBrowser('chromium');
    cleanups.push(() => host.close());
  });

  after(async () => {
    for (const step of cleanups.reverse()) await step();
  });

  /** Ana has a camera, waits, and lets everybody in. */
  async function anaWaits(): Promise<{ana: Visitor; room: string}> {
    const room = `devices-${++rooms}`;
    const ana = await Visitor.open(host, embedding.page({room, 'auto-accept': true}));
    await ana.press('Join');
    await ana.reaches('waiting');
    return {ana, room};
  }

  async function joins(
    browser: BrowserName,
    options: LaunchOptions,
    use: (ben: Visitor, ana: Visitor) => Promise<void>,
    address: (page: string) => string = (page) => page,
  ): Promise<void> {
    const {ana, room} = await anaWaits();
    const running = await launchBrowser(browser, options);
    try {
      const ben = await Visitor.open(running, address(embedding.page({room})));
      await ben.press('Join');
      await ben.reaches('in-call');
      await use(ben, ana);
      assert.deepEqual(ben.pageErrors, []);
    } finally {
      await running.close();
      await ana.close();
    }
  }

  async function errorCodes(visitor: Visitor): Promise<unknown[]> {
    return (await visitor.heard('call-error')).map(({detail}) => detail['code']);
  }

  for (const browser of BROWSER_NAMES) {
    it(`A5: joins without camera and microphone where there are none, in ${browser}`, async () => {
      await joins(browser, {fakeDevices: false}, async (ben, ana) => {
        assert.deepEqual(await errorCodes(ben), ['media-not-found']);
        await ben.seesMatch(/no camera|not found|find/i);
        await ben.seesAndHears();
        assert.equal(await ana.picturesOfOthers(), 0);
      });
    });

    it(`A5: joins without devices when they are denied, in ${browser}`, async () => {
      await joins(browser, {allowPermissions: false}, async (ben) => {
        assert.deepEqual(await errorCodes(ben), ['media-permission-denied']);
        await ben.seesMatch(/allow|permission/i);
        await ben.seesAndHears();
      });
    });

    it(`A5: an insecure page says that it is why there is no camera, in ${browser}`, async () => {
      const insecure = (page: string): string => page.replace('127.0.0.1', INSECURE_HOST);
      await joins(
        browser,
        {hosts: [INSECURE_HOST]},
        async (ben) => {
          assert.equal(await ben.page.evaluate(() => isSecureContext), false);
          assert.deepEqual(await errorCodes(ben), ['insecure-context']);
          await ben.seesMatch(/https/i);
          await ben.seesAndHears();
        },
        insecure,
      );
    });
  }

  it('A5: a frame that was not given the camera says so', async () => {
    const {ana, room} = await anaWaits();
    const outer = await startStaticSite({
      '/': `<!doctype html><title>outer</title><iframe src="${embedding.page({room}).replace('127.0.0.1', 'localhost')}"></iframe>`,
    });
    const page = await (await host.newContext()).newPage();
    try {
      await page.goto(outer.origin);
      const frame = await poll(() => page.frames().find((each) => each !== page.mainFrame()), {
        what: 'the frame',
      });
      await frame.waitForFunction(() => customElements.get('video-chat-room') !== undefined);
      const codes = await frame.evaluate(async () => {
        const element = document.querySelector('video-chat-room')!;
        const heard: string[] = [];
        element.addEventListener('call-error', ({detail}) => heard.push(detail.error.code));
        await element.join();
        return heard;
      });
      assert.deepEqual(codes, ['media-blocked-by-policy']);
    } finally {
      await page.close();
      await outer.close();
      await ana.close();
    }
  });

  it('A10: says so when the browser has no WebRTC', async () => {
    const page = await (await host.newContext()).newPage();
    await page.evaluateOnNewDocument('delete globalThis.RTCPeerConnection');
    await page.goto(embedding.page({room: 'x'}));
    const ben = await Visitor.on(page, host.name);
    await ben.press('Join');
    await ben.reaches('failed');
    assert.deepEqual(await ben.heard('call-error'), [
      {type: 'call-error', detail: {code: 'unsupported-browser', fatal: true}},
    ]);
    await ben.seesMatch(/browser/i);
    await ben.close();
  });

  it('says that the relay cannot be reached, and connects by "Try again" when it can', async () => {
    const gone = await startStaticSite({});
    const ben = await Visitor.open(host, embedding.page({room: 'x', 'relay-url': gone.origin}));
    await ben.element((element) => {
      element.noCamera = element.noMicrophone = true;
    });
    await ben.press('Join');
    await ben.reaches('failed');
    const [error] = await ben.heard('call-error');
    assert.deepEqual(error?.detail, {code: 'relay-unreachable', fatal: true});
    await ben.element((element, url) => {
      element.relayUrl = url;
    }, embedding.relayUrl);
    await ben.press('Try again');
    await ben.reaches('waiting');
    await ben.close();
    await gone.close();
  });
});
