/** Calls to people when a page is reloaded, the relay goes away and comes back, or does not know them any more. */
import {expect} from 'chai';
import {framesGrow, next, record, statusOf, until, untilCaredFor} from '../support/calls.js';
import {InPageRelay} from '../support/in-page-relay.js';
import {inPageSuite, type Person} from '../support/in-page-suite.js';
import {codeOf} from '../support/talk-suite.js';

type Two = [Person, Person];

const idOf = ({session}: Person): string => session.self!.personId;

describe('a call to a person', () => {
  const suite = inPageSuite();
  const {person, listed, reload} = suite;

  const isConnected = ({session}: Person): boolean =>
    session.peers[0]?.connectionState === 'connected';

  const isRinging = ({session}: Person): boolean =>
    session.state.status === 'calling' && session.state.isRinging;

  async function ringing(options = {}): Promise<Two> {
    const [ana, ben] = (await listed(['Ana', 'Ben'], options)) as Two;
    await ana.session.call(idOf(ben));
    await until(() => isRinging(ana), 'it rings');
    return [ana, ben];
  }

  async function inCall(options = {}): Promise<Two> {
    const [ana, ben] = await ringing(options);
    await ben.session.accept();
    await until(() => [ana, ben].every(isConnected), 'connected');
    await untilCaredFor();
    return [ana, ben];
  }

  const page = {directory: 'office', media: 'data'} as const;

  it('goes on ringing when the caller reloads', async () => {
    const [ana, ben] = await ringing();
    const heard = record(ben.session, ['call-request', 'call-ended']);
    const again = reload(ana, page);
    await until(() => isRinging(again), 'calling again');
    expect(again.session.state).to.have.nested.property('person.displayName', 'Ben');
    await ben.session.accept();
    await until(() => [again, ben].every(isConnected), 'connected');
    expect(heard).to.deep.equal([]);
  });

  it('rings again, once, when the one who is called reloads', async () => {
    const [ana, ben] = await ringing();
    const heard = record(ana.session, ['call-ended', 'status-changed']);
    const again = reload(ben, page);
    const requests = record(again.session, ['call-request']);
    await until(() => again.session.incoming.length === 1, 'it rings again');
    await until(() => again.session.people.length === 1, 'Ben is listed again');
    expect(requests).to.have.length(1);
    await again.session.accept();
    await until(() => [ana, again].every(isConnected), 'connected');
    expect(heard.map(([name]) => name)).to.deep.equal(['status-changed']);
  });

  describe('on a page that joins a room', () => {
    const withRoom = {...page, room: 'support'};

    it('goes before that if nobody has clicked, ringing or answered', async () => {
      const [ana, ben] = await ringing();
      const heard = record(ben.session, ['call-ended', 'peer-left']);
      const caller = reload(ana, withRoom);
      await until(() => isRinging(caller), 'calling again');
      await ben.session.accept();
      await until(() => [caller, ben].every(isConnected), 'connected');
      // It writes down in which call the page is.
      await untilCaredFor();
      const again = reload(caller, withRoom, [suite.connections.all[1]]);
      expect(await again.session.resume()).to.equal(true);
      await statusOf(again.session, 'in-call');
      await until(() => [again, ben].every(isConnected), 'connected');
      expect(heard).to.deep.equal([]);
    });

    it('gives way to a click', async () => {
      const [ana, ben] = await inCall();
      const again = reload(ana, withRoom, [suite.connections.all[1]]);
      void codeOf(again.session.resume());
      await again.session.join();
      expect(again.session.state).to.include({status: 'waiting', room: 'support'});
      await statusOf(ben.session, 'left');
    });

    it('is the only thing that does: a room in which it was is left for the new one', async () => {
      const before = person('Ana', page);
      await before.session.join('attic');
      const again = reload(before, withRoom);
      expect(await again.session.resume()).to.equal(false);
      await again.session.join();
      expect(again.session.state).to.include({status: 'waiting', room: 'support'});
      const ben = person('Ben', page);
      await ben.session.join('attic');
      expect(ben.session.status).to.equal('waiting');
    });
  });

  for (const [who, index] of [
    ['caller', 1],
    ['one who was called', 0],
  ] as const) {
    it(`goes on when the ${who} reloads in it`, async () => {
      const media = {...page, media: 'video', noMicrophone: true} as const;
      const two = await inCall(media);
      const [goes, stays] = index === 1 ? two : [two[1], two[0]];
      const heard = record(stays.session, ['status-changed', 'peer-left', 'peer-joined']);
      const again = reload(goes, media, [suite.connections.all[index]]);
      await statusOf(again.session, 'in-call');
      await until(() => [again, stays].every(isConnected), 'connected');
      await framesGrow(stays.session, again.session.self!.peerId);
      await framesGrow(again.session, stays.session.self!.peerId);
      expect(heard).to.deep.equal([]);
      await again.session.leave();
      await statusOf(stays.session, 'left');
    });
  }

  it('goes on ringing when the relay is lost and found by either side', async () => {
    const [ana, ben] = await ringing();
    const heard = [ana, ben].map(({session}) =>
      record(session, ['status-changed', 'call-request', 'call-ended', 'call-ringing']),
    );
    for (const each of [ana, ben]) {
      each.client().cut();
      expect(each.session.signaling).to.equal('reconnecting');
      each.client().mend();
      await until(() => each.session.signaling === 'open', 'the relay is back');
      await until(() => each.session.people.length === 1, 'listed again');
    }
    const confirmed = suite.relay.requests.filter(({name}) => name === 'ringing');
    expect(confirmed, 'Ben has said it again').to.have.length(2);
    expect(heard).to.deep.equal([[], []]);
    await ben.session.accept();
    await until(() => [ana, ben].every(isConnected), 'connected');
  });

  it('that ended while one was away is over when they are back', async () => {
    const [ana, ben] = await ringing();
    ana.client().cut();
    await ben.session.decline();
    const atAna = next(ana.session, 'call-ended');
    ana.client().mend();
    expect((await atAna).reason).to.equal('lost');
    expect(ana.session.state).to.include({status: 'left', reason: 'lost', signaling: 'open'});
    await ana.session.call(idOf(ben));
    await until(() => ben.session.incoming.length === 1, 'it rings');
    ben.client().cut();
    await ana.session.leave();
    const atBen = next(ben.session, 'call-ended');
    ben.client().mend();
    expect((await atBen).reason).to.equal('lost');
    expect(ben.session.incoming).to.deep.equal([]);
  });

  it('that is given up while the relay is away does not go on when it is back', async () => {
    const [ana, ben] = await ringing();
    const ended = next(ben.session, 'call-ended');
    ana.client().cut();
    await ana.session.leave();
    ana.client().mend();
    expect((await ended).reason).to.equal('cancelled');
    expect(ana.session.status).to.equal('left');
  });

  it('goes on between two whom a restarted relay has forgotten, until one hangs up', async () => {
    const [ana, ben] = await inCall();
    const heard = record(ana.session, ['status-changed', 'peer-left']);
    suite.relay.restart({knowsTokens: false});
    await until(
      () => [ana, ben].every(({session}) => session.signaling === 'open'),
      'the relay is back',
    );
    await until(() => ana.session.people.length === 1, 'listed anew');
    await ana.session.send('still here');
    expect(heard).to.deep.equal([]);
    await ben.session.leave();
    await statusOf(ana.session, 'left');
    expect(ana.session.state).to.include({reason: 'room-closed'});
    await until(
      () => ana.session.people[0]?.personId === ben.session.self!.personId,
      'each is who the relay knows',
    );
    await ana.session.call(idOf(ben));
    await until(() => isRinging(ana), 'it rings');
  });

  it('is over when a restarted relay has forgotten that it rang', async () => {
    const [ana, ben] = await ringing();
    const ended = [ana, ben].map(({session}) => next(session, 'call-ended'));
    suite.relay.restart({knowsTokens: true});
    for (const each of ended) expect((await each).reason).to.equal('lost');
    expect(ana.session.state).to.include({status: 'left', reason: 'lost'});
  });

  it('ends when the other side is lost for good', async () => {
    const short = new InPageRelay({seatGraceMs: 30});
    const [ana, ben] = ['Ana', 'Ben'].map((displayName) =>
      short.session({displayName, ...page}),
    ) as Two;
    await until(() => ana.session.people.length === 1, 'Ben is there');
    await ana.session.call(idOf(ben));
    await until(() => ben.session.incoming.length === 1, 'it rings');
    const unreachable = next(ana.session, 'call-ended');
    ben.client().cut();
    expect((await unreachable).reason).to.equal('unreachable');
    ben.client().mend();
    await until(() => ana.session.people.length === 1, 'Ben is back');
    await ben.session.call(idOf(ana));
    const lost = next(ana.session, 'call-ended');
    ben.client().cut();
    expect((await lost).reason).to.equal('lost');
    await Promise.all([ana, ben].map(({session}) => session.leave()));
    for (const {session} of [ana, ben]) session.dispose();
    await until(() => short.connected === 0, 'nothing is left');
    short.close();
  });

  it('waits for a relay that is away, which is told once', async () => {
    suite.relay.isAway = true;
    const ana = person('Ana', page);
    const errors = record(ana.session, ['call-error']);
    await until(() => errors.length === 1, 'it is told');
    expect(errors[0]![1]).to.have.nested.property('error.code', 'relay-unreachable');
    await until(() => ana.session.signaling === 'reconnecting', 'it is tried again');
    const dialled = ana.client();
    await until(() => ana.client() !== dialled, 'and again');
    suite.relay.isAway = false;
    await until(() => ana.session.signaling === 'open', 'found');
    expect(errors).to.have.length(1);
  });
});
