/**
 * Calls between machines whose network goes and comes back, in network namespaces: media flows again
 * by itself, and nobody is told that anybody left, joined or asked.
 */
import assert from 'node:assert/strict';
import {after, before, describe, it} from 'node:test';
import {setTimeout as delay} from 'node:timers/promises';
import {BROWSER_NAMES, skipWithout} from '../support/browsers.js';
import {callAcross, type CallAcross} from '../support/call-across.js';
import {skipWithoutNamespaces, type Cut} from '../support/network-namespaces.js';
import {poll} from '../support/e2e.js';
import {isTheSameCall, rememberCall, standsStill, untilMediaFlows} from '../support/same-call.js';
import type {Visitor} from '../support/visitor.js';

/**
 * One way for each, in the order of `BROWSER_NAMES`; the benchmark goes through all of them. Browsers
 * call a connection `disconnected` after 5 s; after ten the sockets have been given up, too.
 */
const OUTAGES: readonly {readonly cut: Cut; readonly seconds: number}[] = [
  {cut: 'interface', seconds: 10},
  {cut: 'silence', seconds: 7},
];

/** A path that was lost for a moment is no weak link: nobody sends or gets less of a picture for it. */
async function showsAllOfIt(visitor: Visitor): Promise<void> {
  const heights = await visitor.element(({peers}) =>
    peers.map(({sentHeight, pictureHeight}) => [sentHeight, pictureHeight]),
  );
  assert.deepEqual(heights, [[null, null]], `${visitor.browser} takes nothing away`);
}

/** The address from which the only link of this call sends. */
function pathOf(visitor: Visitor): Promise<string | undefined> {
  return visitor.element(async (element) => {
    const [report] = (await element.getStats()).values();
    const entries = new Map<string, Record<string, unknown>>();
    report?.forEach((entry: Record<string, unknown>) => entries.set(String(entry['id']), entry));
    const all = [...entries.values()];
    const isPath = ({id, selected}: Record<string, unknown>): boolean =>
      selected === true || all.some((each) => each['selectedCandidatePairId'] === id);
    const pair = all.find((entry) => entry['type'] === 'candidate-pair' && isPath(entry));
    return entries.get(String(pair?.['localCandidateId']))?.['address'] as string | undefined;
  });
}

const skip = skipWithout(...BROWSER_NAMES) || skipWithoutNamespaces();

describe('a call whose network fails', {skip}, () => {
  const cleanups: (() => unknown)[] = [];
  let call: CallAcross;
  let visitors: readonly Visitor[];

  before(async () => {
    const suite = {after: (step: unknown) => void cleanups.push(step as () => unknown)};
    call = await callAcross(suite, BROWSER_NAMES);
    visitors = call.callers.map(({visitor}) => visitor);
  });

  after(async () => {
    for (const step of cleanups.reverse()) await step();
  });

  for (const [index, name] of BROWSER_NAMES.entries()) {
    const {cut, seconds} = OUTAGES[index]!;

    it(`comes back by itself after ${name} was cut off for ${seconds} s (${cut})`, async (t) => {
      const {host} = call.callers[index]!;
      const memories = await Promise.all(visitors.map(rememberCall));
      await host.cut(cut);
      const isTold = async (visitor: Visitor): Promise<void> => {
        await visitor.sees('Reconnecting…');
        const quality = (): Promise<string> => visitor.element(({peers}) => peers[0]!.quality);
        await poll(async () => (await quality()) === 'lost', {what: 'the others to be told of it'});
        assert.equal(await visitor.picturesOfOthers(), 1, 'the last picture stays');
      };
      await Promise.all([
        delay(seconds * 1_000),
        ...visitors.map(standsStill),
        ...visitors.map(isTold),
      ]);
      await host.mend();
      const ms = await untilMediaFlows(visitors);
      t.diagnostic(`media again ${ms} ms after the link was back`);
      for (const [i, visitor] of visitors.entries()) await isTheSameCall(visitor, memories[i]!);
    });

    it(`goes on when ${name} has another address, as from Wi-Fi to a cable`, async (t) => {
      const {host, visitor} = call.callers[index]!;
      const memories = await Promise.all(visitors.map(rememberCall));
      const address = `10.86.0.${100 + index}`;
      await host.setAddress(address);
      const since = performance.now();
      await poll(async () => (await pathOf(visitor)) === address, {what: 'another path'});
      await untilMediaFlows(visitors);
      t.diagnostic(`media again ${Math.round(performance.now() - since)} ms after the change`);
      for (const [i, visitor] of visitors.entries()) await isTheSameCall(visitor, memories[i]!);
      await Promise.all(visitors.map(showsAllOfIt));
    });
  }
});
