/** A page's own text styles: what is inherited of them, or meant for every element, changes no measure of any screen. */
import {expect} from 'chai';
// All parts are here with the page: what a screen still waits for is a matter of a few frames.
import '../../widget/bells.js';
import '../../widget/call-tools.js';
import '../../widget/chat-door.js';
import '../../widget/device-panel.js';
import '../../widget/device-ui.js';
import '../../widget/overlay-ui.js';
import '../../widget/people-ui.js';
import {remove, roomAt, roomWith, shadowOf} from '../support/widget-element.js';
import {SCREENS, type Screen} from '../support/widget-screens.js';
import {FakeSession} from '../support/widget-session.js';

/** Of a page that is read from top to bottom, of its headline, of its code, of its printed matter. */
const HOSTILE: Readonly<Record<string, string>> = {
  'writing-mode': 'vertical-rl',
  'text-orientation': 'upright',
  'text-align': 'justify',
  'text-align-last': 'right',
  'text-indent': '5em',
  'letter-spacing': '0.5em',
  'word-spacing': '2em',
  'white-space': 'pre',
  'word-break': 'break-all',
  hyphens: 'auto',
  'tab-size': '16',
  'line-height': '4',
  'font-size': '3rem',
  'font-variant-caps': 'small-caps',
  'text-transform': 'uppercase',
  'list-style': 'square inside',
};

/** A page says by these how large its letters are to be, wherever it says it. */
const MEANT = ['font-size'];
/** A rule for every element hits the call's own, too, and with more weight than `:host`. What is slotted is the page's. */
const FOR_ALL = new CSSStyleSheet();
FOR_ALL.replaceSync(
  `:not([slot]) {
    ${Object.entries(HOSTILE)
      .filter(([name]) => !MEANT.includes(name))
      .map((declaration) => declaration.join(':'))
      .join(';')}
  }`,
);

/** Where everything is and how large. */
function measuresOf(root: ShadowRoot): string[] {
  return [...root.querySelectorAll<HTMLElement>('*')].map((each) => {
    const {x, y, width, height} = each.getBoundingClientRect();
    const box = [x, y, width, height, each.scrollWidth].map(Math.round);
    return `${each.localName}.${each.getAttribute('class') ?? ''} ${box.join(' ')}`;
  });
}

/** Nothing is turning or fading, nor left out because it is out of sight. */
const STILL = new CSSStyleSheet();
STILL.replaceSync(
  `*, ::before, ::after {
    animation: none !important;
    transition: none !important;
    content-visibility: visible !important;
  }`,
);

/** What comes late has come, and what is measured is drawn. */
async function settled(root: ShadowRoot): Promise<string[]> {
  let before: string[] = [];
  for (let calm = 0; calm < 2;) {
    // With every chunk that comes the sheets are set anew.
    if (root.adoptedStyleSheets.at(-1) !== STILL) root.adoptedStyleSheets.push(STILL);
    await new Promise(requestAnimationFrame);
    const now = measuresOf(root);
    calm = now.join() === before.join() ? calm + 1 : 0;
    before = now;
  }
  return before;
}

describe('a page’s own text styles', () => {
  let page: HTMLElement;

  beforeEach(() => {
    page = document.body.appendChild(document.createElement('article'));
  });
  afterEach(() => {
    remove();
    page.remove();
    document.adoptedStyleSheets = [];
    FakeSession.sessions.length = 0;
  });

  for (const screen of SCREENS) {
    it(`move nothing in ${screen.name}`, async () => {
      const element = await roomAt(screen, page);
      Object.assign(element.style, {
        position: 'fixed',
        top: '0',
        left: '0',
        width: '400px',
        height: '480px',
      });
      const root = shadowOf(element);
      let [before, after, again] = [[''], [''], ['never measured']];
      // What has come meanwhile was moved by nobody.
      while (before.join() !== again.join()) {
        before = await settled(root);
        for (const [name, value] of Object.entries(HOSTILE)) page.style.setProperty(name, value);
        document.adoptedStyleSheets = [FOR_ALL];
        after = await settled(root);
        page.removeAttribute('style');
        document.adoptedStyleSheets = [];
        again = await settled(root);
      }
      const moved = after.flatMap((now, at) => (now === before[at] ? [] : `${before[at]}: ${now}`));
      expect(moved.slice(0, 5)).to.deep.equal([]);
    });
  }

  it('that are read from top to bottom leave it as wide as it may be narrow, at least', async () => {
    page.style.writingMode = 'vertical-rl';
    const element = await roomWith({}, page);
    expect(element.offsetWidth).to.be.at.least(240);
    expect(element.offsetHeight).to.be.at.least(27 * 16);
    const {scrollWidth, clientWidth} = shadowOf(element).querySelector('.main')!;
    expect(scrollWidth).to.equal(clientWidth);
  });

  it('that fill a headline’s letters with a picture leave all words to be seen', async () => {
    page.style.webkitTextFillColor = 'transparent';
    const element = await roomWith({}, page);
    const base = shadowOf(element).querySelector('.base')!;
    const {webkitTextFillColor, color} = getComputedStyle(base);
    expect(webkitTextFillColor).to.equal(color);
  });

  it('that are meant for every element leave it its colour and its lines', async () => {
    const element = await roomWith({}, page);
    const base = shadowOf(element).querySelector('.base')!;
    const looks = (): string[] => {
      const {color, lineHeight, letterSpacing} = getComputedStyle(base);
      return [color, lineHeight, letterSpacing];
    };
    const before = looks();
    const sheet = new CSSStyleSheet();
    sheet.replaceSync('* { color: gold; line-height: 4; letter-spacing: 0.5em; }');
    document.adoptedStyleSheets = [sheet];
    expect(looks()).to.deep.equal(before);
  });

  it('that let nothing be selected let messages be copied', async () => {
    Object.assign(page.style, {userSelect: 'none', webkitUserSelect: 'none'});
    const element = await roomAt(SCREENS.find(({name}) => name === 'chat') as Screen, page);
    const words = shadowOf(element).querySelector('.words')!;
    expect(getComputedStyle(words).userSelect).to.equal('text');
  });

  it('that hide it, or keep the pointer out, are its own', async () => {
    const element = await roomWith({}, page);
    const base = shadowOf(element).querySelector('.base')!;
    Object.assign(page.style, {visibility: 'hidden', pointerEvents: 'none'});
    const {visibility, pointerEvents} = getComputedStyle(base);
    expect([visibility, pointerEvents]).to.deep.equal(['hidden', 'none']);
  });
});
