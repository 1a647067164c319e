/**
 * Reporter for the web test runner: one line a test file and browser, every failure in full with
 * what the page logged, and the counts for `npm test`.
 */
import {relative} from 'node:path';
import {inspect} from 'node:util';
import {ROOT} from './project.mjs';
import {createResults, formatFileLine, indent, saveResults} from './test-results.mjs';

/**
 * @typedef {import('@web/test-runner').TestSession} TestSession
 * @typedef {import('@web/test-runner').TestSuiteResult} TestSuiteResult
 */

/** @returns {import('@web/test-runner').Reporter} */
export function browserReporter() {
  const results = createResults();
  /** @type {Iterable<TestSession>} */
  let sessions = [];
  /** @type {Set<string>} a session is reported once, whichever callback comes first */
  const reported = new Set();

  const times = createTimes();

  const save = () => {
    saveResults({...results, running: [...sessions].filter(isRunning).map(label)});
  };
  return {
    start(args) {
      sessions = {[Symbol.iterator]: () => args.sessions.all()};
      args.sessions.on('session-status-updated', (session) => {
        times.note(session);
        save();
      });
    },
    reportTestFileResults({sessionsForTestFile}) {
      for (const session of sessionsForTestFile) {
        if (reported.has(session.id)) continue;
        reported.add(session.id);
        const durationMs = times.of(session);
        results.durations.push([label(session), durationMs]);
        console.log(count(session, results, durationMs));
      }
      save();
    },
    onTestRunFinished() {
      results.finished = true;
      save();
    },
  };
}

/** How long each session had a page, from before the page is loaded until nothing of it runs. */
function createTimes() {
  /** @type {Map<string, number>} */
  const begins = new Map();
  /** @type {Map<string, number>} */
  const ends = new Map();
  return {
    /** @param {TestSession} session of which the status is another than before */
    note(session) {
      if (session.status === 'FINISHED') ends.set(session.id, Date.now());
      else if (isRunning(session) && !begins.has(session.id)) begins.set(session.id, Date.now());
    },
    /** @param {TestSession} session that has ended, perhaps in this instant */
    of({id}) {
      const end = ends.get(id) ?? Date.now();
      return end - (begins.get(id) ?? end);
    },
  };
}

/** @param {TestSession} session */
const isRunning = ({status}) => status !== 'FINISHED' && status !== 'SCHEDULED';

/** @param {TestSession} session */
const label = ({browser, testFile}) => `${relative(ROOT, testFile)} in ${browser.name}`;

/**
 * @param {TestSession} session
 * @param {import('./test-results.mjs').Results} results added to
 * @param {number} durationMs
 * @returns {string} what to print
 */
function count(session, results, durationMs) {
  const counts = {passed: 0, failed: 0, skipped: 0};
  /** @type {string[]} */
  const lines = [];
  const name = label(session);
  const fail = (/** @type {string} */ what, /** @type {string} */ why) => {
    counts.failed += 1;
    results.failures.push(`${name}: ${what}`);
    lines.push(`  ✗ ${what}\n${indent(why)}`);
  };
  for (const {path, test} of flatten(session.testResults)) {
    if (test.skipped) {
      counts.skipped += 1;
      results.skips.push(`${name}: ${path}`);
    } else if (test.passed) {
      counts.passed += 1;
    } else {
      fail(path, describeError(test.error));
    }
  }
  for (const error of session.errors) fail('the page', describeError(error));
  if (counts.passed + counts.failed + counts.skipped === 0) {
    fail('the page', 'No test ran in this file.');
  } else if (!session.passed && counts.failed === 0) {
    fail('the page', `Did not pass. Not found: ${session.request404s.join(', ') || 'nothing'}`);
  }
  if (counts.failed > 0) {
    for (const log of session.logs) {
      lines.push(
        indent(
          `logged: ${log.map((value) => (typeof value === 'string' ? value : inspect(value))).join(' ')}`,
        ),
      );
    }
  }
  results.passed += counts.passed;
  results.failed += counts.failed;
  results.skipped += counts.skipped;
  return [formatFileLine(name, counts, durationMs), ...lines].join('\n');
}

/**
 * @param {TestSuiteResult | undefined} suite
 * @param {string} [prefix]
 * @returns {{path: string, test: import('@web/test-runner').TestResult}[]}
 */
function flatten(suite, prefix = '') {
  if (!suite) return [];
  const path = [prefix, suite.name].filter(Boolean).join(' › ');
  return [
    ...suite.tests.map((test) => ({path: [path, test.name].filter(Boolean).join(' › '), test})),
    ...suite.suites.flatMap((inner) => flatten(inner, path)),
  ];
}

/** @param {import('@web/test-runner').TestResultError | undefined} error */
function describeError(error) {
  if (!error) return 'failed without an error';
  const {name, message, stack = '', expected, actual} = error;
  const title = [name, message].filter(Boolean).join(': ');
  const difference =
    expected === undefined && actual === undefined
      ? []
      : [`expected: ${expected}`, `actual:   ${actual}`];
  return [title, ...difference, stack.includes(message) ? stack.replace(title, '').trim() : stack]
    .filter(Boolean)
    .join('\n');
}
