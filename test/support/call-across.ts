/**
 * A call between browsers on hosts of their own in a private network, with the relay's process at
 * its switch; and how to tell that the call was hurt and is well again.
 */
import assert from 'node:assert/strict';
import type {BrowserName} from './browsers.js';
import {poll} from './e2e.js';
import {PrivateNetwork, type NetworkHost} from './network-namespaces.js';
import {RelayProcess} from './relay-process.js';
import type {Teardown} from './relay.js';
import {Visitor, type HeardEvent} from './visitor.js';

/** One who calls, and the machine that they sit at. */
export interface Caller {
  readonly host: NetworkHost;
  readonly visitor: Visitor;
}

export interface CallAcross {
  readonly network: PrivateNetwork;
  readonly relay: RelayProcess;
  /** In the order of the browsers. */
  readonly callers: readonly Caller[];
}

/** What Firefox itself writes to the console of a page that tries to reach its relay, for errors. */
const SAID_BY_FIREFOX = /can’t establish a connection to the server|was interrupted while the page/;

/** Everybody is in one room, and sees and hears everybody else. */
export async function callAcross(
  t: Teardown,
  browsers: readonly BrowserName[],
  relayArgs: readonly string[] = [],
): Promise<CallAcross> {
  const network = await PrivateNetwork.start(t);
  const relay = await RelayProcess.start(t, {
    namespace: network.namespace,
    host: network.address,
    args: relayArgs,
  });
  const secure = {
    // No certificate: both browsers can be told to take the relay's pages for secure.
    args: [`--unsafely-treat-insecure-origin-as-secure=${relay.url}`],
    prefs: {'dom.securecontext.allowlist': network.address},
  };
  const hosts: NetworkHost[] = [];
  for (const _ of browsers) hosts.push(await network.host());
  const callers = await Promise.all(
    browsers.map(async (name, index) => {
      const host = hosts[index]!;
      const browser = await host.launch(name, secure);
      return {
        host,
        visitor: await Visitor.open(browser, `${relay.url}/?room=across`, {apart: false}),
      };
    }),
  );
  const [first, ...others] = callers.map(({visitor}) => visitor);
  for (const each of [first!, ...others]) {
    await each.element((element, capacity) => {
      element.autoAccept = true;
      element.capacity = capacity;
    }, browsers.length);
    await each.press('Join');
    await each.reaches(each === first ? 'waiting' : 'in-call');
  }
  await Promise.all(callers.map(({visitor}) => visitor.seesAndHears(others.length)));
  return {network, relay, callers};
}

/** Waits until nothing more comes from anybody. */
export async function standsStill({visitor}: Caller): Promise<void> {
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

/** What must be the same after a fault, and what must not have been told meanwhile. */
export interface Before {
  readonly peerIds: readonly string[];
  readonly told: number;
}

export async function rememberCall({visitor}: Caller): Promise<Before> {
  return {
    peerIds: await visitor.element(({peers}) => peers.map(({peerId}) => peerId)),
    told: (await visitor.heard()).length,
  };
}

/** In the call as before: the same people, and none of them has left, joined, knocked or been asked. */
export async function isTheSameCall(caller: Caller, before: Before): Promise<void> {
  const {visitor} = caller;
  assert.equal(await visitor.status(), 'in-call');
  const {peerIds} = await rememberCall(caller);
  assert.deepEqual(peerIds, before.peerIds, 'the same peers');
  const news = (await visitor.heard()).slice(before.told);
  const isNews = ({type}: HeardEvent): boolean => type !== 'call-error';
  assert.deepEqual(news.filter(isNews), [], `${visitor.browser} is told nothing`);
  const isOfCode = (error: string): boolean => !SAID_BY_FIREFOX.test(error);
  assert.deepEqual(visitor.pageErrors.filter(isOfCode), [], 'no errors in the page');
}
