/** Links that are connected while it rings, because whoever is asked has agreed to that: what goes over them before Accept, and what after it. */
import {expect} from 'chai';
import {ChannelWatch} from '../support/channels.js';
import {framesGrow, record, until} from '../support/calls.js';
import {heldTimers} from '../support/held-timers.js';
import type {Person} from '../support/in-page-suite.js';
import {isConnected, personIdOf, ringingSuite} from '../support/ringing-suite.js';
import type {CallOptions} from '../../widget/call/call-options.js';

describe('a link that is connected while it rings', () => {
  const {suite, open, knocking: knock} = ringingSuite();
  let channels: ChannelWatch;
  const timers = heldTimers();

  beforeEach(() => (channels = new ChannelWatch()));
  afterEach(() => channels.stop());

  const areConnected = (count: number): boolean =>
    open().filter(({connectionState}) => connectionState === 'connected').length === count;
  const sent = (): MediaStreamTrack[] =>
    open().flatMap((each) => each.getSenders().flatMap(({track}) => track ?? []));
  /** Of those that are sent, the ones that come from somebody's devices. */
  const real = (...people: Person[]): string[] => {
    const own = people.flatMap(({session}) => session.localStream?.getTracks() ?? []);
    return sent()
      .filter((track) => own.includes(track))
      .map(({kind}) => kind)
      .toSorted();
  };
  const named = (name: string): number =>
    suite.relay.requests.filter((request) => request.name === name).length;

  /** Ana has agreed. */
  const knocking = (options: Partial<CallOptions> = {}): ReturnType<typeof knock> =>
    knock(options, {preconnect: 'ringing'});

  it('carries nothing of anybody before Accept, and all of it from then on', async () => {
    const {ana, ben} = await knocking();
    const isToldOfLink = [ana, ben].map(({session}) => {
      const told = {isTold: false};
      const look = (): void => void (told.isTold ||= session.streamOf('') !== null);
      session.addEventListener('state-changed', look);
      return told;
    });
    await until(() => areConnected(2), 'a link while it rings');
    expect(isToldOfLink, 'whoever draws looks again').to.deep.equal([
      {isTold: true},
      {isTold: true},
    ]);
    expect([ana.session.status, ben.session.status]).to.deep.equal(['waiting', 'knocking']);
    expect([ana.session.peers, ben.session.peers]).to.deep.equal([[], []]);
    await until(() => sent().length === 4, 'placeholders');
    expect(real(ana, ben)).to.deep.equal([]);
    const placeholders = sent();
    const coming = [ana, ben].map(({session}) => session.streamOf(''));
    const enabled = (): (boolean[] | undefined)[] =>
      coming.map((stream) => stream?.getTracks().map((track) => track.enabled));
    expect(enabled(), 'nobody is seen or heard').to.deep.equal([
      [false, false],
      [false, false],
    ]);
    const before = suite.relay.requests.length;
    await ana.session.accept();
    await until(() => isConnected(ana) && isConnected(ben), 'both have come in');
    expect(enabled()).to.deep.equal([
      [true, true],
      [true, true],
    ]);
    for (const [index, {session}] of [ana, ben].entries()) {
      expect(session.streamOf('') === null, 'they have come').to.equal(true);
      const {peerId} = session.peers[0]!;
      expect(session.streamOf(peerId) === coming[index], 'the same one').to.equal(true);
    }
    await framesGrow(ana.session, ben.session.self!.peerId);
    await framesGrow(ben.session, ana.session.self!.peerId);
    await until(() => real(ana, ben).length === 4, 'everything of both');
    for (const {session} of [ana, ben]) {
      await until(() => session.peers[0]?.cameraEnabled === true, 'what is on is told');
      expect(session.peers[0]).to.include({microphoneEnabled: true});
    }
    expect(suite.relay.requests.slice(before).map(({name}) => name)).to.deep.equal(['answer']);
    expect(suite.connections.all.length, 'the same link').to.equal(2);
    await until(() => placeholders.every(({readyState}) => readyState === 'ended'), 'all ended');
  });

  it('of a call, too; and what is said right after it arrives', async () => {
    const [ana, ben] = (await suite.listed(['Ana', 'Ben'], {preconnect: 'ringing'})) as [
      Person,
      Person,
    ];
    await ana.session.call(personIdOf(ben));
    await until(() => areConnected(2), 'a link while it rings');
    const heard = record(ana.session, ['message-received']);
    await ben.session.accept();
    await until(() => isConnected(ben), 'Ben is in');
    await ben.session.send({hello: 'Ana'});
    await until(() => heard.length === 1, 'his word');
    await until(() => isConnected(ana), 'Ana is in');
    expect(suite.connections.all.length).to.equal(2);
  });

  it('where the access token says so', async () => {
    suite.relay.preconnects = true;
    await knocking({preconnect: 'warm', media: 'data'});
    await until(() => areConnected(2), 'a link while it rings');
  });

  it('but not for those who would have it through TURN alone and have none', async () => {
    const {ana, ben} = await knocking({preconnect: 'ringing-relay', media: 'data'});
    await until(() => named('signal') > 0, 'an offer');
    await new Promise((resolve) => setTimeout(resolve, 1_000));
    expect(ana.client().asked).to.deep.equal(['join']);
    expect(areConnected(0)).to.equal(true);
    await ana.session.accept();
    await until(() => isConnected(ana) && isConnected(ben), 'as ever');
  });

  for (const end of ['declined', 'taken back', 'answered by nobody'] as const) {
    it(`leaves nothing over when it is ${end}`, async () => {
      const {ana, ben} = await knocking({ringTimeout: end === 'answered by nobody' ? 2 : 60});
      await until(() => areConnected(2), 'a link while it rings');
      const placeholders = sent().filter(({kind}) => kind === 'video');
      if (end === 'declined') await ana.session.decline();
      else if (end === 'taken back') await ben.session.leave();
      await until(() => open().length === 0, 'all are closed');
      expect(placeholders.some(({readyState}) => readyState === 'live')).to.equal(false);
      expect(ana.session.status).to.equal('waiting');
    });
  }

  it('gives way to the tab that accepts, if that is another one', async () => {
    const [ana, ben] = (await suite.listed(['Ana', 'Ben'])) as [Person, Person];
    const options = {directory: 'office', media: 'data', preconnect: 'ringing'} as const;
    const ben2 = suite.person('Ben', options, personIdOf(ben));
    await until(() => ben2.session.people.length === 1, 'the other tab is listed');
    await ana.session.call(personIdOf(ben));
    await until(() => areConnected(2), 'a link to the tab that has agreed');
    await ben.session.accept();
    await until(() => isConnected(ana) && isConnected(ben), 'the other tab is in the call');
    await until(() => open().length === 2, 'nothing is left over');
    expect(ben2.session.status).to.equal('idle');
  });

  it('gives way to a call that crosses it', async () => {
    const [ana, ben] = (await suite.listed(['Ana', 'Ben'], {preconnect: 'ringing'})) as [
      Person,
      Person,
    ];
    await ana.session.call(personIdOf(ben));
    await until(() => areConnected(2), 'a link while it rings');
    await ben.session.call(personIdOf(ana));
    await until(() => isConnected(ana) && isConnected(ben), 'connected');
    await until(() => open().length === 2, 'nothing is left over');
  });

  it('is not accepted by the one who asks', async () => {
    const {ana, ben} = await knocking();
    await until(() => areConnected(2), 'a link while it rings');
    const asks = open().find(({localDescription}) => localDescription?.type === 'offer')!;
    for (let times = 0; times < 3; times++) {
      await channels.sendOver(asks, 0, {type: 'accepted'});
      await new Promise((resolve) => setTimeout(resolve, 150));
      expect(real(ana, ben)).to.deep.equal([]);
    }
    expect(ana.session.incoming).to.have.length(1);
    await ana.session.accept();
    await until(() => isConnected(ana) && isConnected(ben), 'both have come in');
  });

  it('is not missed where an answer comes that nobody can use: the call is made as ever', async () => {
    const {ana, ben} = await knocking({preconnect: 'warm', media: 'data'});
    await until(() => named('signal') > 0, 'an offer');
    const offer = suite.relay.requests.find(({name}) => name === 'signal')!;
    const payload = offer.payload as {to: string; linkId: string};
    for (const linkId of ['another-link', payload.linkId]) {
      const description = {type: 'answer', sdp: 'v=0\r\nnonsense'};
      ben.client().deliver('signal', {from: payload.to, linkId, description});
      await new Promise((resolve) => setTimeout(resolve, 200));
    }
    await ana.session.accept();
    await until(() => isConnected(ana) && isConnected(ben), 'both have come in');
    await until(() => open().length === 2, 'nothing is left over');
  });

  it('does without silence where a page may have no more of it', async () => {
    const Original = globalThis.AudioContext;
    globalThis.AudioContext = function () {
      throw new DOMException('too many', 'NotSupportedError');
    } as unknown as typeof AudioContext;
    try {
      const {ana, ben} = await knocking();
      await until(() => areConnected(2), 'a link while it rings');
      await ana.session.accept();
      await until(() => isConnected(ana) && isConnected(ben), 'both have come in');
      expect(suite.connections.all.length).to.equal(2);
    } finally {
      globalThis.AudioContext = Original;
    }
  });

  it('is made anew with Accept where TURN, through which alone it was to go, does not answer', async () => {
    const urls = 'turn:127.0.0.1:34790?transport=udp';
    const iceServers = [{urls, username: 'a', credential: 'b'}];
    const {ana, ben} = await knocking({preconnect: 'ringing-relay', media: 'data', iceServers});
    await until(() => named('signal') > 0, 'an offer');
    await new Promise((resolve) => setTimeout(resolve, 1_000));
    const before = suite.connections.all.length;
    await ana.session.accept();
    await until(() => isConnected(ana) && isConnected(ben), 'both have come in');
    // Not the old one, which the ordinary way would have gone on with.
    expect(suite.connections.all.length).to.equal(before + 2);
  });

  it('is given up by whoever has answered second', async function () {
    this.timeout(30_000);
    const [ana, ben] = (await suite.listed(['Ana', 'Ben'], {preconnect: 'ringing'})) as [
      Person,
      Person,
    ];
    const options = {directory: 'office', media: 'data', preconnect: 'ringing'} as const;
    const ben2 = suite.person('Ben', options, personIdOf(ben));
    await until(() => ben2.session.people.length === 1, 'the other tab is listed');
    timers.hold(5_000);
    await ana.session.call(personIdOf(ben));
    await until(
      () => areConnected(2) && open().length === 3,
      'both have answered, one is connected',
    );
    timers.fire();
    await until(() => areConnected(2) && open().length === 2, 'the other one lets go');
    await Promise.all([ben, ben2].map(({session}) => session.accept().catch(() => undefined)));
    await until(() => isConnected(ana) && (isConnected(ben) || isConnected(ben2)), 'connected');
    await until(() => open().length === 2, 'nothing is left over');
  });

  it('believes nobody for long who says that it is accepted, before the relay does', async function () {
    this.timeout(30_000);
    const {ana, ben} = await knocking();
    await until(() => areConnected(2), 'a link while it rings');
    const asked = open().find(({localDescription}) => localDescription?.type === 'answer')!;
    timers.hold(5_000);
    await channels.sendOver(asked, 0, {type: 'accepted'});
    await until(() => real(ben).length === 2, 'Ben’s devices');
    expect(ben.session.status).to.equal('knocking');
    expect(real(ana)).to.deep.equal([]);
    let times = 0;
    const again = setInterval(() => {
      void channels.sendOver(asked, 0, {type: 'accepted'}).then(() => times++);
    }, 100);
    await until(() => times >= 3, 'it is said again');
    timers.fire();
    await until(() => real(ben).length === 0, 'nothing of Ben any more');
    times = 0;
    await until(() => times >= 5, 'it is said again and again');
    clearInterval(again);
    expect(real(ben), 'however often it is said').to.deep.equal([]);
    await ana.session.accept();
    await until(() => isConnected(ana) && isConnected(ben), 'both have come in');
    await until(() => real(ana, ben).length === 4, 'everything of both');
  });
});
