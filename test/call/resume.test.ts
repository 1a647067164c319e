/** A page that is reloaded in a call, or left for another one of the site: the next page goes on with it. */
import {expect} from 'chai';
import {framesGrow, record, statusOf, until} from '../support/calls.js';
import {inPageSuite, type Person} from '../support/in-page-suite.js';

/** What the tab remembers, as JSON of an identity each. */
const notes = (): string[] =>
  Object.entries<string>(sessionStorage).flatMap(([key, value]) =>
    key.startsWith('video-chat-room:') && value.includes('"call":{') ? value : [],
  );

describe('a call on the next page', () => {
  const suite = inPageSuite();
  const {person, twoInCall, reload} = suite;
  const {mediaDevices} = navigator;
  const original = mediaDevices.getUserMedia.bind(mediaDevices);
  let asked: MediaStreamConstraints[];

  beforeEach(() => {
    sessionStorage.clear();
    asked = [];
    mediaDevices.getUserMedia = (constraints = {}) => {
      asked.push(constraints);
      return original(constraints);
    };
  });
  afterEach(() => {
    mediaDevices.getUserMedia = original;
  });

  const isConnected = ({session}: Person): boolean =>
    session.peers[0]?.connectionState === 'connected';

  /** Ana and Ben see each other, and their pages have had the time to write it down. */
  async function inCall(options = {}): Promise<{ana: Person; ben: Person}> {
    const two = await twoInCall(options);
    await until(() => notes().length === 2, 'both pages remember it');
    return two;
  }

  for (const room of [undefined, 'support']) {
    it(`goes on for a page of ${room === undefined ? 'no room' : 'its room'}: same person, same seat, nobody is asked`, async () => {
      const {ana, ben} = await inCall();
      const {self} = ben.session;
      const heard = record(ana.session, [
        'status-changed',
        'peer-joined',
        'peer-left',
        'call-request',
      ]);
      const again = reload(ben, {room}, [suite.connections.all[1]]);
      const statuses = record(again.session, ['status-changed']);
      expect(await again.session.resume()).to.equal(true);
      await until(() => [ana, again].every(isConnected), 'connected');
      await framesGrow(ana.session, again.session.self!.peerId);
      await framesGrow(again.session, ana.session.self!.peerId);
      expect(again.session.self).to.deep.equal(self);
      expect(again.session.state).to.include({room: 'support'});
      expect(heard).to.deep.equal([]);
      expect(statuses.map(([, detail]) => (detail as {status: string}).status)).to.deep.equal([
        'joining',
        'in-call',
      ]);
    });
  }

  it('has on what was on: a camera that was off is not opened, a muted microphone sends silence', async () => {
    const {ana, ben} = await inCall();
    await ben.session.toggleCamera(false);
    await ben.session.toggleMicrophone(false);
    asked = [];
    const again = reload(ben, {}, [suite.connections.all[1]]);
    const heard = record(again.session, ['microphone-changed', 'camera-changed', 'call-error']);
    await again.session.resume();
    await until(() => again.session.localStream.getTracks().length === 1, 'the microphone');
    await until(() => [ana, again].every(isConnected), 'connected');
    const [track] = again.session.localStream.getAudioTracks();
    expect(track?.enabled).to.equal(false);
    expect(asked.map(({audio, video}) => [Boolean(audio), Boolean(video)])).to.deep.equal([
      [true, false],
    ]);
    expect(heard).to.deep.equal([]);
    await again.session.toggleMicrophone();
    expect(track?.enabled).to.equal(true);
  });

  it('turns on again what the page itself begins without', async () => {
    const {ana, ben} = await inCall({noCamera: true, noMicrophone: true});
    await ben.session.toggleCamera(true);
    const again = reload(ben, {noCamera: true, noMicrophone: true}, [suite.connections.all[1]]);
    await again.session.resume();
    await until(() => again.session.cameraEnabled, 'the camera');
    expect(again.session.localStream.getAudioTracks()).to.deep.equal([]);
    await until(() => [ana, again].every(isConnected), 'connected');
  });

  it('carries what it carried, whatever the page says', async () => {
    const {ben} = await inCall({media: 'data'});
    const again = reload(ben, {media: 'video'}, [suite.connections.all[1]]);
    await again.session.resume();
    expect(again.session.carries).to.equal('data');
    expect(asked).to.deep.equal([]);
  });

  it('goes on in its first moment, before anything else of it is there', async () => {
    const ben = person('Ben', {media: 'data'});
    await ben.session.join('support');
    const ana = person('Ana', {media: 'data'});
    // Of a call before, the tab remembers that it is over.
    await ana.session.join('attic');
    await ana.session.leave();
    await ana.session.join('support');
    await until(() => ben.session.incoming.length === 1, 'the knock');
    await ben.session.accept();
    await statusOf(ana.session, 'in-call');
    const heard = record(ben.session, ['peer-left']);
    const again = reload(ana, {});
    expect(await again.session.resume()).to.equal(true);
    await until(() => [again, ben].every(isConnected), 'connected');
    expect(heard).to.deep.equal([]);
  });

  it('leaves off what was off, for somebody who waits alone, too', async () => {
    const ana = person('Ana', {media: 'video', directory: 'office'});
    await until(() => ana.session.self !== null, 'listed');
    await ana.session.join('support');
    await ana.session.toggleCamera(false);
    await ana.session.toggleMicrophone(false);
    const before = asked.length;
    const again = reload(ana, {media: 'video', directory: 'office'});
    await statusOf(again.session, 'waiting');
    await until(
      () => again.session.state.media.microphoneEnabled || asked.length > before,
      'asked',
    );
    expect(asked.slice(before).map(({video}) => video)).to.deep.equal([false]);
    expect(again.session.microphoneEnabled).to.equal(false);
  });

  it('goes on after a second reload before the first was through', async () => {
    const {ana, ben} = await inCall({media: 'data'});
    const first = reload(ben, {}, [suite.connections.all[1]]);
    suite.relay.delayMs = 20;
    void first.session.resume().catch(() => undefined);
    await until(() => first.session.self !== null, 'on the way');
    expect(first.session.status).to.equal('joining');
    const again = reload(first, {});
    await again.session.resume();
    await until(() => [ana, again].every(isConnected), 'connected');
    expect(ana.session.peers).to.have.length(1);
  });

  it('begins anew in an ordinary room that the relay has forgotten', async () => {
    const ana = person('Ana', {media: 'data'});
    await ana.session.join('support');
    await until(() => notes().length === 1, 'the page remembers it');
    const again = reload(ana, {});
    suite.relay.restart({knowsTokens: true});
    expect(await again.session.resume()).to.equal(true);
    await statusOf(again.session, 'waiting');
  });

  it('waits for a relay that is away', async () => {
    const {ana, ben} = await inCall({media: 'data'});
    const again = reload(ben, {}, [suite.connections.all[1]]);
    suite.relay.isAway = true;
    const resumed = again.session.resume();
    await until(() => again.session.signaling === 'reconnecting', 'it is being looked for');
    suite.relay.isAway = false;
    expect(await resumed).to.equal(true);
    await until(() => [ana, again].every(isConnected), 'connected');
  });

  describe('is over', () => {
    const nothing = async (page: Person): Promise<void> => {
      asked = [];
      expect(await page.session.resume()).to.equal(false);
      expect(page.session.status).to.equal('idle');
      expect(asked).to.deep.equal([]);
    };

    it('after leave()', async () => {
      const {ben} = await inCall({media: 'data'});
      await ben.session.leave();
      expect(notes()).to.have.length(1);
      await nothing(reload(ben, {}));
    });

    it('after leave(), also if the relay did not hear of it and the page is listed', async () => {
      const {ana, ben} = await inCall({media: 'data'});
      ben.client().cut();
      await ben.session.leave();
      const again = reload(ben, {directory: 'office'});
      await until(() => again.session.signaling === 'open', 'connected');
      await statusOf(ana.session, 'waiting');
      expect(again.session.status).to.equal('idle');
    });

    it('for a page of another room', async () => {
      const {ben} = await inCall({media: 'data'});
      await nothing(reload(ben, {room: 'attic'}));
    });

    it('for a page that does not want it', async () => {
      const {ben} = await inCall({media: 'data'});
      await nothing(reload(ben, {resume: false}));
    });

    it('for a listed page that does not want it: the others are told', async () => {
      const {ana, ben} = await inCall({media: 'data'});
      const again = reload(ben, {resume: false, directory: 'office'});
      await statusOf(ana.session, 'waiting');
      expect(again.session.status).to.equal('idle');
    });

    it('after half a minute', async () => {
      const {ben} = await inCall({media: 'data'});
      const again = reload(ben, {});
      const {now} = Date;
      Date.now = () => now() + 30_001;
      try {
        await nothing(again);
      } finally {
        Date.now = now;
      }
    });

    it('where it was not to be remembered', async () => {
      const {ana, ben} = await twoInCall({media: 'data', resume: false});
      dispatchEvent(new Event('pagehide'));
      expect(notes()).to.deep.equal([]);
      expect([ana, ben].map(({session}) => session.status)).to.deep.equal(['in-call', 'in-call']);
    });

    it('if leave() comes before it goes on', async () => {
      const {ben} = await inCall({media: 'data'});
      const again = reload(ben, {});
      const resumed = again.session.resume();
      await again.session.leave();
      expect(await resumed).to.equal(false);
      expect(again.session.status).to.equal('idle');
      again.session.dispose();
      await nothing(person('Ben', {relayUrl: again.relayUrl}));
    });

    it('if the other one has gone meanwhile: that of a call to a person', async () => {
      const [ana, ben] = (await suite.listed(['Ana', 'Ben'])) as [Person, Person];
      await ana.session.call(ben.session.self!.personId);
      await until(() => ben.session.incoming.length === 1, 'it rings');
      await ben.session.accept();
      await until(() => [ana, ben].every(isConnected), 'connected');
      await until(() => notes().length === 2, 'both pages remember it');
      ben.client().cut();
      const restart = reload(ben, {media: 'data'}, [suite.connections.all[0]]);
      await ana.session.leave();
      suite.relay.restart({knowsTokens: true});
      expect(await restart.session.resume()).to.equal(false);
      expect(restart.session.state).to.include({status: 'left', reason: 'lost'});
    });
  });
});
