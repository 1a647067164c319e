/**
 * A file as people send it: two profiles of one browser, each on a page with the tag in it, in a
 * call that carries data alone; while the one sends the file, both keep writing to each other.
 */
import type {CDPSession, Page} from 'puppeteer-core';
import type {RunningBrowser} from '../../test/support/browsers.js';
import {poll} from '../../test/support/e2e.js';
import {Visitor} from '../../test/support/visitor.js';
import {openWindow} from './open-window.js';

export interface ElementTransfer {
  /** Until the sender knew that the receiver has it and has checked it. Milliseconds. */
  readonly tookMs: number;
  /** What arrived is what was sent, by a digest of the browser's own. */
  readonly isSame: boolean;
  /** From `sendChat()` until the other side had confirmed it, there and back: both sides'. */
  readonly chatMs: readonly number[];
  /** The most that each page's heap grew by, buffers of bytes included; `null` where the browser does not tell. */
  readonly heapGrowth: {readonly sender: number; readonly receiver: number} | null;
}

export async function elementTransfer(
  browser: RunningBrowser,
  {url, bytes}: {readonly url: string; readonly bytes: number},
): Promise<ElementTransfer> {
  const pages: Page[] = [];
  const open = async (): Promise<Visitor> => {
    const page = await openWindow(browser, url);
    pages.push(page);
    return Visitor.on(page, browser.name);
  };
  try {
    const receiver = await open();
    const sender = await open();
    for (const each of [receiver, sender]) await each.element((element) => element.join());
    for (const each of [receiver, sender]) await each.reaches('in-call');
    const expected = await prepareFile(sender, bytes);
    await keepReceived(receiver);
    const heaps = await Promise.all([sender, receiver].map(({page}) => watchHeap(page, browser)));
    const chats = [keepChatting(sender), keepChatting(receiver)];
    const tookMs = await sender.element(async (element) => {
      const {file} = globalThis as unknown as {file: File};
      const startedAt = performance.now();
      await element.sendFile(file);
      return performance.now() - startedAt;
    });
    for (const {page} of [sender, receiver]) {
      await page.evaluate(() => Object.assign(globalThis, {isQuiet: true}));
    }
    const chatMs = (await Promise.all(chats)).flat();
    const [senderGrowth, receiverGrowth] = [await heaps[0]?.stop(), await heaps[1]?.stop()];
    return {
      tookMs,
      chatMs,
      isSame: (await digestOfReceived(receiver)) === expected,
      heapGrowth:
        senderGrowth === undefined || receiverGrowth === undefined
          ? null
          : {sender: senderGrowth, receiver: receiverGrowth},
    };
  } finally {
    for (const page of pages) await page.browserContext().close();
  }
}

/** Makes a file that no compression makes smaller; resolves with its digest. */
function prepareFile({page}: Visitor, bytes: number): Promise<string> {
  return page.evaluate(async (size) => {
    const PIECE_BYTES = 65_536;
    const pieces = Array.from({length: Math.ceil(size / PIECE_BYTES)}, (_, index) =>
      crypto.getRandomValues(new Uint8Array(Math.min(PIECE_BYTES, size - index * PIECE_BYTES))),
    );
    const file = new File(pieces, 'bench.bin');
    Object.assign(globalThis, {file});
    const digest = await crypto.subtle.digest('SHA-256', await file.arrayBuffer());
    return String(new Uint8Array(digest));
  }, bytes);
}

/** Only kept: to look into it would cost the memory that is being measured. */
function keepReceived(receiver: Visitor): Promise<void> {
  return receiver.element((element) => {
    element.addEventListener('file-received', ({detail: {file}}) => {
      Object.assign(globalThis, {file});
    });
  });
}

async function digestOfReceived({page}: Visitor): Promise<string> {
  const hasFile = (): Promise<boolean> => page.evaluate(() => 'file' in globalThis);
  await poll(hasFile, {what: 'the file'});
  return page.evaluate(async () => {
    const {file} = globalThis as unknown as {file: File};
    const digest = await crypto.subtle.digest('SHA-256', await file.arrayBuffer());
    return String(new Uint8Array(digest));
  });
}

/** Writes ten times a second at most, each time when the last one has arrived; until it is told to stop. */
function keepChatting(visitor: Visitor): Promise<number[]> {
  return visitor.element(async (element) => {
    const took: number[] = [];
    while (!(globalThis as unknown as {isQuiet?: boolean}).isQuiet) {
      const startedAt = performance.now();
      await element.sendChat('Is it there yet?');
      took.push(performance.now() - startedAt);
      await new Promise((resolve) => setTimeout(resolve, 150));
    }
    return took;
  });
}

/** Looks at what is in use of the heap again and again; by Chromium's own protocol. */
async function watchHeap(
  page: Page,
  browser: RunningBrowser,
): Promise<{stop(): Promise<number>} | undefined> {
  if (browser.name !== 'chromium') return undefined;
  const devtools: CDPSession = await page.createCDPSession();
  await devtools.send('HeapProfiler.enable');
  const look = async (): Promise<number> => {
    // What could be collected is not in use; when the browser does so is its own business.
    await devtools.send('HeapProfiler.collectGarbage');
    const usage = await devtools.send('Runtime.getHeapUsage');
    const {backingStorageSize = 0} = usage as {backingStorageSize?: number};
    return usage.usedSize + backingStorageSize;
  };
  const before = await look();
  let most = before;
  const over = new AbortController();
  const watching = (async () => {
    while (!over.signal.aborted) {
      most = Math.max(most, await look());
      await new Promise((resolve) => setTimeout(resolve, 500));
    }
  })();
  return {
    async stop() {
      over.abort();
      await watching;
      await devtools.detach();
      return most - before;
    },
  };
}
