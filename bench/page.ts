/**
 * `npm run bench -- page`: what the element costs its page, from the load until the call is up and per minute
 * in the call, beside two pages that make the same call by hand, and two that have PeerJS for it. Time of scripts on the
 * main thread, and the heap after a garbage collection, then and when the rest has come. In Chromium, which alone
 * counts them. Ends with an error if a budget is exceeded.
 */
import type {Page} from 'puppeteer-core';
import {launchBrowser} from '../test/support/browsers.js';
import {startStaticSite} from '../test/support/e2e.js';
import {startEmbedding} from '../test/support/embed.js';
import {BARE_PAGES} from './lib/bare-pages.js';
import {readBudgets} from './lib/bundle-size.js';
import {CAMERA, CONSTRAINTS} from './lib/camera.js';
import {openWindow} from './lib/open-window.js';
import {CostMeter, type PageCost} from './lib/page-cost.js';
import {loadRivals} from './lib/rivals.js';
import {spreadOf} from './lib/spread.js';
import {act, makeReady, type Way} from './lib/two-pages.js';

const RUNS = 7;
/** Between two steps: nothing is asked of the pages meanwhile, for that would be counted. */
const STEP_MS = 1_500;
/** By then everything has come that is fetched after the first picture. */
const SETTLED_MS = 8_000;
const IN_CALL_MS = 10_000;
const SIDES = ['callee', 'caller'] as const;

interface Costs {
  /** Until the call is up. */
  readonly up: PageCost;
  /** When all has come that is fetched after the first picture. Bytes. */
  readonly settledHeapBytes: number;
  /** What the time in the call has added, for a minute. */
  readonly perMinute: Pick<PageCost, 'scriptMs' | 'taskMs'>;
}

type Run = Record<(typeof SIDES)[number], Costs>;

const wait = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));
const cleanups: (() => unknown)[] = [];
const {page: budget} = readBudgets();
const {page} = await startEmbedding({after: (step) => void cleanups.push(step as () => unknown)});
const emptySite = await startStaticSite({'/': '<!doctype html><title>A bare call</title>'});
cleanups.push(() => emptySite.close());
const browser = await launchBrowser('chromium', {args: CAMERA});
cleanups.push(() => browser.close());
const {PeerJS} = await loadRivals();
const runs = {element: [] as Run[], 'bare page': [] as Run[], PeerJS: [] as Run[]};
try {
  for (let run = 0; run <= RUNS; run++) {
    const element = await elementCost(`page-${run}`);
    const bare = await costByWay(BARE_PAGES);
    const peerJs = await costByWay(PeerJS);
    // The first run warms the browser up and is not counted.
    if (run === 0) continue;
    runs.element.push(element);
    runs['bare page'].push(bare);
    runs.PeerJS.push(peerJs);
  }
} finally {
  for (const step of cleanups.reverse()) await step();
}
report();

/** Opens two pages whose cost is counted, has the call made, and reads it when it is up and a while later. */
async function costOf(
  url: string,
  call: (callee: Page, caller: Page) => Promise<unknown>,
): Promise<Run> {
  const pages: Page[] = [];
  const meters: CostMeter[] = [];
  try {
    for (const _ of SIDES) {
      const opened = await openWindow(browser, url, {
        prepare: async (window) => void meters.push(await CostMeter.of(window)),
      });
      pages.push(opened);
    }
    await call(...(pages as [Page, Page]));
    await wait(STEP_MS);
    const up = await Promise.all(meters.map((meter) => meter.read()));
    await wait(SETTLED_MS);
    const settled = await Promise.all(meters.map((meter) => meter.read()));
    await wait(IN_CALL_MS);
    const later = await Promise.all(meters.map((meter) => meter.read()));
    const costs = up.map((cost, side): Costs => {
      const perMinute = (name: 'scriptMs' | 'taskMs'): number =>
        ((later[side]![name] - settled[side]![name]) * 60_000) / IN_CALL_MS;
      return {
        up: cost,
        settledHeapBytes: settled[side]!.heapBytes,
        perMinute: {scriptMs: perMinute('scriptMs'), taskMs: perMinute('taskMs')},
      };
    });
    for (const each of pages) await each.evaluate(assertPictures);
    return {callee: costs[0]!, caller: costs[1]!};
  } finally {
    for (const each of pages) await each.browserContext().close();
  }
}

function elementCost(room: string): Promise<Run> {
  return costOf(page({room}), async (callee, caller) => {
    await callee.evaluate(press, 'Join');
    await wait(STEP_MS);
    await caller.evaluate(press, 'Join');
    await wait(STEP_MS);
    await callee.evaluate(press, 'Accept');
  });
}

async function costByWay(way: Way): Promise<Run> {
  const server = await way.startServer();
  try {
    return await costOf(`${emptySite.origin}/`, async (callee, caller) => {
      for (const each of [callee, caller]) {
        const isCallee = each === callee;
        await makeReady(each, way, {port: server.port, constraints: CONSTRAINTS, isCallee});
      }
      await act(caller);
      await wait(STEP_MS);
      await act(callee);
    });
  } finally {
    await server.close();
  }
}

/** Runs in the page. */
function press(name: string): void {
  const root = document.querySelector('video-chat-room')!.shadowRoot!;
  const buttons = [...root.querySelectorAll('button')];
  buttons.find((button) => button.textContent?.includes(name))!.click();
}

/** Runs in the page: somebody else's picture is there, or nothing was measured. */
function assertPictures(): void {
  const root = document.querySelector('video-chat-room')?.shadowRoot ?? document;
  const shown = [...root.querySelectorAll('video')].filter(({videoWidth}) => videoWidth > 0);
  if (shown.length === 0) throw new Error('The call is not up.');
}

function report(): void {
  console.log(`\nFrom load until the call is up, and in it; medians of ${RUNS}, Chromium`);
  const columns = [
    'script ms',
    'own ms',
    'task ms',
    'heap MB',
    `${SETTLED_MS / 1_000} s later`,
    'script/min',
    'task/min',
  ];
  console.log(row('', columns));
  for (const side of SIDES) {
    for (const [what, all] of Object.entries(runs)) {
      const median = (of: (costs: Costs) => number): number =>
        spreadOf(all.map((run) => of(run[side]))).median;
      const scriptMs = median(({up}) => up.scriptMs);
      const heapBytes = median(({up}) => up.heapBytes);
      const cells = [
        scriptMs.toFixed(1),
        median(({up}) => up.scriptOwnMs).toFixed(1),
        median(({up}) => up.taskMs).toFixed(0),
        (heapBytes / 1e6).toFixed(2),
        (median(({settledHeapBytes}) => settledHeapBytes) / 1e6).toFixed(2),
        median(({perMinute}) => perMinute.scriptMs).toFixed(0),
        median(({perMinute}) => perMinute.taskMs).toFixed(0),
      ];
      if (what !== 'element') {
        console.log(row(`${side}, ${what}`, cells));
        continue;
      }
      const ratios = [scriptMs / budget.scriptMs, heapBytes / budget.heapBytes];
      const isOver = ratios.some((ratio) => ratio > 1);
      if (isOver) process.exitCode = 1;
      const verdict = `${isOver ? 'FAIL' : 'PASS'}, ${ratios.map((ratio) => ratio.toFixed(2)).join(' and ')} of ${budget.scriptMs} ms and ${budget.heapBytes / 1e6} MB`;
      console.log(`${row(`${side}, ${what}`, cells)}  ${verdict}`);
    }
  }
}

function row(name: string, cells: readonly string[]): string {
  return name.padEnd(20) + cells.map((cell) => cell.padStart(11)).join('');
}
