/**
 * `npm run bench -- far-calls`: how long after Accept each side sees the other when the two, and the relay,
 * are far from each other, as a ratio to a call that two pages make by hand over the same distance.
 * The runs take turns, so that what disturbs the machine disturbs all. In Chromium. Ends with an error
 * if a ratio is over its budget. All figures go to `.cache/bench`, too.
 */
import {mkdirSync, writeFileSync} from 'node:fs';
import {join, relative} from 'node:path';
import {ROOT} from '../scripts/lib/project.mjs';
import {launchBrowser} from '../test/support/browsers.js';
import {startStaticSite} from '../test/support/e2e.js';
import {startEmbedding} from '../test/support/embed.js';
import type {CallFrames} from './lib/bare-call.js';
import {barePages} from './lib/bare-pages.js';
import {readBudgets} from './lib/bundle-size.js';
import {CAMERA} from './lib/camera.js';
import {elementCall} from './lib/element-call.js';
import {FarApart, type Distance} from './lib/far-apart.js';
import {spreadOf} from './lib/spread.js';

const RUNS = 15;
/** Until pages have loaded and cameras run evenly, and everything has been said that is said while it rings. */
const SETTLE_MS = 2_000;
const SIDES = ['callee', 'caller'] as const;
const DISTANCES: readonly Distance[] = [
  {roundTripMs: 50, loss: 0},
  {roundTripMs: 100, loss: 0},
  {roundTripMs: 200, loss: 0},
  {roundTripMs: 100, loss: 0.02},
];

type Way = 'ringing' | 'warm' | 'cold' | 'bare pages';
type Runs = Record<Way, CallFrames[]>;

const cleanups: (() => unknown)[] = [];
const results: {distance: Distance; runs: Runs}[] = [];
const {farCalls: budget} = readBudgets();
const {page, relayUrl} = await startEmbedding(
  {after: (step) => void cleanups.push(step as () => unknown)},
  {},
  {connect: 'http://127.0.0.1:* ws://127.0.0.1:*'},
);
const relayPort = Number(new URL(relayUrl).port);
const emptySite = await startStaticSite({'/': '<!doctype html><title>A bare call</title>'});
cleanups.push(() => emptySite.close());
const browser = await launchBrowser('chromium', {args: CAMERA});
cleanups.push(() => browser.close());
try {
  console.log('\nFrom Accept to the first picture of the other side, in ms; Chromium');
  for (const distance of DISTANCES) {
    const runs = await measure(distance);
    results.push({distance, runs});
    report(distance, runs);
  }
} finally {
  for (const step of cleanups.reverse()) await step();
}
const folder = join(ROOT, '.cache', 'bench');
mkdirSync(folder, {recursive: true});
const file = join(folder, `far-calls-${new Date().toISOString().replaceAll(':', '-')}.json`);
writeFileSync(file, `${JSON.stringify({budget, results}, null, 1)}\n`);
console.log(`\nEvery run: ${relative(ROOT, file)}`);

async function measure(distance: Distance): Promise<Runs> {
  const runs: Runs = {ringing: [], warm: [], cold: [], 'bare pages': []};
  // The first run warms the browser up and is not counted.
  for (let run = 0; run <= RUNS; run++) {
    const far = new FarApart(distance);
    try {
      const prepare = (window: Parameters<FarApart['prepare']>[0]): Promise<void> =>
        far.prepare(window);
      const relay = `http://127.0.0.1:${await far.portOf(relayPort)}`;
      const call = async (
        way: 'ringing' | 'warm' | 'cold',
      ): Promise<Awaited<ReturnType<typeof elementCall>>> => {
        const room = `far-${results.length}-${run}-${way}`;
        const preconnect = way === 'ringing' ? way : 'warm';
        const url = page({room, preconnect, 'relay-url': relay});
        return elementCall(browser, {url, settleMs: SETTLE_MS, isCold: way === 'cold', prepare});
      };
      const ringing = await call('ringing');
      const {constraints, caller, callee} = await call('warm');
      const cold = await call('cold');
      const pages = await barePages(browser, {
        url: `${emptySite.origin}/`,
        constraints,
        settleMs: SETTLE_MS,
        prepare,
        portOf: (port) => far.portOf(port),
      });
      if (run === 0) continue;
      runs.ringing.push({caller: ringing.caller, callee: ringing.callee});
      runs.warm.push({caller, callee});
      runs.cold.push({caller: cold.caller, callee: cold.callee});
      runs['bare pages'].push(pages);
    } finally {
      await far.close();
    }
  }
  return runs;
}

function report({roundTripMs, loss}: Distance, runs: Runs): void {
  const lossWords = loss === 0 ? '' : `, ${100 * loss} % lost`;
  console.log(`\n${roundTripMs} ms there and back${lossWords}; ${RUNS} runs each`);
  console.log(row('', ['min', 'median', 'worst', 'ratio']));
  for (const side of SIDES) {
    const spreads = Object.entries(runs).map(
      ([way, calls]) => [way, spreadOf(calls.map((call) => call[side].afterMs))] as const,
    );
    const bare = spreads.find(([way]) => way === 'bare pages')?.[1].median ?? NaN;
    for (const [way, {min, median, max}] of spreads) {
      const ratio = median / bare;
      const allowed = way === 'ringing' || way === 'warm' ? budget.ratios[way] : null;
      // With loss the order is what counts.
      const limit = allowed !== null && roundTripMs <= 100 ? (loss === 0 ? allowed : 1) : null;
      const verdict = limit === null ? '' : `${ratio > limit ? 'FAIL' : 'PASS'}, of ${limit}`;
      const cells = [...[min, median, max].map((ms) => ms.toFixed(0)), ratio.toFixed(2)];
      console.log(`${row(`${side}, ${way}`, cells)}  ${verdict}`);
      if (limit !== null && ratio > limit) process.exitCode = 1;
    }
  }
}

function row(name: string, cells: readonly string[]): string {
  return name.padEnd(24) + cells.map((cell) => cell.padStart(8)).join('');
}
