/**
 * The element's `--vcr-*` custom properties as the theming page offers them, and some themes made of
 * them. A test holds the list, and what stands there without a theme, to the element's own comments.
 */

/** How a font is called here, and what it is in CSS. Nothing is loaded: each is on most systems. */
const FONTS = [
  ['The page’s', 'inherit'],
  ['Sans', "system-ui, 'Segoe UI', Roboto, 'Helvetica Neue', sans-serif"],
  ['Serif', "Georgia, 'Iowan Old Style', 'Times New Roman', serif"],
  ['Rounded', "ui-rounded, 'SF Pro Rounded', Nunito, Quicksand, 'Varela Round', sans-serif"],
  ['Mono', "ui-monospace, 'SF Mono', 'Cascadia Mono', Menlo, 'DejaVu Sans Mono', monospace"],
];
const [, [, SANS], [, SERIF], [, ROUNDED], [, MONO]] = FONTS;

/**
 * `start`: what the element does without it; for a colour without one, `from` says of which it is made.
 */
export const TOKENS = [
  colour('color-accent', 'Accent', 'light-dark(#0b6d64, #63cdbd)'),
  colour('color-on-accent', 'On accent', null, 'color-accent'),
  colour('color-surface', 'Surface', 'light-dark(#fff, #171d1f)'),
  colour('color-stage', 'Stage', 'light-dark(#eef2f2, #0e1315)'),
  colour('color-text', 'Text', 'light-dark(#182325, #e8eeee)'),
  colour('color-text-muted', 'Muted text', 'light-dark(#566568, #9db0b3)'),
  colour('color-border', 'Hairlines', 'light-dark(#dbe2e2, #2b3537)'),
  colour('color-focus', 'Focus ring', null, 'color-accent'),
  colour('color-danger', 'Danger', 'light-dark(#bf2f3f, #c93545)'),
  colour('color-on-danger', 'On danger', null, 'color-danger'),
  choice('font', 'Font', 'inherit', FONTS),
  range('font-size', 'Size', '1rem', [0.8, 1.4, 0.05]),
  choice('heading-font', 'Headings', 'inherit', [['The same', 'inherit'], ...FONTS.slice(1)]),
  range('heading-weight', 'Their weight', '650', [300, 900, 50]),
  range('radius', 'Corners', '16px', [0, 32, 1]),
  choice('radius-round', 'Buttons of a call', '999px', [
    ['Round', '999px'],
    ['Soft', '10px'],
    ['Square', '0px'],
  ]),
  range('space', 'Space', '0.625rem', [0.25, 1.125, 0.0625]),
  range('gap', 'Between tiles', '0.625rem', [0, 2, 0.125]),
  choice('shadow', 'Shadow', '0 8px 32px rgb(0 0 0 / 0.25)', [
    ['Soft', '0 8px 32px rgb(0 0 0 / 0.25)'],
    ['Deep', '0 16px 56px rgb(0 0 0 / 0.5)'],
    ['Hard', '6px 6px 0 rgb(0 0 0 / 0.2)'],
    ['None', 'none'],
  ]),
  range('duration', 'Motion', '0.15s', [0, 0.6, 0.05]),
];

function colour(name, label, start, from = null) {
  return {name, label, start, from, kind: 'color', group: 'Colours'};
}

function range(name, label, start, [min, max, step]) {
  const unit = start.replace(/^[\d.]+/, '');
  return {name, label, start, min, max, step, unit, kind: 'range', group: groupOf(name)};
}

function choice(name, label, start, options) {
  return {name, label, start, options, kind: 'choice', group: groupOf(name)};
}

function groupOf(name) {
  return /font|heading/.test(name) ? 'Type' : 'Shape and motion';
}

/** `scheme`: the one that it is made for; `system` follows the visitor's. */
export const THEMES = [
  {name: 'Calm', scheme: 'system', tokens: {}},
  {
    name: 'Hearth',
    scheme: 'light',
    tokens: {
      'color-accent': '#a8431a',
      'color-surface': '#fffaf3',
      'color-stage': '#f5e9d8',
      'color-text': '#33241a',
      'color-text-muted': '#6b5443',
      'color-border': '#ead9c2',
      'color-danger': '#9c2740',
      'heading-font': SERIF,
      'heading-weight': '600',
      radius: '20px',
    },
  },
  {
    name: 'Confetti',
    scheme: 'light',
    tokens: {
      'color-accent': '#7a2bf0',
      'color-surface': '#fffaff',
      'color-stage': '#fde6f4',
      'color-text': '#2b1036',
      'color-text-muted': '#654572',
      'color-border': '#f4cde6',
      'color-danger': '#d81f5d',
      font: ROUNDED,
      'heading-weight': '800',
      radius: '28px',
      space: '0.75rem',
      shadow: '6px 6px 0 rgb(0 0 0 / 0.2)',
      duration: '0.3s',
    },
  },
  {
    name: 'Boardroom',
    scheme: 'dark',
    tokens: {
      'color-accent': '#6d9bff',
      'color-surface': '#121826',
      'color-stage': '#0a0e17',
      'color-text': '#e8edf7',
      'color-text-muted': '#9aa7be',
      'color-border': '#28334a',
      'color-danger': '#c93a4b',
      font: SANS,
      'heading-weight': '600',
      radius: '8px',
      'radius-round': '10px',
      shadow: '0 16px 56px rgb(0 0 0 / 0.5)',
    },
  },
  {
    name: 'Typewriter',
    scheme: 'light',
    tokens: {
      'color-accent': '#1c1b19',
      'color-surface': '#fbfaf6',
      'color-stage': '#f0ede4',
      'color-text': '#1c1b19',
      'color-text-muted': '#57544d',
      'color-border': '#d6d1c4',
      'color-danger': '#a3201f',
      font: MONO,
      'font-size': '0.95rem',
      'heading-weight': '700',
      radius: '0px',
      'radius-round': '0px',
      shadow: 'none',
    },
  },
  {
    name: 'Plain sight',
    scheme: 'light',
    tokens: {
      'color-accent': '#0032a8',
      'color-surface': '#ffffff',
      'color-stage': '#ffffff',
      'color-text': '#000000',
      'color-text-muted': '#000000',
      'color-border': '#000000',
      'color-focus': '#c00068',
      'color-danger': '#990014',
      'font-size': '1.1rem',
      'heading-weight': '800',
      radius: '10px',
      shadow: 'none',
      duration: '0s',
    },
  },
];
