/** Links between peers when signals are lost, a socket breaks, a page reloads or a path is gone. */
import {expect} from 'chai';
import type {CallSession} from '../../widget/call/call-session.js';
import {framesGrow, next, record, statusOf, until, watchConnections} from '../support/calls.js';
import {InPageRelay} from '../support/in-page-relay.js';

/** The name of the latest link. */
type Person = ReturnType<InPageRelay['session']>;

describe('links', () => {
  let relay: InPageRelay;
  let people: Person[];
  let connections: ReturnType<typeof watchConnections>;

  beforeEach(() => {
    relay = new InPageRelay();
    people = [];
    connections = watchConnections();
  });

  afterEach(async () => {
    await Promise.all(people.map(({session}) => session.leave()));
    connections.stop();
    relay.close();
    expect(connections.open(), 'connections left over').to.equal(0);
  });

  function person(options: Parameters<InPageRelay['session']>[0] = {}): Person {
    const made = relay.session({autoAccept: true, capacity: 4, noMicrophone: true, ...options});
    people.push(made);
    return made;
  }

  const isConnected = (session: CallSession): boolean =>
    session.peers.length > 0 &&
    session.peers.every(({connectionState}) => connectionState === 'connected');

  async function connected(...some: Person[]): Promise<void> {
    await until(() => some.every(({session}) => isConnected(session)), 'everybody connected');
  }

  async function twoInCall(): Promise<[Person, Person]> {
    const [ana, ben] = [person(), person()];
    await ana.session.join('room');
    await ben.session.join('room');
    await connected(ana, ben);
    return [ana, ben];
  }

  it('answer for their statistics although they close meanwhile', async () => {
    const [ana] = await twoInCall();
    const asked = Array.from({length: 20}, () => ana.session.getStats());
    await ana.session.leave();
    const reports = await Promise.all(asked);
    expect(reports.length).to.equal(20);
  });

  it('connect although the first offer was lost', async () => {
    const [ana, ben] = [person(), person()];
    await ana.session.join('room');
    await ben.session.join('room');
    ben.client().losesSignals = true;
    await statusOf(ben.session, 'in-call');
    await until(() => relay.requests.some(({name}) => name === 'signal'), 'the offer that is lost');
    ben.client().cut();
    ben.client().losesSignals = false;
    ben.client().mend();
    await connected(ana, ben);
    await framesGrow(ana.session, ben.session.self!.peerId);
  });

  it('connect although the answer was lost', async () => {
    const [ana, ben] = [person(), person()];
    await ana.session.join('room');
    ana.client().losesSignals = true;
    await ben.session.join('room');
    await until(
      () =>
        relay.requests.some(
          ({name, payload}) =>
            name === 'signal' &&
            (payload as {description?: {type: string}}).description?.type === 'answer',
        ),
      'the answer that is lost',
    );
    ana.client().cut();
    await until(() => ben.session.peers[0]?.present === false, 'Ben hears that Ana is away');
    ana.client().losesSignals = false;
    ana.client().mend();
    await connected(ana, ben);
  });

  it('go on while the relay is away, and nobody leaves or joins when it is back', async () => {
    const [ana, ben] = await twoInCall();
    const heard = record(ana.session, ['peer-joined', 'peer-left', 'status-changed']);
    const before = connections.all.length;
    ben.client().cut();
    expect(ben.session.signaling).to.equal('reconnecting');
    await until(() => ana.session.peers[0]?.present === false, 'Ana hears that Ben is away');
    await framesGrow(ana.session, ben.session.self!.peerId);
    await ben.session.send('still here');
    ben.client().mend();
    await until(() => ben.session.signaling === 'open', 'Ben is back');
    await until(() => ana.session.peers[0]?.present === true, 'Ana hears that Ben is back');
    await connected(ana, ben);
    expect(heard).to.deep.equal([]);
    expect(connections.all.length).to.equal(before);
  });

  it('are made anew after a reload, with the same peer id, and nobody leaves or joins', async () => {
    const [ana, ben] = await twoInCall();
    const heard = record(ana.session, ['peer-joined', 'peer-left', 'status-changed']);
    const benId = ben.session.self!.peerId;
    // What a reload leaves behind: no good-bye, closed connections, a token in sessionStorage.
    ben.client().cut();
    ben.client().close();
    connections.all[1]!.close();
    ben.session.dispose();
    const again = person({relayUrl: ben.relayUrl});
    await again.session.join('room');
    expect(again.session.self!.peerId).to.equal(benId);
    expect(again.session.status).to.equal('in-call');
    await connected(ana, again);
    await framesGrow(ana.session, benId);
    await framesGrow(again.session, ana.session.self!.peerId);
    expect(heard).to.deep.equal([]);
  });

  it('are one, although both sides begin at once', async () => {
    const [ana, ben] = await twoInCall();
    // Both come back as new pages while each believes the other to be there.
    const ids = [ana, ben].map(({session}) => session.self!.peerId);
    for (const each of [ana, ben]) {
      each.client().cut();
      each.client().close();
      each.session.dispose();
    }
    relay.delayMs = 20;
    const [ana2, ben2] = [ana, ben].map(({relayUrl}) => person({relayUrl})) as [Person, Person];
    await Promise.all([ana2.session.join('room'), ben2.session.join('room')]);
    await connected(ana2, ben2);
    expect(ana2.session.peers).to.have.length(1);
    expect(ben2.session.peers).to.have.length(1);
    await framesGrow(ana2.session, ids[1]!);
    await framesGrow(ben2.session, ids[0]!);
  });

  it('are not begun by an offer that is made again, for one that a reload has taken away', async () => {
    const [ana, ben] = await twoInCall();
    const offers = (): {again?: true}[] =>
      relay.requests.flatMap(({name, payload}) => {
        const {description, ...signal} = payload as {description?: {type: string}; again?: true};
        return name === 'signal' && description?.type === 'offer' ? [signal] : [];
      });
    expect(offers().map(({again}) => again)).to.deep.equal([undefined]);
    connections.all[0]!.restartIce();
    await until(() => offers().length === 2, 'an offer');
    expect(offers()[1]!.again).to.equal(true);
    const before = connections.all.length;
    ana.client().deliver('signal', {
      from: ben.session.self!.peerId,
      linkId: 'the-one-before',
      description: {type: 'offer', sdp: 'v=0\r\n'},
      again: true,
    });
    await framesGrow(ana.session, ben.session.self!.peerId);
    // It has been delivered by then.
    expect(connections.all.length).to.equal(before);
  });

  it('end where the seat was not taken back in time', async () => {
    relay.close();
    relay = new InPageRelay({seatGraceMs: 50});
    const [ana, ben] = await twoInCall();
    const left = next(ana.session, 'peer-left');
    // As a page that has gone for good takes its links with it.
    ben.client().cut();
    for (const connection of connections.all) {
      connection.close();
      connection.dispatchEvent(new Event('connectionstatechange'));
    }
    expect((await left).reason).to.equal('lost');
    expect(ana.session.status).to.equal('waiting');
  });

  it('take a kept knock back, and tell when it was not kept', async () => {
    const ana = person({autoAccept: false});
    const ben = person();
    await ana.session.join('room');
    await ben.session.join('room');
    const {id} = await new Promise<{id: string}>((resolve) => {
      void until(() => ana.session.incoming.length === 1, 'the knock').then(() =>
        resolve(ana.session.incoming[0]!),
      );
    });
    ben.client().cut();
    ben.client().mend();
    await until(() => ben.session.signaling === 'open', 'Ben is back');
    expect(ben.session.state).to.include({status: 'knocking', invitationId: id});
    await ana.session.accept();
    await connected(ana, ben);
  });

  it('tell a replaced page that another one has taken its place', async () => {
    const [ana, ben] = await twoInCall();
    ben.client().replaced();
    await statusOf(ben.session, 'left');
    expect(ben.session.state).to.include({reason: 'replaced'});
    expect(ben.session.localStream.getTracks()).to.deep.equal([]);
    expect(ana.session.status).to.equal('in-call');
  });

  it('get new TURN credentials before the old ones run out', async () => {
    relay.close();
    relay = new InPageRelay({iceExpiresInMs: 200});
    await twoInCall();
    await until(
      () => relay.requests.filter(({name}) => name === 'ice-configuration').length >= 2,
      'two renewals',
    );
  });

  it('cost the relay few messages', async () => {
    await twoInCall();
    const signals = relay.requests.filter(({name}) => name === 'signal').length;
    expect(signals, JSON.stringify(relay.requests.map(({name}) => name))).to.be.at.most(12);
  });
});
