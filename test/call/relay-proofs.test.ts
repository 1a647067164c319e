/** Who proves to whom that they have come back to a relay that had forgotten them, and how often. */
import {expect} from 'chai';
import type {IdentityMessage} from '../../protocol/care-messages.js';
import type {PeerView} from '../../protocol/shapes.js';
import {RelayReturn} from '../../widget/call/care/relay-return.js';
import {TypedEventTarget} from '../../widget/call/typed-event-target.js';
import {peer} from '../support/call-facts.js';
import {fakeTimers, type FakeTimers} from '../support/fake-timers.js';

/** As long as somebody has for a proof (`care/relay-return.ts`). */
const PROOF_MS = 3_000;

const BEN: PeerView = {
  peerId: 'ben-anew',
  personId: 'person-anew',
  displayName: 'Ben',
  metadata: null,
  connected: true,
};

const COMES_BACK: IdentityMessage = {
  type: 'identity',
  peerId: BEN.peerId,
  personId: BEN.personId,
  isAnswer: true,
};

class FakeRelay extends TypedEventTarget<{welcome: undefined}> {
  state = 'open';
  proofs = 0;
  async request(): Promise<void> {
    this.proofs++;
    await Promise.resolve();
  }
}

describe('proofs that somebody has come back', () => {
  let timers: FakeTimers;
  let over: AbortController;
  let relay: FakeRelay;
  let said: IdentityMessage[];
  let farewells: string[];
  let isPresent: boolean;
  let back: RelayReturn;

  beforeEach(() => {
    timers = fakeTimers();
    over = new AbortController();
    relay = new FakeRelay();
    [said, farewells, isPresent] = [[], [], true];
    const link = {sendNow: (message: IdentityMessage) => said.push(message)};
    const sdp = 'a=fingerprint:sha-256 AB:CD';
    const connection = {localDescription: {sdp}, remoteDescription: {sdp}};
    const remote = {peer: {link, connection, connectionState: 'connected'}};
    const self = {peerId: 'ana', personId: 'person-ana'};
    back = new RelayReturn({
      relay,
      signal: over.signal,
      mesh: {remote: () => remote, farewell: (id: string) => farewells.push(id), connect() {}},
      dispatch: () => undefined,
      state: () => ({status: 'in-call', self, peers: [{...peer('ben'), present: isPresent}]}),
    } as unknown as ConstructorParameters<typeof RelayReturn>[0]);
    back.heard('ben', COMES_BACK);
    back.seen(BEN);
  });

  afterEach(() => {
    over.abort();
    timers.restore();
  });

  const pass = async (ms: number): Promise<void> => {
    timers.pass(ms);
    for (let turn = 0; turn < 5; turn++) await Promise.resolve();
  };

  it('are given once, for as long as nobody was away', async () => {
    back.seen({...BEN, displayName: 'Benjamin'});
    await pass(PROOF_MS - 1);
    expect(relay.proofs).to.equal(1);
  });

  it('that do not come in time tell two people from one', async () => {
    await pass(PROOF_MS);
    expect(farewells).to.deep.equal(['ben']);
    expect(said).to.deep.equal([]);
  });

  it('that have come leave the two one', async () => {
    back.takeProof({from: BEN.peerId, linkId: 'ABCD', candidates: []});
    await pass(2 * PROOF_MS);
    expect(farewells).to.deep.equal([]);
    expect(said, 'nobody is asked').to.deep.equal([]);
  });

  it('are given anew after this side was away, and asked for', async () => {
    await pass(1_000);
    relay.emit('welcome', undefined);
    back.seen(BEN);
    expect(relay.proofs).to.equal(2);
    await pass(PROOF_MS - 1_000);
    expect(farewells).to.deep.equal([]);
    expect(said).to.deep.equal([
      {type: 'identity', peerId: 'ana', personId: 'person-ana', isAnswer: false},
    ]);
    await pass(PROOF_MS);
    expect(farewells, 'there was time enough by now').to.deep.equal(['ben']);
  });

  it('are given anew after the other side was away, however short', async () => {
    await pass(100);
    back.seen({...BEN, connected: false});
    back.seen(BEN);
    expect(relay.proofs).to.equal(2);
    await pass(PROOF_MS);
    expect(farewells).to.deep.equal([]);
  });

  it('are given to whoever asks, but not as often as somebody may ask', async () => {
    for (let times = 0; times < 5; times++) back.heard('ben', {...COMES_BACK, isAnswer: false});
    expect(relay.proofs).to.equal(1);
    await pass(PROOF_MS - 1);
    for (let times = 0; times < 5; times++) back.heard('ben', {...COMES_BACK, isAnswer: false});
    expect(relay.proofs).to.equal(2);
  });

  it('are not asked for while the relay is away', async () => {
    relay.state = 'reconnecting';
    await pass(3 * PROOF_MS);
    expect(said).to.deep.equal([]);
    expect(farewells).to.deep.equal([]);
  });

  it('are not missed of somebody who is away', async () => {
    isPresent = false;
    await pass(3 * PROOF_MS);
    expect(farewells).to.deep.equal([]);
  });
});
