/**
 * `npm run bench -- reload`: a page is reloaded in a call; how long after its load event each side
 * sees the other again, as a ratio to the limit that is promised for it. Ends with an error if a
 * median is over it.
 */
import {findBrowsers, launchBrowser, type BrowserName} from '../test/support/browsers.js';
import {startEmbedding} from '../test/support/embed.js';
import {readBudgets} from './lib/bundle-size.js';
import {reloadedCalls} from './lib/reloaded-call.js';
import {spreadOf} from './lib/spread.js';

const RUNS = 10;

const cleanups: (() => unknown)[] = [];
const {reload: budget} = readBudgets();
const {page} = await startEmbedding({after: (step) => void cleanups.push(step as () => unknown)});
try {
  console.log(`\nFrom a reloaded page's load event to the first picture, in ms; ${RUNS} runs each`);
  for (const name of ['chromium', 'firefox'] as const) {
    if (findBrowsers()[name] === undefined) console.log(`${name} is not installed`);
    else await measure(name);
  }
} finally {
  for (const step of cleanups.reverse()) await step();
}

async function measure(name: BrowserName): Promise<void> {
  const browser = await launchBrowser(name);
  try {
    const runs = await reloadedCalls(browser, {url: page({room: name}), times: RUNS});
    console.log(`\n${name.padEnd(40)}  median   worst   ratio`);
    for (const [who, sights] of Object.entries(runs)) {
      for (const side of ['reloaded', 'other'] as const) {
        const {median, max} = spreadOf(sights.map((sight) => sight[side]));
        const ratio = median / budget.limitMs;
        const cells = [median.toFixed(0), max.toFixed(0), ratio.toFixed(2)];
        const verdict = ratio > 1 ? 'FAIL' : `PASS, of ${budget.limitMs} ms`;
        const label = `  ${who} reloads, seen by the ${side} page`;
        console.log(
          `${label.padEnd(40)}${cells.map((cell) => cell.padStart(8)).join('')}  ${verdict}`,
        );
        if (ratio > 1) process.exitCode = 1;
      }
    }
  } finally {
    await browser.close();
  }
}
