/** `leave()` at every moment of a join: it always settles, and nothing is left over. */
import {expect} from 'chai';
import type {CallError} from '../../widget/call/call-error.js';
import type {CallSession} from '../../widget/call/call-session.js';
import {record, statusOf, until, watchConnections} from '../support/calls.js';
import {InPageRelay} from '../support/in-page-relay.js';

describe('leave()', () => {
  let relay: InPageRelay;
  let connections: ReturnType<typeof watchConnections>;

  beforeEach(() => {
    relay = new InPageRelay();
    connections = watchConnections();
  });

  afterEach(() => {
    connections.stop();
    relay.close();
  });

  async function nothingLeft(session: CallSession): Promise<void> {
    expect(session.localStream.getTracks()).to.deep.equal([]);
    expect(connections.open()).to.equal(0);
    expect(relay.connected).to.equal(0);
    expect(session.signaling).to.equal('closed');
  }

  for (const delayMs of [0, 1, 3, 8, 20, 50, 90, 150]) {
    it(`overtakes a join ${delayMs} ms after its start`, async () => {
      relay.delayMs = 10;
      const {session: host} = relay.session({autoAccept: true, media: 'data'});
      await host.join('r');
      const {session} = relay.session();
      const heard = record(session, ['status-changed', 'call-error']);
      const joined = session.join('r').then(
        () => 'joined',
        (error: CallError) => error.code,
      );
      if (delayMs > 0) await new Promise((resolve) => setTimeout(resolve, delayMs));
      await session.leave();
      expect(await joined).to.be.oneOf(['joined', 'aborted']);
      expect(session.state).to.include({status: 'left', reason: 'left'});
      const ends = heard.filter(
        ([name, detail]) =>
          name === 'status-changed' && (detail as {status: string}).status === 'left',
      );
      expect(ends).to.have.length(1);
      expect(heard.filter(([name]) => name === 'call-error')).to.deep.equal([]);
      await host.leave();
      await nothingLeft(session);
    });
  }

  for (const name of [
    'microphone-changed',
    'camera-changed',
    'signaling-changed',
    'status-changed',
  ] as const) {
    it(`from within the first ${name} stops every device`, async () => {
      const devices = navigator.mediaDevices;
      const getUserMedia = devices.getUserMedia.bind(devices);
      const tracks: MediaStreamTrack[] = [];
      devices.getUserMedia = async (constraints) => {
        const stream = await getUserMedia(constraints);
        tracks.push(...stream.getTracks());
        return stream;
      };
      try {
        const {session} = relay.session();
        session.addEventListener(name, () => void session.leave(), {once: true});
        await session.join('r').catch(() => undefined);
        await session.leave();
        await until(
          () => tracks.every(({readyState}) => readyState === 'ended'),
          'every device is off',
        );
        await nothingLeft(session);
      } finally {
        devices.getUserMedia = getUserMedia;
      }
    });
  }

  it('does nothing before a join, and nothing the second time', async () => {
    const {session} = relay.session();
    const heard = record(session, ['status-changed']);
    await session.leave();
    expect(session.status).to.equal('idle');
    await session.join('r');
    await Promise.all([session.leave(), session.leave()]);
    await session.leave();
    expect(heard.map(([, detail]) => (detail as {status: string}).status)).to.deep.equal([
      'acquiring-media',
      'joining',
      'waiting',
      'left',
    ]);
  });

  it('from within a listener comes after what is being told', async () => {
    const {session} = relay.session({media: 'data'});
    const heard = record(session, ['status-changed']);
    session.addEventListener('status-changed', ({detail}) => {
      if (detail.status === 'waiting') void session.leave();
    });
    const late = record(session, ['status-changed']);
    await session.join('r').catch(() => undefined);
    await statusOf(session, 'left');
    expect(late).to.deep.equal(heard);
  });

  it('lets join() come right after it, as the same person', async () => {
    const {session} = relay.session({media: 'data'});
    await session.join('one');
    const {peerId} = session.self!;
    void session.leave();
    await session.join('two');
    expect(session.state).to.include({status: 'waiting', room: 'two'});
    expect(session.self!.peerId).to.equal(peerId);
    await session.join('three');
    expect(session.state).to.include({status: 'waiting', room: 'three'});
    await session.leave();
    await nothingLeft(session);
  });

  it('leaves one join when join() is called twice', async () => {
    const {session} = relay.session({media: 'data'});
    await Promise.all([session.join('r'), session.join('r')]);
    expect(relay.requests.filter(({name}) => name === 'join')).to.have.length(1);
    await session.leave();
  });

  it('reaches the others even while the relay is away', async () => {
    const ana = relay.session({autoAccept: true, media: 'data'});
    const ben = relay.session({media: 'data'});
    await ana.session.join('r');
    await ben.session.join('r');
    await until(() => ana.session.peers[0]?.connectionState === 'connected', 'connected');
    await ana.session.send('open the channel');
    ana.client().cut();
    ben.client().cut();
    const heard = record(ana.session, ['peer-left']);
    await ben.session.leave();
    await until(() => heard.length === 1, 'Ana hears it from Ben himself');
    expect(heard[0]![1]).to.include({reason: 'left'});
    await ana.session.leave();
  });

  it('rejects a join without a room, in words that a program understands', async () => {
    const {session} = relay.session();
    const error = (await session.join().catch((thrown: unknown) => thrown)) as CallError;
    expect(error.code).to.equal('room-required');
    expect(session.state).to.include({status: 'failed', room: null});
    const long = (await session
      .join('x'.repeat(65))
      .catch((thrown: unknown) => thrown)) as CallError;
    expect(long.code).to.equal('room-name-invalid');
    await session.join('  padded  ');
    expect(session.state).to.include({status: 'waiting', room: 'padded'});
    const wrong = (await session.join(' ').catch((thrown: unknown) => thrown)) as CallError;
    expect(wrong.code).to.equal('room-required');
    expect(session.status).to.equal('waiting');
    await session.leave();
  });

  it('leaves nothing after fifty calls', async () => {
    const {session: host} = relay.session({autoAccept: true, media: 'data'});
    await host.join('r');
    const {session} = relay.session({media: 'data'});
    for (let call = 0; call < 50; call++) {
      await session.join('r');
      await until(() => session.status === 'in-call', 'in the call');
      await session.leave();
    }
    expect(connections.all.length).to.be.at.least(50);
    await host.leave();
    await nothingLeft(session);
  });
});
