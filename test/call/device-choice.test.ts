/** Choosing a device: at once and without a gap, for the next call, and what becomes of it when it cannot be had. */
import {expect} from 'chai';
import {CallError} from '../../widget/call/call-error.js';
import {chosenDevice, chosenHere} from '../../widget/call/chosen-devices.js';
import {record, until} from '../support/calls.js';
import {FakeDevices} from '../support/fake-devices.js';
import {inPageSuite, type Person} from '../support/in-page-suite.js';

const codeOf = (work: Promise<unknown>): Promise<string> =>
  work.then(
    () => 'done',
    (thrown: unknown) => (thrown instanceof CallError ? thrown.code : String(thrown)),
  );

describe('choosing a device', () => {
  const suite = inPageSuite();
  let devices: FakeDevices;

  beforeEach(() => {
    localStorage.clear();
    chosenHere.clear();
    devices = new FakeDevices(
      ['audioinput', 'built-in'],
      ['audioinput', 'headset', 'A headset'],
      ['videoinput', 'lid'],
      ['videoinput', 'stick'],
    );
  });

  afterEach(() => {
    devices.restore();
    localStorage.clear();
  });

  async function waiting(options: object = {}): Promise<Person> {
    const ana = suite.person('Ana', {media: 'video', ...options});
    await ana.session.join('alone');
    return ana;
  }

  it('sends the new one before the old one ends, and tells of it', async () => {
    const {ana, ben} = await suite.twoInCall({media: 'video'});
    await until(() => devices.captures.length === 4, 'both capture');
    const events = record(ana.session, ['device-changed', 'camera-changed', 'microphone-changed']);
    const own = ana.session.localStream.getVideoTracks();
    const states: string[] = [];
    const original = RTCRtpSender.prototype.replaceTrack;
    RTCRtpSender.prototype.replaceTrack = async function (track) {
      states.push(`${String(track?.label)} for one that is ${String(own[0]?.readyState)}`);
      await original.call(this, track);
    };
    try {
      await ana.session.selectDevice('videoinput', 'stick');
    } finally {
      RTCRtpSender.prototype.replaceTrack = original;
    }
    expect(states).to.deep.equal(['The stick for one that is live']);
    expect(own.map(({readyState}) => readyState)).to.deep.equal(['ended']);
    expect(ana.session.localStream.getVideoTracks().map(({label}) => label)).to.deep.equal([
      'The stick',
    ]);
    expect(events).to.deep.equal([
      [
        'device-changed',
        {kind: 'videoinput', deviceId: 'stick', label: 'The stick', reason: 'chosen'},
      ],
    ]);
    expect(ben.session.peers[0]?.cameraEnabled).to.equal(true);
  });

  it('keeps a muted microphone muted', async () => {
    const {session} = await waiting();
    await session.toggleMicrophone(false);
    await session.selectDevice('audioinput', 'headset');
    expect(devices.last('headset').track.enabled).to.equal(false);
    expect(session.microphoneEnabled).to.equal(false);
    await session.toggleMicrophone(true);
    expect(devices.last('headset').track.enabled).to.equal(true);
  });

  it('leaves a camera off that is off, and takes the chosen one when it goes on', async () => {
    const {session} = await waiting({noCamera: true});
    await session.selectDevice('videoinput', 'stick');
    expect(devices.live).to.deep.equal(['built-in']);
    await session.toggleCamera(true);
    expect(devices.live).to.deep.equal(['built-in', 'stick']);
  });

  it('is remembered for the next call, until the default is chosen again', async () => {
    const {session} = suite.person('Ana', {media: 'video'});
    await session.selectDevice('audioinput', 'headset');
    expect(devices.asked, 'nothing is captured for it').to.deep.equal([]);
    expect(chosenDevice('microphone')).to.deep.equal({deviceId: 'headset', label: 'A headset'});
    await session.join('alone');
    expect(devices.live.sort()).to.deep.equal(['headset', 'lid']);
    await session.selectDevice('audioinput', 'default');
    expect(devices.live.sort()).to.deep.equal(['built-in', 'lid']);
    expect(chosenDevice('microphone')).to.equal(undefined);
  });

  it('does without the chosen one where it is not there', async () => {
    localStorage.setItem('video-chat-room:camera', '{"deviceId": "gone", "label": "Gone"}');
    localStorage.setItem('video-chat-room:microphone', 'what is this?');
    await waiting();
    expect(devices.live.sort()).to.deep.equal(['built-in', 'lid']);
  });

  it('is kept for as long as the page lasts where nothing can be stored', async () => {
    const own = Object.getOwnPropertyDescriptor(globalThis, 'localStorage')!;
    Object.defineProperty(globalThis, 'localStorage', {
      configurable: true,
      get() {
        throw new DOMException('refused', 'SecurityError');
      },
    });
    try {
      const {session} = suite.person('Ana', {media: 'audio'});
      await session.selectDevice('audioinput', 'headset');
      await session.join('alone');
      expect(devices.live).to.deep.equal(['headset']);
    } finally {
      Object.defineProperty(globalThis, 'localStorage', own);
    }
  });

  it('rejects for one that is not there, and keeps the present one', async () => {
    const {session} = await waiting({noCamera: true});
    await session.selectDevice('audioinput', 'headset');
    expect(await codeOf(session.selectDevice('audioinput', 'gone'))).to.equal('media-not-found');
    expect(await codeOf(session.selectDevice('videoinput', 'gone'))).to.equal('media-not-found');
    expect(devices.live).to.deep.equal(['headset']);
    expect(chosenDevice('microphone')?.deviceId).to.equal('headset');
    expect(chosenDevice('camera')).to.equal(undefined);
  });

  it('rejects for one that another program has, and keeps the present one', async () => {
    devices.busy.add('headset').add('stick');
    const {session} = await waiting();
    expect(await codeOf(session.selectDevice('audioinput', 'headset'))).to.equal('media-in-use');
    expect(await codeOf(session.selectDevice('videoinput', 'stick'))).to.equal('media-in-use');
    expect(devices.live.sort()).to.deep.equal(['built-in', 'lid']);
    expect(session.cameraEnabled).to.equal(true);
    expect(session.localStream.getVideoTracks()[0]?.readyState).to.equal('live');
  });

  it('turns one camera off for the other where they cannot both be on', async () => {
    const {session} = await waiting();
    devices.onAsked = () => {
      if (devices.live.includes('lid')) devices.busy.add('stick');
      else devices.busy.clear();
    };
    await session.selectDevice('videoinput', 'stick');
    expect(devices.live.sort()).to.deep.equal(['built-in', 'stick']);
    expect(session.cameraEnabled).to.equal(true);
  });

  it('says so where no camera is left that could be had', async () => {
    const {session} = await waiting();
    devices.onAsked = () => void devices.busy.add('stick').add('lid');
    expect(await codeOf(session.selectDevice('videoinput', 'stick'))).to.equal('media-in-use');
    expect(session.cameraEnabled).to.equal(false);
    expect(session.state.media.cameraProblem?.code).to.equal('media-in-use');
  });

  for (const moment of ['is asked for', 'is put in place'] as const) {
    it(`leaves nothing on when somebody leaves while it ${moment}`, async () => {
      const {ana} = await suite.twoInCall({media: 'video', noMicrophone: true});
      const own = ana.session.localStream.getVideoTracks()[0]!;
      const {replaceTrack} = RTCRtpSender.prototype;
      let reached = false;
      const never = new Promise<void>(() => undefined);
      const gate: {open: () => void} = {open: () => undefined};
      const opened = new Promise<void>((resolve) => (gate.open = resolve));
      if (moment === 'is asked for') {
        devices.onAsked = () => {
          reached = true;
          return opened;
        };
      } else {
        RTCRtpSender.prototype.replaceTrack = () => {
          reached = true;
          return never;
        };
      }
      try {
        const chosen = codeOf(ana.session.selectDevice('videoinput', 'stick'));
        await until(() => reached, `it ${moment}`);
        const left = ana.session.leave();
        gate.open();
        expect(await chosen).to.equal('aborted');
        await left;
      } finally {
        RTCRtpSender.prototype.replaceTrack = replaceTrack;
      }
      await until(() => devices.captures.length === 3, 'the stick has come');
      await devices.isLive('lid');
      expect(own.readyState).to.equal('ended');
      expect(ana.session.localStream.getTracks()).to.deep.equal([]);
      expect(chosenDevice('camera')).to.equal(undefined);
    });
  }

  it('tries a loudspeaker, and remembers it', async () => {
    const tried: string[] = [];
    const own = Object.getOwnPropertyDescriptor(HTMLMediaElement.prototype, 'setSinkId');
    Object.defineProperty(HTMLMediaElement.prototype, 'setSinkId', {
      configurable: true,
      value: (deviceId: string) => {
        tried.push(deviceId);
        return deviceId === 'gone'
          ? Promise.reject(new DOMException('gone', 'NotFoundError'))
          : Promise.resolve();
      },
    });
    try {
      const {session} = suite.person('Ana');
      const events = record(session, ['device-changed']);
      await session.selectDevice('audiooutput', 'boxes');
      expect(await codeOf(session.selectDevice('audiooutput', 'gone'))).to.equal('media-not-found');
      expect(tried).to.deep.equal(['boxes', 'gone']);
      expect(chosenDevice('speaker')?.deviceId).to.equal('boxes');
      expect(events.map(([, detail]) => detail)).to.deep.equal([
        {kind: 'audiooutput', deviceId: 'boxes', label: '', reason: 'chosen'},
      ]);
      Reflect.deleteProperty(HTMLMediaElement.prototype, 'setSinkId');
      expect(await codeOf(session.selectDevice('audiooutput', 'boxes'))).to.equal(
        'unsupported-browser',
      );
    } finally {
      if (own) Object.defineProperty(HTMLMediaElement.prototype, 'setSinkId', own);
      else Reflect.deleteProperty(HTMLMediaElement.prototype, 'setSinkId');
    }
  });

  it('refuses what is no kind of device', async () => {
    const {session} = suite.person('Ana');
    const wrong = session.selectDevice('toString' as MediaDeviceKind, 'x');
    expect(await codeOf(wrong)).to.equal('bad-request');
    const noId = session.selectDevice('audioinput', null as unknown as string);
    expect(await codeOf(noId)).to.equal('bad-request');
  });
});
