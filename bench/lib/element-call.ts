/**
 * A call as people make it: two profiles of one browser, each on a page with the tag in it, one
 * knocks, the other presses Accept. Measured from that press, by the wall clock that the two pages
 * have in common, with nothing of ours in the widget itself.
 */
import type {Page} from 'puppeteer-core';
import type {RunningBrowser} from '../../test/support/browsers.js';
import {Visitor} from '../../test/support/visitor.js';
import type {VideoChatRoom} from '../../widget/define.js';
import type {CallFrames, FirstFrame} from './bare-call.js';
import {openWindow} from './open-window.js';

export interface ElementCallOptions {
  /** A page with the element in it, whose room is this call's alone. */
  readonly url: string;
  /** How long it rings before somebody accepts. */
  readonly settleMs: number;
  /** Nothing is prepared while it rings: the pages do not get what does that. */
  readonly isCold?: boolean;
}

export interface ElementCall extends CallFrames {
  /** What the element asked the browser for. */
  readonly constraints: MediaStreamConstraints;
}

/** What a page saw, by its wall clock. */
interface Sight {
  readonly acceptedAt: number | null;
  readonly frameAt: number;
  readonly width: number;
}

export async function elementCall(
  browser: RunningBrowser,
  {url, settleMs, isCold = false}: ElementCallOptions,
): Promise<ElementCall> {
  const pages: Page[] = [];
  const open = async (): Promise<Visitor> => {
    const page = await openWindow(browser, url, isCold ? '/warm-links-' : undefined);
    pages.push(page);
    return Visitor.on(page, browser.name);
  };
  try {
    const callee = await open();
    const caller = await open();
    await callee.press('Join');
    await callee.reaches('waiting');
    await caller.press('Join');
    await callee.finds('alertdialog', 'Some user is calling you');
    const constraints = await callee.element((element) => {
      const of = (kind: string): MediaTrackConstraints | false =>
        element.localStream
          ?.getTracks()
          .find((track) => track.kind === kind)
          ?.getConstraints() ?? false;
      return {audio: of('audio'), video: of('video')};
    });
    const sights = Promise.all([callee, caller].map((visitor) => watchForPicture(visitor)));
    await new Promise((resolve) => setTimeout(resolve, settleMs));
    const [[seen, seenByCaller]] = await Promise.all([sights, callee.press('Accept')]);
    const acceptedAt = seen?.acceptedAt;
    if (!seen || !seenByCaller || typeof acceptedAt !== 'number') {
      throw new Error('A picture came, but nobody had accepted');
    }
    const since = ({frameAt, width}: Sight): FirstFrame => ({afterMs: frameAt - acceptedAt, width});
    return {caller: since(seenByCaller), callee: since(seen), constraints};
  } finally {
    for (const page of pages) await page.browserContext().close();
  }
}

/** Resolves with the first picture of the other side that is shown in this page. */
function watchForPicture({page}: Visitor): Promise<Sight> {
  return page.evaluate(
    () =>
      new Promise<Sight>((resolve) => {
        const wallClock = (): number => performance.timeOrigin + performance.now();
        let acceptedAt: number | null = null;
        addEventListener('click', () => (acceptedAt ??= wallClock()), {capture: true});
        const element = document.querySelector<VideoChatRoom>('video-chat-room')!;
        const root = element.shadowRoot!;
        const known = new WeakSet<HTMLVideoElement>();
        const watch = (video: HTMLVideoElement): void => {
          video.requestVideoFrameCallback((_, {width}) => {
            // One's own picture; the same `<video>` may show somebody else later.
            if (video.srcObject === element.localStream) watch(video);
            else resolve({acceptedAt, frameAt: wallClock(), width});
          });
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
  );
}
