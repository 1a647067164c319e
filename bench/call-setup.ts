/**
 * `npm run bench -- call-setup`: how long after Accept each side sees the other, as a ratio to a call that two
 * pages make by hand in the same browser: with links connected while it rings (ringing) or made (warm), without
 * (cold, which only this benchmark has), and with the libraries that people take for it. How soon the picture is
 * sharp, how soon it rings, and what a call costs the relay. Ends with an error if a limit is exceeded.
 */
import {findBrowsers, launchBrowser, type BrowserName} from '../test/support/browsers.js';
import {startStaticSite} from '../test/support/e2e.js';
import {startEmbedding} from '../test/support/embed.js';
import {bareCall, type CallFrames} from './lib/bare-call.js';
import {readBudgets} from './lib/bundle-size.js';
import {
  SIDES,
  keepResults,
  makeCalls,
  measureCalls,
  reportCalls,
  row,
  type MeasuredCall,
  type Runs,
} from './lib/call-ways.js';
import {CAMERA, CONSTRAINTS} from './lib/camera.js';
import {spreadOf} from './lib/spread.js';

const RUNS = 15;
/** Until pages have loaded and cameras run evenly. People take longer to answer. */
const SETTLE_MS = 1_000;
/** Of the warm calls: until the picture is as wide as it will be. */
const WATCHED_MS = 2_500;

interface Measured {
  readonly version: string;
  readonly runs: Runs;
  /** Two connections in one page: what the browser itself needs. */
  readonly inOnePage: readonly CallFrames[];
}

const cleanups: (() => unknown)[] = [];
const {callSetup: budget} = readBudgets();
const {page} = await startEmbedding({after: (step) => void cleanups.push(step as () => unknown)});
const emptySite = await startStaticSite({'/': '<!doctype html><title>A bare call</title>'});
cleanups.push(() => emptySite.close());
const results: Partial<Record<BrowserName, Measured>> = {};
try {
  console.log('\nFrom Accept to the first picture of the other side, in ms');
  for (const name of ['chromium', 'firefox'] as const) {
    if (findBrowsers()[name] === undefined) console.log(`\n${name} is not installed`);
    else {
      results[name] = await measure(name);
      report(results[name], name === 'chromium');
    }
  }
} finally {
  for (const step of cleanups.reverse()) await step();
}
keepResults('call-setup', {budget, results});

async function measure(name: BrowserName): Promise<Measured> {
  const browser = await launchBrowser(name, {args: name === 'chromium' ? CAMERA : []});
  try {
    const emptyUrl = `${emptySite.origin}/`;
    const inOnePage: CallFrames[] = [];
    const runs = await measureCalls(RUNS, async () => {
      const options = {url: emptyUrl, constraints: CONSTRAINTS, settleMs: SETTLE_MS};
      inOnePage.push(await bareCall(browser, options));
      return makeCalls(browser, {
        page,
        emptyUrl,
        settleMs: SETTLE_MS,
        watchedMs: WATCHED_MS,
      });
    });
    const somePage = await browser.newPage();
    const version = await somePage.browser().version();
    return {version, runs, inOnePage: inOnePage.slice(1)};
  } finally {
    await browser.close();
  }
}

function report({version, runs, inOnePage}: Measured, isLimited: boolean): void {
  console.log(`\n${version}, ${RUNS} runs each`);
  if (!reportCalls(runs, isLimited ? budget.ratios : {})) process.exitCode = 1;
  for (const side of SIDES) {
    const {min, median, max} = spreadOf(inOnePage.map((call) => call[side].afterMs));
    console.log(
      row(
        `${side}, in one page`,
        [min, median, max].map((ms) => ms.toFixed(0)),
      ),
    );
  }
  reportSharpness(runs.warm, isLimited);
  if (isLimited) reportMessages(runs);
}

/** How soon the picture of a warm call is as wide as the camera films, and how evenly it moves until then. */
function reportSharpness(calls: readonly MeasuredCall[], isLimited: boolean): void {
  console.log(row('', ['min', 'median', 'worst', 'ratio']));
  const {fullWidthMs, gapMs} = budget;
  for (const side of SIDES) {
    const of = calls.map(({sharpness}) => sharpness![side]);
    for (const [what, values, limit] of [
      ['whole width', of.map(({fullWidthAfterMs}) => fullWidthAfterMs ?? Infinity), fullWidthMs],
      ['longest gap', of.map(({longestGapMs}) => longestGapMs), gapMs],
    ] as const) {
      const {min, median, max} = spreadOf(values);
      const ratio = median / limit;
      const cells = [...[min, median, max].map((ms) => ms.toFixed(0)), ratio.toFixed(2)];
      const verdict = isLimited ? `  ${ratio > 1 ? 'FAIL' : 'PASS'}, of ${limit} ms` : '';
      console.log(row(`${side}, ${what}`, cells) + verdict);
      if (isLimited && ratio > 1) process.exitCode = 1;
    }
  }
}

/** From the knock until both see each other, at either end of the relay; receipts (Socket.IO's acknowledgements) apart. */
function reportMessages(runs: Runs): void {
  console.log(row('', ['min', 'median', 'worst', 'ratio']));
  for (const [way, calls] of Object.entries(runs)) {
    const {min, median, max} = spreadOf(calls.map(({messages}) => messages ?? NaN));
    const ratio = median / budget.messages;
    const isOver = way === 'warm' && ratio > 1;
    const verdict = way === 'warm' ? `  ${isOver ? 'FAIL' : 'PASS'}, of ${budget.messages}` : '';
    const cells = [...[min, median, max].map(String), ratio.toFixed(2)];
    console.log(row(`messages, ${way}`, cells) + verdict);
    if (isOver) process.exitCode = 1;
  }
}
