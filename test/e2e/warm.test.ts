/**
 * What leaves a machine at which it rings: nothing but the ringing, by what its kernel counts and what its page
 * says to the relay. And what a call costs the relay from the knock until both see each other.
 */
import assert from 'node:assert/strict';
import {setTimeout as delay} from 'node:timers/promises';
import {describe, it} from 'node:test';
import {skipWithout, type BrowserName} from '../support/browsers.js';
import {pagesAcross} from '../support/call-across.js';
import {poll} from '../support/e2e.js';
import {skipWithoutNamespaces} from '../support/network-namespaces.js';
import type {Visitor} from '../support/visitor.js';
import {received, sent, tapWire, type Packet} from '../support/wire-tap.js';

const PAIRS: readonly (readonly [asked: BrowserName, asks: BrowserName])[] = [
  ['chromium', 'firefox'],
  ['firefox', 'chromium'],
];

/** In which whatever is on its way before Accept would leave. */
const RINGS_MS = 2_000;

/** What the packets that matter here have in common. */
interface Said {
  readonly id?: string;
  readonly from?: string;
  readonly linkId?: string;
  readonly description?: {readonly sdp: string};
  readonly signal?: Said;
}

/** Of the first packet of this name. */
const payloadOf = (packets: readonly Packet[], wanted: string): Said | undefined =>
  packets.find(({name}) => name === wanted)?.payload as Said | undefined;
const namesOf = (packets: readonly Packet[]): string[] => packets.map(({name}) => name);

describe(
  'while it rings',
  {skip: skipWithout('chromium', 'firefox') || skipWithoutNamespaces()},
  () => {
    for (const pair of PAIRS) {
      it(`nothing leaves ${pair[0]} for ${pair[1]} before Accept, and with it all there is to say`, async (t) => {
        const {callers} = await pagesAcross(t, pair, {prepare: tapWire});
        const [asked, asks] = callers.map(({visitor}) => visitor) as [Visitor, Visitor];
        const {host} = callers[0]!;
        await asked.press('Join');
        await asked.reaches('waiting');
        await poll(() => asked.element(({localStream}) => localStream!.getTracks().length === 2), {
          what: 'the devices of the one who is asked',
        });
        const said = namesOf(await sent(asked));
        const packets = await host.udpSent();

        await asks.press('Join');
        await asked.finds('alertdialog', 'Some user is calling you');
        const offer = await poll(async () => payloadOf(await received(asked), 'signal'), {
          what: `what comes along with the knock of ${pair[1]}`,
        });
        assert.equal(offer.from, payloadOf(await received(asked), 'invitation')!.id);
        assert.match(offer.description!.sdp, /^a=candidate:/m, 'it could send packets to somebody');
        await delay(RINGS_MS);
        assert.deepEqual(namesOf(await sent(asked)), said, 'not a word to the relay');
        assert.equal(await host.udpSent(), packets, 'not a packet to anybody');

        await asked.press('Accept');
        await Promise.all([asked.seesAndHears(), asks.seesAndHears()]);
        assert.ok((await host.udpSent()) > packets, 'packets are counted');
        const answer = payloadOf(await sent(asked), 'answer')!.signal!;
        assert.equal(answer.linkId, offer.linkId, 'it was made while it rang');
        assert.match(answer.description!.sdp, /^a=candidate:/m, 'with its candidates');
        const all = await Promise.all([sent(asked), sent(asks), received(asked), received(asks)]);
        const ofCall = ['join', 'invitation', 'signal', 'answer', 'peer-joined', 'admitted'];
        const told = all.flatMap(namesOf).filter((name) => ofCall.includes(name));
        t.diagnostic(`from the knock on, the relay was told and told: ${told.join(', ')}`);
        // The room's own join was before the knock.
        assert.ok(told.length - 1 <= 8, `${told.length - 1} messages`);
        for (const each of [asked, asks]) assert.deepEqual(each.pageErrors, []);
      });
    }

    it('with preconnect="ringing" the two machines are connected before Accept, and all that the relay hears of it is the answer', async (t) => {
      const {callers} = await pagesAcross(t, ['chromium', 'firefox'], {prepare: tapWire});
      const [asked, asks] = callers.map(({visitor}) => visitor) as [Visitor, Visitor];
      const [host, other] = [callers[0]!.host, callers[1]!.host];
      await asked.element((element) => (element.preconnect = 'ringing'));
      await asked.press('Join');
      await asked.reaches('waiting');
      const packets = await Promise.all([host.udpSent(), other.udpSent()]);

      await asks.press('Join');
      await asked.finds('alertdialog', 'Some user is calling you');
      const signals = async (visitor: Visitor): Promise<Packet[]> =>
        (await sent(visitor)).filter(({name}) => name === 'signal');
      // Handshakes alone are a handful: this many are placeholders that flow.
      for (const [index, machine] of [host, other].entries()) {
        const areFlowing = async (): Promise<boolean> =>
          (await machine.udpSent()) - packets[index]! > 100;
        await poll(areFlowing, {what: `packets of ${index === 0 ? 'the one asked' : 'who asks'}`});
      }
      const [answer, ...more] = await signals(asked);
      const {linkId, description} = answer!.payload as Said;
      assert.match(description!.sdp, /^a=candidate:/m);
      assert.deepEqual(more, []);
      const streams = (visitor: Visitor): Promise<number> =>
        visitor.element(({peers}) => peers.length);
      assert.deepEqual([await streams(asked), await streams(asks)], [0, 0], 'nobody is shown');
      assert.deepEqual([await asked.status(), await asks.status()], ['waiting', 'knocking']);

      const before = (await signals(asks)).length;
      await asked.press('Accept');
      await Promise.all([asked.seesAndHears(), asks.seesAndHears()]);
      const accepted = payloadOf(await sent(asked), 'answer')!.signal!;
      assert.equal(accepted.linkId, linkId, 'the link of before Accept is the call');
      assert.equal((await signals(asked)).length, 1, 'nothing was negotiated anew');
      assert.equal((await signals(asks)).length, before);
      for (const each of [asked, asks]) assert.deepEqual(each.pageErrors, []);
    });
  },
);
