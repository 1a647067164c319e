/** The system's own controls of real calls: what a browser would do with a headset's button is done by calling what it was given. */
import assert from 'node:assert/strict';
import {describe, it} from 'node:test';
import type {VideoChatRoom} from '../../widget/define.js';
import {skipWithout} from '../support/browsers.js';
import {callSuite} from '../support/call-suite.js';
import {poll} from '../support/e2e.js';
import type {Visitor} from '../support/visitor.js';

type Action = 'togglemicrophone' | 'togglecamera' | 'hangup';

/** No test can press these buttons of a browser: what it is given for them is noted down on the way. */
function capture(visitor: Visitor): Promise<void> {
  return visitor.page.evaluate(() => {
    const handlers = new Map<string, (details: object) => void>();
    const {mediaSession} = navigator;
    const set = mediaSession.setActionHandler.bind(mediaSession);
    Object.assign(globalThis, {handlers});
    mediaSession.setActionHandler = (action, handler) => {
      // Whatever the browser does not know it refuses here as ever.
      set(action, handler);
      if (handler) handlers.set(action, handler as (details: object) => void);
      else handlers.delete(action);
    };
  });
}

function offered(visitor: Visitor): Promise<string[]> {
  return visitor.page.evaluate(() =>
    [...(globalThis as unknown as {handlers: Map<string, unknown>}).handlers.keys()].sort(),
  );
}

async function offers(visitor: Visitor, actions: readonly string[]): Promise<void> {
  const seen: {now: string[]} = {now: []};
  await poll(
    async () => {
      seen.now = await offered(visitor);
      return seen.now.join() === actions.join();
    },
    {what: `the system to have ${actions.join(', ') || 'nothing'}`},
  ).catch(() => undefined);
  assert.deepEqual(seen.now, actions);
}

function act(visitor: Visitor, action: Action, isActivating?: boolean): Promise<void> {
  return visitor.page.evaluate(
    (name, details) => {
      const {handlers} = globalThis as unknown as {
        handlers: Map<string, (details: object) => void>;
      };
      handlers.get(name)!(details);
    },
    action,
    {action, ...(isActivating !== undefined && {isActivating})},
  );
}

/** What somebody is seen and heard of by the only other one. */
async function isSeen(
  by: Visitor,
  wanted: {microphoneEnabled: boolean; cameraEnabled: boolean},
): Promise<void> {
  await poll(
    () =>
      by.element(({peers}, want) => {
        const [peer] = peers;
        return (
          peer?.microphoneEnabled === want.microphoneEnabled &&
          peer.cameraEnabled === want.cameraEnabled
        );
      }, wanted),
    {what: `${by.browser} to see ${JSON.stringify(wanted)}`},
  );
}

/** Chromium's window is among it: the page is not in a frame. */
const ALL = ['enterpictureinpicture', 'hangup', 'togglecamera', 'togglemicrophone'];

describe('the system’s controls', {skip: skipWithout('chromium', 'firefox')}, () => {
  const {newRoom, visitor, inCall, end} = callSuite();

  it('mute, show, hide and hang up, and are the page’s again', async () => {
    const [ana, ben] = await inCall('chromium', 'firefox', {}, async (each) => {
      if (each.browser === 'chromium') await capture(each);
    });
    await offers(ana, ALL);
    await isSeen(ben, {microphoneEnabled: true, cameraEnabled: true});

    await act(ana, 'togglemicrophone');
    await isSeen(ben, {microphoneEnabled: false, cameraEnabled: true});
    assert.ok(await ana.has('button', 'Turn microphone on'));
    await act(ana, 'togglecamera', false);
    await isSeen(ben, {microphoneEnabled: false, cameraEnabled: false});
    await act(ana, 'togglemicrophone', true);
    await act(ana, 'togglecamera', true);
    await isSeen(ben, {microphoneEnabled: true, cameraEnabled: true});
    await ben.seesAndHears();
    const told = await ana.page.evaluate(() => navigator.mediaSession.metadata);
    assert.equal(told, null, 'nobody’s name');

    await act(ana, 'hangup');
    await ana.reaches('left');
    await ben.reaches('waiting');
    await offers(ana, []);
    await end(ana, ben);
  });

  it('are of the call that began last, of two in one page', async () => {
    const [ana, ben] = await inCall('chromium', 'firefox', {}, async (each) => {
      if (each.browser === 'chromium') await capture(each);
    });
    await offers(ana, ALL);
    const room = newRoom();
    await ana.page.evaluate((name) => {
      const second = document.createElement('video-chat-room');
      second.id = 'second';
      second.room = name;
      second.autoAccept = true;
      second.setAttribute('controls', 'microphone leave');
      document.body.append(second);
      void second.join();
    }, room);
    const statusOfSecond = (): Promise<string> =>
      ana.page.evaluate(() => document.querySelector<VideoChatRoom>('#second')!.status);
    const secondReaches = (status: string): Promise<true> =>
      poll(async () => (await statusOfSecond()) === status, {what: `the second to be ${status}`});
    await secondReaches('waiting');
    const cleo = await visitor('firefox', {room, 'display-name': 'Cleo'});
    await cleo.press('Join');
    await Promise.all([secondReaches('in-call'), cleo.reaches('in-call')]);

    await offers(ana, ['hangup', 'togglemicrophone']);
    await act(ana, 'togglemicrophone');
    await isSeen(cleo, {microphoneEnabled: false, cameraEnabled: true});
    await isSeen(ben, {microphoneEnabled: true, cameraEnabled: true});
    await act(ana, 'hangup');
    await secondReaches('left');
    assert.equal(await ana.status(), 'in-call', 'the first goes on');

    await offers(ana, ALL);
    await act(ana, 'togglecamera');
    await isSeen(ben, {microphoneEnabled: true, cameraEnabled: false});
    await act(ana, 'hangup');
    await ana.reaches('left');
    await offers(ana, []);
    await end(ana, ben, cleo);
  });
});
