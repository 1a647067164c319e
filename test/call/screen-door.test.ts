/** What shares a screen is on its way: what becomes of those who press meanwhile. */
import {expect} from 'chai';
import type {CallError} from '../../widget/call/call-error.js';
import {ScreenDoor} from '../../widget/call/care/screen-door.js';
import type {Peer} from '../../widget/call/peer.js';
import * as share from '../../widget/call/share/screen-share.js';
import {fakeScreens, type FakeScreens} from '../support/fake-screen.js';

type Host = ConstructorParameters<typeof ScreenDoor>[0];

interface Request {
  resolve(chunk: typeof share): void;
  reject(reason: Error): void;
}

/** The chunk, and the call that wants it. */
function doorOf() {
  const call = new AbortController();
  const requests: Request[] = [];
  const added: string[] = [];
  const peer = {
    wasConnected: true,
    signal: call.signal,
    connection: {
      addTransceiver({kind}: MediaStreamTrack) {
        added.push(kind);
        return {sender: {track: null}};
      },
    },
  } as unknown as Peer;
  const relay = new EventTarget();
  const host = {
    carries: 'video',
    signal: call.signal,
    relay,
    mesh: {remotes: [{peer}], broadcastState: () => undefined},
    dispatch: () => undefined,
  } as unknown as Host;
  const fetchShare = (): Promise<typeof share> =>
    new Promise((resolve, reject) => requests.push({resolve, reject}));
  const door = new ScreenDoor(host, fetchShare);
  return {
    door,
    call,
    requests,
    peer,
    added,
    welcome: () => relay.dispatchEvent(new Event('welcome')),
  };
}

const failure = (work: Promise<unknown>): Promise<CallError> =>
  work.then(
    () => expect.fail('it was shared'),
    (error: CallError) => error,
  );

describe('what shares a screen, on its way', () => {
  let screens: FakeScreens;
  beforeEach(() => {
    screens = fakeScreens();
  });
  afterEach(() => screens.restore());

  it('asks for whoever has pressed, when it comes', async () => {
    const {door, requests} = doorOf();
    const shared = door.toggle();
    expect(screens.asked()).to.equal(0);
    requests[0]!.resolve(share);
    expect(await shared).to.equal(true);
    expect(door.stream === screens.given[0]).to.equal(true);
    expect(requests.length).to.equal(1);
  });

  for (const name of ['InvalidStateError', 'InvalidAccessError']) {
    it(`asks for another press if the moment has passed (${name}), and nobody has refused`, async () => {
      const {door, requests} = doorOf();
      const refusal = new DOMException('no gesture', name);
      screens.hold()(refusal);
      const failed = failure(door.toggle());
      requests[0]!.resolve(share);
      const {code, message, cause} = await failed;
      expect([code, message]).to.deep.equal(['relay-timeout', 'screen-share: press again']);
      expect(cause === refusal).to.equal(true);
      expect(await door.toggle(), 'the next press').to.equal(true);
    });
  }

  it('tells who has refused from who was not asked', async () => {
    const {door, requests} = doorOf();
    screens.hold()(new DOMException('no', 'NotAllowedError'));
    const failed = failure(door.toggle());
    requests[0]!.resolve(share);
    expect((await failed).code).to.equal('display-capture-denied');
  });

  it('asks nobody when the call has ended meanwhile', async () => {
    const {door, call, requests} = doorOf();
    const failed = failure(door.toggle());
    call.abort();
    expect((await failed).code).to.equal('aborted');
    requests[0]!.resolve(share);
    // It has been handed over by then.
    await new Promise((resolve) => setTimeout(resolve));
    expect([screens.asked(), door.stream]).to.deep.equal([0, null]);
  });

  it('says why it could not be had, and is asked for again', async () => {
    const {door, requests, welcome} = doorOf();
    const failed = failure(door.toggle());
    const reason = new TypeError('no such module');
    requests[0]!.reject(reason);
    const {code, cause} = await failed;
    expect(code).to.equal('relay-unreachable');
    expect(cause === reason).to.equal(true);
    expect(await door.toggle(false), 'nothing is shared').to.equal(false);
    expect(requests.length, 'and nothing fetched for that').to.equal(1);
    welcome();
    requests[1]!.resolve(share);
    expect(await door.toggle()).to.equal(true);
  });

  it('shares nothing for whoever ends it meanwhile, and ends what was begun before', async () => {
    const failing = doorOf();
    const ended = failing.door.toggle(false);
    failing.requests[0]!.reject(new TypeError('no such module'));
    expect(await ended).to.equal(false);
    const {door, requests} = doorOf();
    const both = [door.toggle(true), door.toggle(false)];
    requests[0]!.resolve(share);
    expect(await Promise.all(both)).to.deep.equal([true, false]);
    expect(door.stream === null).to.equal(true);
  });

  it('sends over a link that has changed before it came', async () => {
    const {door, requests, peer, added} = doorOf();
    door.linkChanged(peer);
    expect(door.senderOf(peer) === undefined).to.equal(true);
    const shared = door.toggle();
    door.linkChanged(peer);
    requests[0]!.resolve(share);
    await shared;
    expect(added).to.deep.equal(['video']);
  });
});
