/**
 * The relay's own pages: the home page, which keeps the room in its address (rows A2 and A3), and
 * the article with the tag in it. Once with the keyboard alone.
 */
import assert from 'node:assert/strict';
import {readFileSync} from 'node:fs';
import {after, before, describe, it} from 'node:test';
import {fileURLToPath} from 'node:url';
import type axeCore from 'axe-core';
import {launchBrowser, skipWithout, type RunningBrowser} from '../support/browsers.js';
import {poll} from '../support/e2e.js';
import {startRelay} from '../support/relay.js';
import {Visitor} from '../support/visitor.js';

const skip = skipWithout('chromium', 'firefox');

describe('the demo', {skip}, () => {
  const cleanups: (() => unknown)[] = [];
  const browsers: Partial<Record<'chromium' | 'firefox', RunningBrowser>> = {};
  let origin = '';

  before(async () => {
    const relay = await startRelay({after: (step) => void cleanups.push(step as () => unknown)});
    origin = `http://127.0.0.1:${relay.port}`;
    for (const name of ['chromium', 'firefox'] as const) {
      browsers[name] = await launchBrowser(name);
    }
  });

  after(async () => {
    for (const browser of Object.values(browsers)) await browser.close();
    for (const step of cleanups.reverse()) await step();
  });

  /** Opens a page of the relay's; what the console calls an error is one. */
  async function open(name: 'chromium' | 'firefox', address: string): Promise<Visitor> {
    const browser = browsers[name];
    assert.ok(browser, 'the browsers have been started');
    const visitor = await Visitor.open(browser, new URL(address, origin).href);
    visitor.page.on('console', (message) => {
      if (message.type() === 'error') visitor.pageErrors.push(message.text());
    });
    // A violation before this line shows as a page without its styles or its element.
    await visitor.page.evaluate(() => {
      const violations: string[] = [];
      Object.assign(globalThis, {violations});
      document.addEventListener('securitypolicyviolation', ({violatedDirective, blockedURI}) => {
        violations.push(`${violatedDirective} ${blockedURI}`);
      });
    });
    return visitor;
  }

  async function end(...visitors: Visitor[]): Promise<void> {
    for (const visitor of visitors) {
      const violations = await visitor.page.evaluate(
        () => (globalThis as unknown as {violations: string[]}).violations,
      );
      assert.deepEqual(violations, [], `policy violations in ${visitor.browser}`);
      assert.deepEqual(visitor.pageErrors, [], `errors in ${visitor.browser}`);
      await visitor.close();
    }
  }

  it('A2, A3: a room made on the home page is in its link, which opens it elsewhere', async () => {
    const name = 'Zoë’s tea & cake';
    const ana = await open('chromium', '/');
    await ana.press('Create a new room');
    await ana.fill('Room name', name);
    await ana.press('Create');
    await ana.reaches('waiting');
    const address = new URL(ana.page.url());
    assert.equal(address.searchParams.get('room'), name, 'the room is in the address');
    const link = await ana.page.$eval('#link', (input) => (input as HTMLInputElement).value);
    assert.equal(link, address.href, 'the page shows the link');

    const ben = await open('firefox', link);
    await ben.sees(`Room ${name}`);
    assert.equal(await ben.status(), 'idle', 'nothing is asked for before Join');
    await ben.press('Join');
    await ana.finds('alertdialog', 'Some user is calling you');
    await ana.press('Accept');
    await Promise.all([ana.seesAndHears(), ben.seesAndHears()]);
    await ben.press('Leave');
    await ben.reaches('left');
    await ana.reaches('waiting');
    await end(ana, ben);
  });

  it('the back button leads out of the room that was made', async () => {
    const ana = await open('chromium', '/');
    await ana.fill('Room name', 'attic');
    await ana.press('Join');
    await ana.reaches('waiting');
    await ana.page.goBack();
    await ana.reaches('left');
    assert.equal(new URL(ana.page.url()).search, '', 'the plain address');
    assert.equal(await ana.page.$eval('.share', (share) => share.checkVisibility()), false);
    await ana.press('Choose a room');
    await ana.sees('Create a new room');
    await end(ana);
  });

  it('the article’s page calls beside its text', async () => {
    const ana = await open('chromium', '/embed.html');
    await ana.press('Join');
    await ana.reaches('waiting');
    const ben = await open('firefox', '/embed.html');
    await ben.press('Join');
    await ana.finds('alertdialog', 'Some user is calling you');
    await ana.press('Accept');
    await Promise.all([ana.seesAndHears(), ben.seesAndHears()]);
    await end(ana, ben);
  });

  it('on the people’s page one calls the other by name, and is called back', async () => {
    const ana = await open('chromium', '/people.html?directory=two');
    const ben = await open('firefox', '/people.html?directory=two');
    await ana.fill('Your name', 'Ana');
    await ana.page.keyboard.press('Enter');
    await ana.finds('button', 'Call Guest');
    await ben.fill('Your name', 'Ben');
    await ben.page.keyboard.press('Enter');
    await ana.press('Call Ben');
    await ben.finds('alertdialog', 'Ana is calling you');
    await ana.sees('Ringing…');
    await ben.press('Decline');
    await ana.sees('Ben declined');
    await ana.press('Back to the list');
    await ben.press('Call Ana');
    await ana.finds('alertdialog', 'Ben is calling you');
    await ana.press('Accept');
    await Promise.all([ana.seesAndHears(), ben.seesAndHears()]);
    await ben.press('Leave');
    await ana.sees('Call ended');
    await ben.sees('Call ended');
    await end(ana, ben);
  });

  it('on the theming page a token changes the element, the CSS and the address', async () => {
    const ana = await open('firefox', '/theme.html#screen=form&radius-round=0px&radius=url(x)');
    const seenBy = ({page}: Visitor): Promise<string[]> =>
      page.evaluate(() => {
        const root = document.querySelector('.box video-chat-room')?.shadowRoot;
        const base = root?.querySelector('.base');
        const primary = root?.querySelector('.primary');
        return [
          base ? getComputedStyle(base).borderRadius : '',
          primary ? getComputedStyle(primary).backgroundColor : '',
          document.querySelector('#css')?.textContent ?? '',
          location.hash,
        ];
      });
    const calm = '#screen=form&radius-round=0px';
    await poll(async () => (await seenBy(ana))[1] !== '', {what: 'the element'});
    const [corner, , css] = await seenBy(ana);
    assert.equal(corner, '16px', 'what is no length is not taken');
    assert.match(css ?? '', /--vcr-radius-round: 0px;/);

    await ana.page.focus('#knob-radius');
    await ana.page.keyboard.press('ArrowRight');
    const turned = await seenBy(ana);
    assert.equal(turned[0], '17px');
    assert.match(turned[2] ?? '', /--vcr-radius: 17px;/);
    assert.equal(turned[3], `${calm}&radius=17px`);
    await ana.page.evaluate(() => {
      for (const button of document.querySelectorAll<HTMLButtonElement>('.theme')) {
        if (button.textContent === 'Hearth') button.click();
      }
    });
    const ben = await open('firefox', ana.page.url());
    await poll(async () => (await seenBy(ben))[1] === 'rgb(168, 67, 26)', {
      what: 'the theme in the address',
    });
    assert.match(
      (await seenBy(ben))[2] ?? '',
      /color-scheme: light;\n {2}--vcr-color-accent: #a8431a;/,
    );
    await end(ana, ben);
  });

  it('the theming page calls itself without asking for a device, on a narrow screen, for axe', async () => {
    const ana = await open('chromium', '/theme.html#screen=chat');
    await ana.page.setViewport({width: 320, height: 640});
    await ana.sees('Did the paint arrive?');
    await ana.page.evaluate(() => {
      const screen = document.querySelector<HTMLSelectElement>('#screen');
      if (!screen) return;
      screen.value = 'call';
      screen.dispatchEvent(new Event('input', {bubbles: true}));
    });
    await ana.sees('Chiara Rossi');
    assert.equal(await ana.page.evaluate(() => document.documentElement.scrollWidth), 320);
    const axe = readFileSync(fileURLToPath(import.meta.resolve('axe-core/axe.min.js')), 'utf8');
    await ana.page.evaluate(axe);
    const violations = await ana.page.evaluate(async () => {
      const {axe} = globalThis as unknown as {axe: typeof axeCore};
      return (await axe.run()).violations.map(
        ({id, nodes}) => `${id}: ${nodes.map(({html}) => html).join()}`,
      );
    });
    assert.deepEqual(violations, []);
    await end(ana);
  });

  it('by keyboard alone: create, accept, turn the camera off and on, decline, leave', async () => {
    const ana = await open('chromium', '/');
    const ben = await open('chromium', '/?room=keys');
    const {keyboard} = ana.page;
    await ana.page.bringToFront();
    await tabTo(ana, 'Create a new room');
    await keyboard.press('Enter');
    await tabTo(ana, 'Room name');
    await keyboard.type('keys');
    await keyboard.press('Enter');
    await ana.reaches('waiting');

    await ben.press('Join');
    await ana.finds('alertdialog', 'Some user is calling you');
    await poll(async () => (await focusOf(ana)).role === 'alertdialog', {
      what: 'the focus to be on the prompt',
    });
    // A key that was in flight when the prompt took the focus does nothing; a later one declines.
    await poll(
      async () => {
        await keyboard.press('Escape');
        return (await ben.status()) === 'left';
      },
      {what: 'Escape to decline'},
    );
    await ben.press('Try again');
    await ana.finds('alertdialog', 'Some user is calling you');
    await tabTo(ana, 'Accept');
    await keyboard.press('Enter');
    await Promise.all([ana.reaches('in-call'), ben.reaches('in-call')]);

    await tabTo(ana, 'Turn camera off');
    await keyboard.press('Enter');
    await ben.sees('Camera off');
    // The button under the focus is another one by name, with her next frame, and the same by place.
    await poll(async () => (await focusOf(ana)).name === 'Turn camera on', {
      what: 'the focus to stay on the button',
    });
    await keyboard.press('Space');
    await ana.seesAndHears();
    await poll(async () => !(await ben.text()).includes('Camera off'), {
      what: 'the camera to be on again for the other',
    });
    await tabTo(ana, 'Leave');
    await keyboard.press('Enter');
    await ana.reaches('left');
    assert.equal((await focusOf(ana)).name, 'You left the room', 'the focus is on the words');
    await end(ana, ben);
  });
});

/** What has the focus, through the element's shadow root. */
function focusOf({page}: Visitor): Promise<{role: string; name: string}> {
  return page.evaluate(() => {
    const active = document.activeElement?.shadowRoot?.activeElement ?? document.activeElement;
    const label =
      active?.getAttribute('aria-label') ??
      (active as HTMLInputElement | null)?.labels?.[0]?.textContent ??
      active?.textContent ??
      '';
    return {
      role: active?.getAttribute('role') ?? active?.localName ?? '',
      name: label.replace(/\s+/g, ' ').trim(),
    };
  });
}

/** Presses Tab until the control of this name has the focus; once around the page is enough. */
async function tabTo(visitor: Visitor, name: string): Promise<void> {
  const passed: string[] = [];
  for (let presses = 0; presses < 30; presses++) {
    if ((await focusOf(visitor)).name === name) return;
    passed.push((await focusOf(visitor)).name);
    await visitor.page.keyboard.press('Tab');
  }
  assert.fail(`Tab does not come to "${name}": ${passed.join(' → ')}`);
}
