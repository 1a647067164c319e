/** The first moments of a link belong to its picture: what looks after links waits for them, unless something is wrong. */
import {expect} from 'chai';
import {firstMoments} from '../../widget/call/care/first-moments.js';
import {framesGrow, record, until} from '../support/calls.js';
import {doubles} from '../support/doubles.js';
import {FakeDevices} from '../support/fake-devices.js';
import {heldTimers} from '../support/held-timers.js';
import {inPageSuite} from '../support/in-page-suite.js';

const CALM_MS = 43_210;

describe('the first moments of a link', () => {
  const suite = inPageSuite();
  const timers = heldTimers();
  const {put, restore} = doubles();
  /** How often receivers were asked what has come over them. */
  let asked: number;
  /** What the two say about their links, in the order in which the links were made. */
  let channels: RTCDataChannel[];
  let devices: FakeDevices | undefined;

  beforeEach(() => {
    asked = 0;
    channels = [];
    const {createDataChannel} = RTCPeerConnection.prototype as {
      createDataChannel: (label: string, init?: RTCDataChannelInit) => RTCDataChannel;
    };
    put(RTCPeerConnection.prototype, 'createDataChannel', {
      value: function (this: RTCPeerConnection, label: string, init?: RTCDataChannelInit) {
        const channel = createDataChannel.call(this, label, init);
        if (init?.id === 0) channels.push(channel);
        return channel;
      },
    });
    firstMoments.lastMs = CALM_MS;
    timers.hold(CALM_MS);
    const {getSynchronizationSources} = RTCRtpReceiver.prototype as {
      getSynchronizationSources: () => RTCRtpSynchronizationSource[];
    };
    put(RTCRtpReceiver.prototype, 'getSynchronizationSources', {
      value: function (this: RTCRtpReceiver) {
        asked++;
        return getSynchronizationSources.call(this);
      },
    });
  });

  afterEach(() => {
    firstMoments.lastMs = 0;
    restore();
    devices?.restore();
    devices = undefined;
    localStorage.clear();
  });

  const there = (...all: ConstructorParameters<typeof FakeDevices>): FakeDevices =>
    (devices = new FakeDevices(...all));

  const isLifted = (connection: RTCPeerConnection): boolean =>
    connection
      .getSenders()
      .filter(({track}) => track?.kind === 'video')
      .every((sender) => sender.getParameters().encodings[0]?.scaleResolutionDownBy === 1);

  it('have its picture made large, and nobody asks what has come until they are over', async () => {
    const {ana, ben} = await suite.twoInCall();
    expect(suite.connections.all.some(isLifted), 'at first').to.equal(false);
    await until(() => suite.connections.all.every(isLifted), 'the whole picture');
    await framesGrow(ana.session, ben.session.self!.peerId);
    expect(asked).to.equal(0);
    timers.fire();
    await until(() => asked > 0, 'somebody listens');
  });

  it('leave a picture small that goes to somebody who saves data', async () => {
    const {ben} = await suite.twoInCall();
    ben.session.configure({lowData: true});
    await new Promise((resolve) => setTimeout(resolve, 1_200));
    // Ana's end: Ben has made the first. His own camera gives no more than that.
    expect(isLifted(suite.connections.all[1]!)).to.equal(false);
  });

  it('are over at once when the other side has closed it, whatever the connection says', async () => {
    await suite.twoInCall();
    channels[0]!.close();
    await until(() => asked > 0, 'somebody listens');
    expect(suite.connections.all.map(({connectionState}) => connectionState)).to.deep.equal([
      'connected',
      'connected',
    ]);
    await until(() => suite.connections.all.length > 2, 'a fresh link');
  });

  it('see to a device at once that is pulled out in them, and before that to none', async () => {
    const fake = there(['audioinput', 'built-in'], ['audioinput', 'headset']);
    localStorage.setItem('video-chat-room:microphone', '{"deviceId": "headset", "label": "x"}');
    const {ana} = await suite.twoInCall({media: 'audio'});
    expect(fake.live, 'at first').to.deep.equal(['headset']);
    expect(fake.looks, 'at first').to.equal(0);
    const heard = record(ana.session, ['device-changed']);
    fake.unplug('headset');
    await fake.isLive('built-in');
    await until(() => heard.length === 1, 'Ana is told');
    expect(heard[0]![1]).to.include({reason: 'lost', former: 'The headset'});
    expect(ana.session.microphoneEnabled).to.equal(true);
  });

  it('find a device again that has only ended, though its track tells no more which it was', async () => {
    const fake = there(['audioinput', 'headset'], ['audioinput', 'built-in']);
    fake.forgetsEnded = true;
    const people = await suite.twoInCall({media: 'audio'});
    const heard = Object.values(people).map(({session}) => record(session, ['device-changed']));
    // Whoever is asked for any gives the other one now.
    fake.devices.reverse();
    const before = fake.captures.length;
    const {track, fire} = fake.last('headset');
    track.stop();
    fire('ended');
    await until(() => fake.captures.length > before, 'it is asked for again');
    expect(fake.captures.at(-1)!.device.deviceId).to.equal('headset');
    await new Promise((resolve) => setTimeout(resolve, 100));
    expect(heard).to.deep.equal([[], []]);
  });

  it('see at once to a device that could not be had in the beginning', async () => {
    const fake = there(['audioinput', 'built-in']);
    fake.busy.add('built-in');
    const {ana} = await suite.twoInCall({media: 'audio'});
    await until(() => fake.looks > 0, 'the devices are looked after');
    expect(ana.session.state.media.microphoneProblem?.code).to.equal('media-in-use');
  });

  it('look after the devices of whoever waits alone', async () => {
    const fake = there(['audioinput', 'built-in']);
    const ana = suite.person('Ana', {media: 'audio'});
    await ana.session.join('devices');
    await until(() => fake.looks > 0, 'the devices are looked after');
  });

  it('that are the last ones leave nothing over', async () => {
    const ticking = new Set<unknown>();
    const {setInterval, clearInterval} = globalThis;
    put(globalThis, 'setInterval', {
      value: (task: () => void, ms: number) => {
        const id = setInterval(task, ms);
        ticking.add(id);
        return id;
      },
    });
    put(globalThis, 'clearInterval', {
      value: (id: number) => {
        ticking.delete(id);
        clearInterval(id);
      },
    });
    const {ana, ben} = await suite.twoInCall();
    expect(ticking.size, 'the networks, at least').to.be.above(1);
    const gone = ana.session.leave();
    // While the good-bye is on its way: trouble with the link, and a word about it.
    const end = suite.connections.all[1]!;
    Object.defineProperty(end, 'connectionState', {get: () => 'failed', configurable: true});
    end.dispatchEvent(new Event('connectionstatechange'));
    Reflect.deleteProperty(end, 'connectionState');
    const data = JSON.stringify({type: 'picture-loss'});
    channels[1]!.dispatchEvent(new MessageEvent('message', {data}));
    await gone;
    await until(() => ben.session.peers.length === 0, 'Ben is alone');
    await ben.session.leave();
    await until(() => suite.connections.open() === 0, 'all is closed');
    await new Promise((resolve) => setTimeout(resolve, 1_500));
    expect(ticking.size).to.equal(0);
  });

  it('are over at once when nothing comes over it', async () => {
    // Whatever is sent: nothing of it is heard.
    put(MediaStreamTrack.prototype, 'muted', {get: () => true});
    await suite.twoInCall();
    await until(() => asked > 0, 'somebody listens');
  });

  it('do not keep whoever waits for the other from being told of a lost relay', async () => {
    const {ana, ben} = await suite.twoInCall();
    suite.relay.restart({knowsTokens: false});
    await until(
      () =>
        [ana, ben].every(
          ({session}) => session.signaling === 'open' && session.peers[0]?.present === true,
        ),
      'both are back as who they were',
    );
    expect(suite.connections.open()).to.equal(2);
  });
});
