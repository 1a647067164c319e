/**
 * `npm run bench -- far-calls`: how long after Accept each side sees the other when the two, and the relay,
 * are far from each other, as a ratio to a call that two pages make by hand over the same distance.
 * In Chromium. Ends with an error if a ratio is over its budget. All figures go to `.cache/bench`, too.
 */
import {launchBrowser} from '../test/support/browsers.js';
import {startStaticSite} from '../test/support/e2e.js';
import {startEmbedding} from '../test/support/embed.js';
import {readBudgets} from './lib/bundle-size.js';
import {
  BARE,
  WAYS,
  keepResults,
  makeCalls,
  measureCalls,
  reportCalls,
  type Runs,
} from './lib/call-ways.js';
import {CAMERA} from './lib/camera.js';
import {barChart, type ChartGroup} from './lib/chart.js';
import {FarApart, type Distance} from './lib/far-apart.js';
import {spreadOf} from './lib/spread.js';

const RUNS = 15;
/** Until pages have loaded and cameras run evenly, and everything has been said that is said while it rings. */
const SETTLE_MS = 2_000;
const DISTANCES: readonly Distance[] = [
  {roundTripMs: 0, loss: 0},
  {roundTripMs: 50, loss: 0},
  {roundTripMs: 100, loss: 0},
  {roundTripMs: 200, loss: 0},
  {roundTripMs: 100, loss: 0.02},
];

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
    const runs = await measureCalls(RUNS, () => callsFarApart(distance));
    results.push({distance, runs});
    report(distance, runs);
  }
} finally {
  for (const step of cleanups.reverse()) await step();
}
const groups = results.map(({distance, runs}): ChartGroup => {
  const bars = WAYS.filter((way) => way !== 'cold').map((way) => ({
    name: way === BARE ? 'by hand' : way,
    value: spreadOf(runs[way].map((call) => call.callee.afterMs)).median,
    isOurs: way === 'ringing' || way === 'warm',
  }));
  return {title: nameOf(distance), bars};
});
const title = `From Accept to the first picture: medians of ${RUNS}, Chromium`;
keepResults('far-calls', {budget, results}, barChart(title, groups, 'ms'));

async function callsFarApart(distance: Distance): ReturnType<typeof makeCalls> {
  const far = new FarApart(distance);
  try {
    const relay = `http://127.0.0.1:${await far.portOf(relayPort)}`;
    return await makeCalls(
      browser,
      {
        page: (attributes) => page({...attributes, 'relay-url': relay}),
        emptyUrl: `${emptySite.origin}/`,
        settleMs: SETTLE_MS,
      },
      {prepare: (window) => far.prepare(window), portOf: (port) => far.portOf(port)},
    );
  } finally {
    await far.close();
  }
}

function report(distance: Distance, runs: Runs): void {
  console.log(`\n${nameOf(distance)}; ${RUNS} runs each`);
  if (!reportCalls(runs, limitsFor(distance))) process.exitCode = 1;
}

/** Nothing is promised of 200 ms; of none, `call-setup` tells. With loss the order is what counts. */
function limitsFor({roundTripMs, loss}: Distance): Partial<typeof budget.ratios> {
  if (roundTripMs === 0 || roundTripMs > 100) return {};
  return loss > 0 ? {ringing: 1, warm: 1} : budget.ratios;
}

function nameOf({roundTripMs, loss}: Distance): string {
  if (roundTripMs === 0) return 'On one machine';
  return `${roundTripMs} ms there and back${loss === 0 ? '' : `, ${100 * loss} % lost`}`;
}
