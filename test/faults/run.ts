/**
 * `npm run test:faults -- --seed N --count N [--browser NAME] [--jobs N]`: plays schedules of faults,
 * one for each seed from N on, in several browsers at a time, and says of each that went wrong what
 * did. Ends with an error if any did.
 */
import {parseArgs} from 'node:util';
import {BROWSER_NAMES, type BrowserName} from '../support/browsers.js';
import {FaultLab} from './fault-lab.js';
import {describeStep, makeSchedule} from './schedule.js';

/** One that takes longer is told whole: something may be better than it is. */
const SLOW_MS = 5_000;

const {values} = parseArgs({
  options: {
    seed: {type: 'string'},
    count: {type: 'string', default: '200'},
    browser: {type: 'string'},
    /** Browsers of each kind at a time: a schedule is mostly waiting. */
    jobs: {type: 'string', default: '2'},
  },
});
const seed = values.seed === undefined ? Math.floor(Math.random() * 1e6) : Number(values.seed);
const count = Number(values.count);
const browsers = BROWSER_NAMES.filter((name) => name === (values.browser ?? name));

const cleanups: (() => unknown)[] = [];
const suite = {after: (step: unknown) => void cleanups.push(step as () => unknown)};
const waiting = Array.from({length: count}, (_, index) => seed + index);
const failed: string[] = [];
const took: number[] = [];
let told = 0;

console.log(`${count} schedules of faults, seeds ${seed} to ${seed + count - 1}`);
try {
  const jobs = browsers.flatMap((name) => Array.from({length: Number(values.jobs)}, () => name));
  await Promise.all(jobs.map(work));
} finally {
  for (const step of cleanups.reverse()) await step();
}
took.sort((a, b) => a - b);
console.log(
  `\nWell again after the last fault was mended, in ms: median ${took[took.length >> 1]}, worst ${took.at(-1)}`,
);
console.log(`Left the call with a stated cause and joined again: ${told}`);
console.log(`${count - failed.length} passed, ${failed.length} failed`);
if (failed.length > 0) console.log(`Again with: ${failed.join(' | ')}`);
process.exitCode = failed.length > 0 ? 1 : 0;

async function work(name: BrowserName): Promise<void> {
  const lab = await FaultLab.start(suite, name);
  for (;;) {
    const next = waiting.shift();
    if (next === undefined) return;
    const {wellAfterMs, waitedFor, causes, problems} = await lab.play(next);
    told += causes.length;
    if (problems.length === 0) {
      took.push(wellAfterMs);
      console.log(`${next} ${name}: well after ${wellAfterMs} ms ${causes.join(', ')}`);
      if (wellAfterMs < SLOW_MS) continue;
      for (const [what, untilMs] of waitedFor) console.log(`    ${what} until ${untilMs} ms`);
      describe(next);
      continue;
    }
    failed.push(`--seed ${next} --count 1 --browser ${name}`);
    console.log(`${next} ${name}: FAILED\n  ${problems.join('\n  ')}`);
    describe(next);
  }
}

function describe(schedule: number): void {
  for (const step of makeSchedule(schedule).steps) console.log(`    ${describeStep(step)}`);
}
