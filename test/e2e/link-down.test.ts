/**
 * Calls between machines whose network goes and comes back, in network namespaces: media flows again
 * by itself, and nobody is told that anybody left, joined or asked.
 */
import {after, before, describe, it} from 'node:test';
import {setTimeout as delay} from 'node:timers/promises';
import {BROWSER_NAMES, skipWithout} from '../support/browsers.js';
import {callAcross, type CallAcross} from '../support/call-across.js';
import {skipWithoutNamespaces, type Cut} from '../support/network-namespaces.js';
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
      await Promise.all([delay(seconds * 1_000), ...visitors.map(standsStill)]);
      await host.mend();
      const ms = await untilMediaFlows(visitors);
      t.diagnostic(`media again ${ms} ms after the link was back`);
      for (const [i, visitor] of visitors.entries()) await isTheSameCall(visitor, memories[i]!);
    });
  }
});
