/**
 * `npm run bench -- stage`: eight people in one room. How long the longest task of the page's main thread is while nothing
 * changes, whether anything moves, and how soon a click is answered. In Chromium, which alone can be traced. Their
 * pictures are small and drawn, for one machine has to do the work of eight. Ends with an error if a limit is exceeded.
 */
import type {Page} from 'puppeteer-core';
import {launchBrowser} from '../test/support/browsers.js';
import {poll} from '../test/support/e2e.js';
import {startEmbedding} from '../test/support/embed.js';
import {readBudgets} from './lib/bundle-size.js';
import {keepResults, row} from './lib/call-ways.js';
import {traceMainThread, watchShifts, type Work} from './lib/main-thread.js';
import {openWindow} from './lib/open-window.js';
import {spreadOf} from './lib/spread.js';

const PEOPLE = 8;
/** By then everything has come that is fetched after the first picture. */
const SETTLED_MS = 10_000;
const WATCHED_MS = 10_000;
const CLICKS = 10;
const BETWEEN_CLICKS_MS = 500;

const COMMON = {'auto-accept': '', capacity: `${PEOPLE}`};

const wait = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));
const cleanups: (() => unknown)[] = [];
const {stage: budget} = readBudgets();
const {page} = await startEmbedding({after: (step) => void cleanups.push(step as () => unknown)});
const browser = await launchBrowser('chromium');
cleanups.push(() => browser.close());
try {
  const ana = await openWindow(browser, page({room: 'eight', 'auto-join': '', ...COMMON}), {
    prepare: drawnDevices,
  });
  await poll(async () => (await statusOf(ana)) === 'waiting', {what: 'Ana to wait'});
  // The others share a page: what they cost is not asked.
  const others = await openWindow(browser, page({}), {prepare: drawnDevices});
  await others.evaluate(addOthers, PEOPLE - 1, COMMON);
  await poll(async () => (await connectedAt(ana)) === PEOPLE - 1, {
    what: `${PEOPLE - 1} connections`,
    deadlineMs: 60_000,
  });
  await wait(SETTLED_MS);
  await ana.bringToFront();
  const movedBy = await watchShifts(ana);
  const calm = await traceMainThread(ana, () => wait(WATCHED_MS));
  const shifts = await movedBy();
  const clicked = await traceMainThread(ana, () => clickOften(ana));
  report(calm, shifts, clicked);
} finally {
  for (const step of cleanups.reverse()) await step();
}

function statusOf(of: Page): Promise<string> {
  return of.evaluate(() => document.querySelector('video-chat-room')!.status);
}

function connectedAt(of: Page): Promise<number> {
  return of.evaluate(
    () =>
      document
        .querySelector('video-chat-room')!
        .peers.filter(({connectionState}) => connectionState === 'connected').length,
  );
}

/** A small picture and silence in place of a camera and a microphone. */
async function drawnDevices(of: Page): Promise<void> {
  await of.evaluateOnNewDocument(() => {
    let drawn = 0;
    navigator.mediaDevices.getUserMedia = () => {
      const canvas = document.createElement('canvas');
      [canvas.width, canvas.height] = [160, 90];
      const context = canvas.getContext('2d')!;
      const hue = 47 * drawn++;
      setInterval(() => {
        context.fillStyle = `hsl(${hue + (performance.now() / 100) * 5} 50% 50%)`;
        context.fillRect(0, 0, 160, 90);
      }, 200);
      const {stream} = new AudioContext().createMediaStreamDestination();
      return Promise.resolve(
        new MediaStream([...canvas.captureStream(5).getTracks(), ...stream.getTracks()]),
      );
    };
  });
}

/** Runs in the page. */
async function addOthers(count: number, attributes: Record<string, string>): Promise<void> {
  document.querySelector('video-chat-room')!.remove();
  for (let i = 0; i < count; i++) {
    const element = document.createElement('video-chat-room');
    for (const [name, value] of Object.entries(attributes)) element.setAttribute(name, value);
    element.displayName = `Person ${i + 1}`;
    document.body.append(element);
    // One after the other, as people come.
    await element.join('eight');
    while (element.status !== 'in-call') await new Promise((resolve) => setTimeout(resolve, 50));
  }
}

async function clickOften(of: Page): Promise<void> {
  const button = await of.evaluateHandle(() =>
    document
      .querySelector('video-chat-room')!
      .shadowRoot!.querySelector<HTMLElement>('[part~=button-microphone]')!,
  );
  for (let i = 0; i < CLICKS; i++) {
    await button.click();
    await wait(BETWEEN_CLICKS_MS);
  }
}

function report(calm: Work, shifts: number, clicked: Work): void {
  console.log(
    `\nEight people in one room, ${WATCHED_MS / 1_000} s without a change, ${CLICKS} clicks`,
  );
  console.log(row('', ['median', 'worst', 'limit', 'ratio']));
  const clicks = spreadOf(clicked.clicksMs);
  for (const [what, median, worst, limit] of [
    ['longest task, ms', calm.longestTaskMs, calm.longestTaskMs, budget.taskMs],
    ['click to its frame, ms', clicks.median, clicks.max, budget.clickMs],
  ] as const) {
    const ratio = worst / limit;
    const isOver = !(ratio <= 1);
    if (isOver) process.exitCode = 1;
    const cells = [median.toFixed(1), worst.toFixed(1), `${limit}`, ratio.toFixed(2)];
    console.log(`${row(what, cells)}  ${isOver ? 'FAIL' : 'PASS'}`);
  }
  console.log(row('main thread busy, %', [((calm.busyMs / WATCHED_MS) * 100).toFixed(1)]));
  console.log(`${row('moved by itself', [shifts.toFixed(4)])}  ${shifts > 0 ? 'FAIL' : 'PASS'}`);
  if (shifts > 0) process.exitCode = 1;
  keepResults('stage', {budget, calm, shifts, clicked});
}
