/**
 * `npm test`: the whole suite from a fresh clone, or the parts named (`npm test -- server call`, or
 * paths of test files). Installs what is missing, builds, runs Node's runner and the browsers'
 * runner, and adds up what they say. The last line is `N passed, N failed`.
 *
 * With CI set nothing may be left out; without it, what a machine lacks is left out and said.
 */
import {spawn} from 'node:child_process';
import {existsSync} from 'node:fs';
import {join} from 'node:path';
import {stripVTControlCharacters} from 'node:util';
import {ensureDependencies} from './lib/dependencies.mjs';
import {ROOT, ScriptError, runMain} from './lib/project.mjs';
import {listFiles} from './lib/stale.mjs';
import {ensurePrograms} from './lib/system-programs.mjs';
import {RESULTS_VARIABLE, createResults, formatSlowest, loadResults} from './lib/test-results.mjs';

/** CI ends a job without a word at its own limit; this one is earlier and says what hung. */
const TIME_LIMIT_MS = 24 * 60_000;

/** No single test file of Node's runner may take longer. */
const FILE_TIMEOUT_MS = 8 * 60_000;

/** How many of the slowest files are named at the end. */
const SLOWEST = 10;

/**
 * In this order; a part is a folder (or file) of test/. Browsers are heavy: their tests run with
 * nothing beside them, so that a slow machine shows as slow and not as failed.
 * @type {{runner: 'node' | 'browser', parts: string[], concurrency?: number,
 *   onlyByName?: boolean, programs: import('./lib/system-programs.mjs').Program[]}[]}
 */
const STAGES = [
  {
    runner: 'node',
    parts: ['architecture', 'protocol', 'support', 'server', 'fuzz', 'package'],
    concurrency: 2,
    programs: [],
  },
  {runner: 'browser', parts: ['call', 'widget'], programs: ['chromium', 'firefox']},
  {runner: 'node', parts: ['visual'], concurrency: 1, programs: ['chromium']},
  {
    runner: 'node',
    parts: ['e2e'],
    concurrency: 1,
    programs: ['chromium', 'firefox', 'turnserver', 'ip', 'pulseaudio'],
  },
  {
    // Minutes of real time each: for whoever changes what they are about, not for every change.
    runner: 'node',
    parts: ['long'],
    concurrency: 1,
    onlyByName: true,
    programs: ['chromium', 'firefox', 'turnserver'],
  },
];
const PARTS = STAGES.flatMap(({parts}) => parts);

/** The other parts test the sources as they are. */
const PARTS_THAT_TEST_THE_BUILD = ['server', 'package', 'e2e', 'long'];

/**
 * @param {readonly string[]} filters
 * @returns {(typeof STAGES[number] & {files: string[]})[]} the stages that have something to run
 */
function selectStages(filters) {
  const isTest = (/** @type {string} */ path) => path.endsWith('.test.ts');
  for (const filter of filters) {
    if (PARTS.includes(filter) || (isTest(filter) && existsSync(join(ROOT, filter)))) continue;
    throw new ScriptError(`No tests called ${filter}. Parts: ${PARTS.join(', ')}; or a test file.`);
  }
  const wanted = (
    /** @type {string} */ part,
    /** @type {string} */ file,
    /** @type {boolean} */ isOnlyByName,
  ) => (filters.length === 0 ? !isOnlyByName : filters.includes(part) || filters.includes(file));
  return STAGES.map((stage) => ({
    ...stage,
    files: stage.parts.flatMap((part) =>
      listFiles([`test/${part}`, `test/${part}.test.ts`], isTest).filter((file) =>
        wanted(part, file, stage.onlyByName ?? false),
      ),
    ),
  })).filter(({files}) => files.length > 0);
}

/** @param {ReturnType<typeof selectStages>[number]} stage */
const partsOf = ({parts, files}) =>
  parts.filter((part) => files.some((file) => /^test\/([^/.]+)/.exec(file)?.[1] === part));

/** @param {ReturnType<typeof selectStages>[number]} stage */
function commandOf({runner, files, concurrency}) {
  if (runner === 'browser') {
    const program = 'node_modules/@web/test-runner/dist/bin.js';
    return [
      program,
      '--config',
      'web-test-runner.config.js',
      ...files.flatMap((file) => ['--files', file]),
    ];
  }
  return [
    '--import=tsx',
    '--test',
    `--test-concurrency=${concurrency}`,
    `--test-timeout=${FILE_TIMEOUT_MS}`,
    '--test-reporter=./scripts/lib/node-reporter.mjs',
    '--test-reporter-destination=stdout',
    ...files,
  ];
}

/**
 * @param {ReturnType<typeof selectStages>[number]} stage
 * @param {number} deadline
 * @returns {Promise<import('./lib/test-results.mjs').Results>}
 */
async function runStage(stage, deadline) {
  const resultsPath = join(ROOT, '.cache', 'test-results', `${process.pid}.json`);
  const env = {
    ...process.env,
    [RESULTS_VARIABLE]: resultsPath,
    TSX_TSCONFIG_PATH: join(ROOT, 'tsconfig.base.json'),
  };
  // A group of its own, so that a runner that hangs can be ended with the browsers it started.
  const child = spawn(process.execPath, commandOf(stage), {
    cwd: ROOT,
    env,
    stdio: ['ignore', 'pipe', 'inherit'],
    detached: process.platform !== 'win32',
  });
  // The browsers' runner moves the cursor about even when told that nobody is watching.
  child.stdout.setEncoding('utf8').on('data', (text) => {
    process.stdout.write(stripVTControlCharacters(text).replace(/^\s*\n/gm, ''));
  });
  const end = (/** @type {NodeJS.Signals} */ signal) => endGroup(child, signal);
  const forward = (/** @type {NodeJS.Signals} */ signal) => {
    end(signal);
    process.exitCode = 1;
  };
  process.once('SIGINT', forward).once('SIGTERM', forward);
  let timedOut = false;
  const timer = setTimeout(() => {
    timedOut = true;
    end('SIGKILL');
  }, deadline - Date.now());
  const code = await new Promise((resolve, reject) => {
    child.once('error', reject);
    child.once('close', resolve);
  });
  clearTimeout(timer);
  process.off('SIGINT', forward).off('SIGTERM', forward);
  // Whatever the runner left behind ends with it.
  if (process.platform !== 'win32') end('SIGKILL');

  const results = loadResults(resultsPath);
  const name = `${partsOf(stage).join(', ')} (${stage.runner} runner)`;
  const blame = (/** @type {string} */ what) => {
    results.failed += 1;
    results.failures.push(`${name}: ${what}`);
  };
  if (timedOut) {
    const hung = results.running.length > 0 ? results.running.join('\n    ') : 'nothing it told of';
    blame(`not done within ${TIME_LIMIT_MS / 60_000} minutes; it was running:\n    ${hung}`);
  } else if (!results.finished) {
    blame(`the runner ended early (exit code ${code})`);
  } else if (code !== 0 && results.failed === 0) {
    blame(`the runner failed (exit code ${code}) though no test did`);
  }
  return results;
}

/**
 * @param {import('node:child_process').ChildProcess} child
 * @param {NodeJS.Signals} signal
 */
function endGroup(child, signal) {
  try {
    if (process.platform === 'win32' || child.pid === undefined) child.kill(signal);
    else process.kill(-child.pid, signal);
  } catch {
    // Nobody of the group is left.
  }
}

await runMain(async () => {
  const deadline = Date.now() + TIME_LIMIT_MS;
  const stages = selectStages(process.argv.slice(2));
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
  for (const stage of stages) {
    console.log(`\n— ${partsOf(stage).join(', ')} —`);
    const results = await runStage(stage, deadline);
    total.passed += results.passed;
    total.failed += results.failed;
    total.skipped += results.skipped;
    total.failures.push(...results.failures);
    total.skips.push(...results.skips);
    total.durations.push(...results.durations);
    if (process.exitCode || Date.now() >= deadline) break;
  }
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
