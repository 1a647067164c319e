/** Devices that come and go in a call: what stands in for them, what returns, and what stays off. */
import {expect} from 'chai';
import type {CallOptions} from '../../widget/call/call-options.js';
import {record, until} from '../support/calls.js';
import {FakeDevices} from '../support/fake-devices.js';
import {heldTimers} from '../support/held-timers.js';
import {inPageSuite, type Person} from '../support/in-page-suite.js';

describe('devices that come and go', () => {
  const suite = inPageSuite();
  const timers = heldTimers();
  let devices: FakeDevices;

  afterEach(() => {
    devices.restore();
    localStorage.clear();
  });

  function there(...all: ConstructorParameters<typeof FakeDevices>): void {
    localStorage.clear();
    devices = new FakeDevices(...all);
  }

  /** Ana with devices, Ben without; and somebody looks after Ana's. */
  async function inCall(options: Partial<CallOptions> = {}): Promise<{ana: Person; ben: Person}> {
    const ana = suite.person('Ana', {media: 'video', ...options});
    const ben = suite.person('Ben', {media: 'video', noCamera: true, noMicrophone: true});
    await ana.session.join('devices');
    await ben.session.join('devices');
    await until(() => ana.session.incoming.length === 1, 'the knock');
    await ana.session.accept();
    await until(() => ben.session.peers[0]?.connectionState === 'connected', 'connected');
    // Once for each kind, on both sides.
    await until(() => devices.looks >= 4, 'the devices are looked after');
    return {ana, ben};
  }

  const events = ({session}: Person) => record(session, ['device-changed', 'call-error']);

  it('another microphone stands in for one that is pulled out, until it is back', async () => {
    there(['audioinput', 'built-in'], ['audioinput', 'headset'], ['videoinput', 'lid']);
    localStorage.setItem('video-chat-room:microphone', '{"deviceId": "headset", "label": "x"}');
    const {ana, ben} = await inCall({noCamera: true});
    const heard = events(ana);
    const offs = record(ben.session, ['peers-changed']);
    devices.unplug('headset');
    await devices.isLive('built-in');
    devices.plug('audioinput', 'headset');
    await devices.isLive('headset');
    const device = {kind: 'audioinput', deviceId: 'built-in', label: 'The built-in'};
    await until(() => heard.length === 2, 'both are told');
    expect(heard.map(([, detail]) => detail)).to.deep.equal([
      {...device, reason: 'lost', former: 'The headset'},
      {
        ...device,
        deviceId: 'headset',
        label: 'The headset',
        reason: 'returned',
        former: 'The built-in',
      },
    ]);
    expect(ana.session.microphoneEnabled).to.equal(true);
    expect(offs, 'Ben hears of nothing').to.deep.equal([]);
  });

  it('one that nobody has chosen is taken again as well, and a muted one stays muted', async () => {
    there(['audioinput', 'headset'], ['audioinput', 'built-in']);
    const {ana} = await inCall({noCamera: true});
    await ana.session.toggleMicrophone(false);
    const changes = record(ana.session, ['microphone-changed']);
    devices.unplug('headset');
    await devices.isLive('built-in');
    devices.plug('audioinput', 'headset');
    await devices.isLive('headset');
    expect(ana.session.localStream.getAudioTracks().map(({enabled}) => enabled)).to.deep.equal([
      false,
    ]);
    expect(changes).to.deep.equal([]);
  });

  it('one that somebody has chosen meanwhile stays', async () => {
    there(['audioinput', 'headset'], ['audioinput', 'built-in'], ['audioinput', 'boom']);
    const {ana} = await inCall({noCamera: true});
    devices.unplug('headset');
    await devices.isLive('built-in');
    await ana.session.selectDevice('audioinput', 'boom');
    const {looks} = devices;
    devices.plug('audioinput', 'headset');
    await until(() => devices.looks > looks + 1, 'it is looked at');
    await ana.session.toggleMicrophone(false);
    expect(devices.live).to.deep.equal(['boom']);
  });

  it('a chosen one that was not there is taken when it comes, whatever its id is by then', async () => {
    there(['audioinput', 'built-in']);
    localStorage.setItem(
      'video-chat-room:microphone',
      '{"deviceId": "headset", "label": "My headset"}',
    );
    await inCall({noCamera: true});
    expect(devices.live).to.deep.equal(['built-in']);
    devices.plug('audioinput', 'headset-2', 'My headset');
    await devices.isLive('headset-2');
    expect(localStorage.getItem('video-chat-room:microphone')).to.include('headset-2');
  });

  it('one that is there all along is not taken because another tab has chosen it', async () => {
    there(['audioinput', 'built-in'], ['audioinput', 'headset']);
    const {ana} = await inCall({noCamera: true});
    localStorage.setItem('video-chat-room:microphone', '{"deviceId": "headset", "label": ""}');
    const {looks} = devices;
    devices.plug('videoinput', 'stick');
    await until(() => devices.looks > looks + 1, 'it is looked at');
    await ana.session.toggleMicrophone(false);
    expect(devices.live).to.deep.equal(['built-in']);
  });

  it('a call without any device takes them when they are plugged in, as was asked for', async () => {
    there();
    const {ana, ben} = await inCall();
    expect(ana.session.state.media.cameraProblem?.code).to.equal('media-not-found');
    await ana.session.toggleCamera(false);
    devices.plug('videoinput', 'stick');
    devices.plug('audioinput', 'headset');
    await devices.isLive('headset');
    await until(() => ben.session.peers[0]?.microphoneEnabled, 'Ben hears Ana');
    expect(ana.session.state.media.microphoneProblem).to.equal(null);
    expect(ana.session.cameraEnabled, 'it was turned off').to.equal(false);
  });

  it('the last one that is pulled out is told of, and taken when it is back', async () => {
    there(['videoinput', 'stick'], ['audioinput', 'headset']);
    const {ana, ben} = await inCall();
    const heard = events(ana);
    devices.unplug('stick');
    await until(() => ben.session.peers[0]?.cameraEnabled === false, 'Ben sees none');
    await until(() => heard.length === 1, 'it is told');
    expect(heard[0]).to.deep.equal(['call-error', {error: ana.session.state.media.cameraProblem}]);
    expect(ana.session.state.media.cameraProblem?.code).to.equal('media-not-found');
    devices.plug('videoinput', 'stick');
    await until(() => ben.session.peers[0]?.cameraEnabled, 'Ben sees Ana again');
    await devices.isLive('headset', 'stick');
  });

  it('a camera that another program has taken is off, and tried again; not another camera', async () => {
    there(['videoinput', 'stick'], ['videoinput', 'lid'], ['audioinput', 'headset']);
    const {ana, ben} = await inCall({noMicrophone: true});
    const heard = events(ana);
    devices.busy.add('stick');
    const {track, fire} = devices.last('stick');
    track.stop();
    fire('ended');
    await until(() => ben.session.peers[0]?.cameraEnabled === false, 'Ben sees none');
    await until(() => heard.length === 1, 'it is told');
    expect(ana.session.state.media.cameraProblem?.code).to.equal('media-in-use');
    expect(devices.live).to.deep.equal([]);
    devices.busy.clear();
    document.dispatchEvent(new Event('visibilitychange'));
    await devices.isLive('stick');
    await until(() => ben.session.peers[0]?.cameraEnabled, 'Ben sees Ana again');
  });

  it('a microphone that another program has taken gives way to another one', async () => {
    there(['audioinput', 'headset'], ['audioinput', 'built-in']);
    const {ana} = await inCall({noCamera: true});
    const heard = events(ana);
    devices.busy.add('headset');
    devices.devices.reverse();
    const {track, fire} = devices.last('headset');
    track.stop();
    fire('ended');
    await devices.isLive('built-in');
    await until(() => heard.length === 1, 'it is told');
    expect(heard[0]?.[0]).to.equal('device-changed');
  });

  it('nobody is asked for a permission that was taken back', async () => {
    there(['videoinput', 'stick']);
    const {ana} = await inCall({noMicrophone: true});
    const asked = devices.asked.length;
    // What a browser tells then.
    devices.devices.splice(0, 1, {kind: 'videoinput', deviceId: '', label: ''});
    const {track, fire} = devices.last('stick');
    track.stop();
    fire('ended');
    await until(() => ana.session.state.media.cameraProblem, 'it is off');
    expect(ana.session.state.media.cameraProblem?.code).to.equal('media-permission-denied');
    const {looks} = devices;
    devices.plug('videoinput', 'lid');
    await until(() => devices.looks > looks + 1, 'it is looked at');
    await ana.session.toggleMicrophone(false);
    expect(devices.asked.length).to.equal(asked);
  });

  it('a device that gives nothing for some seconds is off, and on again when it does', async () => {
    there(['videoinput', 'stick'], ['audioinput', 'headset']);
    const {ana, ben} = await inCall({noMicrophone: true});
    const heard = events(ana);
    timers.hold(3_000);
    devices.last('stick').setMuted(true);
    timers.fire();
    await until(() => ben.session.peers[0]?.cameraEnabled === false, 'Ben sees none');
    await until(() => heard.length === 1, 'it is told');
    expect(ana.session.state.media.cameraProblem?.code).to.equal('media-in-use');
    devices.last('stick').setMuted(false);
    await until(() => ben.session.peers[0]?.cameraEnabled, 'Ben sees Ana again');
    await devices.isLive('stick');
  });

  it('what waits for a device to come back ends with the call, and for a camera that is turned off', async () => {
    there(['videoinput', 'stick'], ['audioinput', 'headset']);
    const {ana} = await inCall();
    timers.hold(3_000);
    devices.last('stick').setMuted(true);
    devices.last('headset').setMuted(true);
    timers.fire();
    const {session} = ana;
    await until(() => session.state.media.cameraProblem, 'the camera is off');
    await until(() => session.state.media.microphoneProblem, 'the microphone is off');
    await session.toggleCamera(false);
    devices.last('stick').setMuted(false);
    await devices.isLive('headset');
    await session.leave();
    expect(devices.live).to.deep.equal([]);
  });

  it('where the default device is listed a second time, it is known by its real name', async () => {
    // As Chromium does it; the list follows the system's default.
    there(
      ['audioinput', 'default', 'Default - Headset'],
      ['audioinput', 'headset', 'Headset'],
      ['audioinput', 'built-in', 'Built-in'],
    );
    const {ana} = await inCall({noCamera: true});
    const heard = events(ana);
    const {track, fire} = devices.last('default');
    const builtIn = {kind: 'audioinput', deviceId: 'built-in', label: 'Built-in'} as const;
    const standIn = {...builtIn, deviceId: 'default', label: 'Default - Built-in'};
    devices.devices.splice(0, 3, standIn, builtIn);
    track.stop();
    fire('ended');
    await until(() => heard.length === 1, 'the loss is told');
    expect(heard[0]?.[1]).to.deep.equal({
      ...standIn,
      reason: 'lost',
      former: 'Default - Headset',
    });
    devices.plug('audioinput', 'headset', 'Headset');
    await devices.isLive('headset');
    await until(() => heard.length === 2, 'the return is told');
    const {looks} = devices;
    devices.plug('videoinput', 'stick');
    await until(() => devices.looks > looks + 1, 'it is looked at');
    await ana.session.toggleMicrophone(false);
    expect(heard, 'and then it is at rest').to.have.length(2);
  });

  it('nobody waits for devices when the call is over', async () => {
    there(['audioinput', 'headset']);
    const {ana, ben} = await inCall({noCamera: true});
    expect(devices.listening).to.equal(2);
    await ana.session.leave();
    expect(devices.listening).to.equal(1);
    await ben.session.leave();
    expect(devices.listening).to.equal(0);
    const {looks} = devices;
    devices.plug('audioinput', 'boom');
    document.dispatchEvent(new Event('visibilitychange'));
    expect(devices.looks).to.equal(looks);
  });

  it('nothing is on when somebody leaves while another device is being taken', async () => {
    there(['audioinput', 'headset'], ['audioinput', 'built-in']);
    const {ana} = await inCall({noCamera: true});
    let open = (): void => undefined;
    const opened = new Promise<void>((resolve) => (open = resolve));
    const asked = devices.asked.length;
    devices.onAsked = () => opened;
    devices.unplug('headset');
    await until(() => devices.asked.length > asked, 'another one is asked for');
    await ana.session.leave();
    open();
    await until(() => devices.captures.length === 2, 'it comes');
    await devices.isLive();
  });
});
