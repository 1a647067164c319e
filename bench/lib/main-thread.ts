/**
 * What the main thread of one page does, from a trace of Chromium's: its tasks, and what a click comes to until the
 * frame that answers it. In time of the thread itself, which others that want the same processor do not lengthen.
 */
import type {Page} from 'puppeteer-core';

interface TraceEvent {
  readonly name: string;
  readonly ph: string;
  readonly pid: number;
  readonly tid: number;
  /** Microseconds: when it began, how long it took by the clock, and of the thread's own time. */
  readonly ts: number;
  readonly dur?: number;
  readonly tts?: number;
  readonly tdur?: number;
  readonly args: {readonly data?: {readonly type?: string; readonly frame?: string}};
}

export interface Work {
  /** Of the longest task of the page's main thread. Milliseconds of its own time. */
  readonly longestTaskMs: number;
  /** Of all tasks together. */
  readonly busyMs: number;
  /** From each click to the end of the frame that came of it. */
  readonly clicksMs: readonly number[];
}

const CATEGORIES = ['devtools.timeline', 'toplevel', 'disabled-by-default-devtools.timeline'];

/** Traces what the page does while `watched` runs. */
export async function traceMainThread(page: Page, watched: () => Promise<void>): Promise<Work> {
  // The thread on which this is seen is the page's.
  const marker = `trace-${crypto.randomUUID()}`;
  await page.tracing.start({categories: [...CATEGORIES, 'blink.user_timing']});
  await page.evaluate((name) => void performance.mark(name), marker);
  await watched();
  const trace = await page.tracing.stop();
  const {traceEvents} = JSON.parse(new TextDecoder().decode(trace)) as {traceEvents: TraceEvent[]};
  const mark = traceEvents.find(({name}) => name === marker);
  if (!mark) throw new Error('The trace does not know the page');
  const own = traceEvents
    .filter(({pid, tid, ts}) => pid === mark.pid && tid === mark.tid && ts >= mark.ts)
    .sort((a, b) => a.ts - b.ts);
  const tasks = own.filter(({name, ph}) => name === 'RunTask' && ph === 'X');
  const times = tasks.map(({tdur, dur}) => (tdur ?? dur ?? 0) / 1_000);
  const clicks = own.filter(
    ({name, args}) => name === 'EventDispatch' && args.data?.type === 'click',
  );
  return {
    longestTaskMs: Math.max(0, ...times),
    busyMs: times.reduce((sum, each) => sum + each, 0),
    clicksMs: clicks.map((click) => untilFrame(click, own)),
  };
}

/** What the thread does from a click on until the frame is handed over in which its consequences are seen. */
function untilFrame(click: TraceEvent, own: readonly TraceEvent[]): number {
  const commit = own.find(({name, ts}) => name === 'Commit' && ts > click.ts);
  if (click.tts === undefined || commit?.tts === undefined) return NaN;
  return (commit.tts + (commit.tdur ?? 0) - click.tts) / 1_000;
}

/** How far things have moved on the page without anybody's doing since `watchShifts()` (Layout Instability API). */
export async function watchShifts(page: Page): Promise<() => Promise<number>> {
  await page.evaluate(() => {
    const shifts: number[] = [];
    Object.assign(globalThis, {shifts});
    new PerformanceObserver((list) => {
      for (const entry of list.getEntries()) {
        shifts.push((entry as unknown as {readonly value: number}).value);
      }
    }).observe({type: 'layout-shift'});
  });
  return () =>
    page.evaluate(() => {
      const {shifts} = globalThis as unknown as {shifts: number[]};
      return shifts.reduce((sum, each) => sum + each, 0);
    });
}
