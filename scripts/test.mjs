/**
 * `npm test`: the whole suite from a fresh clone, or the parts named (`npm test -- server call`, or
 * paths of test files). Installs what is missing, builds, runs Node's runner and the browsers'
 * runner, and adds up what they say. The last line is `N passed, N failed`.
 *
 * With CI set nothing may be left out; without it, what a machine lacks is left out and said.
 */
import {existsSync} from 'node:fs';
import {join} from 'node:path';
import {ensureDependencies} from './lib/dependencies.mjs';
import {ROOT, ScriptError, runMain} from './lib/project.mjs';
import {listFiles} from './lib/stale.mjs';
import {ensurePrograms} from './lib/system-programs.mjs';
import {createResults, formatSlowest} from './lib/test-results.mjs';
import {partsOf, runStage} from './lib/test-stage.mjs';

/** CI ends a job without a word at its own limit; this one is earlier and says what hung. */
const TIME_LIMIT_MINUTES = 24;

/** How many of the slowest files are named at the end. */
const SLOWEST = 10;

/**
 * @typedef {Omit<import('./lib/test-stage.mjs').Stage, 'files'> & {
 *   takes?: (file: string) => boolean,
 *   onlyByName?: boolean,
 *   programs: import('./lib/system-programs.mjs').Program[],
 * }} Plan of a stage; `takes`: which files of its parts, if not all of them
 */

/** @type {Plan} */
const E2E = {
  runner: 'node',
  parts: ['e2e'],
  programs: ['chromium', 'firefox', 'turnserver', 'ip', 'pulseaudio'],
};

/**
 * Many browsers and every call that they can carry, or seconds that are looked at from outside:
 * nothing runs beside these.
 */
const NEEDS_THE_MACHINE =
  /e2e\/(crossing-calls|faults|leaks|link-down|sound-devices|storms)\.test\.ts$/;

/**
 * One round after the other, and the lanes of a round beside each other. Calls wait more than they
 * compute, for networks and for patience to end: two lanes fill two cores, and a third would starve
 * the media of the others.
 * @type {Plan[][][]}
 */
const ROUNDS = [
  [
    [{runner: 'browser', parts: ['call'], programs: ['chromium', 'firefox']}],
    // No calls in these.
    [
      {
        runner: 'node',
        parts: ['architecture', 'protocol', 'support', 'server', 'fuzz', 'package'],
        programs: [],
      },
      {runner: 'browser', parts: ['widget'], programs: ['chromium', 'firefox']},
      {runner: 'node', parts: ['visual'], programs: ['chromium']},
    ],
  ],
  [[{...E2E, takes: (file) => !NEEDS_THE_MACHINE.test(file), concurrency: 2}]],
  [[{...E2E, takes: (file) => NEEDS_THE_MACHINE.test(file)}]],
  [
    [
      {
        // Minutes of real time each: for whoever changes what they are about, not for every change.
        runner: 'node',
        parts: ['long'],
        onlyByName: true,
        programs: ['chromium', 'firefox', 'turnserver'],
      },
    ],
  ],
];
const PARTS = [...new Set(ROUNDS.flat(2).flatMap(({parts}) => parts))];

/** The other parts test the sources as they are. */
const PARTS_THAT_TEST_THE_BUILD = ['server', 'package', 'e2e', 'long'];

/**
 * @param {readonly string[]} filters
 * @returns {(Plan & import('./lib/test-stage.mjs').Stage)[][][]} the rounds, with the stages that have something to run
 */
function selectRounds(filters) {
  const isTest = (/** @type {string} */ path) => path.endsWith('.test.ts');
  for (const filter of filters) {
    if (PARTS.includes(filter) || (isTest(filter) && existsSync(join(ROOT, filter)))) continue;
    throw new ScriptError(`No tests called ${filter}. Parts: ${PARTS.join(', ')}; or a test file.`);
  }
  const filesOf = (/** @type {Plan} */ {parts, takes = () => true, onlyByName = false}) =>
    parts.flatMap((part) =>
      listFiles([`test/${part}`, `test/${part}.test.ts`], isTest).filter(
        (file) =>
          takes(file) &&
          (filters.length === 0 ? !onlyByName : filters.includes(part) || filters.includes(file)),
      ),
    );
  return ROUNDS.map((lanes) =>
    lanes.map((plans) =>
      plans.map((plan) => ({...plan, files: filesOf(plan)})).filter(({files}) => files.length > 0),
    ),
  );
}

await runMain(async () => {
  const limit = {at: Date.now() + TIME_LIMIT_MINUTES * 60_000, minutes: TIME_LIMIT_MINUTES};
  const rounds = selectRounds(process.argv.slice(2));
  const stages = rounds.flat(2);
  await ensureDependencies();
  const missing = await ensurePrograms([...new Set(stages.flatMap(({programs}) => programs))]);
  const leftOut = missing.map((sentence) => `  ${sentence}`).join('\n');
  if (missing.length > 0 && process.env['CI']) {
    throw new ScriptError(`Cannot test without these, and in CI nothing is left out:\n${leftOut}`);
  }
  const files = stages.flatMap((stage) => stage.files);
  if (PARTS_THAT_TEST_THE_BUILD.some((part) => files.some((file) => file.includes(`/${part}/`)))) {
    const {build} = await import('./build.mjs');
    await build();
  }

  const total = createResults();
  const isOver = () => Boolean(process.exitCode) || Date.now() >= limit.at;
  const runLane = async (/** @type {typeof stages} */ lane) => {
    for (const stage of lane) {
      if (isOver()) return;
      console.log(`\n— ${partsOf(stage)} —`);
      const results = await runStage(stage, limit);
      total.passed += results.passed;
      total.failed += results.failed;
      total.skipped += results.skipped;
      total.failures.push(...results.failures);
      total.skips.push(...results.skips);
      total.durations.push(...results.durations);
    }
  };
  for (const lanes of rounds) await Promise.all(lanes.map(runLane));
  const nothingRan = total.passed + total.failed === 0;
  if (nothingRan) total.failures.push('no test ran');
  const slowest = formatSlowest(total.durations, SLOWEST).join('\n  ');
  if (total.durations.length > SLOWEST) console.log(`\nSlowest:\n  ${slowest}`);
  if (total.skips.length > 0) console.log(`\nSkipped:\n  ${total.skips.join('\n  ')}`);
  if (missing.length > 0) console.log(`\nLEFT OUT, for want of these programs:\n${leftOut}`);
  if (total.failures.length > 0) console.log(`\nFailed:\n  ${total.failures.join('\n  ')}`);
  const skipped = total.skipped > 0 ? `, ${total.skipped} skipped` : '';
  console.log(`\n${total.passed} passed, ${total.failed} failed${skipped}`);
  return total.failed > 0 || nothingRan || process.exitCode ? 1 : 0;
});
