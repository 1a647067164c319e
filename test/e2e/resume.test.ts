/** A reload in a call, and another page of the site: the call goes on by itself, and the others see that somebody is on the way back. */
import assert from 'node:assert/strict';
import {after, before, describe, it} from 'node:test';
import {launchBrowser, skipWithout, type RunningBrowser} from '../support/browsers.js';
import {poll} from '../support/e2e.js';
import {startEmbedding, type Embedding} from '../support/embed.js';
import {Visitor} from '../support/visitor.js';

const BROWSERS = ['chromium', 'firefox'] as const;

describe('a call on the next page', {skip: skipWithout(...BROWSERS)}, () => {
  const cleanups: (() => unknown)[] = [];
  const browsers: RunningBrowser[] = [];
  let embedding: Embedding;
  let rooms = 0;

  before(async () => {
    embedding = await startEmbedding({after: (step) => void cleanups.push(step as () => unknown)});
    for (const name of BROWSERS) browsers.push(await launchBrowser(name));
  });
  after(async () => {
    for (const browser of browsers) await browser.close();
    for (const step of cleanups.reverse()) await step();
  });

  const browserOf = (name: string): RunningBrowser => browsers.find((each) => each.name === name)!;

  /** Two in a room whose name was typed: one in each browser. */
  async function inCall(mover: string): Promise<{mover: Visitor; stayer: Visitor; room: string}> {
    const room = `typed-${++rooms}`;
    const other = BROWSERS.find((name) => name !== mover)!;
    const stayer = await Visitor.open(browserOf(other), embedding.page({room, 'auto-join': true}));
    await stayer.reaches('waiting');
    const visitor = await Visitor.open(browserOf(mover), embedding.page());
    await visitor.fill('Room name', room);
    await visitor.fill('Your name', 'Mona');
    await visitor.press('Join');
    await stayer.press('Accept');
    await Promise.all([stayer.seesAndHears(), visitor.seesAndHears()]);
    return {mover: visitor, stayer, room};
  }

  const idOf = (visitor: Visitor): Promise<string | undefined> =>
    visitor.element((element) => element.self?.peerId);

  async function end(...visitors: Visitor[]): Promise<void> {
    for (const visitor of visitors) {
      assert.deepEqual(visitor.pageErrors, []);
      await visitor.close();
    }
  }

  for (const browser of BROWSERS) {
    it(`goes on after a reload: same person, same devices, nobody is asked (${browser})`, async () => {
      const {mover, stayer} = await inCall(browser);
      const before = await idOf(mover);
      await mover.press('Turn camera off');
      await mover.press('Turn microphone off');
      await poll(
        () => stayer.element(({peers: [peer]}) => !peer?.cameraEnabled && !peer?.microphoneEnabled),
        {what: 'the others to know it'},
      );
      await mover.page.reload({waitUntil: 'load'});
      await mover.listen();
      await mover.reaches('in-call');
      await poll(async () => (await mover.picturesOfOthers()) === 1, {what: 'the picture'});
      assert.equal(await idOf(mover), before);
      const media = await mover.element(({microphoneEnabled, cameraEnabled, localStream}) => ({
        microphoneEnabled,
        cameraEnabled,
        tracks: localStream?.getTracks().map(({kind, enabled}) => [kind, enabled]),
      }));
      assert.deepEqual(media, {
        microphoneEnabled: false,
        cameraEnabled: false,
        tracks: [['audio', false]],
      });
      await mover.press('Turn camera on');
      await mover.press('Turn microphone on');
      await Promise.all([stayer.seesAndHears(), mover.seesAndHears()]);
      assert.equal(await stayer.element(({peers: [peer]}) => peer?.displayName), 'Mona');
      assert.deepEqual(await stayer.heard('peer-left'), []);
      assert.equal((await stayer.heard('call-request')).length, 1);
      await end(mover, stayer);
    });

    it(`goes on on another page, and not after Leave (${browser})`, async () => {
      const {mover, stayer, room} = await inCall(browser);
      const before = await idOf(mover);
      await mover.page.goto(embedding.page({directory: 'office'}), {waitUntil: 'load'});
      await mover.listen();
      await mover.reaches('in-call');
      await Promise.all([stayer.seesAndHears(), mover.seesAndHears()]);
      assert.equal(await idOf(mover), before);
      assert.equal(await mover.element((element) => element.currentRoom), room);
      assert.deepEqual(await stayer.heard('peer-left'), []);
      await mover.press('Leave');
      await stayer.reaches('waiting');
      await mover.page.goto(embedding.page({}), {waitUntil: 'load'});
      await mover.listen();
      await mover.finds('button', 'Join');
      assert.equal(await mover.status(), 'idle');
      await end(mover, stayer);
    });
  }

  it('shows the others who is on the way back', async () => {
    const {mover, stayer, room} = await inCall('chromium');
    await mover.page.goto('about:blank');
    await stayer.sees('Reconnecting…');
    assert.equal(await stayer.status(), 'in-call');
    await mover.page.goto(embedding.page({room}), {waitUntil: 'load'});
    await mover.listen();
    await mover.reaches('in-call');
    await stayer.seesAndHears();
    await poll(async () => !(await stayer.text()).includes('Reconnecting…'), {what: 'all is well'});
    await end(mover, stayer);
  });

  it('is not that of a duplicated tab', async () => {
    const {mover, stayer} = await inCall('chromium');
    const kept = await mover.page.evaluate(() => {
      dispatchEvent(new Event('pagehide'));
      return Object.entries(sessionStorage);
    });
    const twin = await mover.page.browserContext().newPage();
    await twin.evaluateOnNewDocument((entries) => {
      for (const [key, value] of entries) sessionStorage.setItem(key, value as string);
    }, kept);
    await twin.goto(embedding.page(), {waitUntil: 'load'});
    const other = await Visitor.on(twin, 'chromium');
    await other.finds('button', 'Join');
    assert.equal(await other.status(), 'idle');
    await mover.page.bringToFront();
    await Promise.all([stayer.seesAndHears(), mover.seesAndHears()]);
    await end(mover, stayer, other);
  });
});
