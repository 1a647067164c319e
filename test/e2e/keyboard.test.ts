/**
 * A whole call by keyboard alone, on both sides, on the demo's home page: create, be called, let in,
 * mute, write, choose a device, share, leave. No mouse, and no method of the element.
 */
import assert from 'node:assert/strict';
import {after, before, describe, it} from 'node:test';
import {
  BROWSER_NAMES,
  launchBrowser,
  skipWithout,
  type RunningBrowser,
} from '../support/browsers.js';
import {chooseCanvas} from '../support/choose-canvas.js';
import {KeyboardUser} from '../support/keyboard.js';
import {poll} from '../support/e2e.js';
import {startRelay} from '../support/relay.js';
import {untilMediaFlows} from '../support/same-call.js';
import {Visitor} from '../support/visitor.js';

/** The controls of a call, in the order in which they stand. */
const BAR = [
  ...['Turn microphone off', 'Turn camera off', 'Share screen'],
  ...['Chat', 'Devices', 'Leave'],
];

/** Runs in the page. */
function cornerOf(element: HTMLElement): string | undefined {
  return element.shadowRoot!.querySelector<HTMLElement>('[data-own]')!.dataset['corner'];
}

describe('by keyboard alone', {skip: skipWithout(...BROWSER_NAMES)}, () => {
  const cleanups: (() => unknown)[] = [];
  const browsers: RunningBrowser[] = [];
  let home = '';

  before(async () => {
    const relay = await startRelay({after: (step) => void cleanups.push(step as () => unknown)});
    home = `http://127.0.0.1:${relay.port}/`;
    for (const name of BROWSER_NAMES) {
      const browser = await launchBrowser(name);
      cleanups.push(() => browser.close());
      browsers.push(browser);
    }
  });

  after(async () => {
    for (const step of cleanups.reverse()) await step();
  });

  async function open(browser: RunningBrowser): Promise<[Visitor, KeyboardUser]> {
    const visitor = await Visitor.open(browser, home, {
      prepare: browser.name === 'firefox' ? chooseCanvas : undefined,
    });
    await visitor.page.bringToFront();
    return [visitor, new KeyboardUser(visitor)];
  }

  for (const names of [BROWSER_NAMES, BROWSER_NAMES.toReversed()]) {
    it(`${names[0]} creates a room, ${names[1]} comes, and they have a whole call`, async () => {
      const [first, second] = names.map((name) => browsers.find((each) => each.name === name)!);
      const [ana, anasKeys] = await open(first!);
      const [ben, bensKeys] = await open(second!);
      const room = `keys-${names[0]!}`;

      // A room, after a mistake that is told where it was made.
      await anasKeys.tabAndPress('Create a new room');
      await anasKeys.isOn('Room name');
      await anasKeys.press('Enter');
      await ana.sees('You need to enter a name for your room');
      await anasKeys.isOn('Room name');
      await anasKeys.type(room);
      await anasKeys.tabAndPress('Create');
      await ana.reaches('waiting');
      await anasKeys.isOn(room);

      // The other one asks to be let in, and is.
      await bensKeys.tabTo('Room name');
      await bensKeys.type(room);
      await bensKeys.press('Enter');
      await ben.reaches('knocking');
      await bensKeys.isOn(room);
      await anasKeys.isOn('Some user is calling you');
      assert.deepEqual(await anasKeys.tabTo('Accept'), ['Decline', 'Accept']);
      await anasKeys.press('Space');
      await Promise.all([ana.reaches('in-call'), ben.reaches('in-call')]);
      await Promise.all([anasKeys.isOn(room), bensKeys.isOn(room)]);
      await untilMediaFlows([ana, ben]);

      // From the pictures to the end of the bar. A button that says something else now is the same button.
      await poll(() => ana.has('button', 'Full screen'), {what: 'what comes later'});
      const hasWindows = await ana.page.evaluate(
        () => 'documentPictureInPicture' in globalThis || document.pictureInPictureEnabled,
      );
      assert.deepEqual(await anasKeys.tabTo('Leave'), [
        'Show all of Guest’s picture',
        ...(hasWindows ? ['Call in its own window'] : []),
        ...['Full screen', 'Move your picture to the next corner', ...BAR],
      ]);
      await anasKeys.tabTo('Move your picture to the next corner', 'Shift+Tab');
      await anasKeys.press('Enter');
      await anasKeys.isOn('Move your picture to the next corner');
      assert.equal(await ana.element(cornerOf), 'end-start');
      await anasKeys.tabTo('Leave');
      await anasKeys.tabTo('Turn microphone off', 'Shift+Tab');
      await anasKeys.press('Space');
      await anasKeys.isOn('Turn microphone on');
      await ben.sees('Microphone off');
      await anasKeys.press('Enter');
      await anasKeys.isOn('Turn microphone off');
      await anasKeys.press('v');
      await ana.sees('Camera off');
      await anasKeys.isOn('Turn microphone off');
      await anasKeys.press('v');

      // A conversation. What opens takes the focus, what closes gives it back.
      await anasKeys.tabAndPress('Chat');
      await anasKeys.isOn('Message');
      await anasKeys.type('Can you hear me?');
      await anasKeys.press('Enter');
      await anasKeys.isOn('Message');
      await ben.sees('Can you hear me?');
      await bensKeys.press('c');
      await bensKeys.isOn('Message');
      await bensKeys.type('Yes');
      await bensKeys.tabAndPress('Send');
      await ana.sees('Yes');
      assert.deepEqual(await anasKeys.tabTo('Close', 'Shift+Tab'), [
        'Send files',
        'Conversation',
        'Close',
      ]);
      await anasKeys.press('Enter');
      await anasKeys.isOn('Chat');
      await bensKeys.press('Escape');
      await bensKeys.isOn('Chat');

      // The devices.
      await anasKeys.tabAndPress('Devices', 'Space');
      await anasKeys.isOn('Camera');
      await anasKeys.tabTo('Play a test sound');
      await anasKeys.press('Escape');
      await anasKeys.isOn('Devices');

      // A screen.
      await anasKeys.tabTo('Share screen', 'Shift+Tab');
      await anasKeys.press('Enter');
      await ben.finds('group', 'Guest’s screen');
      await anasKeys.isOn('Stop sharing');
      await anasKeys.press('Enter');
      await anasKeys.isOn('Share screen');

      // The list of the keys, over everything.
      await anasKeys.press('?');
      await anasKeys.isOn('Keyboard shortcuts');
      await anasKeys.press('Escape');
      await anasKeys.isOn('Share screen');

      // Both go; what is left says so, and where to go on.
      await bensKeys.tabAndPress('Leave');
      await bensKeys.isOn('You left the room');
      await ana.reaches('waiting');
      await anasKeys.isOn('Share screen');
      await anasKeys.tabAndPress('Leave', 'Space');
      await anasKeys.isOn('You left the room');
      assert.deepEqual(await anasKeys.tabTo('Choose a room'), ['Join again', 'Choose a room']);
      await anasKeys.press('Enter');
      await anasKeys.isOn('Start a video call');
      for (const each of [ana, ben]) {
        assert.deepEqual(each.pageErrors, []);
        assert.deepEqual(await each.heard('call-error'), []);
        await each.close();
      }
    });
  }
});
