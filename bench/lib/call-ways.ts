/**
 * The ways of making one and the same call that the benchmarks of its beginning compare, and their tables.
 * One run makes the call in every way, so that what disturbs the machine disturbs all.
 */
import {mkdirSync, writeFileSync} from 'node:fs';
import {join, relative} from 'node:path';
import {ROOT} from '../../scripts/lib/project.mjs';
import type {RunningBrowser} from '../../test/support/browsers.js';
import {BARE_PAGES} from './bare-pages.js';
import {elementCall, type Sharpness} from './element-call.js';
import type {WindowOptions} from './open-window.js';
import {loadRivals} from './rivals.js';
import {spreadOf} from './spread.js';
import {twoPages, type PagesCall} from './two-pages.js';

/** The element's own ways first; what they are compared with; and what others make of it. */
const ELEMENT_WAYS = ['ringing', 'warm', 'cold'] as const;
export const BARE = 'bare pages';
export const WAYS = [...ELEMENT_WAYS, BARE, 'PeerJS', 'simple-peer'] as const;
export type WayName = (typeof WAYS)[number];

export interface MeasuredCall extends PagesCall {
  /** Of the element's own. */
  readonly sharpness?: Readonly<Record<Side, Sharpness>>;
}

export const SIDES = ['callee', 'caller'] as const;
export type Side = (typeof SIDES)[number];
export type Runs = Record<WayName, MeasuredCall[]>;

export interface WaysOptions {
  /** The address of a page whose element has these attributes. */
  readonly page: (attributes: Readonly<Record<string, string>>) => string;
  /** An empty page. */
  readonly emptyUrl: string;
  /** How long it rings, and how long pages are open before. */
  readonly settleMs: number;
  /** For how long the picture of a warm call is watched. */
  readonly watchedMs?: number;
}

/** What is between the pages and their servers in one run. */
export interface Surroundings {
  readonly prepare?: WindowOptions['prepare'];
  readonly portOf?: (port: number) => number | Promise<number>;
}

/** Makes the call in every way, one after the other. */
export async function makeCalls(
  browser: RunningBrowser,
  {page, emptyUrl, settleMs, watchedMs = 0}: WaysOptions,
  {prepare, portOf = (port) => port}: Surroundings = {},
): Promise<Record<WayName, MeasuredCall>> {
  const rivals = await loadRivals();
  const calls: Partial<Record<WayName, MeasuredCall>> = {};
  let constraints: MediaStreamConstraints = {};
  for (const way of ELEMENT_WAYS) {
    const room = `${way}-${crypto.randomUUID()}`;
    const preconnect = way === 'ringing' ? way : 'warm';
    const call = await elementCall(browser, {
      url: page({room, preconnect}),
      settleMs,
      isCold: way === 'cold',
      watchedMs: way === 'warm' ? watchedMs : 0,
      prepare,
    });
    calls[way] = call;
    ({constraints} = call);
  }
  const options = {url: emptyUrl, constraints, settleMs, prepare, portOf};
  calls[BARE] = await twoPages(browser, BARE_PAGES, options);
  for (const [name, way] of Object.entries(rivals) as [keyof typeof rivals, typeof BARE_PAGES][]) {
    calls[name] = await twoPages(browser, way, options);
  }
  return calls as Record<WayName, MeasuredCall>;
}

/** Makes the call in every way `count` times, and once before that, to warm the browser up. */
export async function measureCalls(
  count: number,
  once: () => Promise<Record<WayName, MeasuredCall>>,
): Promise<Runs> {
  await once();
  const runs: Partial<Runs> = {};
  for (let run = 0; run < count; run++) {
    for (const [way, call] of Object.entries(await once()) as [WayName, MeasuredCall][]) {
      (runs[way] ??= []).push(call);
    }
  }
  return runs as Runs;
}

/**
 * Prints from Accept to the first picture, for each side, as a ratio to the call made by hand, then from the
 * call to the ring.
 * @returns whether all limits were kept
 */
export function reportCalls(
  runs: Runs,
  limits: Readonly<Partial<Record<WayName, number>>>,
): boolean {
  let isWithin = true;
  console.log(row('', ['min', 'median', 'worst', 'ratio', 'width']));
  for (const side of SIDES) {
    const bare = spreadOf(runs[BARE].map((call) => call[side].afterMs)).median;
    for (const [way, calls] of Object.entries(runs) as [WayName, MeasuredCall[]][]) {
      const {min, median, max} = spreadOf(calls.map((call) => call[side].afterMs));
      const {median: width} = spreadOf(calls.map((call) => call[side].width));
      const ratio = median / bare;
      const limit = limits[way];
      const isOver = limit !== undefined && ratio > limit;
      if (isOver) isWithin = false;
      const cells = [
        ...[min, median, max].map((ms) => ms.toFixed(0)),
        ratio.toFixed(2),
        `${width}`,
      ];
      const verdict = limit === undefined ? '' : `  ${isOver ? 'FAIL' : 'PASS'}, of ${limit}`;
      console.log(row(`${side}, ${way}`, cells) + verdict);
    }
  }
  for (const [way, calls] of Object.entries(runs)) {
    const {min, median, max} = spreadOf(calls.map((call) => call.ringsAfterMs));
    console.log(
      row(
        `rings, ${way}`,
        [min, median, max].map((ms) => ms.toFixed(0)),
      ),
    );
  }
  return isWithin;
}

/** Of one line of a table. */
export function row(name: string, cells: readonly string[]): string {
  return name.padEnd(28) + cells.map((cell) => cell.padStart(8)).join('');
}

/** Keeps all figures of a benchmark, newest last by name, and what they look like. */
export function keepResults(name: string, results: unknown, chart?: string): void {
  const folder = join(ROOT, '.cache', 'bench');
  mkdirSync(folder, {recursive: true});
  const file = join(folder, `${name}-${new Date().toISOString().replaceAll(':', '-')}.json`);
  writeFileSync(file, `${JSON.stringify(results, null, 1)}\n`);
  if (chart !== undefined) writeFileSync(file.replace(/json$/, 'svg'), chart);
  console.log(`\nEvery run: ${relative(ROOT, file)}`);
}
