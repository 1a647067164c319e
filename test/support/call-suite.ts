/**
 * What the end-to-end tests of calls stand on: both browsers, a relay, a site of another origin,
 * and the way into a call that every one of them begins with.
 */
import assert from 'node:assert/strict';
import {after, before} from 'node:test';
import {launchBrowser, type BrowserName, type RunningBrowser} from './browsers.js';
import {startEmbedding, type Embedding} from './embed.js';
import {Visitor} from './visitor.js';

export type Attributes = Readonly<Record<string, string | true>>;

export interface CallSuite {
  newRoom(): string;
  /** Opens a page with the tag in a profile of its own. */
  visitor(browser: BrowserName, attributes: Attributes): Promise<Visitor>;
  /**
   * Ana waits, Ben knocks, Ana accepts.
   * @param prepare What is to be done with each page before anybody presses anything.
   */
  inCall(
    host: BrowserName,
    guest: BrowserName,
    attributes?: Attributes,
    prepare?: (visitor: Visitor) => Promise<unknown>,
  ): Promise<[ana: Visitor, ben: Visitor]>;
  /** Closes the pages; none of them may have had an error. */
  end(...visitors: Visitor[]): Promise<void>;
}

/** To be called inside a `describe`. */
export function callSuite(): CallSuite {
  const cleanups: (() => unknown)[] = [];
  const browsers = new Map<BrowserName, RunningBrowser>();
  let embedding: Embedding | undefined;
  let rooms = 0;

  before(async () => {
    embedding = await startEmbedding({after: (step) => void cleanups.push(step as () => unknown)});
    for (const name of ['chromium', 'firefox'] as const) {
      browsers.set(name, await launchBrowser(name));
    }
  });

  after(async () => {
    for (const browser of browsers.values()) await browser.close();
    for (const step of cleanups.reverse()) await step();
  });

  async function visitor(name: BrowserName, attributes: Attributes): Promise<Visitor> {
    const browser = browsers.get(name);
    assert.ok(browser && embedding, 'the suite has been set up');
    return Visitor.open(browser, embedding.page(attributes));
  }

  const newRoom = (): string => `room-${++rooms}`;

  return {
    newRoom,
    visitor,
    async inCall(hostBrowser, guestBrowser, attributes = {}, prepare) {
      const room = newRoom();
      const ana = await visitor(hostBrowser, {room, 'display-name': 'Ana', ...attributes});
      await prepare?.(ana);
      await ana.press('Join');
      await ana.reaches('waiting');
      const ben = await visitor(guestBrowser, {room, 'display-name': 'Ben', ...attributes});
      await prepare?.(ben);
      await ben.press('Join');
      await ben.reaches('knocking');
      await ana.finds('alertdialog', 'Ben is calling you');
      await ana.press('Accept');
      await Promise.all([ana.reaches('in-call'), ben.reaches('in-call')]);
      return [ana, ben];
    },
    async end(...visitors) {
      for (const each of visitors) {
        assert.deepEqual(each.pageErrors, []);
        await each.close();
      }
    },
  };
}
