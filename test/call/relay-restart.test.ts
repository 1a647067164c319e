/** A relay that comes back with empty memory, or not at all: people who see each other go on doing so. */
import {expect} from 'chai';
import {CallError} from '../../widget/call/call-error.js';
import type {CallSession} from '../../widget/call/call-session.js';
import {
  framesGrow,
  next,
  record,
  statusOf,
  until,
  untilCaredFor,
  watchConnections,
} from '../support/calls.js';
import {InPageRelay} from '../support/in-page-relay.js';

type Person = ReturnType<InPageRelay['session']>;

const NEWS = ['status-changed', 'peer-joined', 'peer-left', 'call-request', 'call-ended'] as const;

describe('a relay that has forgotten a call', () => {
  let relay: InPageRelay;
  let sessions: CallSession[];
  let connections: ReturnType<typeof watchConnections>;

  beforeEach(() => {
    relay = new InPageRelay();
    sessions = [];
    connections = watchConnections();
  });

  afterEach(async () => {
    await Promise.all(sessions.map((session) => session.leave()));
    connections.stop();
    relay.close();
    expect(connections.open(), 'connections left over').to.equal(0);
  });

  const isConnected = ({session}: Person): boolean =>
    session.peers[0]?.connectionState === 'connected';

  const isTogether = ({session}: Person): boolean =>
    session.signaling === 'open' && session.peers[0]?.present === true;

  async function twoInCall(): Promise<{ana: Person; ben: Person}> {
    const [ana, ben] = [0, 1].map(() => relay.session({noMicrophone: true})) as [Person, Person];
    sessions.push(ana.session, ben.session);
    await ana.session.join('room');
    await ben.session.join('room');
    await until(() => ana.session.incoming.length === 1, 'the knock');
    await ana.session.accept();
    await until(() => [ana, ben].every(isConnected), 'connected');
    return {ana, ben};
  }

  it('but knows its tokens seats both again, with no prompt and no new link', async () => {
    const {ana, ben} = await twoInCall();
    const heard = [ana, ben].map(({session}) => record(session, [...NEWS]));
    const before = connections.all.length;
    relay.restart({knowsTokens: true});
    const isBack = ({session}: Person) =>
      session.signaling === 'open' && session.peers[0]?.present === true;
    await until(() => [ana, ben].every(isBack), 'both are seated again');
    await until(() => ana.session.incoming.length === 0, 'no prompt is left');
    expect(heard).to.deep.equal([[], []]);
    expect(connections.all.length).to.equal(before);
    await framesGrow(ana.session, ben.session.self!.peerId);
    await ana.session.send('still here');
  });

  it('and everybody in it seats both again as those whom their pages know, with no prompt', async () => {
    const {ana, ben} = await twoInCall();
    const heard = [ana, ben].map(({session}) => record(session, [...NEWS]));
    const benId = ben.session.self!.peerId;
    const before = connections.all.length;
    await untilCaredFor();
    relay.restart({knowsTokens: false});
    const answers = (): number => relay.requests.filter(({name}) => name === 'answer').length;
    await until(() => answers() === 2, 'one lets the other in, without being asked');
    for (const each of [ana, ben]) await until(() => isTogether(each), 'both have seats again');
    await framesGrow(ana.session, benId);
    await framesGrow(ben.session, ana.session.self!.peerId);
    expect(heard).to.deep.equal([[], []]);
    expect(connections.all.length).to.equal(before);
    expect(ana.session.peers.map(({peerId}) => peerId)).to.deep.equal([benId]);
    // What the relay says of somebody is said of the one whom the page knows.
    ben.session.configure({displayName: 'Benjamin'});
    await until(() => ana.session.peers[0]?.displayName === 'Benjamin', 'the new name');
    ana.session.configure({displayName: 'Anastasia'});
    await until(() => ben.session.peers[0]?.displayName === 'Anastasia', 'the new name');
    const left = next(ana.session, 'peer-left');
    await ben.session.leave();
    expect(await left).to.include({peerId: benId, reason: 'left'});
    await statusOf(ana.session, 'waiting');
    // Somebody new, she can be called again.
    const eva = relay.session({noMicrophone: true});
    sessions.push(eva.session);
    await eva.session.join('room');
    await until(() => ana.session.incoming.length === 1, 'the knock');
  });

  it('or has not heard somebody leave, does not keep them away when they are back', async () => {
    const {ana, ben} = await twoInCall();
    // The link is the only way for his good-bye, and its channel opens a moment after it is connected.
    const heard = next(ana.session, 'message-received');
    await ben.session.send('here');
    await heard;
    ben.client().cut();
    await ben.session.leave();
    await statusOf(ana.session, 'waiting');
    const back = next(ana.session, 'peer-joined');
    await ben.session.join('room');
    expect(await back).to.include({peerId: ben.session.self!.peerId});
    await framesGrow(ana.session, ben.session.self!.peerId);
    await framesGrow(ben.session, ana.session.self!.peerId);
  });

  it('and has given their seats away does not end it; they ask again when it is over', async () => {
    const {ana, ben} = await twoInCall();
    const heard = record(ana.session, [...NEWS]);
    relay.restart({knowsTokens: true, isMended: false});
    const [eva, dan] = [0, 1].map(() => relay.session({media: 'data', autoAccept: true})) as [
      Person,
      Person,
    ];
    sessions.push(eva.session, dan.session);
    await eva.session.join('room');
    await dan.session.join('room');
    await statusOf(dan.session, 'in-call');
    const joins = (): number => relay.requests.filter(({name}) => name === 'join').length;
    const before = joins();
    ana.client().mend();
    await until(() => joins() > before, 'a seat is asked for');
    await framesGrow(ana.session, ben.session.self!.peerId);
    expect(heard, 'the room is full, and the call goes on').to.deep.equal([]);
    await dan.session.leave();
    await ben.session.leave();
    // Eva lets everybody in.
    await until(() => ana.session.peers[0]?.peerId === eva.session.self!.peerId, 'Ana meets Eva');
  });

  it('and refuses them is told once, and ends the call when nobody is seen any more', async () => {
    const {ana, ben} = await twoInCall();
    const errors = record(ana.session, ['call-error']);
    ana.client().close();
    ana.client().emit('refused', new CallError('protocol-mismatch', 'too old'));
    expect(ana.session.status).to.equal('in-call');
    expect(errors).to.have.length(1);
    await framesGrow(ana.session, ben.session.self!.peerId);
    await ben.session.leave();
    await statusOf(ana.session, 'failed');
    expect(ana.session.state).to.have.nested.property('error.code', 'protocol-mismatch');
  });

  it('does not take away who is lost to the relay alone', async () => {
    relay.close();
    relay = new InPageRelay({seatGraceMs: 50});
    const {ana, ben} = await twoInCall();
    const heard = record(ana.session, [...NEWS]);
    const lost = new Promise<void>((resolve) => {
      ana.client().addEventListener('peer-left', () => resolve(), {once: true});
    });
    ben.client().cut();
    await lost;
    await framesGrow(ana.session, ben.session.self!.peerId);
    expect(ana.session.peers[0]!.present).to.equal(false);
    // His seat is gone, but he needs no new consent.
    ben.client().mend();
    await until(() => ana.session.peers[0]?.present === true, 'Ben has a seat again');
    await until(() => ben.session.peers[0]?.present === true, 'and sees Ana in the room');
    expect(heard).to.deep.equal([]);
  });
});
