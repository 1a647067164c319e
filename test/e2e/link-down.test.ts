/**
 * Calls between machines whose network goes and comes back, in network namespaces: media flows again
 * by itself, and nobody is told that anybody left, joined or asked.
 */
import {after, before, describe, it} from 'node:test';
import {setTimeout as delay} from 'node:timers/promises';
import {BROWSER_NAMES, skipWithout} from '../support/browsers.js';
import {
  callAcross,
  isTheSameCall,
  rememberCall,
  standsStill,
  type CallAcross,
} from '../support/call-across.js';
import {skipWithoutNamespaces, type Cut} from '../support/network-namespaces.js';

/** Long enough for browsers to call a connection `disconnected`, and for sockets to be given up. */
const OUTAGE_MS = 10_000;

/** One way for each, in the order of `BROWSER_NAMES`; the benchmark goes through all of them. */
const CUTS: readonly Cut[] = ['interface', 'silence'];

const skip = skipWithout(...BROWSER_NAMES) || skipWithoutNamespaces();

describe('a call whose network fails', {skip}, () => {
  const cleanups: (() => unknown)[] = [];
  let call: CallAcross;

  before(async () => {
    const suite = {after: (step: unknown) => void cleanups.push(step as () => unknown)};
    call = await callAcross(suite, BROWSER_NAMES);
  });

  after(async () => {
    for (const step of cleanups.reverse()) await step();
  });

  for (const [index, name] of BROWSER_NAMES.entries()) {
    const cut = CUTS[index]!;

    it(`comes back by itself after ${name} was cut off for 10 s (${cut})`, async (t) => {
      const {host} = call.callers[index]!;
      const memories = await Promise.all(call.callers.map(rememberCall));
      await host.cut(cut);
      await Promise.all([delay(OUTAGE_MS), ...call.callers.map(standsStill)]);
      await host.mend();
      t.diagnostic(`media again ${await untilMediaFlows()} ms after the link was back`);
      for (const [i, caller] of call.callers.entries()) await isTheSameCall(caller, memories[i]!);
    });
  }

  /** Everybody sees and hears everybody. Resolves with how long that took. */
  async function untilMediaFlows(): Promise<number> {
    const since = performance.now();
    await Promise.all(call.callers.map(({visitor}) => visitor.seesAndHears()));
    return Math.round(performance.now() - since);
  }
});
