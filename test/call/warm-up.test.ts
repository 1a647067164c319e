/** The way to the relay is opened for somebody who is about to join, and for nobody else. */
import {expect} from 'chai';
import {CallError} from '../../widget/call/call-error.js';
import {record, until} from '../support/calls.js';
import {fakeTimers} from '../support/fake-timers.js';
import {inPageSuite} from '../support/in-page-suite.js';

describe('a session that is warmed up', () => {
  const suite = inPageSuite();
  const {person} = suite;
  const isKnown = (): Promise<void> =>
    until(() => suite.relay.connected === 1, 'known to the relay');

  it('joins by the connection that was opened for it, and nothing is seen of that before', async () => {
    const {session, client} = person('Ana', {media: 'data'});
    session.warmUp();
    await isKnown();
    const early = client();
    expect(session.status).to.equal('idle');
    expect(session.signaling).to.equal('closed');
    expect(suite.relay.requests).to.deep.equal([]);
    await session.join('support');
    expect(client()).to.equal(early);
    expect(session.status).to.equal('waiting');
    expect(session.signaling).to.equal('open');
    await session.leave();
    await until(() => suite.relay.connected === 0, 'closed with the call');
  });

  it('joins while the connection is on its way', async () => {
    const {session} = person('Ana', {media: 'data'});
    suite.relay.delayMs = 30;
    session.warmUp();
    await session.join('support');
    expect(suite.relay.connected).to.equal(1);
    expect(session.status).to.equal('waiting');
  });

  it('lets go of it after half a minute in which nobody has joined', async () => {
    const timers = fakeTimers();
    const {session} = person('Ana', {media: 'data'});
    session.warmUp();
    timers.restore();
    await isKnown();
    timers.pass(29_999);
    expect(suite.relay.connected).to.equal(1);
    timers.pass(1);
    await until(() => suite.relay.connected === 0, 'gone');
    session.warmUp();
    await isKnown();
  });

  it('lets go of it when the session is disposed of, also before it is open', async () => {
    const {session} = person('Ana', {media: 'data'});
    session.warmUp();
    await isKnown();
    session.dispose();
    await until(() => suite.relay.connected === 0, 'gone');
    suite.relay.delayMs = 30;
    session.warmUp();
    session.dispose();
    await new Promise((resolve) => setTimeout(resolve, 100));
    expect(suite.relay.connected).to.equal(0);
  });

  it('does not let go of it under a call', async () => {
    const timers = fakeTimers();
    const {session} = person('Ana', {media: 'data'});
    session.warmUp();
    timers.restore();
    await session.join('support');
    timers.pass(60_000);
    expect(session.signaling).to.equal('open');
    expect(suite.relay.connected).to.equal(1);
  });

  it('does not join as somebody that it no longer is', async () => {
    const {session, client} = person('Ana', {media: 'data'});
    session.warmUp();
    await isKnown();
    const early = client();
    session.configure({token: 'a-token-that-came-late'});
    await session.join('support');
    expect(client()).not.to.equal(early);
    expect(session.status).to.equal('waiting');
    const joined = client();
    session.configure({token: 'renewed'});
    session.warmUp();
    expect(client(), 'a call goes on as it is').to.equal(joined);
    expect(session.signaling).to.equal('open');
  });

  it('says nothing of a relay that is away, and whoever joins then is told', async () => {
    suite.relay.isAway = true;
    const {session} = person('Ana', {media: 'data'});
    const told = record(session, ['call-error', 'status-changed', 'signaling-changed']);
    session.warmUp();
    await new Promise((resolve) => setTimeout(resolve, 50));
    expect(told).to.deep.equal([]);
    const error: unknown = await session.join('support').catch((thrown: unknown) => thrown);
    expect(error).to.have.property('code', 'relay-unreachable');
    suite.relay.isAway = false;
    await session.join('support');
    expect(session.status).to.equal('waiting');
  });

  it('is kept for half a minute after the last sign, and tried again at each', async () => {
    const timers = fakeTimers();
    const {session} = person('Ana', {media: 'data'});
    suite.relay.isAway = true;
    try {
      session.warmUp();
      timers.pass(0);
      await new Promise((resolve) => queueMicrotask(() => resolve(null)));
    } finally {
      timers.restore();
    }
    suite.relay.isAway = false;
    session.warmUp();
    await isKnown();
    const others = fakeTimers();
    session.warmUp();
    others.restore();
    others.pass(29_000);
    expect(suite.relay.connected).to.equal(1);
    others.pass(1_000);
    await until(() => suite.relay.connected === 0, 'gone');
  });

  it('is known as whom it speaks by then, though an earlier way was given up for it', async () => {
    const {session} = person('Ana', {media: 'data'});
    suite.relay.delayMs = 30;
    session.warmUp();
    await new Promise((resolve) => setTimeout(resolve, 10));
    session.configure({token: 'after-login'});
    session.warmUp();
    await isKnown();
    await new Promise((resolve) => setTimeout(resolve, 100));
    expect(suite.relay.connected, 'kept').to.equal(1);
  });

  it('lists in a directory that comes with another token', async () => {
    const {session} = person('Ana', {media: 'data'});
    session.warmUp();
    await isKnown();
    session.configure({directory: 'office', token: 'after-login'});
    await until(() => session.signaling === 'open', 'connected anew');
    const ben = person('Ben', {directory: 'office', media: 'data'});
    await until(() => ben.session.people.length === 1, 'listed');
  });

  it('does not tell that a way was refused that nobody needs', async () => {
    const {session, client} = person('Ana', {media: 'data'});
    const told = record(session, ['call-error', 'status-changed']);
    session.warmUp();
    await isKnown();
    const lost = client();
    lost.cut();
    lost.close();
    lost.emit('refused', new CallError('unauthorized', 'The token has expired.'));
    await new Promise((resolve) => setTimeout(resolve, 20));
    expect(told).to.deep.equal([]);
  });

  it('leaves the seat alone that is kept for the page before', async () => {
    const {ana, ben} = await suite.twoInCall({media: 'data'});
    const remembered = (): number =>
      Object.values<string>(sessionStorage).filter((note) => note.includes('"call":{')).length;
    await until(() => remembered() === 2, 'both calls are written down');
    const left = record(ana.session, ['peer-left']);
    const other = suite.reload(ben, {room: 'attic', media: 'data'}, [suite.connections.all[1]]);
    other.session.warmUp();
    await until(() => suite.relay.connected === 2, 'warm');
    other.client().cut();
    other.client().close();
    other.session.dispose();
    const back = person('Ben', {media: 'data', relayUrl: ben.relayUrl});
    expect(await back.session.resume()).to.equal(true);
    await until(() => back.session.status === 'in-call', 'in the call again');
    expect(left).to.deep.equal([]);
  });

  it('gives that seat up once there is another call', async () => {
    const {ana, ben} = await suite.twoInCall({media: 'data'});
    const other = suite.reload(ben, {room: 'attic', media: 'data'}, [suite.connections.all[1]]);
    other.session.warmUp();
    await until(() => suite.relay.connected === 2, 'warm');
    await other.session.join('attic');
    expect(other.session.status).to.equal('waiting');
    await until(() => ana.session.status === 'waiting', 'Ben has left the first room');
  });
});
