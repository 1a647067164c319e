/**
 * A call as people make it: two profiles of one browser, each on a page with the tag in it, one
 * knocks, the other presses Accept. Measured from that press, by the wall clock that the two pages
 * have in common, with nothing of ours in the widget itself.
 */
import type {Page} from 'puppeteer-core';
import type {RunningBrowser} from '../../test/support/browsers.js';
import {Visitor} from '../../test/support/visitor.js';
import type {VideoChatRoom} from '../../widget/define.js';
import type {FirstFrame} from './bare-call.js';
import {openWindow, type WindowOptions} from './open-window.js';
import {RelayTraffic} from './relay-traffic.js';
import type {PagesCall} from './two-pages.js';

export interface ElementCallOptions {
  /** A page with the element in it, whose room is this call's alone. */
  readonly url: string;
  /** How long it rings before somebody accepts. */
  readonly settleMs: number;
  /** Nothing is prepared while it rings: the pages do not get what does that. */
  readonly isCold?: boolean;
  /** For how long the picture is watched after the first one. */
  readonly watchedMs?: number;
  readonly prepare?: WindowOptions['prepare'];
}

/** How the other side's picture went on. */
export interface Sharpness {
  /** When it was first as wide as the camera films; `null`: not while it was watched. */
  readonly fullWidthAfterMs: number | null;
  /** Between two pictures that followed each other. */
  readonly longestGapMs: number;
}

export interface ElementCall extends PagesCall {
  /** What the element asked the browser for. */
  readonly constraints: MediaStreamConstraints;
  readonly sharpness: Readonly<Record<'caller' | 'callee', Sharpness>>;
}

/** What a page saw, by its wall clock. */
interface Sight {
  readonly acceptedAt: number | null;
  readonly frameAt: number;
  readonly width: number;
  readonly fullWidthAt: number | null;
  readonly longestGapMs: number;
}

export async function elementCall(
  browser: RunningBrowser,
  {url, settleMs, isCold = false, watchedMs = 0, prepare}: ElementCallOptions,
): Promise<ElementCall> {
  const pages: Page[] = [];
  const traffic = new RelayTraffic(isOfConnection);
  const open = async (): Promise<Visitor> => {
    const page = await openWindow(browser, url, {
      without: isCold ? '/warm-links-' : undefined,
      prepare: async (window) => {
        if (browser.name === 'chromium') await traffic.listen(window);
        await prepare?.(window);
      },
    });
    pages.push(page);
    return Visitor.on(page, browser.name);
  };
  try {
    const callee = await open();
    const caller = await open();
    // Who is about to join has the pointer there, and the page gets ready; as the pages are that are compared with it.
    await caller.page.hover('video-chat-room');
    await callee.press('Join');
    await callee.reaches('waiting');
    await caller.page.evaluate(noteClick);
    const rings = callee.page.evaluate(watchForPrompt);
    traffic.begin();
    await caller.press('Join');
    const ringsAfterMs = (await rings) - (await caller.page.evaluate(clickedAt));
    await callee.finds('alertdialog', 'Some user is calling you');
    const constraints = await callee.element((element) => {
      const of = (kind: string): MediaTrackConstraints | false =>
        element.localStream
          ?.getTracks()
          .find((track) => track.kind === kind)
          ?.getConstraints() ?? false;
      return {audio: of('audio'), video: of('video')};
    });
    const sights = Promise.all(
      [callee, caller].map((visitor) => watchForPicture(visitor, watchedMs)),
    );
    await new Promise((resolve) => setTimeout(resolve, settleMs));
    const [[seen, seenByCaller]] = await Promise.all([sights, callee.press('Accept')]);
    const acceptedAt = seen?.acceptedAt;
    if (!seen || !seenByCaller || typeof acceptedAt !== 'number') {
      throw new Error('A picture came, but nobody had accepted');
    }
    const since = ({frameAt, width}: Sight): FirstFrame => ({afterMs: frameAt - acceptedAt, width});
    const sharpnessOf = ({fullWidthAt, longestGapMs}: Sight): Sharpness => ({
      fullWidthAfterMs: fullWidthAt === null ? null : fullWidthAt - acceptedAt,
      longestGapMs,
    });
    const sharpness = {caller: sharpnessOf(seenByCaller), callee: sharpnessOf(seen)};
    return {
      caller: since(seenByCaller),
      callee: since(seen),
      constraints,
      sharpness,
      ringsAfterMs,
      messages: browser.name === 'chromium' ? traffic.count : null,
    };
  } finally {
    for (const page of pages) await page.browserContext().close();
  }
}

/** Engine.IO's and Socket.IO's own frames, receipts among them, and the greeting, which a page pays once, whether it calls or not. */
function isOfConnection(frame: string): boolean {
  return /^(?:[0-35-9]|40|43|42\["welcome")/.test(frame);
}

type Clicked = typeof globalThis & {clickedAt: number};

/** Runs in the page. */
function noteClick(): void {
  const note = (): void => {
    Object.assign(globalThis, {clickedAt: performance.timeOrigin + performance.now()});
  };
  addEventListener('click', note, {capture: true, once: true});
}

/** Runs in the page. */
function clickedAt(): number {
  return (globalThis as Clicked).clickedAt;
}

/** Runs in the page. Resolves with when somebody is asked. */
function watchForPrompt(): Promise<number> {
  const root = document.querySelector('video-chat-room')!.shadowRoot!;
  return new Promise((resolve) => {
    const observer = new MutationObserver(() => {
      if (!root.querySelector('[role="alertdialog"]')) return;
      observer.disconnect();
      resolve(performance.timeOrigin + performance.now());
    });
    observer.observe(root, {childList: true, subtree: true, attributes: true});
  });
}

/** Resolves with the first picture of the other side that is shown in this page, and how it went on. */
function watchForPicture({page}: Visitor, watchedMs: number): Promise<Sight> {
  return page.evaluate(
    (forMs) =>
      new Promise<Sight>((resolve) => {
        const wallClock = (): number => performance.timeOrigin + performance.now();
        let acceptedAt: number | null = null;
        addEventListener('click', () => (acceptedAt ??= wallClock()), {capture: true});
        const element = document.querySelector<VideoChatRoom>('video-chat-room')!;
        const root = element.shadowRoot!;
        const known = new WeakSet<HTMLVideoElement>();
        const pixels = new OffscreenCanvas(16, 9).getContext('2d', {willReadFrequently: true})!;
        /** As what goes over a link that is connected while it rings. */
        const isBlack = (video: HTMLVideoElement): boolean => {
          pixels.drawImage(video, 0, 0, 16, 9);
          const {data} = pixels.getImageData(0, 0, 16, 9);
          return data.every((value, index) => index % 4 === 3 || value < 32);
        };
        const watch = (video: HTMLVideoElement): void => {
          video.requestVideoFrameCallback((_, {width}) => {
            const frameAt = wallClock();
            // One's own picture; the same `<video>` may show somebody else later.
            if (video.srcObject === element.localStream || isBlack(video)) watch(video);
            else follow(video, {acceptedAt, frameAt, width});
          });
        };
        const follow = (
          video: HTMLVideoElement,
          first: Pick<Sight, 'acceptedAt' | 'frameAt' | 'width'>,
        ): void => {
          const camera = element.localStream?.getVideoTracks()[0]?.getSettings().width ?? Infinity;
          let fullWidthAt: number | null = null;
          let longestGapMs = 0;
          let lastAt: number | null = null;
          const next = (): void => {
            video.requestVideoFrameCallback((_, {width, presentationTime}) => {
              if (width >= camera) fullWidthAt ??= wallClock();
              if (lastAt !== null) longestGapMs = Math.max(longestGapMs, presentationTime - lastAt);
              lastAt = presentationTime;
              next();
            });
          };
          next();
          setTimeout(() => resolve({...first, fullWidthAt, longestGapMs}), forMs);
        };
        // Asked for as soon as the `<video>` is there, long before its first frame.
        const look = (): void => {
          for (const video of root.querySelectorAll('video')) {
            if (known.has(video)) continue;
            known.add(video);
            watch(video);
          }
        };
        new MutationObserver(look).observe(root, {childList: true, subtree: true});
        look();
      }),
    watchedMs,
  );
}
