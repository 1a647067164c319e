/**
 * A call between two pages that have no element in them: made by hand (`bare-pages.ts`) or with a library
 * (`rivals.ts`). Each has its camera on and its way to the server open; one calls, it rings for a while, the
 * other accepts. What the ways have in common is here, in Node's half and in the pages'.
 */
import type {Page} from 'puppeteer-core';
import type {RunningBrowser} from '../../test/support/browsers.js';
import type {BareCallOptions, CallFrames, FirstFrame} from './bare-call.js';
import {openWindow} from './open-window.js';
import {RelayTraffic} from './relay-traffic.js';

/** How a call is made, and what passes its messages on. */
export interface Way {
  readonly startServer: () => Promise<{readonly port: number; readonly close: () => unknown}>;
  /** Files that the page is given before `setUp` runs in it. */
  readonly scripts?: readonly string[];
  /** Runs in the page. Resolves when the page is ready to call (the caller) or to be called. */
  readonly setUp: (port: number, isCallee: boolean) => Promise<void>;
  /** A frame of the page's WebSocket that has nothing to do with a call. */
  readonly isHeartbeat?: (frame: string) => boolean;
}

/** What a page offers to `setUp`, as `globalThis.lab`. */
export interface Lab {
  /** The camera and microphone, running. */
  readonly stream: MediaStream;
  /** Set by `setUp`: of the caller, to ring at the other side; of the callee, to accept. */
  act: () => unknown;
  /** To be called when it rings. */
  rings: () => void;
  /** To be called with what comes from the other side. */
  show: (remote: MediaStream) => void;
}

interface Moments {
  readonly rang: Promise<number>;
  readonly picture: Promise<{readonly frameAt: number; readonly width: number}>;
}

export type PreparedLab = typeof globalThis & {lab: Lab & {moments: Moments}};

export interface TwoPagesOptions extends BareCallOptions {
  /** Where the server is found of which this is the port. */
  readonly portOf?: (port: number) => number | Promise<number>;
}

export interface PagesCall extends CallFrames {
  /** From the caller's call to the ring at the other side. */
  readonly ringsAfterMs: number;
  /** What passed the server from the call until both saw each other; `null` where a browser does not tell. */
  readonly messages: number | null;
}

export async function twoPages(
  browser: RunningBrowser,
  way: Way,
  {url, constraints, settleMs, prepare, portOf = (port) => port}: TwoPagesOptions,
): Promise<PagesCall> {
  const server = await way.startServer();
  const pages: Page[] = [];
  const settle = (): Promise<void> => new Promise((resolve) => setTimeout(resolve, settleMs));
  try {
    const port = await portOf(server.port);
    const traffic = new RelayTraffic(way.isHeartbeat);
    for (const isCallee of [true, false]) {
      const page = await openWindow(browser, url, {
        prepare: async (window) => {
          if (browser.name === 'chromium') await traffic.listen(window);
          await prepare?.(window);
        },
      });
      pages.push(page);
      await makeReady(page, way, {port, constraints, isCallee});
    }
    const [callee, caller] = pages as [Page, Page];
    await settle();
    traffic.begin();
    const called = await act(caller);
    const rang = await callee.evaluate(() => (globalThis as PreparedLab).lab.moments.rang);
    await settle();
    const [accepted, ...pictures] = await Promise.all([
      act(callee),
      ...pages.map((page) => page.evaluate(() => (globalThis as PreparedLab).lab.moments.picture)),
    ]);
    const [seen, seenByCaller] = pictures.map(({frameAt, width}): FirstFrame => ({
      afterMs: frameAt - accepted,
      width,
    }));
    return {
      callee: seen!,
      caller: seenByCaller!,
      ringsAfterMs: rang - called,
      messages: browser.name === 'chromium' ? traffic.count : null,
    };
  } finally {
    for (const page of pages) await page.browserContext().close();
    await server.close();
  }
}

/** The camera on, and the way to the server open. */
export async function makeReady(
  page: Page,
  {scripts = [], setUp}: Way,
  {
    port,
    constraints,
    isCallee,
  }: {port: number; constraints: MediaStreamConstraints; isCallee: boolean},
): Promise<void> {
  for (const path of scripts) await page.addScriptTag({path});
  await page.evaluate(openLab, constraints);
  await page.evaluate(setUp, port, isCallee);
}

/** Has the caller call or the callee accept. Resolves with when that was, by the wall clock. */
export function act(page: Page): Promise<number> {
  return page.evaluate(() => {
    const {lab} = globalThis as PreparedLab;
    const now = performance.timeOrigin + performance.now();
    lab.act();
    return now;
  });
}

/** Runs in the page. */
async function openLab(constraints: MediaStreamConstraints): Promise<void> {
  const wallClock = (): number => performance.timeOrigin + performance.now();
  const stream = await navigator.mediaDevices.getUserMedia(constraints);
  let rings: Lab['rings'];
  let show: Lab['show'];
  const moments: Moments = {
    rang: new Promise((resolve) => {
      rings = () => resolve(wallClock());
    }),
    picture: new Promise((resolve) => {
      const isShown = new WeakSet<MediaStream>();
      show = (remote) => {
        // Libraries tell of a stream once for each of its tracks.
        if (isShown.has(remote)) return;
        isShown.add(remote);
        const video = Object.assign(document.createElement('video'), {autoplay: true, muted: true});
        video.srcObject = remote;
        video.requestVideoFrameCallback((_, {width}) => resolve({frameAt: wallClock(), width}));
        document.body.append(video);
      };
    }),
  };
  const lab: PreparedLab['lab'] = {
    stream,
    act: () => undefined,
    rings: rings!,
    show: show!,
    moments,
  };
  Object.assign(globalThis, {lab});
}
