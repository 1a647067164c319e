/**
 * The theming page: a control for each token, what they come to in CSS, and how well it can be read.
 * All that was chosen is in the address (`#screen=chat&radius=4px`), so that a theme can be sent to
 * somebody. What is shown is `theme-preview.js`.
 */
import {hexOf, ratioOf} from './theme-colours.js';
import {Preview} from './theme-preview.js';
import {THEMES, TOKENS} from './theme-tokens.js';

const PLAIN = {
  screen: 'call',
  scheme: 'system',
  lang: 'en',
  dir: 'ltr',
  width: '900',
  height: '560',
};

/** Ink, ground, and what a reader calls them. Large enough for text of any size (WCAG 1.4.3). */
const PAIRS = [
  ['color-text', 'color-surface', 'Text on the surface'],
  ['color-text', 'color-stage', 'Text on the stage'],
  ['color-text-muted', 'color-surface', 'Muted text on the surface'],
  ['color-text-muted', 'color-stage', 'Muted text on the stage'],
  ['color-on-accent', 'color-accent', 'Words on the accent'],
  ['color-on-danger', 'color-danger', 'Words on danger'],
];
const LEAST_RATIO = 4.5;

const find = (selector) => document.querySelector(selector);
const frame = find('.frame');
const knobs = find('.knobs');
const copied = find('.copied');
const box = find('.box');
const preview = new Preview(box);

/** What was chosen, by its name; what was not has no entry. */
let chosen = new Map();
let shownScreen = null;

/** What the element draws with: chosen, or its own. */
function valueOf(name) {
  const {start, from} = TOKENS.find((token) => token.name === name);
  const value = chosen.get(name) ?? start;
  if (value !== null) return value;
  const source = valueOf(from);
  if (!name.includes('-on-')) return source;
  // As the element does it: the one of the two that can be read.
  return ratioOf('#fff', source) >= ratioOf('#000', source) ? '#fff' : '#000';
}

const settingOf = (name) => chosen.get(name) ?? PLAIN[name];

function element(tag, properties, ...children) {
  const made = Object.assign(document.createElement(tag), properties);
  made.append(...children);
  return made;
}

function makeKnob(token) {
  const {name, label, kind} = token;
  const id = `knob-${name}`;
  const knob =
    kind === 'choice'
      ? element('select', {id}, ...token.options.map(([text, value]) => new Option(text, value)))
      : element('input', {id, type: kind});
  if (kind === 'range') Object.assign(knob, {min: token.min, max: token.max, step: token.step});
  knob.addEventListener('input', () => {
    chosen.set(name, `${knob.value}${token.unit ?? ''}`);
    show();
  });
  knob.addEventListener('change', remember);
  const reset = element('button', {type: 'button', className: 'reset', textContent: '↺'});
  reset.setAttribute('aria-label', `${label}: as it was`);
  reset.title = 'As it was';
  reset.addEventListener('click', () => {
    chosen.delete(name);
    show();
    remember();
    // The button goes with what it takes back.
    knob.focus();
  });
  const value = element('output', {htmlFor: id});
  return element(
    'div',
    {className: `knob knob-${kind}`},
    element('label', {htmlFor: id, textContent: label}),
    knob,
    value,
    reset,
  );
}

function fillKnob({name, kind, unit}, knob) {
  const [, input, value, reset] = knob.children;
  reset.hidden = !chosen.has(name);
  const text = valueOf(name);
  if (kind === 'color') input.value = hexOf(text);
  if (kind === 'range') input.value = text.slice(0, text.length - unit.length);
  if (kind === 'choice') input.value = text;
  const isAuto = kind === 'color' && !chosen.has(name);
  value.textContent = kind === 'choice' ? '' : isAuto ? 'auto' : text;
}

function makeTheme(theme) {
  const button = element('button', {type: 'button', className: 'theme'});
  const swatches = element('span', {className: 'swatches'});
  const colours = ['surface', 'stage', 'text', 'accent', 'danger'];
  for (const each of colours) {
    const {start} = TOKENS.find(({name}) => name === `color-${each}`);
    const swatch = element('span', {});
    swatch.style.background = theme.tokens[`color-${each}`] ?? start;
    swatches.append(swatch);
  }
  swatches.style.colorScheme = theme.scheme === 'system' ? '' : theme.scheme;
  button.append(swatches, theme.name);
  button.addEventListener('click', () => {
    for (const {name} of TOKENS) chosen.delete(name);
    for (const [name, value] of Object.entries(theme.tokens)) chosen.set(name, value);
    chosen.set('scheme', theme.scheme);
    show();
    remember();
  });
  return button;
}

function isShown({scheme, tokens}) {
  return (
    scheme === settingOf('scheme') && TOKENS.every(({name}) => chosen.get(name) === tokens[name])
  );
}

function cssText() {
  const scheme = settingOf('scheme');
  const lines = [
    ...(scheme === 'system' ? [] : [`  color-scheme: ${scheme};`]),
    ...TOKENS.filter(({name}) => chosen.has(name)).map(
      ({name}) => `  --vcr-${name}: ${chosen.get(name)};`,
    ),
  ];
  if (lines.length === 0) return '/* Nothing to do: it looks like this by itself. */';
  return `video-chat-room {\n${lines.join('\n')}\n}`;
}

function makeContrast([ink, ground, label]) {
  const ratio = ratioOf(valueOf(ink), valueOf(ground));
  const isGood = ratio >= LEAST_RATIO;
  const item = element('li', {});
  item.dataset.good = String(isGood);
  // Cut, not rounded: 4.49 is not 4.5.
  const shown = `${(Math.floor(ratio * 10) / 10).toFixed(1)} : 1`;
  item.append(`${label} `, element('strong', {}, `${shown}${isGood ? '' : ', too little'}`));
  return item;
}

const shownThemes = THEMES.map((theme) => [theme, makeTheme(theme)]);
const shownKnobs = TOKENS.map((token) => [token, makeKnob(token)]);

function show() {
  for (const {name} of TOKENS) {
    const value = chosen.get(name);
    if (value === undefined) frame.style.removeProperty(`--vcr-${name}`);
    else frame.style.setProperty(`--vcr-${name}`, value);
  }
  const scheme = settingOf('scheme');
  frame.style.colorScheme = scheme === 'system' ? '' : scheme;
  frame.lang = settingOf('lang');
  frame.dir = settingOf('dir');
  frame.style.inlineSize = `${settingOf('width')}px`;
  frame.style.blockSize = `${settingOf('height')}px`;
  for (const name of Object.keys(PLAIN)) find(`#${name}`).value = settingOf(name);
  for (const [token, knob] of shownKnobs) fillKnob(token, knob);
  for (const [theme, button] of shownThemes) button.ariaPressed = String(isShown(theme));
  find('#css').textContent = cssText();
  find('.contrast').replaceChildren(...PAIRS.map(makeContrast));
  copied.textContent = '';
  if (shownScreen === settingOf('screen')) return;
  shownScreen = settingOf('screen');
  preview.show(shownScreen);
}

function remember() {
  const address = new URL(location.href);
  const unlike = [...chosen].filter(([name, value]) => value !== PLAIN[name]);
  address.hash = new URLSearchParams(unlike).toString();
  history.replaceState(null, '', address);
}

/** Only what there is a control for, and what that can be set to. */
function isKnown([name, value]) {
  if (value.length > 120 || /[;{}]/.test(value)) return false;
  if (name === 'width' || name === 'height') return /^\d{3,4}$/.test(value);
  const select = find(`select#${CSS.escape(name)}`);
  if (select) return [...select.options].some((option) => option.value === value);
  const token = TOKENS.find((each) => each.name === name);
  return token !== undefined && CSS.supports(propertyOf(token), value);
}

function propertyOf({name, kind}) {
  if (kind === 'color') return 'color';
  if (name.includes('weight')) return 'font-weight';
  if (name.includes('font-size')) return 'font-size';
  if (name.includes('font')) return 'font-family';
  if (name === 'shadow') return 'box-shadow';
  return name === 'duration' ? 'transition-duration' : 'padding';
}

function follow() {
  chosen = new Map([...new URLSearchParams(location.hash.slice(1))].filter(isKnown));
  show();
}

for (const name of Object.keys(PLAIN)) {
  const control = find(`#${name}`);
  control.addEventListener('input', () => {
    chosen.set(name, control.value);
    show();
  });
  control.addEventListener('change', remember);
}

/** The box may be drawn larger by its corner, and cannot be wider than the page. */
new ResizeObserver(() => {
  for (const [id, side] of [
    ['width', box.offsetWidth],
    ['height', box.offsetHeight],
  ]) {
    find(`#${id}`).value = side;
    find(`output[for='${id}']`).textContent = `${side} px`;
  }
}).observe(box);
frame.addEventListener('pointerup', () => {
  const sides = [
    ['width', frame.style.inlineSize || frame.style.width],
    ['height', frame.style.blockSize || frame.style.height],
  ];
  for (const [id, length] of sides) chosen.set(id, String(Math.round(parseFloat(length))));
  remember();
});

async function copy(text, what) {
  try {
    await navigator.clipboard.writeText(text);
    copied.textContent = `${what} is copied`;
  } catch {
    // No clipboard on an insecure page: the CSS stands selected, ready for the keyboard.
    getSelection()?.selectAllChildren(find('#css'));
    copied.textContent = 'Press Ctrl+C to copy the CSS';
  }
}
find('#copy-css').addEventListener('click', () => void copy(cssText(), 'The CSS'));
find('#copy-link').addEventListener('click', () => void copy(location.href, 'The link'));

find('.themes').append(...shownThemes.map(([, button]) => button));
for (const group of new Set(TOKENS.map((token) => token.group))) {
  const own = shownKnobs.filter(([token]) => token.group === group).map(([, knob]) => knob);
  knobs.append(element('fieldset', {}, element('legend', {textContent: group}), ...own));
}
knobs.addEventListener('submit', (event) => event.preventDefault());
matchMedia('(prefers-color-scheme: dark)').addEventListener('change', show);
window.addEventListener('hashchange', follow);
follow();
