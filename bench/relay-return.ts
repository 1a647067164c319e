/**
 * `npm run bench -- relay-return`: twenty calls lose their relay at once (`kill -9`) and get it back
 * with empty memory. Says whether anybody noticed more than `signaling`, and how long after it
 * listens again all are back at it, and together in their rooms. Ends with an error if it took longer
 * than promised, or if anybody noticed.
 */
import {setTimeout as delay} from 'node:timers/promises';
import type {Page} from 'puppeteer-core';
import {launchBrowser, type BrowserName} from '../test/support/browsers.js';
import {poll} from '../test/support/e2e.js';
import {startEmbedding} from '../test/support/embed.js';
import {RelayProcess} from '../test/support/relay-process.js';
import {readBudgets} from './lib/bundle-size.js';
import {openWindow} from './lib/open-window.js';

/** What the calls carry: as much as two cores can do. */
const MEDIA = [
  ...Array.from({length: 2}, () => 'video'),
  ...Array.from({length: 4}, () => 'audio'),
  ...Array.from({length: 14}, () => 'data'),
];
const ROUNDS = 3;
const AWAY_MS = 5_000;

/**
 * Each call knows the relay by another of this machine's own addresses: a browser makes whoever has lost a
 * connection wait with the next one to that address, and counts for all of its pages together. People who
 * call each other have a browser each.
 */
const addressOf = (index: number): string => `127.0.0.${index + 1}`;
const originsOf = (address: string): string => `http://${address}:* ws://${address}:*`;

type Element = HTMLElementTagNameMap['video-chat-room'];

/** All of one side's elements. */
interface Side {
  readonly elements: Element[];
  readonly heard: string[];
}

const {recovery: limits} = readBudgets();
const cleanups: (() => unknown)[] = [];
const suite = {after: (step: unknown) => void cleanups.push(step as () => unknown)};
try {
  const loopback = {connect: MEDIA.map((_, index) => originsOf(addressOf(index))).join(' ')};
  const embedding = await startEmbedding(suite, {}, loopback);
  const relay = await RelayProcess.start(suite, {host: '0.0.0.0'});
  const hosts = await openSide('chromium', embedding.page(), relay.port);
  const guests = await openSide('firefox', embedding.page(), relay.port);
  await bothAre([hosts, guests], 'connected', areConnected);
  console.log(`\n${MEDIA.length} calls between Chromium and Firefox, their relay killed; in ms`);
  for (let round = 1; round <= ROUNDS; round++) await lose(relay, [hosts, guests], round);
} finally {
  for (const step of cleanups.reverse()) await step();
}

async function lose(relay: RelayProcess, sides: readonly Page[], round: number): Promise<void> {
  for (const page of sides) await onSide(page, ({heard}) => heard.splice(0).length);
  await relay.kill();
  const killedAt = performance.now();
  await bothAre(sides, 'without a relay', ({elements}) =>
    elements.every(({signaling}) => signaling === 'reconnecting'),
  );
  const missedMs = performance.now() - killedAt;
  await delay(AWAY_MS);
  await bothAre(sides, 'connected all the same', areConnected);
  await relay.start();
  const backAt = performance.now();
  await bothAre(sides, 'back at the relay', ({elements}) =>
    elements.every(({signaling}) => signaling === 'open'),
  );
  const backMs = performance.now() - backAt;
  // The relay passes on what they are called to those alone that it has in one room.
  for (const page of sides) {
    await onSide(
      page,
      ({elements}, name) => elements.forEach((element) => (element.displayName = name ?? '')),
      `round ${round}`,
    );
  }
  const areTogether = ({elements}: Side, name?: string): boolean =>
    elements.every(({peers}) => peers[0]?.displayName === name);
  await bothAre(sides, 'together again', areTogether, `round ${round}`);
  const togetherMs = performance.now() - backAt;
  const noticed = (await Promise.all(sides.map((page) => onSide(page, ({heard}) => heard)))).flat();
  const ratio = backMs / limits.relayReturnMs;
  const isBad = ratio > 1 || noticed.length > 0;
  console.log(
    `missed after ${missedMs.toFixed(0)}, back ${backMs.toFixed(0)} after it listens, ` +
      `together ${togetherMs.toFixed(0)}, ratio ${ratio.toFixed(2)} of ${limits.relayReturnMs} ms; ` +
      `noticed: ${noticed.join(', ') || 'nothing'}  ${isBad ? 'FAIL' : 'PASS'}`,
  );
  if (isBad) process.exitCode = 1;
}

/** A page with one element for each call, all of them in their rooms. */
async function openSide(name: BrowserName, url: string, port: number): Promise<Page> {
  const browser = await launchBrowser(name);
  cleanups.push(() => browser.close());
  const page = await openWindow(browser, url);
  await page.waitForFunction(() => customElements.get('video-chat-room') !== undefined);
  await page.evaluate(
    async (all, relays) => {
      const side: Side = {elements: [], heard: []};
      Object.assign(globalThis, {side});
      for (const [index, media] of all.entries()) {
        const element = document.createElement('video-chat-room');
        element.setAttribute('media', media);
        Object.assign(element, {relayUrl: relays[index], room: `room-${index}`, autoAccept: true});
        for (const type of ['status-changed', 'call-request', 'peer-joined', 'peer-left']) {
          element.addEventListener(type, () => side.heard.push(`${index}: ${type}`));
        }
        document.body.append(element);
        side.elements.push(element);
        await element.join();
      }
    },
    MEDIA,
    MEDIA.map((_, index) => `http://${addressOf(index)}:${port}`),
  );
  return page;
}

function onSide<Result>(
  page: Page,
  read: (side: Side, name?: string) => Result,
  name?: string,
): Promise<Result> {
  // As text: a function made here cannot take what the page has with it.
  const call = `(${read.toString()})(globalThis.side, ${JSON.stringify(name)})`;
  return page.evaluate(call) as Promise<Result>;
}

async function bothAre(
  sides: readonly Page[],
  what: string,
  isSo: (side: Side, name?: string) => boolean,
  name?: string,
): Promise<void> {
  await poll(
    async () => (await Promise.all(sides.map((page) => onSide(page, isSo, name)))).every(Boolean),
    {what: `all to be ${what}`, deadlineMs: 60_000},
  );
}

function areConnected({elements}: Side): boolean {
  return elements.every(
    ({status, peers}) => status === 'in-call' && peers[0]?.connectionState === 'connected',
  );
}
