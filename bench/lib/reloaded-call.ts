/**
 * A call of two windows in which one page is reloaded again and again: how long after its load event
 * each side sees the other. By the wall clock that the pages have in common, with nothing of ours in
 * the widget itself.
 */
import type {Page} from 'puppeteer-core';
import type {RunningBrowser} from '../../test/support/browsers.js';
import {Visitor} from '../../test/support/visitor.js';
import type {VideoChatRoom} from '../../widget/define.js';
import {openWindow} from './open-window.js';

export interface Sights {
  /** In the page that was reloaded: after its load event. Below zero: before it. */
  readonly reloaded: number;
  /** In the other one, after the same moment. */
  readonly other: number;
}

/** When the other side was seen again, by this page's wall clock. */
interface Sight {
  sight?: Promise<number>;
}

export async function reloadedCalls(
  browser: RunningBrowser,
  {url, times}: {url: string; times: number},
): Promise<Record<'first' | 'newcomer', Sights[]>> {
  const pages: Page[] = [];
  const open = async (): Promise<Visitor> => {
    const page = await openWindow(browser, url);
    pages.push(page);
    await page.evaluateOnNewDocument(watchForPicture);
    return Visitor.on(page, browser.name);
  };
  try {
    const first = await open();
    const newcomer = await open();
    await first.press('Join');
    await first.reaches('waiting');
    await newcomer.press('Join');
    await first.press('Accept');
    await Promise.all([first.seesAndHears(), newcomer.seesAndHears()]);
    const sights = {first: [] as Sights[], newcomer: [] as Sights[]};
    // The first of each warms the browser up and is not counted.
    for (let run = 0; run <= times; run++) {
      for (const [name, goes, stays] of [
        ['first', first, newcomer],
        ['newcomer', newcomer, first],
      ] as const) {
        const seen = await reload(goes, stays);
        if (run > 0) sights[name].push(seen);
      }
    }
    return sights;
  } finally {
    for (const page of pages) await page.browserContext().close();
  }
}

async function reload(goes: Visitor, stays: Visitor): Promise<Sights> {
  await stays.page.evaluate(watchForPicture);
  await goes.page.reload({waitUntil: 'load'});
  const loadedAt = await goes.page.evaluate(() => {
    const [navigation] = performance.getEntriesByType('navigation');
    return performance.timeOrigin + (navigation as PerformanceNavigationTiming).loadEventStart;
  });
  const sight = ({page}: Visitor): Promise<number> =>
    page.evaluate(() => (globalThis as Sight).sight ?? Promise.reject(new Error('not watched')));
  const [reloaded, other] = await Promise.all([sight(goes), sight(stays)]);
  await Promise.all([goes.seesAndHears(), stays.seesAndHears()]);
  return {reloaded: reloaded - loadedAt, other: other - loadedAt};
}

/** Runs in a page: what comes over a connection that is there already is not what is waited for. */
function watchForPicture(): void {
  const Original = globalThis.RTCPeerConnection;
  const isWatched = 'isWatched' in Original;
  const page = globalThis as Sight & {found?: (at: number) => void};
  page.sight = new Promise((resolve) => (page.found = resolve));
  if (isWatched) return;
  const watchElement = (connection: RTCPeerConnection): void => {
    const look = (): void => {
      if (connection.connectionState === 'closed') return;
      const element = document.querySelector<VideoChatRoom>('video-chat-room');
      const ids = connection.getReceivers().map(({track}) => track.id);
      for (const video of element?.shadowRoot?.querySelectorAll('video') ?? []) {
        const tracks =
          video.srcObject instanceof MediaStream ? video.srcObject.getVideoTracks() : [];
        if (!tracks.some(({id}) => ids.includes(id))) continue;
        video.requestVideoFrameCallback(() => {
          page.found?.(performance.timeOrigin + performance.now());
        });
        return;
      }
      requestAnimationFrame(look);
    };
    connection.addEventListener('track', () => look(), {once: true});
  };
  globalThis.RTCPeerConnection = class extends Original {
    static readonly isWatched = true;
    constructor(configuration?: RTCConfiguration) {
      super(configuration);
      watchElement(this);
    }
  };
}
