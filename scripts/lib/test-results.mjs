/**
 * What a test runner's process tells the one that started it: a small JSON file, rewritten as
 * things happen, so that even a runner that hangs or dies has said how far it came.
 */
import {mkdirSync, readFileSync, rmSync, writeFileSync} from 'node:fs';
import {dirname} from 'node:path';

/** Names the file in the environment of a runner that `npm test` started. */
export const RESULTS_VARIABLE = 'TEST_RESULTS_FILE';

/**
 * @typedef {{passed: number, failed: number, skipped: number, finished: boolean,
 *   failures: string[], skips: string[], running: string[], durations: [string, number][]}} Results
 *   `failures` and `skips` name the tests; `running` those begun and not ended; `durations` has how
 *   many milliseconds each file took
 */

/** @returns {Results} */
export function createResults() {
  return {
    passed: 0,
    failed: 0,
    skipped: 0,
    finished: false,
    failures: [],
    skips: [],
    running: [],
    durations: [],
  };
}

/** @param {Results} results */
export function saveResults(results) {
  const path = process.env[RESULTS_VARIABLE];
  if (path === undefined) return;
  mkdirSync(dirname(path), {recursive: true});
  writeFileSync(path, JSON.stringify(results));
}

/**
 * @param {string} path
 * @returns {Results} empty and unfinished if the runner did not come as far as writing any
 */
export function loadResults(path) {
  try {
    return JSON.parse(readFileSync(path, 'utf8'));
  } catch {
    return createResults();
  } finally {
    rmSync(path, {force: true});
  }
}

/**
 * The line for a test file that has ended.
 * @param {string} label
 * @param {{passed: number, failed: number, skipped: number}} counts
 * @param {number} [durationMs] if it is known
 */
export function formatFileLine(label, {passed, failed, skipped}, durationMs) {
  const parts = [
    `${passed} passed`,
    ...(failed > 0 ? [`${failed} FAILED`] : []),
    ...(skipped > 0 ? [`${skipped} skipped`] : []),
    ...(durationMs === undefined ? [] : [formatSeconds(durationMs)]),
  ];
  return `${failed > 0 ? '✗' : '✓'} ${label}: ${parts.join(', ')}`;
}

/**
 * The files that took longest, so that a suite which becomes slow says where.
 * @param {Results['durations']} durations
 * @param {number} count
 */
export const formatSlowest = (durations, count) =>
  durations
    .toSorted(([, one], [, other]) => other - one)
    .slice(0, count)
    .map(([label, durationMs]) => `${formatSeconds(durationMs)}  ${label}`);

/** @param {number} durationMs */
const formatSeconds = (durationMs) => `${(durationMs / 1_000).toFixed(1)} s`;

/** @param {string} text */
export const indent = (text) => text.trimEnd().replace(/^/gm, '    ');
