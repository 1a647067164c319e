/** What holds for every screen alike: accessible in both themes, no style attribute, parts to style, nothing wider than its box. */
import 'axe-core';
import type axeCore from 'axe-core';
import {expect} from 'chai';
import {remove, roomAt, shadowOf} from '../support/widget-element.js';
import {SCREENS} from '../support/widget-screens.js';

declare const axe: typeof axeCore;

describe('every screen', () => {
  const root = document.documentElement;
  before(() => {
    root.lang = 'en';
    document.title = 'Test';
  });
  afterEach(() => {
    remove();
    root.style.colorScheme = '';
    root.style.background = '';
  });

  for (const screen of SCREENS) {
    for (const theme of ['light', 'dark']) {
      it(`${screen.name}, ${theme}: axe finds nothing`, async () => {
        root.style.colorScheme = theme;
        root.style.background = theme === 'dark' ? '#000' : '#fff';
        const element = await roomAt(screen);
        shadowOf(element).getAnimations().forEach(rest);
        const {violations} = await axe.run(element, {rules: {region: {enabled: false}}});
        const told = violations.map(
          ({id, nodes}) =>
            `${id}: ${nodes.map(({html, failureSummary}) => html + failureSummary).join()}`,
        );
        expect(told).to.deep.equal([]);
      });
    }

    // One element for all of it: bringing it to its screen is what takes the time.
    it(`${screen.name}: no style attribute, fits 240 and 320 px, targets large enough`, async () => {
      const element = await roomAt(screen);
      // A strict policy would block it.
      expect(shadowOf(element).querySelectorAll('[style], style')).to.have.length(0);

      for (const button of shadowOf(element).querySelectorAll('button')) {
        const {width, height} = button.getBoundingClientRect();
        const least = button.closest('[part=controls]') ? 44 : 24;
        expect(Math.min(width, height), button.outerHTML).to.be.at.least(least);
      }

      for (const width of [240, 320]) {
        element.style.inlineSize = `${String(width)}px`;
        await element.updateComplete;
        for (const part of shadowOf(element).querySelectorAll('button, input, h2, [part~=tile]')) {
          const box = part.getBoundingClientRect();
          const outer = element.getBoundingClientRect();
          // A modal dialog is in the page's box, not in the element's.
          if (part.closest('.visually-hidden, dialog') || box.width === 0) continue;
          expect(box.right, part.outerHTML).to.be.at.most(outer.right + 0.5);
          expect(box.left, part.outerHTML).to.be.at.least(outer.left - 0.5);
        }
      }
    });
  }

  it('names parts for every visible piece', async () => {
    const found = new Set<string>();
    for (const screen of SCREENS) {
      const element = await roomAt(screen);
      for (const piece of shadowOf(element).querySelectorAll('[part]')) {
        for (const part of piece.part) found.add(part);
      }
    }
    for (const part of [
      'base form card heading text field input button button-primary button-danger icon stage',
      'room-name tiles tile tile-own video avatar name lobby controls prompt notices notice',
    ].flatMap((line) => line.split(' '))) {
      expect(found, part).to.include(part);
    }
  });
});

/** A picture of the screen at rest: what fades in is there, what goes on for ever is taken away. */
function rest(animation: Animation): void {
  if (animation.effect?.getComputedTiming().endTime === Infinity) animation.cancel();
  else animation.finish();
}
