/** A network that is another than a moment ago: the parts that notice, each by itself, and a call that lives through it. */
import {expect} from 'chai';
import type {CareHost} from '../../widget/call/care/call-care.js';
import {IceRenewal} from '../../widget/call/care/ice-renewal.js';
import {LinkRecovery} from '../../widget/call/care/link-recovery.js';
import {NetworkWatch} from '../../widget/call/care/network-watch.js';
import {RelayCheck} from '../../widget/call/care/relay-check.js';
import {ReceiverClock} from '../../widget/call/care/receiver-clock.js';
import {SilenceWatch} from '../../widget/call/care/silence-watch.js';
import type {Remote} from '../../widget/call/remote.js';
import {framesGrow, until} from '../support/calls.js';
import {inPageSuite} from '../support/in-page-suite.js';

interface Link {
  remote: Remote;
  restarts: number;
  connectionState: RTCPeerConnectionState;
  /** What its statistics say has come. */
  bytesReceived: number;
  /** When its receivers have heard last. */
  timestamp: number;
}

describe('a network that changes', () => {
  const over: AbortController[] = [];

  afterEach(() => {
    for (const each of over.splice(0)) each.abort();
  });

  function link(connectionState: RTCPeerConnectionState): Link {
    const made = {restarts: 0, connectionState, bytesReceived: 0, timestamp: 0} as Link;
    const peer = {
      get connectionState() {
        return made.connectionState;
      },
      signal: new AbortController().signal,
      restartedAt: -Infinity,
      wasConnected: true,
      connection: {},
      senderOf: () => ({}),
      link: {isOpen: true, channels: [], closed: new Promise(() => undefined)},
      restartIce: () => {
        made.restarts++;
        peer.restartedAt = performance.now();
      },
      getStats: () => Promise.resolve(new Map([['t', {bytesReceived: made.bytesReceived}]])),
      receivers: [{getSynchronizationSources: () => [{timestamp: made.timestamp}]}],
    };
    made.remote = {peerId: 'p', peer} as unknown as Remote;
    return made;
  }

  function watch(links: Link[], answers: 'at once' | 'never' = 'at once') {
    const end = new AbortController();
    over.push(end);
    const relay = {state: 'open', redialled: 0, asked: 0};
    const ice = {iceServers: [], expiresInMs: null};
    const peer = {peerId: 'p', present: true, microphoneEnabled: false, cameraEnabled: false};
    const host = {
      signal: end.signal,
      state: () => ({status: 'in-call', peers: [peer]}),
      mesh: {
        remotes: links.map(({remote}) => remote),
        ice,
        iceSince: 0,
        renewed: 0,
        setIce: () => undefined,
      },
      relay: {
        get state() {
          return relay.state;
        },
        redial: () => relay.redialled++,
        request: () => {
          relay.asked++;
          return answers === 'never' ? new Promise(() => undefined) : Promise.resolve({ice});
        },
      },
    } as unknown as CareHost;
    const relayCheck = new RelayCheck(host);
    const recovery = new LinkRecovery(host);
    const network = new NetworkWatch(host, {
      relayCheck,
      restart: (remote) => recovery.restart(remote),
      iceRenewal: new IceRenewal(host),
    });
    /** What the other side says that it sends. */
    const sends = (cameraEnabled: boolean): void => void (peer.cameraEnabled = cameraEnabled);
    return {relay, network, host, end, sends};
  }

  const events: [string, () => void][] = [
    ['is online again', () => window.dispatchEvent(new Event('online'))],
    ['shows a page again that was kept', () => window.dispatchEvent(new Event('pageshow'))],
    ['lets a frozen page go on', () => document.dispatchEvent(new Event('resume'))],
  ];
  for (const [what, fire] of events) {
    it(`asks the relay, and restarts what has no connection, when the browser ${what}`, async () => {
      const [broken, good] = [link('disconnected'), link('connected')];
      const {relay} = watch([broken, good]);
      fire();
      await until(() => broken.restarts === 1, 'the restart');
      expect(relay).to.deep.equal({state: 'open', redialled: 0, asked: 1});
      expect(good.restarts).to.equal(0);
    });
  }

  it('is noticed by a clock that has jumped: the machine has slept', async () => {
    const broken = link('failed');
    const {relay} = watch([broken]);
    const {now} = Date;
    Date.now = () => now() + 3_600_000;
    try {
      await until(() => broken.restarts === 1, 'the restart');
    } finally {
      Date.now = now;
    }
    expect(relay.asked).to.equal(1);
  });

  it('has a relay dialled anew that does not answer, and at once one that is away', async () => {
    const silent = watch([], 'never');
    window.dispatchEvent(new Event('online'));
    expect(silent.relay.redialled, 'it may still answer').to.equal(0);
    await until(() => silent.relay.redialled === 1, 'another connection');
    const away = watch([]);
    away.relay.state = 'reconnecting';
    void away.network.suspect([]);
    void away.network.suspect([]);
    expect(away.relay.redialled, 'once for all that is news of one thing').to.equal(1);
  });

  it('asks a silent relay once for all who ask, and gives none of them more patience for the others', async () => {
    const silent = watch([], 'never');
    const asks = setInterval(() => void silent.network.suspect([]), 300);
    await until(() => silent.relay.redialled === 1, 'another connection');
    clearInterval(asks);
    // Another question may have been put since.
    expect(silent.relay.asked).to.be.at.most(2);
  });

  it('does not dial a relay anew that is being dialled because a link is silent', async () => {
    const away = watch([]);
    away.relay.state = 'reconnecting';
    await away.network.suspect([], false);
    expect(away.relay.redialled).to.equal(0);
    await away.network.suspect([]);
    expect(away.relay.redialled).to.equal(1);
  });

  it('restarts a link that calls itself connected, and over which nothing comes', async () => {
    const [silent, good] = [link('connected'), link('connected')];
    const arrivals = setInterval(() => good.bytesReceived++, 20);
    watch([silent, good]);
    window.dispatchEvent(new Event('online'));
    await until(() => silent.restarts === 1, 'the restart');
    clearInterval(arrivals);
    expect(good.restarts).to.equal(0);
  });

  it('does nothing any more when the call is over', async () => {
    const broken = link('disconnected');
    const {relay, end} = watch([broken], 'never');
    window.dispatchEvent(new Event('online'));
    await until(() => broken.restarts === 1, 'the restart');
    end.abort();
    window.dispatchEvent(new Event('online'));
    expect(relay.asked).to.equal(1);
  });

  for (const isSaid of [true, false]) {
    it(`restarts one over which all but sound and pictures comes${isSaid ? '' : ', unless nobody sends them'}`, async () => {
      const answered = link('connected');
      const {network, sends} = watch([answered]);
      sends(isSaid);
      const checks = setInterval(() => answered.bytesReceived++, 20);
      await network.suspect([answered.remote]);
      clearInterval(checks);
      expect(answered.restarts).to.equal(isSaid ? 1 : 0);
    });
  }

  it('listens anew to a link that is connected again, though silence was told already', async () => {
    const falls = link('connected');
    falls.timestamp = 1;
    const {host} = watch([falls]);
    let told = 0;
    const watching = new SilenceWatch(
      host,
      new ReceiverClock(host.signal),
      () => told++,
      () => undefined,
    );
    await until(() => told === 1, 'the silence');
    await new Promise((resolve) => setTimeout(resolve, 1_500));
    expect(told, 'once').to.equal(1);
    watching.listenAnew(falls.remote.peer!);
    await until(() => told === 2, 'it is silent still');
  });

  it('is told of by a link that falls silent, once until it is heard again', async () => {
    const [falls, speaks, never] = [link('connected'), link('connected'), link('connected')];
    falls.timestamp = 1;
    const {host} = watch([falls, speaks, never]);
    const speech = setInterval(() => speaks.timestamp++, 20);
    const told: Remote[] = [];
    const heard: Remote[] = [];
    const watching = new SilenceWatch(
      host,
      new ReceiverClock(host.signal),
      (remote) => told.push(remote),
      (remote) => heard.push(remote),
    );
    expect(watching, 'starts by itself').to.be.instanceOf(SilenceWatch);
    await until(() => told.length === 1, 'the silence');
    expect(heard).to.deep.equal([]);
    falls.timestamp = 2;
    await until(() => heard.length === 1, 'the end of it');
    await until(() => told.length === 2, 'another silence');
    clearInterval(speech);
    expect(told).to.deep.equal([falls.remote, falls.remote]);
    expect(heard).to.deep.equal([falls.remote]);
  });

  it('knows until when a link was silent, while it is and afterwards', async () => {
    const [falls, speaks, never] = [link('connected'), link('connected'), link('connected')];
    falls.timestamp = speaks.timestamp = 1;
    const {host} = watch([falls, speaks, never]);
    const speech = setInterval(() => speaks.timestamp++, 20);
    const news: string[] = [];
    const silences = new SilenceWatch(
      host,
      new ReceiverClock(host.signal),
      () => news.push('silence'),
      () => news.push('sound'),
    );
    const silentUntil = ({remote}: Link): number => silences.silentUntil(remote.peer!);
    expect(silentUntil(falls), 'nothing is known yet').to.equal(-Infinity);
    await until(() => news.length === 1, 'the silence');
    expect(performance.now() - silentUntil(falls), 'it lasts').to.be.lessThan(5);
    const before = performance.now();
    falls.timestamp = 2;
    await until(() => news.length === 2, 'the end of it');
    const endedAt = silentUntil(falls);
    expect(endedAt).to.be.within(before, performance.now());
    await new Promise((resolve) => setTimeout(resolve, 300));
    expect(silentUntil(falls), 'a moment, that stays').to.equal(endedAt);
    clearInterval(speech);
    expect([silentUntil(speaks), silentUntil(never)], 'never away').to.deep.equal([
      -Infinity,
      -Infinity,
    ]);
  });
});

describe('a call whose network changes', () => {
  const suite = inPageSuite();

  it('goes on, and asks the relay once', async () => {
    const {ana, ben} = await suite.twoInCall({noMicrophone: true});
    const asked = (): number =>
      suite.relay.requests.filter(({name}) => name === 'ice-configuration').length;
    // What takes care of a call has to be there.
    await until(() => {
      window.dispatchEvent(new Event('online'));
      return asked() > 0;
    }, 'the relay to be asked');
    suite.relay.isAway = true;
    ben.client().cut();
    suite.relay.isAway = false;
    window.dispatchEvent(new Event('online'));
    await until(() => ben.session.signaling === 'open', 'dialled without waiting');
    expect(ben.client().redialled).to.be.greaterThan(0);
    await framesGrow(ana.session, ben.session.self!.peerId);
  });
});
