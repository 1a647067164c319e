/** In a narrow element, in every language: no words of any screen end where their box does, unless an ellipsis says so; and Leave has its own. */
import {expect} from 'chai';
import {LANGUAGES} from '../../widget/strings/languages.js';
import {remove, roomAt, shadowOf, until} from '../support/widget-element.js';
import {SCREENS} from '../support/widget-screens.js';
import {FakeSession} from '../support/widget-session.js';

const WIDTHS = [240, 320];
/** Of a bar of buttons, which has other words in each. */
const WIDTHS_OF_BARS = [400, 560];
/** Whose words are the longest, one of them from right to left. */
const LONGEST = ['en', 'de', 'ru', 'ar'];
/** Letters are as wide everywhere; where one browser finds room for all of them, another is asked for the longest. */
const SPOKEN = navigator.userAgent.includes('Firefox') ? LONGEST : ['en', ...LANGUAGES];
/** Browsers round boxes and letters apart. Pixels. */
const SLACK = 1.5;

/** Letters piled up to no end are cut off on purpose (docs/decisions/050-what-strangers-send.md). */
const HEAPED = /\p{M}{4}/u;

/** Words with the box that they are in, as they are drawn. */
function wordsIn(root: Node): {parent: Element; rect: DOMRect; text: string}[] {
  const walker = document.createTreeWalker(root, NodeFilter.SHOW_TEXT);
  const words = [];
  while (walker.nextNode()) {
    const {currentNode: node} = walker;
    const parent = node.parentElement;
    const text = node.textContent?.trim() ?? '';
    if (!parent || text === '' || HEAPED.test(text)) continue;
    if (parent.closest('style, option, textarea')) continue;
    if (!parent.checkVisibility({opacityProperty: true, visibilityProperty: true})) continue;
    const range = document.createRange();
    range.selectNodeContents(node);
    const rect = range.getBoundingClientRect();
    if (rect.width > 0) words.push({parent, rect, text});
  }
  return words;
}

/** What an element does to the words in it. */
interface Box {
  readonly around: DOMRect;
  readonly isForEarsOnly: boolean;
  readonly isMarked: boolean;
  readonly hidesX: boolean;
  readonly hidesY: boolean;
  readonly scrollsY: boolean;
  readonly name: string;
}

function boxOf(element: Element, known: Map<Element, Box>): Box {
  const before = known.get(element);
  if (before) return before;
  const {clipPath, overflowX, overflowY, textOverflow} = getComputedStyle(element);
  const parent = element.parentElement && boxOf(element.parentElement, known);
  const isButton = element.matches('button, .button');
  // They cut nothing off, but what stands out of them lies over something else.
  const isBox = element.matches('.base, .stage, .tile');
  const box = {
    around: element.getBoundingClientRect(),
    // A label that has made room for its picture, among others.
    isForEarsOnly: clipPath === 'inset(50%)' || Boolean(parent?.isForEarsOnly),
    isMarked: textOverflow === 'ellipsis' && overflowX !== 'visible',
    hidesX: overflowX !== 'visible' || isButton || isBox,
    hidesY: overflowY === 'hidden' || overflowY === 'clip' || isButton || isBox,
    scrollsY: overflowY === 'auto' || overflowY === 'scroll',
    name: element.className || element.localName,
  };
  known.set(element, box);
  return box;
}

/** What cuts words off: a box that hides what does not fit in, or the button whose words they are. */
function faultsOf(root: ParentNode): string[] {
  const faults = [];
  const boxes = new Map<Element, Box>();
  for (const {parent, rect, text} of wordsIn(root)) {
    if (boxOf(parent, boxes).isForEarsOnly) continue;
    let isMarked = false;
    for (let each: Element | null = parent; each; each = each.parentElement) {
      const box = boxOf(each, boxes);
      const {around} = box;
      const isWide = rect.left < around.left - SLACK || rect.right > around.right + SLACK;
      const isHigh = rect.top < around.top - SLACK || rect.bottom > around.bottom + SLACK;
      // What is said by it stands for the rest, whoever hides that.
      isMarked ||= box.isMarked;
      if (isWide && !isMarked && box.hidesX) {
        faults.push(`"${text}" is wider than ${box.name}`);
        break;
      }
      if (isHigh && box.hidesY) {
        faults.push(`"${text}" is higher than ${box.name}`);
        break;
      }
      // Whoever scrolls comes to it.
      if (box.scrollsY) break;
    }
  }
  return [...faults, ...placeholdersOf(root)];
}

/** Leave is known by its icon alone only for a reason; what is clipped out of sight ends in no box. */
function leaveOf(root: ShadowRoot): string[] {
  const leave = root.querySelector<HTMLElement>('.controls > .leave');
  const label = leave?.querySelector('.control-label');
  if (!leave || !label || getComputedStyle(label).clipPath === 'none') return [];
  const rem = root.querySelector('.main')!.clientWidth / 16;
  const reasons = {
    'not even the usual buttons have a row': rem < 22,
    'the page has asked for one of the files beside four':
      leave.dataset['crowded'] === '' && rem < 28,
    'the page has asked for one of the files beside five':
      leave.dataset['crushed'] === '' && rem < 36,
  };
  return Object.values(reasons).includes(true) ? [] : ['Leave has no words, for no reason'];
}

/** They are in no document, and are measured by the letters of their field. */
function placeholdersOf(root: ParentNode): string[] {
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
      const root = shadowOf(element);
      const base = root.querySelector('.base')!;
      const look = async (
        width: number,
        languages: readonly string[],
        measure: () => string[],
      ): Promise<void> => {
        element.style.inlineSize = `${String(width)}px`;
        await settle(element);
        for (const lang of languages) {
          element.lang = lang;
          await element.updateComplete;
          await until(() => base.getAttribute('lang') === lang, `it speaks ${lang}`);
          for (const fault of measure()) faults.add(`${lang}, ${String(width)} px: ${fault}`);
        }
      };
      for (const width of WIDTHS) {
        await look(width, SPOKEN, () => [...faultsOf(root), ...leaveOf(root)]);
      }
      const bar = root.querySelector('.controls');
      for (const width of bar ? WIDTHS_OF_BARS : []) {
        await look(width, LONGEST, () => [...faultsOf(bar!), ...leaveOf(root)]);
      }
      expect([...faults]).to.deep.equal([]);
    }).timeout(20_000);
  }
});
