/**
 * That everything can be read: each pair of colours that meet in a screen has the contrast which
 * WCAG 2.2 asks for (1.4.3, 1.4.11), in light and dark, whatever accent a page has chosen, and more
 * of it for people who have asked their system for more.
 */
import {expect} from 'chai';
import {remove, roomWith, rulesFor, shadowOf} from '../support/widget-element.js';

type Pair = readonly [ink: string, ground: string];

/** Words. */
const TEXT: readonly Pair[] = [
  ['--_text', '--_surface'],
  ['--_text', '--_stage'],
  ['--_text', '--_soft'],
  ['--_muted', '--_surface'],
  ['--_muted', '--_stage'],
  ['--_muted', '--_soft'],
  ['--_accent', '--_surface'],
  ['--_accent', '--_stage'],
  ['--_accent', '--_soft'],
  ['--_danger-text', '--_surface'],
  ['--_danger-text', '--_stage'],
  // A button that is off, and a notice.
  ['--_surface', '--_text'],
];
/** Words on a colour that the page may have chosen. */
const ON_COLOUR: readonly Pair[] = [
  ['--_on-accent', '--_brand'],
  ['--_on-danger', '--_danger'],
];
/** Frames of fields and buttons, and the ring of the focus, which is the accent. */
const PIECES: readonly Pair[] = [
  ['--_edge', '--_surface'],
  ['--_edge', '--_stage'],
  ['--_accent', '--_surface'],
  ['--_accent', '--_stage'],
];

/** From all around the wheel, pale and deep, and the greys. */
const ACCENTS = [
  ...['#000', '#333', '#767676', '#808080', '#ccc', '#fff', '#ff0', '#0ff', '#f0f', '#f00', '#0f0'],
  ...['#00f', '#0b57d0', '#ffd500', '#e8590c', '#f8bbd0', '#003c8f', '#b2ff59', '#c2185b'],
  ...['#795548', '#7c4dff', '#1db954', '#fa8072', '#40e0d0', '#4b0082', '#d43c4c'],
];

describe('contrast', () => {
  const canvas = document.createElement('canvas').getContext('2d', {willReadFrequently: true});
  const root = document.documentElement;
  let element: HTMLElement;
  let probe: HTMLElement;

  beforeEach(async () => {
    element = await roomWith();
    probe = document.createElement('span');
    shadowOf(element).append(probe);
  });
  afterEach(() => {
    root.style.colorScheme = '';
    remove();
  });

  /** Relative luminance of a token as it is painted: an impossible colour is the nearest that there is. */
  function luminanceOf(token: string): number {
    if (!canvas) throw new Error('no canvas');
    probe.style.color = `var(${token})`;
    canvas.fillStyle = '#fff';
    canvas.fillStyle = getComputedStyle(probe).color;
    canvas.fillRect(0, 0, 1, 1);
    const [red = 0, green = 0, blue = 0] = [...canvas.getImageData(0, 0, 1, 1).data].map((byte) => {
      const share = byte / 255;
      return share <= 0.04045 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4;
    });
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
  }

  function tooWeak(pairs: readonly Pair[], least: number): string[] {
    return pairs.flatMap(([ink, ground]) => {
      const [a, b] = [luminanceOf(ink), luminanceOf(ground)];
      const ratio = (Math.max(a, b) + 0.05) / (Math.min(a, b) + 0.05);
      return ratio < least ? [`${ink} on ${ground} ${ratio.toFixed(2)}`] : [];
    });
  }

  for (const scheme of ['light', 'dark']) {
    it(`everything can be read, ${scheme}`, () => {
      root.style.colorScheme = scheme;
      expect(tooWeak([...TEXT, ...ON_COLOUR], 4.5)).to.deep.equal([]);
      expect(tooWeak(PIECES, 3)).to.deep.equal([]);
    });

    it(`any one accent or danger leaves everything to be read, ${scheme}`, () => {
      root.style.colorScheme = scheme;
      const found = ACCENTS.flatMap((colour) => {
        element.style.setProperty('--vcr-color-accent', colour);
        element.style.setProperty('--vcr-color-danger', colour);
        return tooWeak([...TEXT, ...ON_COLOUR], 4.5).map((what) => `${colour}: ${what}`);
      });
      expect(found).to.deep.equal([]);
    });

    it(`whoever asks for more contrast has 7:1, and frames as strong as words, ${scheme}`, () => {
      root.style.colorScheme = scheme;
      const more = new CSSStyleSheet();
      more.replaceSync(rulesFor(element, '(prefers-contrast: more)'));
      shadowOf(element).adoptedStyleSheets.push(more);
      expect(tooWeak(TEXT, 7)).to.deep.equal([]);
      expect(tooWeak([...PIECES, ['--_border', '--_surface']], 7)).to.deep.equal([]);
      expect(tooWeak(ON_COLOUR, 4.5)).to.deep.equal([]);
      const found = ACCENTS.flatMap((colour) => {
        element.style.setProperty('--vcr-color-accent', colour);
        return tooWeak(TEXT, 7).map((what) => `${colour}: ${what}`);
      });
      expect(found).to.deep.equal([]);
    });
  }
});
