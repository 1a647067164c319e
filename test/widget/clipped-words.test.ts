/** In the narrowest element, in every language: no words of any screen end where their box does, unless an ellipsis says so. */
import {expect} from 'chai';
import {LANGUAGES} from '../../widget/strings/languages.js';
import {remove, roomAt, shadowOf, until} from '../support/widget-element.js';
import {SCREENS} from '../support/widget-screens.js';
import {FakeSession} from '../support/widget-session.js';

const WIDTHS = [240, 320];
/** Browsers round boxes and letters apart. Pixels. */
const SLACK = 1.5;

/** Letters piled up to no end are cut off on purpose (docs/decisions/050-what-strangers-send.md). */
const HEAPED = /\p{M}{4}/u;

/** Words with the box that they are in, as they are drawn. */
function wordsIn(root: ShadowRoot): {parent: Element; rect: DOMRect; text: string}[] {
  const walker = document.createTreeWalker(root, NodeFilter.SHOW_TEXT);
  const words = [];
  while (walker.nextNode()) {
    const {currentNode: node} = walker;
    const parent = node.parentElement;
    const text = node.textContent?.trim() ?? '';
    if (!parent || text === '' || HEAPED.test(text)) continue;
    if (parent.closest('style, option, textarea')) continue;
    if (!parent.checkVisibility({opacityProperty: true, visibilityProperty: true})) continue;
    if (isForEarsOnly(parent)) continue;
    const range = document.createRange();
    range.selectNodeContents(node);
    const rect = range.getBoundingClientRect();
    if (rect.width > 0) words.push({parent, rect, text});
  }
  return words;
}

/** A label that has made room for its picture, among others. */
function isForEarsOnly(element: Element | null): boolean {
  if (!element) return false;
  return (
    getComputedStyle(element).clipPath === 'inset(50%)' || isForEarsOnly(element.parentElement)
  );
}

/** What cuts words off: a box that hides what does not fit in, or the button whose words they are. */
function faultsOf(root: ShadowRoot): string[] {
  const faults = [];
  for (const {parent, rect, text} of wordsIn(root)) {
    let isMarked = false;
    for (let box: Element | null = parent; box; box = box.parentElement) {
      const {overflowX, overflowY, textOverflow} = getComputedStyle(box);
      const around = box.getBoundingClientRect();
      const isWide = rect.left < around.left - SLACK || rect.right > around.right + SLACK;
      const isHigh = rect.top < around.top - SLACK || rect.bottom > around.bottom + SLACK;
      // What is said by it stands for the rest, whoever hides that.
      isMarked ||= textOverflow === 'ellipsis' && overflowX !== 'visible';
      const name = box.className || box.localName;
      if (isWide && !isMarked && (overflowX !== 'visible' || box.matches('button, .button'))) {
        faults.push(`"${text}" is wider than ${name}`);
        break;
      }
      if (
        isHigh &&
        (overflowY === 'hidden' || overflowY === 'clip' || box.matches('button, .button'))
      ) {
        faults.push(`"${text}" is higher than ${name}`);
        break;
      }
      // Whoever scrolls comes to it.
      if (overflowY === 'auto' || overflowY === 'scroll') break;
    }
  }
  return [...faults, ...placeholdersOf(root)];
}

/** They are in no document, and are measured by the letters of their field. */
function placeholdersOf(root: ShadowRoot): string[] {
  const faults = [];
  const context = document.createElement('canvas').getContext('2d')!;
  for (const field of root.querySelectorAll<HTMLInputElement | HTMLTextAreaElement>(
    'input, textarea',
  )) {
    if (!field.matches(':placeholder-shown') || !field.checkVisibility()) continue;
    const style = getComputedStyle(field);
    // Browsers give none to the placeholder of a `<textarea>`, whatever its style says.
    if (field.localName === 'input' && style.textOverflow === 'ellipsis') continue;
    context.font = style.font;
    const room = field.clientWidth - parseFloat(style.paddingLeft) - parseFloat(style.paddingRight);
    if (context.measureText(field.placeholder).width > room) {
      faults.push(`"${field.placeholder}" has ${String(Math.floor(room))} px`);
    }
  }
  return faults;
}

/** What is measured has been, and what comes of it is drawn. */
async function settle(element: Awaited<ReturnType<typeof roomAt>>): Promise<void> {
  await new Promise(requestAnimationFrame);
  await new Promise(requestAnimationFrame);
  await element.updateComplete;
}

describe('words in a narrow element', () => {
  afterEach(() => {
    remove();
    FakeSession.sessions.length = 0;
  });

  for (const screen of SCREENS) {
    it(`are all there in ${screen.name}`, async () => {
      const element = await roomAt(screen);
      const faults = new Set<string>();
      element.style.fontFamily = 'sans-serif';
      const base = shadowOf(element).querySelector('.base')!;
      for (const width of WIDTHS) {
        element.style.inlineSize = `${String(width)}px`;
        await settle(element);
        for (const lang of ['en', ...LANGUAGES]) {
          element.lang = lang;
          await until(() => base.getAttribute('lang') === lang, `it speaks ${lang}`);
          for (const fault of faultsOf(shadowOf(element))) {
            faults.add(`${lang}, ${String(width)} px: ${fault}`);
          }
        }
      }
      expect([...faults]).to.deep.equal([]);
    }).timeout(20_000);
  }
});
