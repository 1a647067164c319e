/** What holds for every screen alike: accessible in both themes, no style attribute, nothing cut off, nothing too small to hit. */
import 'axe-core';
import type axeCore from 'axe-core';
import {expect} from 'chai';
import {controlsOf, cutOff} from '../support/cut-off.js';
import {remove, roomAt, shadowOf} from '../support/widget-element.js';
import {SCREENS} from '../support/widget-screens.js';

declare const axe: typeof axeCore;

/** The rules of axe that look at colours; it has more of them that are not asked for. */
const OF_COLOURS = ['color-contrast', 'link-in-text-block'];

/** `display` by what the page has chosen (`controls`). */
const SET_BY_SCRIPT = ['display', '--_columns', '--_rows', '--_places', '--_level', '--level'];

/**
 * What there may be to fill, in CSS pixels and per cent of text: a column, a phone, a screen of
 * 1280 × 1024 at 400 % zoom, half a window and a phone with the largest print (WCAG 2.2, 1.4.4 and 1.4.10).
 */
const ROOMS = [
  {width: 240, height: null, text: 100, isTight: false},
  {width: 320, height: null, text: 100, isTight: false},
  {width: 640, height: null, text: 200, isTight: false},
  // Where a tile is no larger than its own name, what stands on it is told by the live regions.
  {width: 320, height: 256, text: 100, isTight: true},
  {width: 320, height: null, text: 200, isTight: true},
];

/** Marks that are piled up on a letter would cover what was written by others. */
const ON_PURPOSE = '.words';

describe('every screen', () => {
  const root = document.documentElement;
  before(() => {
    root.lang = 'en';
    document.title = 'Test';
  });
  afterEach(() => {
    remove();
    root.style.colorScheme = '';
    root.dir = '';
    root.style.fontSize = '';
    root.style.background = '';
  });

  for (const screen of SCREENS) {
    for (const dir of ['ltr', 'rtl']) {
      it(`${screen.name}, ${dir}: axe finds nothing, in either theme`, async () => {
        root.dir = dir;
        const element = await roomAt(screen);
        for (const theme of ['light', 'dark']) {
          root.style.colorScheme = theme;
          root.style.background = theme === 'dark' ? '#000' : '#fff';
          shadowOf(element).getAnimations().forEach(rest);
          const {violations} = await axe.run(element, {
            rules: {region: {enabled: false}},
            // What is there and where it stands is the same in both: only its colours are not.
            ...(theme === 'dark' ? {runOnly: OF_COLOURS} : {}),
          });
          const told = violations.map(
            ({id, nodes}) =>
              `${id}: ${nodes.map(({html, failureSummary}) => html + failureSummary).join()}`,
          );
          expect(told, theme).to.deep.equal([]);
        }
      });
    }

    // One element for all of it: bringing it to its screen is what takes the time.
    it(`${screen.name}: no style attribute, targets large enough, nothing cut off`, async () => {
      // The element itself does not become as narrow as a column of the page can be.
      const column = document.createElement('div');
      document.body.append(column);
      const element = await roomAt(screen, column);
      const shadow = shadowOf(element);
      for (const styled of shadow.querySelectorAll<HTMLElement>('[style], style')) {
        // What a script sets is no attribute to a policy, though it looks like one afterwards.
        expect([...styled.style].filter((name) => !SET_BY_SCRIPT.includes(name))).to.deep.equal([]);
      }

      for (const control of controlsOf(shadow)) {
        if (!control.checkVisibility()) continue;
        // A link in a sentence is as high as its line (WCAG 2.2, 2.5.8).
        if (getComputedStyle(control).display === 'inline') continue;
        // What a label says is pressed with it.
        const {width, height} = (control.closest('label') ?? control).getBoundingClientRect();
        const least = control.matches('[part=controls] > *') ? 44 : 24;
        expect(Math.min(width, height), control.outerHTML).to.be.at.least(least);
      }

      for (const {width, height, text, isTight} of ROOMS) {
        column.style.inlineSize = `${String(width)}px`;
        element.style.blockSize = height ? `${String(height)}px` : '';
        root.style.fontSize = `${String(text)}%`;
        // The box of the tiles is measured, and the tiles are laid out anew.
        await new Promise(requestAnimationFrame);
        await element.updateComplete;
        await new Promise(requestAnimationFrame);
        const lost = cutOff(shadow, isTight ? `.tile, ${ON_PURPOSE}` : ON_PURPOSE);
        expect(lost, `${String(width)} × ${String(height)}, ${String(text)} %`).to.deep.equal([]);
      }
      column.remove();
    });
  }
});

/** A picture of the screen at rest: what fades in is there, what goes on for ever is taken away. */
function rest(animation: Animation): void {
  if (animation.effect?.getComputedTiming().endTime === Infinity) animation.cancel();
  else animation.finish();
}
