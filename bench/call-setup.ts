/**
 * `npm run bench -- call-setup`: how long after Accept each side sees the other, as a ratio to a call
 * that two pages make by hand in the same browser: with links connected while it rings (ringing) or made
 * (warm), and without
 * (cold, which only this benchmark has). The runs take turns, so that what disturbs the machine disturbs both.
 * Ends with an error if a ratio is over its budget. All figures go to `.cache/bench`, too.
 */
import {mkdirSync, writeFileSync} from 'node:fs';
import {join, relative} from 'node:path';
import {ROOT} from '../scripts/lib/project.mjs';
import {findBrowsers, launchBrowser, type BrowserName} from '../test/support/browsers.js';
import {startStaticSite} from '../test/support/e2e.js';
import {startEmbedding} from '../test/support/embed.js';
import {bareCall, type CallFrames} from './lib/bare-call.js';
import {barePages} from './lib/bare-pages.js';
import {readBudgets} from './lib/bundle-size.js';
import {CAMERA} from './lib/camera.js';
import {elementCall, type Sharpness} from './lib/element-call.js';
import {spreadOf} from './lib/spread.js';

const RUNS = 15;
/** Until pages have loaded and cameras run evenly. People take longer to answer. */
const SETTLE_MS = 1_000;
const SIDES = ['callee', 'caller'] as const;
/** Of the warm calls: until the picture is as wide as it will be. */
const WATCHED_MS = 2_500;

type Way = 'ringing' | 'warm' | 'cold' | 'bare pages' | 'bare, in one page';
type Runs = Record<Way, CallFrames[]>;
type Sharpnesses = Record<(typeof SIDES)[number], Sharpness>[];

const RESULTS_FOLDER = join(ROOT, '.cache', 'bench');
const cleanups: (() => unknown)[] = [];
const results: Record<string, {version: string; runs: Runs; sharpness: Sharpnesses}> = {};
const {callSetup: budget} = readBudgets();

const {page} = await startEmbedding({after: (step) => void cleanups.push(step as () => unknown)});
const emptySite = await startStaticSite({'/': '<!doctype html><title>A bare call</title>'});
cleanups.push(() => emptySite.close());
try {
  console.log('\nFrom Accept to the first picture of the other side, in ms');
  await measure('chromium');
  report('chromium', budget.ratios);
  if (findBrowsers().firefox === undefined) console.log('\nFirefox is not installed');
  else {
    await measure('firefox');
    report('firefox', null);
  }
} finally {
  for (const step of cleanups.reverse()) await step();
}
mkdirSync(RESULTS_FOLDER, {recursive: true});
const file = join(
  RESULTS_FOLDER,
  `call-setup-${new Date().toISOString().replaceAll(':', '-')}.json`,
);
writeFileSync(file, `${JSON.stringify({budget, results}, null, 1)}\n`);
console.log(`\nEvery run: ${relative(ROOT, file)}`);

async function measure(name: BrowserName): Promise<void> {
  const browser = await launchBrowser(name, {args: name === 'chromium' ? CAMERA : []});
  try {
    const sharpness: Sharpnesses = [];
    const runs: Runs = {ringing: [], warm: [], cold: [], 'bare pages': [], 'bare, in one page': []};
    const url = `${emptySite.origin}/`;
    // The first run warms the browser up and is not counted.
    for (let run = 0; run <= RUNS; run++) {
      const room = `${name}-${run}`;
      const {
        constraints,
        sharpness: sharp,
        ...warm
      } = await elementCall(browser, {
        url: page({room}),
        settleMs: SETTLE_MS,
        watchedMs: WATCHED_MS,
      });
      const cold = await elementCall(browser, {
        url: page({room: `${room}-cold`}),
        settleMs: SETTLE_MS,
        isCold: true,
      });
      const ringing = await elementCall(browser, {
        url: page({room: `${room}-ringing`, preconnect: 'ringing'}),
        settleMs: SETTLE_MS,
      });
      const pages = await barePages(browser, {url, constraints, settleMs: SETTLE_MS});
      const onePage = await bareCall(browser, {url, constraints, settleMs: SETTLE_MS});
      if (run === 0) continue;
      sharpness.push(sharp);
      runs.ringing.push(ringing);
      runs.warm.push(warm);
      runs.cold.push(cold);
      runs['bare pages'].push(pages);
      runs['bare, in one page'].push(onePage);
    }
    const somePage = await browser.newPage();
    results[name] = {version: await somePage.browser().version(), runs, sharpness};
  } finally {
    await browser.close();
  }
}

function report(name: BrowserName, allowed: Record<'ringing' | 'warm', number> | null): void {
  const measured = results[name];
  if (measured === undefined) return;
  const {version, runs, sharpness} = measured;
  console.log(`\n${version}, ${RUNS} runs each`);
  console.log(row('', ['min', 'median', 'worst', 'width']));
  for (const side of SIDES) {
    for (const [way, calls] of Object.entries(runs)) {
      const {min, median, max} = spreadOf(calls.map((call) => call[side].afterMs));
      const {median: width} = spreadOf(calls.map((call) => call[side].width));
      console.log(
        row(`${side}, ${way}`, [...[min, median, max].map((ms) => ms.toFixed(0)), String(width)]),
      );
    }
  }
  for (const side of SIDES) {
    const medianOf = (way: Way): number =>
      spreadOf(runs[way].map((call) => call[side].afterMs)).median;
    for (const way of ['ringing', 'warm', 'cold'] as const) {
      const ratio = medianOf(way) / medianOf('bare pages');
      const limit = way === 'cold' ? null : (allowed?.[way] ?? null);
      const isOver = limit !== null && ratio > limit;
      const verdict = limit === null ? '' : `${isOver ? 'FAIL' : 'PASS'}, of ${limit}`;
      console.log(row(`${side}, ${way} ÷ bare pages`, ['', ratio.toFixed(2), '', '']) + verdict);
      if (isOver) process.exitCode = 1;
    }
  }
  reportSharpness(sharpness, allowed !== null);
}

/** How soon the picture of a warm call is as wide as the camera films, and how evenly it moves until then. */
function reportSharpness(sharpness: Sharpnesses, isLimited: boolean): void {
  console.log(row('', ['median', 'worst', 'ratio', '']));
  const {fullWidthMs, gapMs} = budget;
  for (const side of SIDES) {
    const widths = sharpness.map((each) => each[side].fullWidthAfterMs ?? Infinity);
    const gaps = sharpness.map((each) => each[side].longestGapMs);
    for (const [what, values, limit] of [
      ['whole width', widths, fullWidthMs],
      ['longest gap', gaps, gapMs],
    ] as const) {
      const {median, max} = spreadOf(values);
      const ratio = median / limit;
      const cells = [median.toFixed(0), max.toFixed(0), ratio.toFixed(2), ''];
      const verdict = isLimited ? `${ratio > 1 ? 'FAIL' : 'PASS'}, of ${limit} ms` : '';
      console.log(row(`${side}, ${what}`, cells) + verdict);
      if (isLimited && ratio > 1) process.exitCode = 1;
    }
  }
}

function row(name: string, cells: readonly string[]): string {
  return name.padEnd(28) + cells.map((cell) => cell.padStart(8)).join('');
}
