/**
 * Shows every screen of the element at once, with made-up people, for looking at: in a browser by
 * hand (`gallery.html?theme=dark&width=320&height=480&dir=rtl&lang=ar&only=prompt,form`), and for
 * `sheet.ts`, which takes pictures of it. Whatever moves by itself stands still here.
 */
import {OUTCOME_SCREENS} from '../support/outcome-screens.js';
import {engine, roomAt, shadowOf, TAG, until} from '../support/widget-element.js';
import {SCREENS} from '../support/widget-screens.js';
import {FakeSession} from '../support/widget-session.js';
import {documentPage, paintAll, portrait} from './portraits.js';

/** Where a screen is on the page, in its pixels. */
export interface Place {
  readonly name: string;
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

export interface Gallery {
  /** Resolves when nothing on the page is about to change any more, with where everything is. */
  settle(): Promise<readonly Place[]>;
}

declare global {
  var gallery: Promise<Gallery>;
}

/** A message that goes away in seconds is shown for ever; what the tests' own waiting takes is less. */
const LONG_MS = 500;
/** Of the day of the conversation in `chat-screens.ts`. */
const NOON = new Date('2026-06-14T12:10:00Z').getTime();
/** Frames in a row in which nothing has moved. */
const CALM_FRAMES = 3;

class PictureSession extends FakeSession {
  override localStream = portrait(7);
  override localScreen: MediaStream | null = documentPage(7);
  override screenOf(peerId: string): MediaStream {
    return documentPage(seedOf(peerId));
  }
  override streamOf(peerId: string): MediaStream {
    return portrait(seedOf(peerId));
  }
}

const seedOf = (peerId: string): number => peerId.charCodeAt(0) - 96;

const videosOf = (root: ShadowRoot): HTMLVideoElement[] =>
  [...root.querySelectorAll('video')].filter(
    (video) => video.srcObject !== null && video.checkVisibility({visibilityProperty: true}),
  );

async function show(): Promise<Gallery> {
  stopTime();
  // In its place among the others, and not over all of them.
  HTMLDialogElement.prototype.showModal = HTMLDialogElement.prototype.show;
  const query = new URLSearchParams(location.search);
  const root = document.documentElement;
  root.dataset['theme'] = query.get('theme') ?? 'light';
  root.dir = query.get('dir') ?? 'ltr';
  for (const name of ['width', 'height', 'columns']) {
    const value = query.get(name);
    if (value) root.style.setProperty(`--${name}`, name === 'columns' ? value : `${value}px`);
  }
  // Before anything is drawn with them; a face is otherwise loaded when a text first needs it.
  await Promise.all([...document.fonts].map((face) => face.load()));

  const only = query.get('only')?.split(',');
  engine.CallSession = PictureSession;
  // A frame of a hundred elements takes its time, and nobody looks at them before the last one is there.
  const {requestAnimationFrame} = window;
  window.requestAnimationFrame = (draw) => setTimeout(draw);
  for (const screen of [...SCREENS, ...OUTCOME_SCREENS]) {
    if (only && !only.includes(screen.name)) continue;
    const figure = document.createElement('figure');
    figure.innerHTML = `<figcaption>${screen.name}</figcaption>`;
    document.body.append(figure);
    await roomAt(screen, figure);
  }
  window.requestAnimationFrame = requestAnimationFrame;
  // Not before, for the screens are brought about by buttons of English names.
  root.lang = query.get('lang') ?? (root.dir === 'rtl' ? 'ar' : 'en');
  return {settle};
}

async function settle(): Promise<readonly Place[]> {
  if (document.activeElement instanceof HTMLElement) document.activeElement.blur();
  const roots = [...document.querySelectorAll(TAG)].map(shadowOf);
  let calm = 0;
  let last = '';
  await until(() => isLanguageHere(roots), 'the language');
  for (;;) {
    const videos = roots.flatMap(videosOf).filter(({readyState}) => readyState < 2);
    if (videos.length > 0) paintAll();
    await nextFrame();
    const isWaiting = videos.length > 0 || roots.some(isDrawing);
    const now = isWaiting ? '' : describePage(roots);
    calm = now !== '' && now === last ? calm + 1 : 0;
    if (calm === CALM_FRAMES) break;
    last = now;
  }
  return [...document.querySelectorAll('figure')].map((figure) => {
    const name = figure.querySelector('figcaption')?.textContent ?? '';
    const box = figure.querySelector(TAG)?.getBoundingClientRect() ?? new DOMRect();
    return {name, x: box.x, y: box.y, width: box.width, height: box.height};
  });
}

/** A preview that is in sight is drawn a moment later. */
function isDrawing(root: ShadowRoot): boolean {
  const log = root.querySelector('.log')?.getBoundingClientRect();
  return [...root.querySelectorAll('canvas:not([data-drawn])')].some((canvas) => {
    const {top, bottom} = canvas.getBoundingClientRect();
    return log !== undefined && bottom > log.top && top < log.bottom;
  });
}

/** English is what an element is written in, and does not say so. */
function isLanguageHere(roots: readonly ShadowRoot[]): boolean {
  const {lang} = document.documentElement;
  return lang === 'en' || roots.every((root) => root.querySelector(`.base[lang="${lang}"]`));
}

/** What stands where. A video's frame comes to the screen without it, see `nextFrame()`. */
function describePage(roots: readonly ShadowRoot[]): string {
  return roots
    .flatMap((root) =>
      [...root.querySelectorAll('*')].map((element) => {
        const {x, y, width, height} = element.getBoundingClientRect();
        const own = element.childElementCount === 0 ? element.textContent : '';
        return `${x},${y},${width},${height},${element.scrollTop},${own}`;
      }),
    )
    .join('\n');
}

function nextFrame(): Promise<void> {
  return new Promise((resolve) => {
    requestAnimationFrame(() => {
      resolve();
    });
  });
}

/** What is said now is said at noon, and what is due in seconds does not come. */
function stopTime(): void {
  const {setTimeout} = window;
  Object.assign(window, {
    Date: new Proxy(Date, {
      construct: (real, parts) =>
        Reflect.construct(real, parts.length === 0 ? [NOON] : parts) as Date,
      get: (real, name) => (name === 'now' ? () => NOON : (Reflect.get(real, name) as unknown)),
    }),
    setTimeout: (task: () => void, ms = 0) =>
      ms < LONG_MS ? setTimeout(task, ms) : setTimeout(() => undefined),
  });
}

globalThis.gallery = show();
