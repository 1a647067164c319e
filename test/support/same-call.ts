/** How to tell that a call was hurt, and that it is well again and still the same. */
import assert from 'node:assert/strict';
import {poll} from './e2e.js';
import type {HeardEvent, Visitor} from './visitor.js';

/**
 * What Firefox itself writes to the console as errors: of a page that tries to reach its relay, and of
 * a link whose network is gone. Whether the call got over it is asked by its media, not by the console.
 */
const SAID_BY_FIREFOX =
  /can’t establish a connection to the server|was interrupted while the page|CORS request did not succeed|WebRTC: ICE failed/;

/** Waits until nothing more comes from anybody. */
export async function standsStill(visitor: Visitor): Promise<void> {
  let last = '';
  let since = performance.now();
  await poll(
    async () => {
      const flow = JSON.stringify(await visitor.flow());
      if (flow !== last) since = performance.now();
      last = flow;
      return performance.now() - since > 500;
    },
    {what: `nothing to reach ${visitor.browser}`},
  );
}

/** A link that cannot be healed is made anew after half a minute. How soon it should be is the benchmarks' question. */
const WELL_WITHIN_MS = 75_000;

/** Everybody sees and hears everybody else. Resolves with how many milliseconds that took. */
export async function untilMediaFlows(visitors: readonly Visitor[]): Promise<number> {
  const since = performance.now();
  await Promise.all(
    visitors.map((each) => each.seesAndHears(visitors.length - 1, {deadlineMs: WELL_WITHIN_MS})),
  );
  return Math.round(performance.now() - since);
}

/** What must be the same after a fault, and what must not have been told meanwhile. */
export interface Before {
  readonly peerIds: readonly string[];
  readonly told: number;
}

export async function rememberCall(visitor: Visitor): Promise<Before> {
  return {
    peerIds: await visitor.element(({peers}) => peers.map(({peerId}) => peerId)),
    told: (await visitor.heard()).length,
  };
}

/** In the call as before: the same people, and none of them has left, joined, knocked or been asked. */
export async function isTheSameCall(visitor: Visitor, before: Before): Promise<void> {
  assert.equal(await visitor.status(), 'in-call');
  const {peerIds} = await rememberCall(visitor);
  assert.deepEqual(peerIds, before.peerIds, 'the same peers');
  const news = (await visitor.heard()).slice(before.told);
  const isNews = ({type}: HeardEvent): boolean => type !== 'call-error';
  assert.deepEqual(news.filter(isNews), [], `${visitor.browser} is told nothing`);
  const isOfCode = (error: string): boolean => !SAID_BY_FIREFOX.test(error);
  assert.deepEqual(visitor.pageErrors.filter(isOfCode), [], 'no errors in the page');
}
