/** What a page costs the machine that it runs on, as Chromium counts it from before the page loads anything. */
import type {CDPSession, Page} from 'puppeteer-core';

export interface PageCost {
  /** Of scripts, on the main thread. Milliseconds. */
  readonly scriptMs: number;
  /** Everything on the main thread, layout and painting included. Milliseconds. */
  readonly taskMs: number;
  /** After a garbage collection. Bytes. */
  readonly heapBytes: number;
}

export class CostMeter {
  readonly #cdp: CDPSession;

  private constructor(cdp: CDPSession) {
    this.#cdp = cdp;
  }

  /** To be called before the page loads anything. */
  static async of(page: Page): Promise<CostMeter> {
    const cdp = await page.createCDPSession();
    await cdp.send('Performance.enable');
    return new CostMeter(cdp);
  }

  async read(): Promise<PageCost> {
    await this.#cdp.send('HeapProfiler.collectGarbage');
    const {metrics} = await this.#cdp.send('Performance.getMetrics');
    const of = (name: string): number => metrics.find((each) => each.name === name)?.value ?? NaN;
    return {
      scriptMs: 1_000 * of('ScriptDuration'),
      taskMs: 1_000 * of('TaskDuration'),
      heapBytes: of('JSHeapUsedSize'),
    };
  }
}
