/**
 * Runs one stage of `npm test`: a runner's process with some files, in a group of its own. What it
 * prints goes on as it comes, a line at a time; what it found is the result.
 */
import {spawn} from 'node:child_process';
import {join} from 'node:path';
import {stripVTControlCharacters} from 'node:util';
import {ROOT} from './project.mjs';
import {RESULTS_VARIABLE, loadResults} from './test-results.mjs';

/** No single test file of Node's runner may take longer. */
const FILE_TIMEOUT_MS = 8 * 60_000;

/**
 * @typedef {object} Stage
 * @property {'node' | 'browser'} runner
 * @property {readonly string[]} parts folders, or files, of test/
 * @property {readonly string[]} files the tests themselves
 * @property {number} [concurrency] files at a time; the browsers' runner has its own
 */

let stages = 0;

/**
 * @param {Stage} stage
 * @param {{at: number, minutes: number}} limit when all stages together must have ended, and how long that was
 * @returns {Promise<import('./test-results.mjs').Results>}
 */
export async function runStage(stage, limit) {
  const resultsPath = join(ROOT, '.cache', 'test-results', `${process.pid}-${++stages}.json`);
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
  printLines(child.stdout);
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
  }, limit.at - Date.now());
  const code = await new Promise((resolve, reject) => {
    child.once('error', reject);
    child.once('close', resolve);
  });
  clearTimeout(timer);
  process.off('SIGINT', forward).off('SIGTERM', forward);
  // Whatever the runner left behind ends with it.
  if (process.platform !== 'win32') end('SIGKILL');

  const results = loadResults(resultsPath);
  const name = `${partsOf(stage)} (${stage.runner} runner)`;
  const blame = (/** @type {string} */ what) => {
    results.failed += 1;
    results.failures.push(`${name}: ${what}`);
  };
  if (timedOut) {
    const hung = results.running.length > 0 ? results.running.join('\n    ') : 'nothing it told of';
    blame(`not done within ${limit.minutes} minutes; it was running:\n    ${hung}`);
  } else if (!results.finished) {
    blame(`the runner ended early (exit code ${code})`);
  } else if (code !== 0 && results.failed === 0) {
    blame(`the runner failed (exit code ${code}) though no test did`);
  }
  return results;
}

/**
 * The parts of which a stage has files.
 * @param {Stage} stage
 */
export const partsOf = ({parts, files}) =>
  parts
    .filter((part) => files.some((file) => /^test\/([^/.]+)/.exec(file)?.[1] === part))
    .join(', ');

/**
 * @param {Stage} stage
 * @returns {string[]}
 */
function commandOf({runner, files, concurrency = 1}) {
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
 * Whole lines, for another stage may print at the same time.
 * @param {import('node:stream').Readable} output
 */
function printLines(output) {
  let rest = '';
  const print = (/** @type {string} */ text) => {
    // The browsers' runner moves the cursor about even when told that nobody is watching.
    process.stdout.write(stripVTControlCharacters(text).replace(/^\s*\n/gm, ''));
  };
  output.setEncoding('utf8').on('data', (text) => {
    const end = text.lastIndexOf('\n') + 1;
    if (end > 0) print(rest + text.slice(0, end));
    rest = end > 0 ? text.slice(end) : rest + text;
  });
  output.on('end', () => print(rest));
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
