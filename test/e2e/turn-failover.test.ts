/** The TURN server that a call goes through dies, and there is another one. */
import {describe, it} from 'node:test';
import {BROWSER_NAMES, launchBrowser, skipWithout} from '../support/browsers.js';
import {skipWithoutCoturn, startTurnServer} from '../support/coturn.js';
import {poll} from '../support/e2e.js';
import {startEmbedding} from '../support/embed.js';
import type {Teardown} from '../support/relay.js';
import {isTheSameCall, rememberCall, untilMediaFlows} from '../support/same-call.js';
import {startUdpProxy} from '../support/udp-proxy.js';
import {Visitor} from '../support/visitor.js';

const SECRET = 'known to the relay and to both servers';

/** More than checks of connections and the like come to: some seconds of pictures. */
const MUCH_BYTES = 200_000;

/** Pictures and sound that were on their way are enough for one. */
const ROUNDS = 3;

const skip = skipWithout(...BROWSER_NAMES) || skipWithoutCoturn();

describe('a call through TURN', {skip}, () => {
  it('goes on through another server when its own is killed', async (t) => {
    const servers = [await startServer(t), await startServer(t)];
    const embedding = await startEmbedding(t, {
      turnUrl: servers.map(({port}) => `turn:127.0.0.1:${port}?transport=udp`),
      turnSecret: SECRET,
    });
    const page = embedding.page({
      room: 'failover',
      'ice-transport-policy': 'relay',
      'auto-accept': true,
    });
    const visitors = await Promise.all(
      BROWSER_NAMES.map(async (name) => {
        const browser = await launchBrowser(name);
        t.after(() => browser.close());
        return Visitor.open(browser, page);
      }),
    );
    for (const [index, visitor] of visitors.entries()) {
      await visitor.press('Join');
      await visitor.reaches(index === 0 ? 'waiting' : 'in-call');
    }
    await untilMediaFlows(visitors);
    const memories = await Promise.all(visitors.map(rememberCall));

    // Each side has a place at both; what is sent and received may go through either or both.
    const used = await poll(() => servers.find(({carried}) => carried() > MUCH_BYTES), {
      what: 'media to go through one of them',
    });
    await used.kill();
    for (let round = 1; round <= ROUNDS; round++) {
      t.diagnostic(`seen and heard again after ${await untilMediaFlows(visitors)} ms more`);
    }
    for (const [i, visitor] of visitors.entries()) await isTheSameCall(visitor, memories[i]!);
  });
});

/** A server, with a box in front of it that tells how much goes through. */
async function startServer(t: Teardown) {
  const enders: (() => unknown)[] = [];
  const port = await startTurnServer(
    {after: (end) => void enders.push(end as () => unknown)},
    SECRET,
  );
  const kill = async (): Promise<void> => {
    for (const end of enders.splice(0)) await end();
  };
  t.after(kill);
  const proxy = await startUdpProxy(t, port);
  return {port: proxy.port, kill, carried: () => proxy.down.counts.deliveredBytes};
}
