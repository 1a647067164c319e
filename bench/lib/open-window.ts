/**
 * Opens a page as somebody has it in front of them: in a profile and a window of its own. A tab
 * behind another one gets a picture every second or so, whatever the call does.
 */
import type {Page} from 'puppeteer-core';
import type {RunningBrowser} from '../../test/support/browsers.js';

export interface WindowOptions {
  /** Part of the address of something that the page is not to get. */
  readonly without?: string | undefined;
  /** Is done to the page before it loads anything. */
  readonly prepare?: ((page: Page) => Promise<void>) | undefined;
}

/** Close its `browserContext()` to be rid of the profile. */
export async function openWindow(
  browser: RunningBrowser,
  url: string,
  {without, prepare}: WindowOptions = {},
): Promise<Page> {
  const context = await browser.newContext();
  try {
    const page = await context.newPage({type: 'window'});
    // What the TypeScript loader wraps named functions in; the page has no such thing.
    await page.evaluateOnNewDocument('globalThis.__name = (value) => value');
    await prepare?.(page);
    if (without !== undefined) {
      page.on('request', (request) => {
        void (request.url().includes(without) ? request.abort() : request.continue());
      });
      await page.setRequestInterception(true);
    }
    await page.goto(url, {waitUntil: 'load'});
    return page;
  } catch (error) {
    await context.close();
    throw error;
  }
}
