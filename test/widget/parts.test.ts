/** Every piece that a page may want to style has a part, and every part that is described is to be found. */
import {expect} from 'chai';
import {remove, roomAt, shadowOf, until} from '../support/widget-element.js';
import {SCREENS, type Screen} from '../support/widget-screens.js';
import {FakeSession} from '../support/widget-session.js';

/** They hold others together and cannot be seen, hold nothing but text, or are read out only. */
const UNSEEN = [
  ...['main', 'row', 'overlay', 'visually-hidden', 'prompt-words', 'devices', 'device'],
  ...['panel-bar', 'people-top', 'people-end', 'person-words', 'log-content', 'chat-foot'],
  ...[
    'field-box',
    'mirror',
    'group',
    'files-scroll',
    'files-foot',
    'file-row',
    'file-words',
    'file-input',
  ],
  ...['control-label', 'call-label', 'words', 'who-name'],
].map((name) => `.${name}`);
const NAMELESS = 'slot, br, li, span, bdi, time, p, option, div, dt, dd, svg *';

/** Need a camera that blurs and a window: `background-blur.test.ts` and `own-window.test.ts` have them. */
const SEEN_ELSEWHERE = ['switch-blur', 'away'];

/** As pages read it: `npm run build` makes it of the comments, and a test holds it to them. */
async function describedParts(): Promise<string[]> {
  const page = await (await fetch('/docs/API.md')).text();
  const table = page.slice(page.indexOf('\n## Parts'), page.indexOf('\n## CSS custom'));
  return [...table.matchAll(/^\| `([\w-]+)`/gm)].map(([, part = '']) => part);
}

describe('parts', () => {
  const found = new Set<string>();
  const without = new Set<string>();

  function look(root: ShadowRoot): void {
    for (const piece of root.querySelectorAll('*')) {
      for (const part of piece.part) found.add(part);
      if (piece.part.length > 0 || piece.matches(UNSEEN.join())) continue;
      if (piece.className === '' && piece.matches(NAMELESS)) continue;
      if (!piece.closest('svg')) without.add(piece.outerHTML.slice(0, 80));
    }
  }

  before(async function () {
    this.timeout(60_000);
    for (const screen of SCREENS) {
      look(shadowOf(await roomAt(screen)));
      remove();
    }
    // What no screen begins with: news below what is read, dragged files, the list of shortcuts.
    const element = await roomAt(SCREENS.find(({name}) => name === 'chat') as Screen);
    const root = shadowOf(element);
    const log = root.querySelector('.log');
    for (let line = 0; line < 40; line++) FakeSession.last.write('ana', String(line));
    await until(() => Boolean(log && log.scrollTop > 0), 'the end of the log');
    if (log) log.scrollTop = 0;
    log?.dispatchEvent(new Event('scroll'));
    FakeSession.last.write('ana', 'below');
    await until(() => Boolean(root.querySelector('.new-messages')), 'news');
    const dataTransfer = new DataTransfer();
    dataTransfer.items.add(new File(['x'], 'x.txt'));
    element.dispatchEvent(new DragEvent('dragenter', {dataTransfer, cancelable: true}));
    await until(() => Boolean(root.querySelector('.drop-zone')), 'the zone');
    const microphone = root.querySelector('[part~=button-microphone]');
    await until(() => Boolean(microphone?.hasAttribute('aria-keyshortcuts')), 'the shortcuts');
    const key = new KeyboardEvent('keydown', {key: '?', bubbles: true, composed: true});
    microphone?.dispatchEvent(key);
    await until(() => Boolean(root.querySelector('dialog')), 'the list of shortcuts');
    look(root);
    remove();
  });

  it('every visible piece has one', () => {
    expect([...without]).to.deep.equal([]);
  });

  it('those that are there are described, and those that are described are there', async () => {
    expect([...found, ...SEEN_ELSEWHERE].sort()).to.deep.equal((await describedParts()).sort());
  });
});
