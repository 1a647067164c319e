/** Whoever is there and offers no link is offered one. */
import {expect} from 'chai';
import type {CareHost} from '../../widget/call/care/call-care.js';
import {offerMissingLinks} from '../../widget/call/care/missing-links.js';
import {fakeTimers, type FakeTimers} from '../support/fake-timers.js';

describe('missing links', () => {
  let time: FakeTimers;
  let ends: AbortController;
  let relay: {state: string};
  let ben: {peerId: string; present: boolean};
  let remote: {peerId: string; peer: object | null; connect: () => void};
  let offered: number;

  beforeEach(() => {
    time = fakeTimers();
    ends = new AbortController();
    relay = {state: 'open'};
    ben = {peerId: 'ben', present: true};
    offered = 0;
    remote = {
      peerId: 'ben',
      peer: null,
      connect() {
        offered++;
        this.peer = {};
      },
    };
    offerMissingLinks({
      mesh: {remotes: [remote]},
      state: () => ({status: 'in-call', peers: [ben]}),
      ...{relay, signal: ends.signal},
    } as unknown as CareHost);
  });

  afterEach(() => time.restore());

  it('are offered after a few seconds, once', () => {
    time.pass(3_000);
    expect(offered).to.equal(0);
    time.pass(60_000);
    expect(offered).to.equal(1);
  });

  it('are not missing where the newcomer has offered', () => {
    time.pass(3_000);
    remote.peer = {};
    time.pass(60_000);
    expect(offered).to.equal(0);
  });

  for (const [who, leave, comeBack] of [
    ['the other side', () => (ben.present = false), () => (ben.present = true)],
    ['this side', () => (relay.state = 'reconnecting'), () => (relay.state = 'open')],
  ] as const) {
    it(`are waited for anew when ${who} has been away from the relay`, () => {
      time.pass(3_000);
      leave();
      time.pass(60_000);
      comeBack();
      time.pass(3_000);
      expect(offered).to.equal(0);
      time.pass(3_000);
      expect(offered).to.equal(1);
    });
  }

  it('are of no concern after the call', () => {
    ends.abort();
    time.pass(60_000);
    expect(offered).to.equal(0);
  });
});
