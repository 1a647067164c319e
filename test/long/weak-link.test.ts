/**
 * A link of 150 kbit/s that loses one packet in twenty, for real: a call between Chromium and Firefox
 * through TURN, with a box that makes it weak before one of the two. The sound stays, the pictures step
 * down, people are told, and the pictures return when the link does.
 */
import assert from 'node:assert/strict';
import {createHmac} from 'node:crypto';
import {describe, it} from 'node:test';
import {launchBrowser, skipWithout, type BrowserName} from '../support/browsers.js';
import {skipWithoutCoturn, startTurnServer} from '../support/coturn.js';
import {poll} from '../support/e2e.js';
import {startEmbedding} from '../support/embed.js';
import {startUdpProxy} from '../support/udp-proxy.js';
import {Visitor} from '../support/visitor.js';

const SECRET = 'known to the test and to coturn alone';
const WEAK = {rate: 150_000, loss: 0.05, delayMs: 20, jitterMs: 10} as const;
const CLEAR = {rate: null, loss: 0, delayMs: 0, jitterMs: 0} as const;

/** The sound has settled when so much of it was whole, … */
const SETTLED_SECONDS = 4;
/** … and must stay whole for so much more. */
const MEASURED_SECONDS = 8;

const skip = skipWithout('chromium', 'firefox') || skipWithoutCoturn();

/** What one side knows of the link, and hears. */
interface Look {
  readonly quality: string;
  readonly sentHeight: number | null;
  readonly pictureHeight: number | null;
  /** Samples of sound so far, and how many of them were made up. */
  readonly heard: number;
  readonly madeUp: number;
}

function lookOf(visitor: Visitor): Promise<Look> {
  return visitor.element(async (element) => {
    const [peer] = element.peers;
    const [report] = (await element.getStats()).values();
    let heard = 0;
    let madeUp = 0;
    report?.forEach((entry: Record<string, unknown>) => {
      if (entry['type'] !== 'inbound-rtp' || entry['kind'] !== 'audio') return;
      heard = Number(entry['totalSamplesReceived']);
      madeUp = Number(entry['concealedSamples']);
    });
    const {quality = '', sentHeight = null, pictureHeight = null} = peer ?? {};
    return {quality, sentHeight, pictureHeight, heard, madeUp};
  });
}

const concealedBetween = (before: Look, after: Look): number =>
  (after.madeUp - before.madeUp) / (after.heard - before.heard);

const percent = (share: number): string => `${(100 * share).toFixed(1)} %`;

/** Through this TURN server, or the box before it. */
function iceServerAt(port: number): RTCIceServer {
  const username = `${Math.floor(Date.now() / 1_000) + 3_600}:test`;
  const credential = createHmac('sha1', SECRET).update(username).digest('base64');
  return {urls: `turn:127.0.0.1:${port}?transport=udp`, username, credential};
}

/** Samples of sound in a second. */
const RATE = 48_000;

describe('a weak link', {skip}, () => {
  it('keeps the sound and gives up the picture for as long as it is weak', async (t) => {
    const turn = await startTurnServer(t, SECRET);
    const proxy = await startUdpProxy(t, turn, {seed: 4});
    const embedding = await startEmbedding(t);
    const attributes = {
      room: 'weak',
      'ice-transport-policy': 'relay',
      'auto-accept': true,
    } as const;
    const open = async (browser: BrowserName, port: number): Promise<Visitor> => {
      const running = await launchBrowser(browser);
      t.after(() => running.close());
      const visitor = await Visitor.open(running, embedding.page(attributes));
      await visitor.element((element, server) => {
        element.iceServers = [server];
      }, iceServerAt(port));
      await visitor.press('Join');
      return visitor;
    };
    const ana = await open('chromium', proxy.port);
    await ana.reaches('waiting');
    const ben = await open('firefox', turn);
    await ben.reaches('in-call');
    const both = [ana, ben] as const;
    for (const visitor of both) await visitor.seesAndHears();
    const looks = (): Promise<Look[]> => Promise.all(both.map(lookOf));
    let since = performance.now();
    const seconds = (): string => `${((performance.now() - since) / 1_000).toFixed(1)} s`;

    const first = await looks();
    proxy.set(WEAK);
    await poll(async () => (await looks()).every(({sentHeight}) => sentHeight !== null), {
      what: 'both pictures to step down',
      deadlineMs: 40_000,
    });
    t.diagnostic(`both pictures have stepped down ${seconds()} after the link became weak`);
    // In words, on whichever side it is: our own picture, or that of the other.
    await poll(
      async () => {
        const texts = await Promise.all(both.map((visitor) => visitor.text()));
        return texts.some((text) => /is weak: (your|their) (picture|video)/.test(text));
      },
      {what: 'a person to be told'},
    );
    await poll(async () => (await looks()).every(({quality}) => quality !== 'good'), {
      what: 'both to know how it is',
    });

    // What has piled up in the browsers runs off first.
    const settled = await poll(async () => heardWell(looks, SETTLED_SECONDS), {
      what: `${SETTLED_SECONDS} s of whole sound`,
      deadlineMs: 60_000,
    });
    t.diagnostic(`the sound had settled ${seconds()} after the link became weak`);
    const dropped = (): number => proxy.up.counts.overflowed + proxy.down.counts.overflowed;
    const droppedBefore = dropped();
    const last = await lookAfter(looks, settled, MEASURED_SECONDS);
    const shares = last.map((look, index) => concealedBetween(settled[index]!, look));
    const sinceWeak = last.map((look, index) => concealedBetween(first[index]!, look));
    t.diagnostic(
      `of the sound was made up: ${shares.map(percent).join(' and ')} in ${MEASURED_SECONDS} s after that, ` +
        `${sinceWeak.map(percent).join(' and ')} since the link became weak; ` +
        `${dropped() - droppedBefore} packets found the queue full; ` +
        `pictures of ${last.map(({sentHeight}) => sentHeight).join(' and ')} lines`,
    );
    assert.ok(Math.max(...shares) < 0.1, `speech stays: ${shares.map(percent).join(', ')}`);

    proxy.set(CLEAR);
    since = performance.now();
    await poll(
      async () =>
        (await looks()).every(
          ({sentHeight}, index) =>
            (sentHeight ?? Infinity) > (last[index]!.sentHeight ?? Infinity) || sentHeight === null,
        ),
      {what: 'both pictures to step up again', deadlineMs: 60_000},
    );
    t.diagnostic(`both pictures have stepped up ${seconds()} after the link was good again`);
    for (const visitor of both) {
      await visitor.seesAndHears();
      assert.deepEqual(visitor.pageErrors, []);
    }
  });
});

/** The looks of the moment at which so many seconds of sound more have been heard on both sides. */
async function lookAfter(
  looks: () => Promise<Look[]>,
  from: readonly Look[],
  heardSeconds: number,
): Promise<Look[]> {
  return poll(
    async () => {
      const now = await looks();
      const isHeard = ({heard}: Look, index: number): boolean =>
        heard - from[index]!.heard >= heardSeconds * RATE;
      return now.every(isHeard) && now;
    },
    {what: `${heardSeconds} s of sound`, deadlineMs: 40_000},
  );
}

/** The looks after so many seconds of sound, if it was whole in these. */
async function heardWell(
  looks: () => Promise<Look[]>,
  heardSeconds: number,
): Promise<Look[] | null> {
  const from = await looks();
  const to = await lookAfter(looks, from, heardSeconds);
  return to.every((look, index) => concealedBetween(from[index]!, look) < 0.08) ? to : null;
}
