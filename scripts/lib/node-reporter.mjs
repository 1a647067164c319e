/**
 * Reporter for Node's test runner: one line a test file, every failure in full with what its file
 * printed, and the counts for `npm test`. Counts leaves and parents that are tests, never suites.
 */
import {relative} from 'node:path';
import {inspect} from 'node:util';
import {ROOT} from './project.mjs';
import {createResults, formatFileLine, indent, saveResults} from './test-results.mjs';

/** @param {string | undefined} file */
const shorten = (file) => (file ? relative(ROOT, file) : 'unknown file');

/** @param {{exitCode?: number, signal?: string, cause?: unknown} | undefined} error of a test file's process */
function describeExit(error) {
  const {exitCode, signal, cause} = error ?? {};
  if (signal) return `Its process was ended by ${signal}.`;
  return exitCode ? `Its process failed with exit code ${exitCode}.` : inspect(cause ?? error);
}

/**
 * @typedef {{passed: number, failed: number, skipped: number, output: string, failures: string[]}} FileResult
 * @param {AsyncIterable<{type: string, data: any}>} source
 */
export default async function* nodeReporter(source) {
  const results = createResults();
  /** @type {Map<string, FileResult>} */
  const files = new Map();
  /** @type {Set<string>} */
  const running = new Set();
  /** @type {Map<string, number>} from the start of a file's process to its end, in milliseconds */
  const durations = new Map();
  let current = '';
  let late = '';

  const fileResult = (/** @type {string} */ file) => {
    const known = files.get(file) ?? {passed: 0, failed: 0, skipped: 0, output: '', failures: []};
    files.set(file, known);
    return known;
  };
  const count = (
    /** @type {string} */ file,
    /** @type {'passed' | 'failed' | 'skipped'} */ how,
  ) => {
    fileResult(file)[how] += 1;
    results[how] += 1;
  };
  const save = () => saveResults({...results, running: [...running], durations: [...durations]});
  const describeFile = (/** @type {string} */ file) => {
    const result = fileResult(file);
    const output = result.failed > 0 && result.output ? [`  printed:`, indent(result.output)] : [];
    return `${[formatFileLine(file, result, durations.get(file)), ...result.failures, ...output].join('\n')}\n`;
  };
  const fail = (
    /** @type {string} */ file,
    /** @type {string} */ name,
    /** @type {string} */ why,
  ) => {
    count(file, 'failed');
    results.failures.push(`${file}: ${name}`);
    fileResult(file).failures.push(`  ✗ ${name}\n${indent(why)}`);
  };

  for await (const {type, data} of source) {
    const file = shorten(data?.file);
    const key = `${file}: ${data?.name}`;
    const isFile = data?.nesting === 0 && shorten(data.name) === file;
    if (type === 'test:stdout' || type === 'test:stderr') {
      fileResult(file).output += data.message;
    } else if (type === 'test:diagnostic') {
      // What was thrown after its test had ended; Node names no file, but the next result is its.
      if (data.message.startsWith('Error:')) late += `${data.message}\n`;
    } else if (type === 'test:dequeue') {
      running.add(key);
      save();
    } else if (type === 'test:complete') {
      running.delete(key);
      if (isFile) durations.set(file, data.details.duration_ms);
      save();
    } else if (type === 'test:pass' || type === 'test:fail') {
      // Results come file by file, in order, whatever ran at the same time.
      if (current !== '' && current !== file) yield describeFile(current);
      current = file;
      fileResult(file).output += late;
      late = '';
      const isSuite = data.details?.type === 'suite';
      const reason = data.skip ?? data.todo;
      if (type === 'test:fail' && data.todo === undefined) {
        // A parent whose only fault is a child has nothing to add to the child's own failure.
        const error = data.details?.error;
        if (error?.failureType === 'subtestsFailed') continue;
        if (isFile) fail(file, 'the whole file', describeExit(error));
        else fail(file, data.name, inspect(error?.cause ?? error));
      } else if (reason !== undefined) {
        count(file, 'skipped');
        results.skips.push(`${key}${typeof reason === 'string' ? ` (${reason})` : ''}`);
      } else if (isSuite) {
        continue;
      } else if (isFile) {
        // Node reports a file in which no test ran as one test that passed.
        fail(file, 'the whole file', 'There is no test in it.');
      } else {
        count(file, 'passed');
      }
      save();
    }
  }
  if (current !== '') yield describeFile(current);
  results.finished = true;
  running.clear();
  save();
}
