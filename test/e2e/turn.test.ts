/**
 * Row A8, with a real coturn: calls that may use nothing but TURN, with credentials of the relay, and
 * pages that learn their outer address by STUN.
 */
import assert from 'node:assert/strict';
import {describe, it} from 'node:test';
import {BROWSER_NAMES, launchBrowser, skipWithout} from '../support/browsers.js';
import {skipWithoutCoturn, startTurnServer} from '../support/coturn.js';
import {poll} from '../support/e2e.js';
import {startEmbedding, type Embedding} from '../support/embed.js';
import type {Teardown} from '../support/relay.js';
import {startUdpProxy} from '../support/udp-proxy.js';
import {Visitor} from '../support/visitor.js';
import {sent, tapWire} from '../support/wire-tap.js';

const SECRET = 'known to the relay and to coturn alone';

const skip = skipWithout('chromium', 'firefox') || skipWithoutCoturn();

/** With a TURN server, and a relay that gives out credentials for it. */
async function embeddingWithTurn(t: Teardown): Promise<Embedding> {
  const port = await startTurnServer(t, SECRET);
  const turnUrl = [`turn:127.0.0.1:${port}?transport=udp`];
  return startEmbedding(t, {turnUrl, turnSecret: SECRET});
}

describe('TURN', {skip}, () => {
  for (const browser of BROWSER_NAMES) {
    it(`A8: ${browser} calls ${browser} through TURN alone`, async (t) => {
      const embedding = await embeddingWithTurn(t);
      const running = await launchBrowser(browser);
      t.after(() => running.close());
      const attributes = {
        room: 'turn',
        'ice-transport-policy': 'relay',
        'auto-accept': true,
      } as const;
      const ana = await Visitor.open(running, embedding.page(attributes));
      await ana.press('Join');
      await ana.reaches('waiting');
      const ben = await Visitor.open(running, embedding.page(attributes));
      await ben.press('Join');
      await ben.reaches('in-call');
      for (const visitor of [ana, ben]) {
        await visitor.seesAndHears();
        const [flow] = Object.values(await visitor.flow());
        assert.deepEqual(flow?.pair, ['relay', 'relay']);
      }
    });
  }

  for (const browser of BROWSER_NAMES) {
    it(`tells whoever calls ${browser} of nothing but TURN before Accept, and finds the direct way after it`, async (t) => {
      const embedding = await embeddingWithTurn(t);
      const running = await launchBrowser(browser);
      t.after(() => running.close());
      const room = 'early';
      const url = embedding.page({room, preconnect: 'ringing-relay'});
      const asked = await Visitor.open(running, url, {prepare: tapWire});
      await asked.press('Join');
      await asked.reaches('waiting');
      const asks = await Visitor.open(running, embedding.page({room}));
      await asks.press('Join');
      // Whoever does not look at the page leaves the answer to another tab.
      await asked.page.bringToFront();
      await asked.finds('alertdialog', 'Some user is calling you');
      const answered = async (): Promise<string | undefined> => {
        const said = (await sent(asked)).filter(({name}) => name === 'signal');
        return (said[0]?.payload as {description?: {sdp: string}} | undefined)?.description?.sdp;
      };
      const sdp = await poll(answered, {what: 'an answer while it rings'});
      const candidates = sdp.split('\r\n').filter((line) => line.startsWith('a=candidate:'));
      assert.ok(candidates.length > 0, 'there is a way to it');
      for (const candidate of candidates) {
        const [, , , , address, , , type, , base] = candidate.split(' ');
        assert.equal(type, 'relay');
        assert.ok(base === address || base === '0.0.0.0', `told in passing: ${candidate}`);
      }
      await asked.press('Accept');
      await Promise.all([asked.seesAndHears(), asks.seesAndHears()]);
      const isDirect = async (): Promise<boolean> =>
        Object.values(await asks.flow())[0]?.pair.includes('relay') === false;
      await poll(isDirect, {what: 'the direct way'});
      for (const each of [asked, asks]) assert.deepEqual(each.pageErrors, []);
    });
  }

  it('A8: a call is told in words when TURN turns it away', async (t) => {
    const port = await startTurnServer(t, 'quite another secret');
    const embedding = await startEmbedding(t, {
      turnUrl: [`turn:127.0.0.1:${port}?transport=udp`],
      turnSecret: SECRET,
    });
    const running = await launchBrowser('chromium');
    t.after(() => running.close());
    const attributes = {
      room: 'turn',
      'ice-transport-policy': 'relay',
      'auto-accept': true,
    } as const;
    const ana = await Visitor.open(running, embedding.page(attributes));
    await ana.press('Join');
    await ana.reaches('waiting');
    const ben = await Visitor.open(running, embedding.page(attributes));
    await ben.press('Join');
    await ben.reaches('in-call');
    await poll(
      async () =>
        (await ben.heard('call-error')).some(({detail}) => detail['code'] === 'ice-failed'),
      {what: 'ice-failed to be told', deadlineMs: 90_000},
    );
    assert.equal(await ben.status(), 'in-call');
    await ben.sees('The TURN server turned this call away');
    const report = await ben.element((element) => element.getReport());
    assert.deepEqual(
      report.causes.map(({code, peer}) => [code, peer]),
      [['turn-refused', 'peer-1']],
    );
    const {present, hasBeenConnected, isAnswered} = report.links[0]!;
    // By these names in the script tag's bundle as well, which shortens others.
    assert.deepEqual([present, hasBeenConnected, isAnswered], [true, false, true]);
    assert.doesNotMatch(JSON.stringify(report), /127\.0\.0\.1|quite another secret/);
  });

  for (const browser of BROWSER_NAMES) {
    it(`the check before a call finds each way, and what stands in the way of the rest, in ${browser}`, async (t) => {
      const port = await startTurnServer(t, SECRET);
      const embedding = await startEmbedding(t, {
        stunUrl: [`stun:127.0.0.1:${port}`],
        turnUrl: [
          `turn:127.0.0.1:${port}?transport=udp`,
          `turn:127.0.0.1:${port}?transport=tcp`,
          // coturn was started without TLS.
          `turns:127.0.0.1:${port}?transport=tcp`,
        ],
        turnSecret: SECRET,
      });
      const running = await launchBrowser(browser);
      t.after(() => running.close());
      const ana = await Visitor.open(running, embedding.page({room: 'turn'}));
      await ana.press('Check camera and connection');
      await ana.sees('You can call, though not everything works.');
      const {ok, steps} = await ana.element((element) => element.check());
      assert.equal(ok, true);
      assert.deepEqual(
        Object.fromEntries(steps.map(({name, outcome, cause}) => [name, cause ?? outcome])),
        {
          microphone: 'ok',
          camera: 'ok',
          relay: 'ok',
          stun: 'ok',
          'turn-udp': 'ok',
          'turn-tcp': 'ok',
          'turn-tls': 'turn-unreachable',
        },
      );
    });
  }
});

describe('STUN', {skip}, () => {
  for (const browser of BROWSER_NAMES) {
    it(`A8: ${browser} asks the relay’s STUN server and tells the address that it learns`, async (t) => {
      // Behind the router a page's address is another one: only the server can have told it.
      const router = await startUdpProxy(t, await startTurnServer(t, SECRET));
      const embedding = await startEmbedding(t, {stunUrl: [`stun:127.0.0.1:${router.port}`]});
      const running = await launchBrowser(browser);
      t.after(() => running.close());
      const page = embedding.page({room: 'stun', 'auto-accept': true});
      const ana = await Visitor.open(running, page, {prepare: noteCandidates});
      await ana.press('Join');
      await ana.reaches('waiting');
      const ben = await Visitor.open(running, page, {prepare: noteCandidates});
      await ben.press('Join');
      await ben.reaches('in-call');
      for (const visitor of [ana, ben]) {
        const learned = await poll(
          async () => reflexivePorts((await candidates(visitor)).gathered),
          {
            what: 'a candidate of type srflx',
          },
        );
        const unknown = learned.filter((port) => !router.outerPorts().includes(port));
        assert.deepEqual(unknown, [], 'each learned address is one that the STUN server saw');
      }
      for (const [from, to] of [
        [ana, ben],
        [ben, ana],
      ] as const) {
        const own = reflexivePorts((await candidates(from)).gathered) || [];
        await poll(
          async () => {
            const told = reflexivePorts((await candidates(to)).received) || [];
            return own.some((port) => told.includes(port));
          },
          {what: 'the learned address to reach the other'},
        );
      }
      assert.ok(router.down.counts.delivered >= 2, 'the server has answered both');
      await ana.seesAndHears();
      await ben.seesAndHears();
      assert.deepEqual([...ana.pageErrors, ...ben.pageErrors], [], 'no errors in the pages');
    });
  }
});

interface Candidates {
  readonly gathered: readonly string[];
  readonly received: readonly string[];
}

/** In the page: every candidate line that its connections gather or are given. */
function noteCandidates(): void {
  const gathered: string[] = [];
  const received: string[] = [];
  Object.assign(globalThis, {candidates: {gathered, received}});
  // Chromium stops gathering once it is connected, which on one machine may be sooner than a
  // server's answer. So no candidate is used before both sides have learned one from the server.
  let release = (): void => undefined;
  const haveLearned = new Promise<void>((resolve) => (release = resolve));
  const note = (list: string[], line: string): void => {
    list.push(line);
    if ([gathered, received].every((each) => each.join().includes('typ srflx'))) release();
  };
  globalThis.RTCPeerConnection = class extends RTCPeerConnection {
    constructor(configuration?: RTCConfiguration) {
      super(configuration);
      this.addEventListener('icecandidate', ({candidate}) => {
        if (candidate) note(gathered, candidate.candidate);
      });
    }
    override async addIceCandidate(candidate?: RTCIceCandidateInit | null): Promise<void> {
      note(received, candidate?.candidate ?? '');
      await haveLearned;
      await super.addIceCandidate(candidate);
    }
    override async setRemoteDescription(description: RTCSessionDescriptionInit): Promise<void> {
      received.push(
        ...(description.sdp ?? '').split(/\r?\n/).filter((line) => line.startsWith('a=cand')),
      );
      await super.setRemoteDescription(description);
    }
  };
}

function candidates({page}: Visitor): Promise<Candidates> {
  return page.evaluate(() => (globalThis as unknown as {candidates: Candidates}).candidates);
}

/** The ports of the addresses that a STUN server told; `null` while there is none. */
function reflexivePorts(lines: readonly string[]): number[] | null {
  const found = lines.flatMap((line) => {
    const [, port] = /^(?:a=)?candidate:\S+ \d \S+ \d+ \S+ (\d+) typ srflx/i.exec(line) ?? [];
    return port === undefined ? [] : [Number(port)];
  });
  return found.length > 0 ? found : null;
}
