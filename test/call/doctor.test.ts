/** The doctor at work: what its report tells of real calls, what it keeps to itself, and the check before a call. */
import {expect} from 'chai';
import {CallError} from '../../widget/call/call-error.js';
import {askServers, kindOf, serversOf} from '../../widget/call/doctor/ice-check.js';
import type {CheckStep} from '../../widget/call/doctor/check.js';
import {Journal, MAX_JOURNAL_ENTRIES} from '../../widget/call/doctor/journal.js';
import type {CallReport} from '../../widget/call/doctor/doctor.js';
import {until} from '../support/calls.js';
import {FakeDevices} from '../support/fake-devices.js';
import {inPageSuite, type Person} from '../support/in-page-suite.js';

/** Nobody listens there: the last of the registered ports, reserved by IANA. */
const NOBODY = '127.0.0.1:49151';

const outcomesOf = (steps: readonly CheckStep[]): Record<string, string> =>
  Object.fromEntries(steps.map(({name, outcome, cause}) => [name, cause ?? outcome]));

describe('doctor', () => {
  const suite = inPageSuite();

  it('finds nothing wrong with a good call, and says what path it takes', async () => {
    const {ana} = await suite.twoInCall({noMicrophone: true});
    const report = await ana.session.getReport();
    expect(report).to.include({version: 1, status: 'in-call', signaling: 'open', error: null});
    expect(report.causes.filter(({code}) => code !== 'weak-upload')).to.deep.equal([]);
    expect(report.links).to.have.length(1);
    const [link] = report.links;
    expect(link).to.include({
      peer: 'peer-1',
      connectionState: 'connected',
      isAnswered: true,
      present: true,
      hasPath: true,
    });
    expect(link?.path).to.include({local: 'host', protocol: 'udp'});
    expect(link?.local.host).to.be.greaterThan(0);
  });

  it('tells what has happened, in order, with peers by number', async () => {
    const {ana, ben} = await suite.twoInCall({noMicrophone: true});
    await ana.session.getReport();
    await ana.session.toggleCamera(false);
    await ben.session.leave();
    await until(() => ana.session.status === 'waiting', 'alone');
    await ana.session.leave();
    const {journal, status} = await ana.session.getReport();
    expect(status).to.equal('left');
    const told = journal.map((entry) =>
      entry.event === 'status'
        ? entry.status
        : entry.event === 'device'
          ? entry.device
          : entry.event,
    );
    expect(told).to.deep.equal([
      ...['in-call', 'link', 'camera', 'waiting', 'gone'],
      ...['left', 'signaling'],
    ]);
    const times = journal.map(({atMs}) => atMs);
    expect(times).to.deep.equal(times.toSorted((a, b) => a - b));
  });

  it('keeps addresses, ids, names, descriptions and credentials to itself', async () => {
    const iceServers = [{urls: `turn:${NOBODY}`, username: 'somebody', credential: 'secret-word'}];
    const {ana, ben} = await suite.twoInCall({
      noMicrophone: true,
      iceServers,
      metadata: {note: 'private-note'},
    });
    const stats = await ana.session.getStats();
    const words = JSON.stringify(await ana.session.getReport());
    const secrets = [
      ...['Ana', 'Ben', 'somebody', 'secret-word', 'private-note', '127.0.0.1', 'v=0', 'ice-ufrag'],
      ...[ana, ben].flatMap(({session: {self}}) => [self?.peerId, self?.personId]),
      ...[...stats.values()].flatMap((report) =>
        [...report.values()].flatMap(
          ({address, ip, usernameFragment, id}: Record<string, string>) => [
            address,
            ip,
            usernameFragment,
            id,
          ],
        ),
      ),
      location.host,
    ];
    for (const secret of secrets) {
      // Some browsers have ids of one or two letters, which are in every text.
      if (secret !== undefined && secret.length > 3) expect(words).not.to.contain(secret);
    }
  });

  it('knows the failure that brought it here', async () => {
    const {session} = suite.person('Ana');
    await session.join('').catch(() => undefined);
    const {causes, journal} = await session.getReport();
    expect(causes).to.deep.equal([{code: 'room-required', peer: null, fatal: true}]);
    expect(journal.at(-1)).to.include({event: 'error', code: 'room-required', fatal: true});
  });

  it('forgets it when the next call begins', async () => {
    const {session} = suite.person('Ana', {noCamera: true, noMicrophone: true});
    await session.join('').catch(() => undefined);
    await session.getReport();
    await session.join('room');
    expect((await session.getReport()).causes).to.deep.equal([]);
  });

  it('forgets it when the next call is one that somebody else makes', async () => {
    const [ana, ben] = (await suite.listed(['Ana', 'Ben'])) as [Person, Person];
    await ana.session.join('').catch(() => undefined);
    await ana.session.getReport();
    await ben.session.call(ana.session.self!.personId);
    await until(() => ana.session.incoming.length === 1, 'it rings');
    await ana.session.accept();
    await until(() => ana.session.peers[0]?.connectionState === 'connected', 'connected');
    expect((await ana.session.getReport()).causes).to.deep.equal([]);
  });

  it('forgets a missing device that has come', async () => {
    const devices = new FakeDevices();
    try {
      const {ana} = await suite.twoInCall({noMicrophone: true});
      const codes = async (): Promise<string[]> =>
        (await ana.session.getReport()).causes.map(({code}) => code);
      expect(await codes()).to.deep.equal(['media-not-found']);
      await until(() => devices.looks >= 4, 'somebody looks after devices');
      devices.plug('videoinput', 'lid');
      await until(() => ana.session.cameraEnabled, 'the camera');
      expect(await codes()).to.deep.equal([]);
    } finally {
      devices.restore();
    }
  });

  it('tells why a device is missing', async () => {
    const devices = new FakeDevices(['videoinput', 'busy']);
    devices.busy.add('busy');
    try {
      const {session} = suite.person('Ana');
      await session.join('room');
      await until(() => session.state.media.cameraProblem !== null, 'a problem');
      const {causes} = await session.getReport();
      expect(causes.map(({code}) => code)).to.have.members(['media-in-use', 'media-not-found']);
    } finally {
      devices.restore();
    }
  });

  it('keeps the last two hundred entries', () => {
    let now = 0;
    const journal = new Journal(() => now);
    for (; now < MAX_JOURNAL_ENTRIES + 5; now++) journal.note({event: 'gone', peer: String(now)});
    expect(journal.entries).to.have.length(MAX_JOURNAL_ENTRIES);
    expect(journal.entries[0]).to.include({atMs: 5, peer: '5'});
  });

  it('is made of plain values', async () => {
    const {ana} = await suite.twoInCall({noMicrophone: true, noCamera: true});
    const report = await ana.session.getReport();
    expect(JSON.parse(JSON.stringify(report)) as CallReport).to.deep.equal(report);
  });

  describe('check', () => {
    it('tries devices and relay, and leaves nothing on', async () => {
      const devices = new FakeDevices(['videoinput', 'cam'], ['audioinput', 'mic']);
      try {
        const {session} = suite.person('Ana');
        const told: (readonly CheckStep[])[] = [];
        const {ok, steps} = await session.check({onProgress: (progress) => told.push(progress)});
        expect(outcomesOf(steps)).to.deep.equal({
          microphone: 'ok',
          camera: 'ok',
          relay: 'ok',
          stun: 'not-configured',
          'turn-udp': 'not-configured',
          'turn-tcp': 'not-configured',
          'turn-tls': 'not-configured',
        });
        expect(ok).to.equal(true);
        expect(told[0]?.every(({outcome}) => outcome === 'running')).to.equal(true);
        expect(told.at(-1)).to.deep.equal(steps);
        expect(devices.captures.map(({track}) => track.readyState)).to.deep.equal([
          'ended',
          'ended',
        ]);
        expect(session.status).to.equal('idle');
        expect(suite.relay.connected).to.equal(0);
        expect(suite.relay.requests.map(({name}) => name)).to.deep.equal(['ice-configuration']);
      } finally {
        devices.restore();
      }
    });

    it('says which device does not work, and asks for none that is not needed', async () => {
      const devices = new FakeDevices(['audioinput', 'mic']);
      devices.busy.add('mic');
      try {
        const {session} = suite.person('Ana', {media: 'audio'});
        const {ok, steps} = await session.check();
        expect(outcomesOf(steps)).to.include({microphone: 'media-in-use', camera: 'not-needed'});
        expect(ok).to.equal(false);
        const data = await session.check({media: 'data'});
        expect(outcomesOf(data.steps)).to.include({microphone: 'not-needed'});
        expect(data.ok).to.equal(true);
      } finally {
        devices.restore();
      }
    });

    it('within a call it takes what is in use for granted, and disturbs nothing', async () => {
      const {ana} = await suite.twoInCall({noMicrophone: true});
      const [track] = ana.session.localStream.getVideoTracks();
      const {steps} = await ana.session.check();
      expect(outcomesOf(steps)).to.include({camera: 'ok', relay: 'ok'});
      expect(track?.readyState).to.equal('live');
      expect(ana.session.status).to.equal('in-call');
    });

    it('tells the server that nobody answers from the one that is not there', async () => {
      const iceServers = [{urls: `turn:${NOBODY}?transport=tcp`, username: 'a', credential: 'b'}];
      const {session} = suite.person('Ana', {media: 'data', iceServers});
      const {steps} = await session.check();
      expect(outcomesOf(steps)).to.include({
        'turn-tcp': 'turn-unreachable',
        'turn-udp': 'not-configured',
      });
    });

    it('is over when it is given up', async () => {
      const {session} = suite.person('Ana', {media: 'data'});
      const giveUp = new AbortController();
      const checking = session.check({signal: giveUp.signal});
      giveUp.abort();
      const thrown: unknown = await checking.catch((error: unknown) => error);
      expect(thrown).to.be.instanceOf(CallError);
      expect((thrown as CallError).code).to.equal('aborted');
    });

    it('a relay that cannot be reached leaves its servers unchecked', async () => {
      const {session} = suite.person('Ana', {media: 'data'});
      suite.relay.isAway = true;
      const {ok, steps} = await session.check();
      expect(steps.find(({name}) => name === 'relay')?.outcome).to.equal('failed');
      expect(outcomesOf(steps)).to.include({stun: 'skipped', 'turn-udp': 'skipped'});
      expect(ok).to.equal(false);
    });

    it('tells servers apart by their addresses', () => {
      expect(kindOf('stun:a')).to.equal('stun');
      expect(kindOf('STUNS:a:5349')).to.equal('stun');
      expect(kindOf('turn:a')).to.equal('turn-udp');
      expect(kindOf('turn:a:3478?transport=udp')).to.equal('turn-udp');
      expect(kindOf('turn:[::1]:3478?transport=TCP')).to.equal('turn-tcp');
      expect(kindOf('turns:a?transport=tcp')).to.equal('turn-tls');
      for (const url of ['', 'http://a', 'turn', 'turn:a?x=y']) expect(kindOf(url)).to.equal(null);
      const both = {
        urls: ['turn:a', 'turn:a?transport=tcp', 'stun:a'],
        username: 'u',
        credential: 'c',
      };
      expect(serversOf('turn-tcp', [both, {urls: 'turn:b'}])).to.deep.equal([
        {...both, urls: ['turn:a?transport=tcp']},
      ]);
    });

    it('an address that no browser takes is a wrong setting', async () => {
      const {signal} = new AbortController();
      const {cause} = await askServers('turn-udp', [{urls: 'turn:a'}], signal);
      expect(cause).to.equal('bad-request');
    });
  });
});
