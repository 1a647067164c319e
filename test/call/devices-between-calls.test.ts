/** Camera and microphone while one call gives way to the next: what is on is what the state says, and nothing is on for nobody. */
import {expect} from 'chai';
import {until, untilCaredFor} from '../support/calls.js';
import {FakeDevices} from '../support/fake-devices.js';
import {inPageSuite, type Person} from '../support/in-page-suite.js';

describe('devices between two calls', () => {
  const suite = inPageSuite();
  const idOf = ({session}: Person): string => session.self!.personId;
  const cameras = ({session}: Person): MediaStreamTrack[] => session.localStream.getVideoTracks();

  /** Ana is in a room with Ben, and Cem calls. */
  async function calledFromRoom(noCamera: boolean): Promise<{ana: Person; cem: Person}> {
    const {ana} = await suite.twoInCall({media: 'video', directory: 'office', noCamera});
    const cem = suite.person('Cem', {directory: 'office', media: 'video', noCamera: true});
    await until(() => cem.session.people.length === 2, 'everybody is seen');
    await cem.session.call(idOf(ana));
    await until(() => ana.session.incoming.length === 1, 'it rings');
    return {ana, cem};
  }

  for (const isOn of [true, false]) {
    it(`a camera that is just being turned ${isOn ? 'on' : 'off'} is so in the next call`, async () => {
      const {ana, cem} = await calledFromRoom(isOn);
      const original = RTCRtpSender.prototype.replaceTrack;
      const gate = closedGate();
      RTCRtpSender.prototype.replaceTrack = async function (track) {
        await gate.opened;
        return original.call(this, track);
      };
      try {
        const toggled = ana.session.toggleCamera(isOn);
        await until(() => cameras(ana).length === (isOn ? 1 : 0), 'the device is switched');
        await ana.session.accept();
        expect(ana.session.cameraEnabled).to.equal(isOn);
        gate.open();
        expect(await toggled).to.equal(isOn);
      } finally {
        gate.open();
        RTCRtpSender.prototype.replaceTrack = original;
      }
      await until(
        () =>
          ana.session.peers[0]?.connectionState === 'connected' &&
          cem.session.peers[0]?.cameraEnabled === isOn,
        'Cem is told',
      );
      expect(ana.session.cameraEnabled).to.equal(isOn);
      expect(cameras(ana).map(({readyState}) => readyState)).to.deep.equal(isOn ? ['live'] : []);
    });
  }

  it('nobody waits for a link that has gone while it was given a device', async () => {
    const {ana, ben} = await suite.twoInCall({media: 'video', noCamera: true});
    const original = RTCRtpSender.prototype.replaceTrack;
    let given = false;
    RTCRtpSender.prototype.replaceTrack = () => {
      given = true;
      return new Promise(() => undefined);
    };
    try {
      const toggled = ana.session.toggleCamera(true);
      await until(() => given, 'the link is given it');
      await ben.session.leave();
      expect(await toggled).to.equal(true);
      expect(await ana.session.toggleCamera(false), 'and it can be turned off again').to.equal(
        false,
      );
    } finally {
      RTCRtpSender.prototype.replaceTrack = original;
    }
  });

  it('a camera that is still being asked for is not on in the next call', async () => {
    const {ana, cem} = await calledFromRoom(true);
    const {mediaDevices} = navigator;
    const original = mediaDevices.getUserMedia.bind(mediaDevices);
    const gate = closedGate();
    const given: MediaStreamTrack[] = [];
    mediaDevices.getUserMedia = async (constraints) => {
      const stream = await original(constraints);
      given.push(...stream.getTracks());
      await gate.opened;
      return stream;
    };
    try {
      const toggled = ana.session.toggleCamera(true).then(
        () => 'done',
        ({code}: {code: string}) => code,
      );
      await until(() => given.length === 1, 'the device is asked for');
      await ana.session.accept();
      gate.open();
      expect(await toggled).to.equal('aborted');
    } finally {
      gate.open();
      mediaDevices.getUserMedia = original;
    }
    expect(given.map(({readyState}) => readyState)).to.deep.equal(['ended']);
    expect([ana.session.cameraEnabled, cameras(ana).length]).to.deep.equal([false, 0]);
    await until(() => cem.session.peers[0]?.connectionState === 'connected', 'connected');
    expect(await ana.session.toggleCamera(true)).to.equal(true);
    await until(() => cem.session.peers[0]?.cameraEnabled === true, 'Cem is told');
  });

  it('a camera that is away for a while is wanted in the next call, too', async () => {
    const devices = new FakeDevices(['videoinput', 'lid'], ['audioinput', 'microphone']);
    try {
      const {ana, cem} = await calledFromRoom(false);
      await until(() => devices.looks >= 4, 'somebody looks after devices');
      devices.unplug('lid');
      await until(() => !ana.session.cameraEnabled, 'it is off');
      await ana.session.accept();
      await until(() => cem.session.peers[0]?.connectionState === 'connected', 'connected');
      await untilCaredFor();
      devices.plug('videoinput', 'lid');
      await until(() => ana.session.cameraEnabled, 'it is back');
    } finally {
      devices.restore();
    }
  });

  it('nothing is asked for when the call had ended before a reload', async () => {
    const [ana, ben] = (await suite.listed(['Ana', 'Ben'], {media: 'video'})) as [Person, Person];
    await ana.session.call(idOf(ben));
    await until(() => ben.session.incoming.length === 1, 'it rings');
    await ben.session.accept();
    await until(() => ana.session.peers[0]?.connectionState === 'connected', 'connected');
    await ben.session.send('over the link');
    ana.client().cut();
    await ben.session.leave();
    await until(() => ana.session.status === 'left', 'Ana has heard it from Ben');
    const {mediaDevices} = navigator;
    const original = mediaDevices.getUserMedia.bind(mediaDevices);
    let asked = 0;
    mediaDevices.getUserMedia = (constraints) => {
      asked++;
      return original(constraints);
    };
    try {
      const again = suite.reload(ana, {directory: 'office', media: 'video'});
      await until(() => again.session.people.length === 1, 'listed');
      expect(again.session.status).to.equal('idle');
      expect(asked).to.equal(0);
    } finally {
      mediaDevices.getUserMedia = original;
    }
  });
});

function closedGate(): {opened: Promise<void>; open: () => void} {
  let open = (): void => undefined;
  const opened = new Promise<void>((resolve) => (open = resolve));
  return {opened, open: () => open()};
}
