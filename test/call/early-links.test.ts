/** Links that are connected while it rings, because whoever is asked has agreed to that: what goes over them before Accept, and what after it. */
import {expect} from 'chai';
import {ChannelWatch} from '../support/channels.js';
import {framesGrow, record, until} from '../support/calls.js';
import {inPageSuite, type Person} from '../support/in-page-suite.js';

describe('a link that is connected while it rings', () => {
  const suite = inPageSuite();
  let channels: ChannelWatch;

  beforeEach(() => (channels = new ChannelWatch()));
  afterEach(() => channels.stop());

  const idOf = ({session}: Person): string => session.self!.personId;
  const isConnected = ({session}: Person): boolean =>
    session.peers.length > 0 &&
    session.peers.every(({connectionState}) => connectionState === 'connected');
  const open = (): RTCPeerConnection[] =>
    suite.connections.all.filter(({connectionState}) => connectionState !== 'closed');
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

  async function knocking(options = {}): Promise<{ana: Person; ben: Person}> {
    const ana = suite.person('Ana', {preconnect: 'ringing', ...options});
    const ben = suite.person('Ben', options);
    await ana.session.join('support');
    await ben.session.join('support');
    await until(() => ana.session.incoming.length === 1, 'the knock');
    return {ana, ben};
  }

  it('carries nothing of anybody before Accept, and all of it from then on', async () => {
    const {ana, ben} = await knocking();
    await until(() => areConnected(2), 'a link while it rings');
    expect([ana.session.status, ben.session.status]).to.deep.equal(['waiting', 'knocking']);
    expect([ana.session.peers, ben.session.peers]).to.deep.equal([[], []]);
    await until(() => sent().length === 4, 'placeholders');
    expect(real(ana, ben)).to.deep.equal([]);
    const placeholders = sent();
    const before = suite.relay.requests.length;
    await ana.session.accept();
    await until(() => isConnected(ana) && isConnected(ben), 'both have come in');
    await framesGrow(ana.session, ben.session.self!.peerId);
    await framesGrow(ben.session, ana.session.self!.peerId);
    expect(real(ana, ben)).to.deep.equal(['audio', 'audio', 'video', 'video']);
    for (const {session} of [ana, ben]) {
      await until(() => session.peers[0]?.cameraEnabled === true, 'what is on is told');
      expect(session.peers[0]).to.include({microphoneEnabled: true});
    }
    expect(suite.relay.requests.slice(before).map(({name}) => name)).to.deep.equal(['answer']);
    expect(suite.connections.all.length, 'the same link').to.equal(2);
    expect(placeholders.map(({readyState}) => readyState)).to.deep.equal(
      placeholders.map(() => 'ended'),
    );
  });

  it('of a call, too; and what is said right after it arrives', async () => {
    const [ana, ben] = (await suite.listed(['Ana', 'Ben'], {preconnect: 'ringing'})) as [
      Person,
      Person,
    ];
    await ana.session.call(idOf(ben));
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
    const ben2 = suite.person('Ben', options, idOf(ben));
    await until(() => ben2.session.people.length === 1, 'the other tab is listed');
    await ana.session.call(idOf(ben));
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
    await ana.session.call(idOf(ben));
    await until(() => areConnected(2), 'a link while it rings');
    await ben.session.call(idOf(ana));
    await until(() => isConnected(ana) && isConnected(ben), 'connected');
    await until(() => open().length === 2, 'nothing is left over');
  });

  it('believes nobody for long who says that it is accepted, before the relay does', async function () {
    this.timeout(30_000);
    const {ana, ben} = await knocking();
    await until(() => areConnected(2), 'a link while it rings');
    const asked = open().find(({localDescription}) => localDescription?.type === 'answer')!;
    await channels.sendOver(asked, 0, {type: 'accepted'});
    await until(() => real(ben).length === 2, 'Ben’s devices');
    expect(ben.session.status).to.equal('knocking');
    expect(real(ana)).to.deep.equal([]);
    await until(() => real(ben).length === 0, 'nothing of Ben any more');
    await ana.session.accept();
    await until(() => isConnected(ana) && isConnected(ben), 'both have come in');
    await until(() => real(ana, ben).length === 4, 'everything of both');
  });
});
