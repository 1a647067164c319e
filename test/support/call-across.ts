/**
 * A call between browsers on hosts of their own in a private network, with the relay's process at
 * its switch.
 */
import type {BrowserName} from './browsers.js';
import {PrivateNetwork, type NetworkHost} from './network-namespaces.js';
import {RelayProcess} from './relay-process.js';
import type {Teardown} from './relay.js';
import {Visitor} from './visitor.js';

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

interface AcrossOptions {
  readonly relayArgs?: readonly string[];
  /** Runs in every page before anything of its own does. */
  readonly prepare?: () => void;
}

/** Everybody has the page of one room before them, and has pressed nothing yet. */
export async function pagesAcross(
  t: Teardown,
  browsers: readonly BrowserName[],
  {relayArgs = [], prepare}: AcrossOptions = {},
): Promise<CallAcross> {
  const network = await PrivateNetwork.start(t);
  const relay = await RelayProcess.start(t, {
    namespace: network.namespace,
    host: network.address,
    args: relayArgs,
  });
  const secure = {
    // No certificate: both browsers can be told to take the relay's pages for secure.
    args: [
      `--unsafely-treat-insecure-origin-as-secure=${relay.url}`,
      // A browser's own questions to its maker would be the only packets that are not of the call.
      `--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE ${network.address}`,
    ],
    prefs: {
      'dom.securecontext.allowlist': network.address,
      'network.dns.disabled': true,
    },
  };
  const hosts: NetworkHost[] = [];
  for (const _ of browsers) hosts.push(await network.host());
  const callers = await Promise.all(
    browsers.map(async (name, index) => {
      const host = hosts[index]!;
      const browser = await host.launch(name, secure);
      const url = `${relay.url}/?room=across`;
      return {host, visitor: await Visitor.open(browser, url, {apart: false, prepare})};
    }),
  );
  return {network, relay, callers};
}

/** Everybody is in one room, and sees and hears everybody else. */
export async function callAcross(
  t: Teardown,
  browsers: readonly BrowserName[],
  options: AcrossOptions = {},
): Promise<CallAcross> {
  const across = await pagesAcross(t, browsers, options);
  const {callers} = across;
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
  return across;
}
