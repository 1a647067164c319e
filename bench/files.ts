/**
 * `npm run bench -- files`: a file of 64 MB from one page to another while both keep chatting. How
 * long a message takes there and back meanwhile, how much the pages' heaps grow, and how long the
 * file takes against bare bytes over a bare data channel. Ends with an error if a figure is over its
 * budget, or if what arrives is not what was sent.
 */
import {findBrowsers, launchBrowser, type BrowserName} from '../test/support/browsers.js';
import {startStaticSite} from '../test/support/e2e.js';
import {startEmbedding} from '../test/support/embed.js';
import {bareTransfer} from './lib/bare-transfer.js';
import {readBudgets} from './lib/bundle-size.js';
import {elementTransfer} from './lib/element-transfer.js';
import {spreadOf} from './lib/spread.js';

const BYTES = 64 * 1024 * 1024;
const RUNS = 3;
const MEGABYTE = 1_000_000;

const cleanups: (() => unknown)[] = [];
const {files: budget} = readBudgets();
const {page} = await startEmbedding({after: (step) => void cleanups.push(step as () => unknown)});
const emptySite = await startStaticSite({'/': '<!doctype html><title>A bare transfer</title>'});
cleanups.push(() => emptySite.close());
try {
  for (const name of ['chromium', 'firefox'] as const) {
    if (findBrowsers()[name] === undefined) console.log(`\n${name} is not installed`);
    else await measure(name);
  }
} finally {
  for (const step of cleanups.reverse()) await step();
}

async function measure(name: BrowserName): Promise<void> {
  const browser = await launchBrowser(name);
  try {
    console.log(`\n${name}: ${(BYTES / MEGABYTE).toFixed(0)} MB, ${RUNS} runs`);
    const ours: number[] = [];
    const bare: number[] = [];
    const chats: number[] = [];
    let heap = 0;
    for (let run = 0; run < RUNS; run++) {
      const attributes = {room: `${name}-${run}`, media: 'data', 'auto-accept': true} as const;
      const transfer = await elementTransfer(browser, {url: page(attributes), bytes: BYTES});
      if (!transfer.isSame) throw new Error('What arrived is not what was sent');
      ours.push(transfer.tookMs);
      chats.push(...transfer.chatMs);
      heap = Math.max(heap, ...Object.values(transfer.heapGrowth ?? {}));
      bare.push(await bareTransfer(browser, {url: `${emptySite.origin}/`, bytes: BYTES}));
    }
    const chat = spreadOf(chats);
    const took = spreadOf(ours).median;
    console.log(`  file ÷ bare bytes         ${(took / spreadOf(bare).median).toFixed(2)}`);
    console.log(
      `  file, median              ${(BYTES / MEGABYTE / (took / 1000)).toFixed(1)} MB/s`,
    );
    console.log(
      `  chat there and back       ${chat.median.toFixed(0)} ms (worst ${chat.max.toFixed(0)}) of ${chats.length}` +
        verdict(chat.median, budget.chatMs),
    );
    if (heap > 0) {
      console.log(
        `  heap growth, worst page   ${(heap / MEGABYTE).toFixed(1)} MB` +
          verdict(heap, budget.heapBytes),
      );
    }
  } finally {
    await browser.close();
  }
}

function verdict(figure: number, allowed: number): string {
  if (figure > allowed) process.exitCode = 1;
  return `  ${figure > allowed ? 'FAIL' : 'PASS'}, of ${allowed}`;
}
