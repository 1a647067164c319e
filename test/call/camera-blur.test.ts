/** A background that was blurred stays so: with every camera that comes, from its first picture on. */
import {expect} from 'chai';
import {chosenDevice} from '../../widget/call/chosen-devices.js';
import {rememberBlur, selectDevice} from '../../widget/call/device-choice.js';
import {next, record, until} from '../support/calls.js';
import {FakeDevices} from '../support/fake-devices.js';
import {inPageSuite, type Person} from '../support/in-page-suite.js';

describe('a blurred background', () => {
  const suite = inPageSuite();
  const {replaceTrack} = RTCRtpSender.prototype;
  const {addTrack} = MediaStream.prototype;
  let devices: FakeDevices;
  /** Every camera that was sent or shown, and whether it was blurred in that moment. */
  let seen: string[];

  function note(track: MediaStreamTrack | null): void {
    if (track?.kind !== 'video') return;
    const {deviceId, backgroundBlur} = track.getSettings();
    if (deviceId) seen.push(`${deviceId} ${backgroundBlur ? 'blurred' : 'bare'}`);
  }

  beforeEach(() => {
    localStorage.clear();
    seen = [];
    devices = new FakeDevices(['audioinput', 'built-in'], ['videoinput', 'lid']);
    RTCRtpSender.prototype.replaceTrack = function (track) {
      note(track);
      return replaceTrack.call(this, track);
    };
  });

  afterEach(() => {
    RTCRtpSender.prototype.replaceTrack = replaceTrack;
    MediaStream.prototype.addTrack = addTrack;
    devices.restore();
    localStorage.clear();
  });

  /** Ana with devices, Ben without; and somebody looks after Ana's. */
  async function inCall(): Promise<Person> {
    const ana = suite.person('Ana', {media: 'video'});
    const ben = suite.person('Ben', {media: 'video', noCamera: true, noMicrophone: true});
    const {localStream} = ana.session;
    localStream.addTrack = (track) => {
      note(track);
      addTrack.call(localStream, track);
    };
    await ana.session.join('blur');
    await ben.session.join('blur');
    await until(() => ana.session.incoming.length === 1, 'the knock');
    await ana.session.accept();
    await until(() => ben.session.peers[0]?.connectionState === 'connected', 'connected');
    await until(() => devices.looks >= 4, 'the devices are looked after');
    return ana;
  }

  it('is asked for in the request, and told to cameras that do not listen to that', async () => {
    devices.plug('videoinput', 'stick');
    devices.blurring.set('lid', 'asked').set('stick', 'told');
    rememberBlur(true);
    const ana = await inCall();
    await ana.session.selectDevice('videoinput', 'stick');
    await ana.session.selectDevice('videoinput', 'lid');
    await ana.session.toggleCamera(false);
    await ana.session.toggleCamera(true);
    expect(seen.filter((each) => each.endsWith('bare'))).to.deep.equal([]);
    expect(seen).to.include.members(['lid blurred', 'stick blurred']);
    for (const {video} of devices.asked) expect(video).to.include({backgroundBlur: true});
  });

  it('is kept with the choice of a camera, whichever comes first', async () => {
    rememberBlur(true);
    expect(chosenDevice('camera')).to.deep.equal({deviceId: '', label: '', backgroundBlur: true});
    await selectDevice('videoinput', 'lid');
    const chosen = {deviceId: 'lid', label: 'The lid'};
    expect(chosenDevice('camera')).to.deep.equal({...chosen, backgroundBlur: true});
    rememberBlur(false);
    expect(chosenDevice('camera')).to.deep.equal({...chosen, backgroundBlur: false});
    await selectDevice('videoinput', '');
    expect(chosenDevice('camera')).to.deep.equal({deviceId: '', label: '', backgroundBlur: false});
    expect(chosenDevice('microphone')).to.equal(undefined);
  });

  it('that a camera cannot have does not keep a person from turning it on', async () => {
    rememberBlur(true);
    const ana = await inCall();
    expect(ana.session.cameraEnabled).to.equal(true);
    expect(new Set(seen)).to.deep.equal(new Set(['lid bare']));
  });

  it('comes back with the camera that was lost, and no other takes its place that cannot', async () => {
    devices.blurring.set('lid', 'told');
    devices.plug('videoinput', 'stick');
    rememberBlur(true);
    const ana = await inCall();
    const errors = record(ana.session, ['call-error']);
    devices.unplug('lid');
    await until(() => !ana.session.cameraEnabled, 'the camera is off');
    await until(() => errors.length === 1, 'told');
    expect(ana.session.state.media.cameraProblem?.code).to.equal('media-constraints');
    await devices.isLive('built-in');
    devices.plug('videoinput', 'lid');
    await until(() => ana.session.cameraEnabled, 'it is back');
    await devices.isLive('built-in', 'lid');
    expect(new Set(seen)).to.deep.equal(new Set(['lid blurred']));
    // Whoever presses the button has it on, whatever it can.
    devices.unplug('lid');
    await until(() => !ana.session.cameraEnabled, 'off again');
    await ana.session.toggleCamera(true);
    expect(seen.at(-1)).to.equal('stick bare');
  });

  it('comes back with a camera that another program had for a while', async () => {
    devices.blurring.set('lid', 'told');
    rememberBlur(true);
    const ana = await inCall();
    devices.last('lid').setMuted(true);
    await until(() => !ana.session.cameraEnabled, 'it gives nothing');
    const spare = devices.last('lid');
    await spare.track.applyConstraints({backgroundBlur: {exact: false}});
    spare.setMuted(false);
    await until(() => ana.session.cameraEnabled, 'it is back');
    expect(new Set(seen)).to.deep.equal(new Set(['lid blurred']));
  });

  /** Ana's camera ends by itself, and is there all the same. */
  function end(deviceId: string): void {
    const {track, fire} = devices.last(deviceId);
    track.stop();
    fire('ended');
  }

  /** Until both have looked what there is: each at cameras and at microphones. */
  async function change(plug: () => void): Promise<void> {
    const {looks} = devices;
    plug();
    await until(() => devices.looks >= looks + 4, 'it is looked at');
  }

  const captured = (deviceId: string): number =>
    devices.captures.filter(({device}) => device.deviceId === deviceId).length;

  it('that was done without is done without when that camera falters', async () => {
    rememberBlur(true);
    const ana = await inCall();
    const errors = record(ana.session, ['call-error']);
    end('lid');
    await until(() => captured('lid') === 2 && ana.session.cameraEnabled, 'it is taken again');
    await change(() => devices.plug('audioinput', 'headset'));
    await change(() => devices.plug('audioinput', 'boom'));
    // In its turn: what has been begun by then is done.
    await ana.session.toggleCamera(true);
    await devices.isLive('built-in', 'lid');
    expect(captured('lid')).to.equal(2);
    expect(errors).to.deep.equal([]);
    // No other one has been accepted.
    devices.plug('videoinput', 'stick');
    devices.unplug('lid');
    await until(() => errors.length === 1, 'told');
    expect(ana.session.cameraEnabled).to.equal(false);
    devices.plug('videoinput', 'lid');
    await until(() => ana.session.cameraEnabled, 'the one that was');
    expect(seen.includes('stick bare')).to.equal(false);
  });

  it('refuses a camera once, and has its light on no more', async () => {
    devices.blurring.set('lid', 'told');
    devices.plug('videoinput', 'stick');
    rememberBlur(true);
    const ana = await inCall();
    for (let times = 1; times <= 2; times++) {
      const errors = record(ana.session, ['call-error']);
      devices.unplug('lid');
      await until(() => errors.length === 1, `off, ${String(times)}`);
      await change(() => devices.plug('audioinput', `headset ${String(times)}`));
      devices.plug('videoinput', 'lid');
      await until(() => ana.session.cameraEnabled, `on, ${String(times)}`);
    }
    expect(captured('stick')).to.equal(1);
    expect(new Set(seen)).to.deep.equal(new Set(['lid blurred']));
  });

  it('is had without by whoever has chosen a camera that cannot, when that is back', async () => {
    devices.blurring.set('lid', 'told');
    devices.plug('videoinput', 'stick');
    rememberBlur(true);
    const ana = await inCall();
    await ana.session.selectDevice('videoinput', 'stick');
    const lost = next(ana.session, 'device-changed');
    devices.unplug('stick');
    expect((await lost).reason, 'another one stands in').to.equal('lost');
    await devices.isLive('built-in', 'lid');
    const returned = next(ana.session, 'device-changed');
    devices.plug('videoinput', 'stick');
    expect((await returned).reason).to.equal('returned');
    await devices.isLive('built-in', 'stick');
    expect(captured('stick')).to.equal(2);
    expect(ana.session.state.media.cameraProblem).to.equal(null);
  });

  it('does not come back bare with a camera that another program had', async () => {
    devices.blurring.set('lid', 'told');
    rememberBlur(true);
    const ana = await inCall();
    devices.last('lid').setMuted(true);
    await until(() => !ana.session.cameraEnabled, 'it gives nothing');
    const errors = record(ana.session, ['call-error']);
    const spare = devices.last('lid');
    devices.onTold = () => Promise.reject(new DOMException('no', 'OverconstrainedError'));
    spare.bare();
    spare.setMuted(false);
    await until(() => errors.length === 1, 'told');
    expect(ana.session.cameraEnabled).to.equal(false);
    expect(ana.session.state.media.cameraProblem?.code).to.equal('media-constraints');
    await devices.isLive('built-in');
    expect(new Set(seen)).to.deep.equal(new Set(['lid blurred']));
    await change(() => devices.plug('audioinput', 'headset'));
    await ana.session.toggleCamera(true);
    expect(captured('lid'), 'itself, the spare, and what was pressed for').to.equal(3);
    expect(seen.at(-1)).to.equal('lid bare');
  });

  it('that a camera takes its time for does not keep it on past the end of the call', async () => {
    devices.blurring.set('lid', 'told');
    rememberBlur(true);
    const ana = suite.person('Ana', {media: 'video'});
    const told = new Promise<void>((resolve) => {
      devices.onTold = () => {
        resolve();
        return new Promise(() => undefined);
      };
    });
    const joining = ana.session.join('slow').catch(() => undefined);
    await told;
    expect(devices.live.sort()).to.deep.equal(['built-in', 'lid']);
    await ana.session.leave();
    await devices.isLive();
    await joining;
  });

  it('is a wish that real cameras may do without', async () => {
    devices.restore();
    rememberBlur(true);
    const ana = suite.person('Ana', {media: 'video'});
    await ana.session.join('real');
    expect(ana.session.cameraEnabled).to.equal(true);
  });
});
