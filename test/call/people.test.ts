/** A directory: who is listed, who sees whom, and what becomes of the list when the relay goes or the page changes its mind. */
import {expect} from 'chai';
import {CallError} from '../../widget/call/call-error.js';
import {randomId} from '../../widget/call/identity.js';
import {record, statusOf, until} from '../support/calls.js';
import {heldTimers} from '../support/held-timers.js';
import {inPageSuite, type Person} from '../support/in-page-suite.js';

const names = ({session}: Person): string[] => session.people.map(({displayName}) => displayName);

describe('people of a directory', () => {
  const suite = inPageSuite();
  const {person, listed, reload} = suite;
  const timers = heldTimers();

  it('see each other by name, but not themselves, and nobody of another directory', async () => {
    const [ana, ben, eva] = (await listed(['Eva', 'ana', 'Ben'])) as [Person, Person, Person];
    const dan = person('Dan', {directory: 'elsewhere'});
    await until(() => dan.session.signaling === 'open', 'Dan is there');
    expect(names(ana)).to.deep.equal(['ana', 'Ben']);
    expect(names(ben)).to.deep.equal(['Ben', 'Eva']);
    expect(names(eva)).to.deep.equal(['ana', 'Eva']);
    expect(names(dan)).to.deep.equal([]);
    expect(Object.isFrozen(ana.session.people)).to.equal(true);
    expect(ana.session.state).to.include({status: 'idle', directory: 'office'});
  });

  it('are told who comes, changes and goes, one event each', async () => {
    const [ana, ben] = (await listed(['Ana', 'Ben'])) as [Person, Person];
    const heard = record(ana.session, ['people-changed']);
    const eva = person('Eva', {directory: 'office', metadata: {desk: 7}});
    await until(() => names(ana).length === 2, 'Eva has come');
    expect(ana.session.people[1]).to.deep.equal({
      personId: eva.session.self!.personId,
      displayName: 'Eva',
      metadata: {desk: 7},
      status: 'available',
    });
    const benBefore = ana.session.people[0];
    eva.session.configure({displayName: 'Aaron', metadata: null});
    await until(() => names(ana)[0] === 'Aaron', 'Eva has another name');
    expect(ana.session.people[1]).to.equal(benBefore);
    eva.session.configure({directory: undefined});
    await until(() => names(ana).length === 1, 'Eva is gone');
    expect(heard).to.have.length(3);
    expect(eva.session.state).to.include({directory: null, signaling: 'closed'});
    expect(eva.session.people).to.deep.equal([]);
    expect(ben.session.people).to.have.length(1);
  });

  it('are in a call while they sit in a room with somebody', async () => {
    const [ana, ben, eva] = (await listed(['Ana', 'Ben', 'Eva'], {autoAccept: true})) as [
      Person,
      Person,
      Person,
    ];
    const statuses = (): string[] => eva.session.people.map(({status}) => status);
    await ana.session.join('room');
    await ben.session.join('room');
    await until(() => statuses().join() === 'in-call,in-call', 'both are in a call');
    await ben.session.leave();
    await until(() => statuses().join() === 'available,available', 'both are available');
    expect(ben.session.signaling, 'still listed').to.equal('open');
    await ana.session.leave();
    expect(ana.session.state).to.include({status: 'left', signaling: 'open'});
  });

  it('move to another directory at once', async () => {
    const [ana, ben] = (await listed(['Ana', 'Ben'])) as [Person, Person];
    const eva = person('Eva', {directory: 'lab', media: 'data'});
    await until(() => eva.session.signaling === 'open', 'Eva is there');
    ben.session.configure({directory: 'lab'});
    expect(ben.session.people).to.deep.equal([]);
    await until(() => names(ben).join() === 'Eva' && names(eva).join() === 'Ben', 'in the lab');
    await until(() => names(ana).length === 0, 'gone from the office');
  });

  it('stay on the list while the relay is away, and are not gone and back when it is there again', async () => {
    const [ana, ben] = (await listed(['Ana', 'Ben'])) as [Person, Person];
    const extras = Array.from({length: 120}, (_, index) =>
      person(`Extra ${index}`, {directory: 'office'}),
    );
    await until(() => ana.session.people.length === 1 + extras.length, 'a list of two messages');
    const heard = record(ana.session, ['people-changed', 'signaling-changed']);
    ana.client().cut();
    expect(ana.session.people).to.have.length(1 + extras.length);
    ben.session.configure({displayName: 'Benjamin'});
    ana.client().mend();
    await until(() => names(ana)[0] === 'Benjamin', 'the list is there again');
    const lists = heard.filter(([name]) => name === 'people-changed');
    expect(lists.length, 'the difference alone').to.be.at.most(1 + 1);
    for (const [, detail] of lists) {
      expect((detail as {people: unknown[]}).people).to.have.length(1 + extras.length);
    }
    await until(() => ben.session.people.length === 1 + extras.length, 'Ana was never gone');
  });

  it('stay on the list while a restarted relay hears of them again; only who does not come back goes', async () => {
    const [ana, ben, eva] = (await listed(['Ana', 'Ben', 'Eva'])) as [Person, Person, Person];
    const heard = record(ana.session, ['people-changed']);
    const askedToBeListed = (): number =>
      suite.relay.requests.filter(({name}) => name === 'directory').length;
    const before = askedToBeListed();
    suite.relay.restart({knowsTokens: true, isMended: false});
    timers.hold(5_000);
    ana.client().mend();
    await until(() => askedToBeListed() > before, 'Ana is listed');
    ben.session.configure({displayName: 'Benjamin'});
    ben.client().mend();
    await until(() => names(ana)[0] === 'Benjamin', 'Ben is back');
    expect(names(ana)).to.deep.equal(['Benjamin', 'Eva']);
    eva.session.dispose();
    timers.fire();
    await until(() => names(ana).length === 1, 'Eva is gone');
    expect(heard).to.have.length(2);
  });

  it('are the same person after a reload', async () => {
    const [ana, ben] = (await listed(['Ana', 'Ben'])) as [Person, Person];
    const heard = record(ana.session, ['people-changed']);
    const {personId} = ben.session.self!;
    const again = reload(ben, {directory: 'office'});
    await until(() => again.session.people.length === 1, 'Ben is back');
    expect(again.session.self!.personId).to.equal(personId);
    expect(names(ana)).to.deep.equal(['Ben']);
    expect(heard).to.deep.equal([]);
  });

  it('are one entry with several tabs, gone with the last', async () => {
    const ana = person('Ana', {directory: 'office'});
    const tabs = [0, 1].map(() => person('Ben', {directory: 'office'}, 'ben@example.org'));
    await until(() => names(ana).length === 1, 'Ben is listed');
    await until(() => tabs.every(({session}) => session.people.length === 1), 'both tabs list Ana');
    expect(ana.session.people[0]!.personId).to.equal('ben@example.org');
    tabs[0]!.session.dispose();
    tabs[1]!.session.configure({displayName: 'Ben 2'});
    await until(() => names(ana)[0] === 'Ben 2', 'the other tab is still listed');
    tabs[1]!.session.dispose();
    await until(() => names(ana).length === 0, 'gone');
  });

  it('are left for good when another page takes the identity, until asked anew', async () => {
    const [ana] = (await listed(['Ana', 'Ben'])) as [Person];
    ana.client().replaced();
    await until(() => ana.session.signaling === 'closed', 'closed');
    expect(ana.session.state).to.include({status: 'idle', directory: null});
    ana.session.configure({displayName: 'still away'});
    expect(ana.session.signaling).to.equal('closed');
    ana.session.configure({token: 'new'});
    await until(() => names(ana).length >= 1, 'listed again');
  });

  it('are told once that they are refused, and listed again with another token', async () => {
    const [ana] = (await listed(['Ana', 'Ben'])) as [Person];
    const errors = record(ana.session, ['call-error']);
    ana.client().close();
    ana.client().emit('refused', new CallError('unauthorized', 'expired'));
    expect(ana.session.state).to.include({signaling: 'closed', directory: null});
    expect(errors).to.have.length(1);
    expect((errors[0]![1] as {error: CallError}).error).to.include({
      code: 'unauthorized',
      fatal: false,
    });
    ana.session.configure({token: 'renewed'});
    await until(() => names(ana).length === 1, 'listed again');
    expect(errors).to.have.length(1);
  });

  it('know a name that no directory can have', async () => {
    const {session} = person('Ana', {});
    const errors = record(session, ['call-error']);
    session.configure({directory: 'x'.repeat(65)});
    await until(() => errors.length === 1, 'it is told');
    expect((errors[0]![1] as {error: CallError}).error.code).to.equal('room-name-invalid');
    expect(session.state.directory).to.equal(null);
  });

  it('follow the page to another relay, but not out of a call', async () => {
    const [ana, ben] = (await listed(['Ana', 'Ben'])) as [Person, Person];
    const elsewhere = (): string => `in-page:${randomId()}`;
    const {peerId} = ana.session.self!;
    ana.session.configure({relayUrl: elsewhere()});
    await until(() => ana.session.self!.peerId !== peerId, 'somebody else, to another relay');
    await until(() => names(ana).join() === 'Ben', 'listed there');
    await ana.session.join('room');
    const during = ana.session.self!.peerId;
    const client = ana.client();
    ana.session.configure({relayUrl: elsewhere()});
    expect(client.state).to.equal('open');
    await ana.session.leave();
    await until(() => ana.session.self!.peerId !== during, 'moved after the call');
    await until(() => names(ben).join() === 'Ana', 'and left the one before');
    expect(client.state).to.equal('closed');
  });

  it('are there when a directory is named in the middle of a join', async () => {
    const [ana] = (await listed(['Ana', 'Ben'])) as [Person];
    const eva = person('Eva', {media: 'data'});
    const joined = eva.session.join('room');
    eva.session.configure({directory: 'office'});
    await joined;
    await until(() => names(ana).includes('Eva'), 'Eva is listed');
    expect(eva.session.status).to.equal('waiting');
    await eva.session.leave();
    expect(eva.session.signaling).to.equal('open');
  });

  it('stay listed through calls that come and go, on one connection', async () => {
    const [ana] = (await listed(['Ana', 'Ben'])) as [Person];
    const client = ana.client();
    await ana.session.join('one');
    await ana.session.join('two');
    await statusOf(ana.session, 'waiting');
    await ana.session.leave();
    expect(ana.client()).to.equal(client);
    expect(ana.session.signaling).to.equal('open');
  });
});
