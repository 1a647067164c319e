/** A relay that comes back and has forgotten everybody: who is who, and who is not. */
import {expect} from 'chai';
import {ChannelWatch} from '../support/channels.js';
import {record, statusOf, until, untilCaredFor} from '../support/calls.js';
import {heldTimers} from '../support/held-timers.js';
import {inPageSuite, type Person} from '../support/in-page-suite.js';

/** As long as somebody has for it (`care/relay-return.ts`). */
const PROOF_MS = 3_000;

describe('people whom a relay has forgotten', () => {
  const suite = inPageSuite();
  const timers = heldTimers();
  let channels: ChannelWatch;

  beforeEach(() => (channels = new ChannelWatch()));
  afterEach(() => channels.stop());

  /** Who has come back first lets the others in, without being asked. */
  const admissions = (): number =>
    suite.relay.requests.filter(({name}) => name === 'answer').length;

  const isTogether = ({session}: Person): boolean =>
    session.signaling === 'open' && session.peers.every(({present}) => present);

  it('are still in their call, from its first moment on, which is for two and ends when one leaves', async () => {
    const [ana, ben] = (await suite.listed(['Ana', 'Ben'])) as [Person, Person];
    await ana.session.call(ana.session.people[0]!.personId);
    await until(() => ben.session.incoming.length === 1, 'the call');
    await ben.session.accept();
    for (const {session} of [ana, ben]) {
      await until(() => session.peers[0]?.connectionState === 'connected', 'connected');
    }
    const heard = [ana, ben].map(({session}) =>
      record(session, ['status-changed', 'peer-joined', 'peer-left', 'call-request', 'call-ended']),
    );
    const admitted = admissions();
    // Neither the channels nor what takes care of a call need be there.
    suite.relay.restart({knowsTokens: false});
    await until(() => admissions() > admitted, 'the other one is let in');
    await until(() => [ana, ben].every(isTogether), 'both have seats again');
    expect(heard).to.deep.equal([[], []]);
    expect(ana.session.state).to.have.nested.property('person.displayName', 'Ben');
    await ana.session.leave();
    await statusOf(ben.session, 'left');
    expect(ben.session.state).to.include({reason: 'room-closed'});
  });

  it('find each other in a room of three, and let somebody new in', async () => {
    const {ana, ben} = await suite.twoInCall({media: 'data', capacity: 4});
    const eva = suite.person('Eva', {media: 'data'});
    await eva.session.join('support');
    await until(() => ana.session.incoming.length === 1, 'the knock');
    await ana.session.accept();
    const all = [ana, ben, eva];
    const isWhole = ({session}: Person): boolean =>
      session.peers.length === 2 &&
      session.peers.every(({connectionState}) => connectionState === 'connected');
    await until(() => all.every(isWhole), 'three in a room');
    const before = all.map(({session}) => session.peers.map(({peerId}) => peerId).toSorted());
    const heard = all.map(({session}) =>
      record(session, ['peer-joined', 'peer-left', 'call-request']),
    );
    const admitted = admissions();
    await untilCaredFor();
    suite.relay.restart({knowsTokens: false});
    await until(() => admissions() >= admitted + 2, 'two are let in');
    await until(() => all.every(isTogether), 'and hear of the others');
    expect(heard).to.deep.equal([[], [], []]);
    expect(
      all.map(({session}) => session.peers.map(({peerId}) => peerId).toSorted()),
    ).to.deep.equal(before);
    const dan = suite.person('Dan', {media: 'data'});
    await dan.session.join('support');
    await until(() => eva.session.incoming.length === 1, 'his knock');
    await eva.session.accept();
    await until(
      () =>
        dan.session.peers.filter(({connectionState}) => connectionState === 'connected').length ===
        3,
      'Dan sees everybody',
    );
  });

  it('are taken for one when the link between them, which was down, tells late who they are', async () => {
    const {ana, ben} = await suite.twoInCall({media: 'data'});
    for (const {session} of [ana, ben]) session.configure({autoAccept: true});
    const held: (() => void)[] = [];
    for (const {channel} of channels.all) {
      const send = channel.send.bind(channel) as (data: unknown) => void;
      channel.send = (data: unknown): void => {
        if (String(data).includes('"identity"')) held.push(() => send(data));
        else send(data);
      };
    }
    suite.relay.restart({knowsTokens: false});
    const both = [ana, ben];
    await until(() => both.every(({session}) => session.peers.length === 2), 'each is there twice');
    for (const say of held.splice(0)) say();
    const isOne = ({session}: Person): boolean =>
      session.peers.length === 1 && session.peers[0]?.connectionState === 'connected';
    await until(() => both.every((each) => isOne(each) && isTogether(each)), 'and once again');
  });

  for (const moment of ['while it is away', 'when it is just back'] as const) {
    it(`stay in their call when the relay goes before they have proven who they are, also if their time is over ${moment}`, async () => {
      const {ana, ben} = await suite.twoInCall({media: 'data'});
      const both = [ana, ben];
      const [anaId, benId] = both.map(({session}) => session.self!.peerId);
      const heard = both.map(({session}) => record(session, ['peer-joined', 'peer-left']));
      timers.hold(PROOF_MS);
      // Nobody hears that they are, as where the relay dies with them in its hands.
      for (const {client} of both) client().losesSignals = true;
      suite.relay.restart({knowsTokens: false});
      const proofs = (): number =>
        suite.relay.requests.filter(({name}) => name === 'signal').length;
      const before = proofs();
      await until(() => proofs() === before + 2 && both.every(isTogether), 'each has told its own');
      for (const {client} of both) {
        client().cut();
        client().losesSignals = false;
      }
      let isOver = moment === 'while it is away';
      if (isOver) timers.fire();
      let welcomes = 0;
      for (const {client} of both) {
        client().addEventListener('welcome', () => {
          if (++welcomes < 2 || isOver) return;
          isOver = true;
          timers.fire();
        });
      }
      await new Promise((resolve) => setTimeout(resolve));
      expect(heard).to.deep.equal([[], []]);
      for (const {client} of both) client().mend();
      await until(() => isOver, 'their time is over');
      await until(() => both.every(isTogether), 'both have seats again');
      for (const {session} of both) session.configure({displayName: 'Proven'});
      const isBelieved = ({session}: Person): boolean =>
        session.peers.every(({displayName}) => displayName === 'Proven');
      await until(() => both.every(isBelieved), 'each is believed to be who they are');
      expect(both.map(({session}) => session.peers.map(({peerId}) => peerId))).to.deep.equal([
        [benId],
        [anaId],
      ]);
      expect(heard).to.deep.equal([[], []]);
    });
  }

  it('are let in later, and nobody is told, when the relay goes in the moment in which that is done unasked', async () => {
    const [ana, ben] = ['Ana', 'Ben'].map((name) =>
      suite.person(name, {media: 'data', autoAccept: true}),
    ) as [Person, Person];
    const heard = record(ana.session, ['call-error']);
    await ana.session.join('support');
    ana.client().rewrite('answer', (answer) => {
      ana.client().cut();
      return answer;
    });
    await ben.session.join('support');
    await until(() => ana.session.signaling === 'reconnecting', 'it is gone');
    ana.client().rewrite('answer', (answer) => answer);
    ana.client().mend();
    await statusOf(ben.session, 'in-call');
    expect(heard).to.deep.equal([]);
  });

  it('are not believed when they say that they are somebody else', async () => {
    const {ana, ben} = await suite.twoInCall({media: 'data'});
    const benId = ben.session.self!.peerId;
    const [bens] = suite.connections.all.slice(-1);
    const dan = suite.person('Dan', {media: 'data'});
    await dan.session.join('support');
    await until(() => ana.session.incoming.length === 1, 'the knock');
    await untilCaredFor();
    const {peerId} = dan.session.self!;
    const claim = {type: 'identity', peerId, personId: 'someone', isAnswer: false};
    await channels.sendOver(bens!, 0, claim);
    await ana.session.accept();
    await until(() => dan.session.peers.length === 2, 'Dan has a seat');
    ben.session.configure({displayName: 'Benjamin'});
    await until(
      () => ana.session.peers.some(({displayName}) => displayName === 'Benjamin'),
      'the name that is really his',
    );
    const his = ana.session.peers.filter((peer) => peer.peerId === benId);
    expect(his.map(({displayName}) => displayName)).to.deep.equal(['Benjamin']);
    await until(
      () =>
        ana.session.peers.some(
          (peer) =>
            peer.peerId === peerId &&
            peer.displayName === 'Dan' &&
            peer.connectionState === 'connected',
        ),
      'Dan is seen as himself, for nobody has proven to be him',
    );
  });

  it('do not get the place of somebody who was here before by saying that they are that one', async () => {
    const {ana, ben} = await suite.twoInCall({media: 'data'});
    for (const {session} of [ana, ben]) session.configure({autoAccept: true});
    const dan = suite.person('Dan', {media: 'data'});
    await dan.session.join('support');
    const all = [ana, ben, dan];
    const sees = ({session}: Person): boolean =>
      session.peers.length === 2 &&
      session.peers.every(({connectionState}) => connectionState === 'connected');
    await until(() => all.every(sees), 'everybody sees everybody');
    await untilCaredFor();
    const {peerId} = dan.session.self!;
    await dan.session.leave();
    await until(() => ana.session.peers.length === 1 && ben.session.peers.length === 1, 'Dan left');
    const claim = {type: 'identity', peerId, personId: 'someone', isAnswer: false};
    for (const end of suite.connections.all.slice(0, 2)) await channels.sendOver(end, 0, claim);
    await dan.session.join('support');
    expect(dan.session.self!.peerId).to.equal(peerId);
    await until(() => all.every(sees), 'everybody sees everybody again');
  });
});
