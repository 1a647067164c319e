/** A call to a person: how it rings, every way in which it can end, and what it does to a call that is going on. */
import {expect} from 'chai';
import type {CallError} from '../../widget/call/call-error.js';
import {framesGrow, next, record, statusOf, until} from '../support/calls.js';
import {inPageSuite, type Person} from '../support/in-page-suite.js';

type Two = [Person, Person];
type Three = [Person, Person, Person];

const idOf = ({session}: Person): string => session.self!.personId;

const codeOf = (work: Promise<unknown>): Promise<string> =>
  work.then(
    () => 'nothing',
    (error: CallError) => error.code,
  );

/** Statuses by themselves, other events by name. */
const toldOf = (heard: [string, unknown][]): string[] =>
  heard.map(([name, detail]) => (detail as {status?: string}).status ?? name);

describe('a call to a person', () => {
  const suite = inPageSuite();
  const {person, listed} = suite;

  const isConnected = ({session}: Person): boolean =>
    session.peers[0]?.connectionState === 'connected';

  /** Ana rings Ben, and it rings there. */
  async function ring(ana: Person, ben: Person): Promise<string> {
    await ana.session.call(idOf(ben));
    await until(() => ben.session.incoming.length > 0, 'it rings');
    await until(
      () => ana.session.state.status === 'calling' && ana.session.state.isRinging,
      'Ana hears that it rings',
    );
    return ben.session.incoming.at(-1)!.id;
  }

  it('rings, is accepted, and connects the two', async () => {
    const [ana, ben] = (await listed(['Ana', 'Ben'], {
      media: 'video',
      noMicrophone: true,
    })) as Two;
    const heard = record(ana.session, ['status-changed', 'call-ringing', 'call-ended']);
    const request = next(ben.session, 'call-request');
    await ana.session.call(idOf(ben));
    const {id, kind, from, expiresAt} = await request;
    expect({kind, name: from.displayName}).to.deep.equal({kind: 'call', name: 'Ana'});
    expect(expiresAt).to.be.greaterThan(Date.now());
    expect(ana.session.state).to.deep.include({
      status: 'calling',
      invitationId: id,
      person: {personId: idOf(ben), displayName: 'Ben', metadata: null},
    });
    await until(() => heard.some(([name]) => name === 'call-ringing'), 'it rings there');
    await ben.session.accept(id);
    expect(ben.session.status).to.equal('in-call');
    await until(() => [ana, ben].every(isConnected), 'connected');
    await framesGrow(ana.session, ben.session.self!.peerId);
    await framesGrow(ben.session, ana.session.self!.peerId);
    expect(ben.session.incoming).to.deep.equal([]);
    expect(ben.session.state).to.have.nested.property('person.displayName', 'Ana');
    // Devices that are there before the relay has answered make it `joining` for a moment.
    expect(toldOf(heard).filter((told) => told !== 'joining')).to.deep.equal([
      'acquiring-media',
      'calling',
      'call-ringing',
      'in-call',
    ]);
    expect(suite.connections.all).to.have.length(2);
  });

  it('is over for both when one hangs up', async () => {
    const [ana, ben] = (await listed(['Ana', 'Ben'])) as Two;
    await ring(ana, ben);
    await ben.session.accept();
    await until(() => [ana, ben].every(isConnected), 'connected');
    const left = next(ana.session, 'peer-left');
    const ended = record(ana.session, ['call-ended']);
    await ben.session.leave();
    expect((await left).reason).to.equal('left');
    await statusOf(ana.session, 'left');
    expect(ana.session.state).to.include({status: 'left', reason: 'room-closed'});
    expect(ben.session.state).to.include({status: 'left', reason: 'left'});
    expect(ended).to.deep.equal([]);
    await until(() => ana.session.people[0]!.status === 'available', 'Ben is available');
    await until(() => ben.session.people[0]!.status === 'available', 'Ana is available');
    await ring(ben, ana);
  });

  it('is declined', async () => {
    const [ana, ben] = (await listed(['Ana', 'Ben'])) as Two;
    const id = await ring(ana, ben);
    const [atAna, atBen] = [next(ana.session, 'call-ended'), next(ben.session, 'call-ended')];
    await ben.session.decline();
    const ended = {id, kind: 'call', reason: 'declined'};
    expect([await atAna, await atBen]).to.deep.equal([ended, ended]);
    expect(ana.session.state).to.include({status: 'left', reason: 'declined'});
    expect(ben.session.state).to.include({status: 'idle', signaling: 'open'});
  });

  it('is cancelled', async () => {
    const [ana, ben] = (await listed(['Ana', 'Ben'])) as Two;
    const id = await ring(ana, ben);
    const [atAna, atBen] = [next(ana.session, 'call-ended'), next(ben.session, 'call-ended')];
    await ana.session.leave();
    const ended = {id, kind: 'call', reason: 'cancelled'};
    expect([await atAna, await atBen]).to.deep.equal([ended, ended]);
    expect(ana.session.state).to.include({status: 'left', reason: 'left'});
    expect(await codeOf(ben.session.accept(id))).to.equal('invitation-over');
  });

  it('times out', async () => {
    const [ana, ben] = (await listed(['Ana', 'Ben'], {ringTimeout: 1})) as Two;
    const [atAna, atBen] = [next(ana.session, 'call-ended'), next(ben.session, 'call-ended')];
    await ana.session.call(idOf(ben));
    expect((await atAna).reason).to.equal('timeout');
    expect((await atBen).reason).to.equal('timeout');
    expect(ana.session.state).to.include({status: 'left', reason: 'timeout'});
  });

  it('ends when the last tab of the one who is called goes', async () => {
    const [ana, ben] = (await listed(['Ana', 'Ben'])) as Two;
    await ring(ana, ben);
    const atAna = next(ana.session, 'call-ended');
    ben.session.dispose();
    expect((await atAna).reason).to.equal('unreachable');
    expect(ana.session.state).to.include({status: 'left', reason: 'unreachable'});
    expect(ben.session.incoming).to.deep.equal([]);
  });

  it('is busy where somebody is called already, and rings nobody', async () => {
    const [ana, ben, eva] = (await listed(['Ana', 'Ben', 'Eva'])) as Three;
    await ring(ana, ben);
    const heard = record(eva.session, ['call-ended', 'status-changed']);
    await eva.session.call(idOf(ben));
    expect(eva.session.state).to.include({status: 'left', reason: 'busy'});
    expect(heard.at(0)![1]).to.include({status: 'joining'});
    expect(heard.at(1)![1]).to.include({kind: 'call', reason: 'busy'});
    expect(heard.at(2)![1]).to.include({status: 'left', reason: 'busy'});
    expect(ben.session.incoming).to.have.length(1);
    await eva.session.call(idOf(ana));
    expect(eva.session.state).to.include({status: 'left', reason: 'busy'});
  });

  it('rings on all tabs, and is answered on one', async () => {
    const ana = person('Ana', {directory: 'office', media: 'data'});
    const tabs = [0, 1, 2].map(() =>
      person('Ben', {directory: 'office', media: 'data'}, 'ben@example.org'),
    ) as Three;
    await until(() => tabs.every(({session}) => session.people.length === 1), 'all are listed');
    await until(() => ana.session.people.length === 1, 'Ana sees Ben');
    await ana.session.call('ben@example.org');
    await until(() => tabs.every(({session}) => session.incoming.length === 1), 'all ring');
    const ended = [tabs[0], tabs[2]].map(({session}) => next(session, 'call-ended'));
    const own = record(tabs[1].session, ['call-ended']);
    await tabs[1].session.accept();
    for (const each of ended) expect((await each).reason).to.equal('answered-elsewhere');
    await statusOf(ana.session, 'in-call');
    expect(ana.session.peers[0]!.peerId).to.equal(tabs[1].session.self!.peerId);
    expect(own).to.deep.equal([]);
    await tabs[1].session.leave();
    await statusOf(ana.session, 'left');
    await ana.session.call('ben@example.org');
    await until(() => tabs.every(({session}) => session.incoming.length === 1), 'all ring again');
    const declined = tabs.map(({session}) => next(session, 'call-ended'));
    await tabs[2].session.decline();
    for (const each of declined) expect((await each).reason).to.equal('declined');
    await statusOf(ana.session, 'left');
  });

  it('is accepted unasked where the page says so', async () => {
    const [ana, ben] = (await listed(['Ana', 'Ben'], {autoAccept: true})) as Two;
    await ana.session.call(idOf(ben));
    await until(() => [ana, ben].every(isConnected), 'connected');
    expect(ben.session.incoming).to.deep.equal([]);
  });

  it('is refused outside a directory and to nobody, and costs no call', async () => {
    const [ana] = (await listed(['Ana', 'Ben'])) as Two;
    const eva = person('Eva', {media: 'data'});
    expect(await codeOf(eva.session.call(idOf(ana)))).to.equal('person-not-found');
    expect(eva.session.status).to.equal('idle');
    expect(await codeOf(ana.session.call('nobody-at-all'))).to.equal('person-not-found');
    expect(ana.session.status).to.equal('failed');
    await ana.session.join('room');
    expect(await codeOf(ana.session.call('nobody-at-all'))).to.equal('person-not-found');
    expect(await codeOf(ana.session.call(idOf(ana)))).to.equal('person-not-found');
    expect(ana.session.state).to.include({status: 'waiting', room: 'room'});
  });

  it('from within a call ends that one when it rings, and not when it is busy', async () => {
    const [ana, ben, eva] = (await listed(['Ana', 'Ben', 'Eva'])) as Three;
    await ring(ana, ben);
    await ben.session.accept();
    await until(() => [ana, ben].every(isConnected), 'connected');
    const dan = person('Dan', {directory: 'office', media: 'data'});
    await until(() => dan.session.people.length === 3, 'Dan is there');
    await ring(dan, eva);
    const heard = record(ana.session, ['status-changed', 'call-ended', 'peer-left']);
    await ana.session.call(idOf(eva));
    expect(heard.map(([name]) => name)).to.deep.equal(['call-ended']);
    expect(heard[0]![1]).to.include({reason: 'busy'});
    expect(ana.session.status).to.equal('in-call');
    await eva.session.decline();
    await statusOf(dan.session, 'left');
    await ana.session.call(idOf(eva));
    expect(ana.session.status).to.equal('calling');
    expect(heard.slice(1).map(([, detail]) => detail)).to.deep.equal([
      {peerId: ben.session.self!.peerId, personId: idOf(ben), displayName: 'Ben', reason: 'left'},
      {status: 'left', previous: 'in-call', reason: 'left'},
      {status: 'calling', previous: 'left'},
    ]);
    await statusOf(ben.session, 'left');
    await eva.session.accept();
    await until(() => [ana, eva].every(isConnected), 'connected');
  });

  it('accepted from a room call leaves the room, and the camera stays on', async () => {
    const options = {directory: 'office', noMicrophone: true, autoAccept: false};
    const [ana, ben] = (await listed(['Ana', 'Ben'], {...options, media: 'video'})) as Two;
    const eva = person('Eva', {...options, directory: undefined});
    await ana.session.join('room');
    await eva.session.join('room');
    await until(() => ana.session.incoming.length === 1, 'the knock');
    await ana.session.accept();
    await until(() => [ana, eva].every(isConnected), 'connected');
    const [track] = ana.session.localStream.getTracks();
    const heard = record(ana.session, ['status-changed', 'camera-changed', 'call-request']);
    const id = await ring(ben, ana);
    expect(ana.session.status, 'goes on').to.equal('in-call');
    await ana.session.accept(id);
    expect(ana.session.state).to.include({status: 'in-call'});
    await until(() => [ana, ben].every(isConnected), 'connected');
    await framesGrow(ben.session, ana.session.self!.peerId);
    expect(ana.session.localStream.getTracks()).to.deep.equal([track]);
    expect(track!.readyState).to.equal('live');
    expect(toldOf(heard)).to.deep.equal(['call-request', 'left', 'in-call']);
    await statusOf(eva.session, 'waiting');
    await ana.session.leave();
    expect(track!.readyState).to.equal('ended');
    await statusOf(ben.session, 'left');
  });

  it('survives what else happens: a join, a leave, another call', async () => {
    const [ana, ben, eva] = (await listed(['Ana', 'Ben', 'Eva'])) as Three;
    const id = await ring(ana, ben);
    const heard = record(ben.session, ['call-ended']);
    await ben.session.join('room');
    await ben.session.leave();
    await ben.session.join('room');
    expect(ben.session.incoming.map((invitation) => invitation.id)).to.deep.equal([id]);
    await eva.session.join('room');
    await until(() => ben.session.incoming.length === 2, 'a knock besides');
    await ben.session.leave();
    expect(ben.session.incoming.map(({kind}) => kind)).to.deep.equal(['call']);
    expect(heard.map(([, detail]) => (detail as {kind: string}).kind)).to.deep.equal(['knock']);
    await ben.session.accept(id);
    await until(() => [ana, ben].every(isConnected), 'connected');
  });

  it('goes on ringing when the answer to another comes too late', async () => {
    const [ana, ben, eva] = (await listed(['Ana', 'Ben', 'Eva'])) as Three;
    await ben.session.join('room');
    const id = await ring(ana, ben);
    suite.relay.delayMs = 20;
    const accepted = codeOf(ben.session.accept(id));
    void ana.session.leave();
    expect(await accepted).to.be.oneOf(['invitation-over', 'nothing']);
    await until(() => ana.session.status === 'left', 'cancelled');
    await until(
      () => ben.session.status === 'waiting' || ben.session.status === 'left',
      'Ben is where he was, or alone',
    );
    suite.relay.delayMs = 0;
    await ring(eva, ben);
  });

  it('is accepted at once when auto-accept is set while it rings', async () => {
    const [ana, ben] = (await listed(['Ana', 'Ben'])) as Two;
    await ring(ana, ben);
    ben.session.configure({autoAccept: true});
    await until(() => [ana, ben].every(isConnected), 'connected');
    expect(ben.session.incoming).to.deep.equal([]);
  });
});
