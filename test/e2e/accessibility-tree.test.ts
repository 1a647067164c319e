/**
 * A whole call through the accessibility tree alone, as a screen reader has it: everything is found by
 * role and name, and what happens is learnt from states and live regions. Ana's way to the relay leads
 * through a proxy, so that there is time to hear that she joins, and a relay to lose.
 */
import assert from 'node:assert/strict';
import {after, before, describe, it} from 'node:test';
import {launchChromium, skipWithout, type RunningBrowser} from '../support/browsers.js';
import {startRelay} from '../support/relay.js';
import {ScreenReaderUser} from '../support/screen-reader-user.js';
import {startTcpProxy, type TcpProxy} from '../support/tcp-proxy.js';

describe('through the accessibility tree alone', {skip: skipWithout('chromium')}, () => {
  const cleanups: (() => unknown)[] = [];
  const pageErrors: string[] = [];
  let browser: RunningBrowser;
  let proxy: TcpProxy;
  let port = 0;

  before(async () => {
    const suite = {after: (step: unknown) => void cleanups.push(step as () => unknown)};
    ({port} = await startRelay(suite));
    proxy = await startTcpProxy(suite, port);
    browser = await launchChromium();
    cleanups.push(() => browser.close());
  });

  after(async () => {
    for (const step of cleanups.reverse()) await step();
  });

  async function open(name: string, atPort: number): Promise<ScreenReaderUser> {
    const page = await (await browser.newContext()).newPage();
    page.on('pageerror', (error) => pageErrors.push(String(error)));
    await page.goto(`http://127.0.0.1:${atPort}/`, {waitUntil: 'load'});
    return ScreenReaderUser.on(name, page);
  }

  it('two have a whole call', async () => {
    const ana = await open('Ana', proxy.port);
    const ben = await open('Ben', port);

    // A room, after a mistake.
    await ana.finds('form', 'Start a video call');
    await ana.press('button', 'Create a new room');
    await ana.finds('textbox', 'Room name', {states: {focused: true, required: true}});
    await ana.key('Enter');
    await ana.hears('You need to enter a name for your room');
    await ana.finds('textbox', 'Room name', {
      states: {focused: true, invalid: 'true'},
      description: 'You need to enter a name for your room',
    });
    await ana.types('Room name', 'spoken');
    await ana.types('Your name', 'Ana');
    await ana.press('button', 'Create');
    await ana.hears('Waiting for others…');
    await ana.finds('region', 'spoken', {states: {focused: true}});

    // Somebody asks to be let in.
    await ben.types('Room name', 'spoken');
    await ben.types('Your name', 'Ben');
    await ben.press('button', 'Join');
    await ben.hears('Asking to be let in…');
    await ana.finds('alertdialog', 'Ben is calling you', {
      states: {focused: true},
      description: 'They want to join you in spoken.',
    });
    await ana.press('button', 'Accept');
    await ana.hears('In a call with Ben');
    await ben.hears('In a call with Ana');

    // Muted: the button says so to whoever pressed it, the tile to the other.
    await ana.press('button', 'Turn microphone off');
    await ana.finds('button', 'Turn microphone on', {states: {focused: true}});
    await ana.finds('group', 'Ana (you)', {text: 'Microphone off'});
    await ben.finds('group', 'Ana', {text: 'Microphone off'});
    await ana.finds('button', 'Turn microphone on', {states: {keyshortcuts: 'm'}});
    await ana.key('m');
    await ana.hears('Microphone on');
    await ana.key('m');
    await ana.hears('Microphone off');

    // A conversation.
    await ana.finds('button', 'Chat', {states: {expanded: false}});
    await ana.press('button', 'Chat');
    await ana.finds('button', 'Chat', {states: {expanded: true}});
    await ana.finds('textbox', 'Message', {states: {focused: true}});
    await ana.types('Message', 'Can you hear me?');
    await ana.key('Enter');
    await ana.finds('log', 'Conversation', {text: 'Can you hear me?'});
    await ben.hears('Ana: Can you hear me?');
    await ben.finds('button', 'Chat', {description: 'One unread message'});
    await ben.press('button', 'Chat');
    await ben.finds('log', 'Conversation', {text: 'Can you hear me?'});
    await ben.types('Message', 'Yes');
    await ben.press('button', 'Send');
    await ana.hears('Ben: Yes');
    await ana.press('button', 'Close');
    await ana.finds('button', 'Chat', {states: {focused: true, expanded: false}});

    // The devices.
    await ana.press('button', 'Devices');
    const {value} = await ana.finds('combobox', 'Camera', {states: {focused: true}});
    assert.equal(value, 'System default');
    await ana.finds('complementary', 'Devices', {text: 'Microphone off'});
    await ana.key('Escape');
    await ana.finds('button', 'Devices', {states: {focused: true, expanded: false}});

    // A screen.
    await ana.press('button', 'Share screen');
    await ben.hears('Ana is sharing their screen');
    await ben.finds('group', 'Ana’s screen');
    await ana.press('button', 'Stop sharing');
    await ben.hears('Ana stopped sharing their screen');

    // The relay is lost, and back.
    proxy.set({isPaused: true});
    proxy.cut();
    await ana.hears('Reconnecting to the call server…');
    proxy.set({isPaused: false});
    await ana.hears('In a call with Ben');

    // She leaves, and comes back: there is time to hear it.
    await ana.press('button', 'Leave');
    await ana.hears('You left the room');
    await ana.finds('heading', 'You left the room', {states: {focused: true}});
    await ben.hears('Waiting for others…');
    proxy.set({isPaused: true});
    await ana.press('button', 'Join again');
    await ana.hears('Joining spoken…');
    proxy.set({isPaused: false});
    await ben.finds('alertdialog', 'Ana is calling you', {states: {focused: true}});
    await ben.press('button', 'Decline');
    await ana.hears('Your call was declined');
    await ben.press('button', 'Leave');
    await ben.hears('You left the room');
    assert.deepEqual(pageErrors, []);
  });
});
