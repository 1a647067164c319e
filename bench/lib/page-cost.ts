/** What a page costs the machine that it runs on, as Chromium counts it from before the page loads anything. */
import type {CDPSession, Page} from 'puppeteer-core';

export interface PageCost {
  /** Of scripts, on the main thread, by the clock: others that want the same processor lengthen it. Milliseconds. */
  readonly scriptMs: number;
  /** The same in the thread's own time: what scripts wait for is not in it. Milliseconds. */
  readonly scriptOwnMs: number;
  /** Everything on the main thread, layout and painting included. Milliseconds. */
  readonly taskMs: number;
  /** After a garbage collection. Bytes. */
  readonly heapBytes: number;
}

export class CostMeter {
  readonly #byClock: CDPSession;
  readonly #byThread: CDPSession;

  private constructor(byClock: CDPSession, byThread: CDPSession) {
    this.#byClock = byClock;
    this.#byThread = byThread;
  }

  /** To be called before the page loads anything. */
  static async of(page: Page): Promise<CostMeter> {
    const sessionOf = async (timeDomain: 'timeTicks' | 'threadTicks'): Promise<CDPSession> => {
      const cdp = await page.createCDPSession();
      await cdp.send('Performance.enable', {timeDomain});
      return cdp;
    };
    return new CostMeter(await sessionOf('timeTicks'), await sessionOf('threadTicks'));
  }

  async read(): Promise<PageCost> {
    await this.#byClock.send('HeapProfiler.collectGarbage');
    const byClock = await metricsOf(this.#byClock);
    const byThread = await metricsOf(this.#byThread);
    return {
      scriptMs: 1_000 * byClock('ScriptDuration'),
      scriptOwnMs: 1_000 * byThread('ScriptDuration'),
      taskMs: 1_000 * byClock('TaskDuration'),
      heapBytes: byClock('JSHeapUsedSize'),
    };
  }
}

async function metricsOf(cdp: CDPSession): Promise<(name: string) => number> {
  const {metrics} = await cdp.send('Performance.getMetrics');
  return (name) => metrics.find((each) => each.name === name)?.value ?? NaN;
}
