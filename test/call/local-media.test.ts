/** Devices: what is asked for, what is done without, and that nothing stays on. */
import {expect} from 'chai';
import type {LocalMediaState} from '../../widget/call/call-state.js';
import {CallError} from '../../widget/call/call-error.js';
import {until} from '../support/calls.js';
import {LocalMedia, type DeviceKind} from '../../widget/call/local-media.js';

const devices = navigator.mediaDevices;
const original = devices.getUserMedia.bind(devices);

/** What the browser is asked, and what it answers: a refusal by `DOMException` name, or the real thing. */
function answerWith(answer: (kinds: DeviceKind[], call: number) => string | null): DeviceKind[][] {
  const asked: DeviceKind[][] = [];
  devices.getUserMedia = async (constraints = {}) => {
    const kinds: DeviceKind[] = [];
    if (constraints.audio) kinds.push('microphone');
    if (constraints.video) kinds.push('camera');
    asked.push(kinds);
    const name = answer(kinds, asked.length);
    if (name === 'TypeError') throw new TypeError('not possible');
    if (name !== null) throw new DOMException('refused', name);
    return original(constraints);
  };
  return asked;
}

function make() {
  const over = new AbortController();
  const stream = new MediaStream();
  const changes: Partial<LocalMediaState>[] = [];
  const sent: [DeviceKind, MediaStreamTrack | null][] = [];
  const media = new LocalMedia({
    stream,
    signal: over.signal,
    onChange: (change) => changes.push(change),
    onTrack: async (kind, track) => {
      await Promise.resolve();
      sent.push([kind, track]);
    },
  });
  const state = (): Partial<LocalMediaState> =>
    Object.assign({}, ...changes) as Partial<LocalMediaState>;
  return {media, over, stream, state, sent, changes};
}

const kindsOf = (stream: MediaStream): string[] =>
  stream
    .getTracks()
    .map(({kind}) => kind)
    .sort();

describe('local media', () => {
  afterEach(() => {
    devices.getUserMedia = original;
  });

  it('asks for both at once', async () => {
    const asked = answerWith(() => null);
    const {media, over, stream, state} = make();
    expect(await media.acquire(['microphone', 'camera'])).to.deep.equal([]);
    expect(asked).to.deep.equal([['microphone', 'camera']]);
    expect(kindsOf(stream)).to.deep.equal(['audio', 'video']);
    expect(state()).to.include({microphoneEnabled: true, cameraEnabled: true});
    over.abort();
    expect(stream.getTracks()).to.deep.equal([]);
  });

  it('asks for nothing when nothing is wanted', async () => {
    const asked = answerWith(() => null);
    expect(await make().media.acquire([])).to.deep.equal([]);
    expect(asked).to.deep.equal([]);
  });

  for (const [name, code] of [
    ['NotFoundError', 'media-not-found'],
    ['NotReadableError', 'media-in-use'],
    ['AbortError', 'media-in-use'],
    ['OverconstrainedError', 'media-constraints'],
    ['SecurityError', 'media-blocked-by-policy'],
    ['NotAllowedError', 'media-permission-denied'],
    ['TypeError', 'insecure-context'],
    ['UnheardOfError', 'internal'],
  ] as const) {
    it(`calls a camera's ${name} ${code}, and goes on with the microphone`, async () => {
      // A refused permission is not asked for a second time unless it is known to be given.
      const {permissions} = navigator;
      const query = permissions.query.bind(permissions);
      permissions.query = () => Promise.resolve({state: 'granted'} as PermissionStatus);
      try {
        const asked = answerWith((kinds) => (kinds.includes('camera') ? name : null));
        const {media, over, stream, state} = make();
        const problems = await media.acquire(['microphone', 'camera']);
        expect(problems.map((problem) => problem.code)).to.deep.equal([code]);
        expect(asked).to.deep.equal([['microphone', 'camera'], ['microphone'], ['camera']]);
        expect(kindsOf(stream)).to.deep.equal(['audio']);
        expect(state().cameraProblem?.code).to.equal(code);
        expect(state().microphoneEnabled).to.equal(true);
        over.abort();
      } finally {
        permissions.query = query;
      }
    });
  }

  it('does not ask again after a "no" to both', async () => {
    const {permissions} = navigator;
    const query = permissions.query.bind(permissions);
    permissions.query = () => Promise.resolve({state: 'prompt'} as PermissionStatus);
    try {
      const asked = answerWith(() => 'NotAllowedError');
      const problems = await make().media.acquire(['microphone', 'camera']);
      expect(asked).to.have.length(1);
      expect(problems.map(({code}) => code)).to.deep.equal([
        'media-permission-denied',
        'media-permission-denied',
      ]);
    } finally {
      permissions.query = query;
    }
  });

  it('says that the page is not secure where the browser has no devices at all', async () => {
    const own = Object.getOwnPropertyDescriptor(navigator, 'mediaDevices');
    Object.defineProperty(navigator, 'mediaDevices', {value: undefined, configurable: true});
    Object.defineProperty(globalThis, 'isSecureContext', {value: false, configurable: true});
    try {
      const problems = await make().media.acquire(['camera']);
      expect(problems.map(({code}) => code)).to.deep.equal(['insecure-context']);
    } finally {
      if (own === undefined) Reflect.deleteProperty(navigator, 'mediaDevices');
      else Object.defineProperty(navigator, 'mediaDevices', own);
      Reflect.deleteProperty(globalThis, 'isSecureContext');
    }
  });

  it('stops what arrives after the end', async () => {
    let release: () => void = () => undefined;
    const gate = new Promise<void>((resolve) => (release = resolve));
    const captured: MediaStream[] = [];
    devices.getUserMedia = async (constraints) => {
      await gate;
      const stream = await original(constraints);
      captured.push(stream);
      return stream;
    };
    const {media, over, stream} = make();
    const acquired = media.acquire(['camera']).catch((error: unknown) => error);
    over.abort();
    release();
    const error = (await acquired) as CallError;
    expect(error).to.be.instanceOf(CallError);
    expect(error.code).to.equal('aborted');
    expect(captured[0]!.getTracks().every(({readyState}) => readyState === 'ended')).to.equal(true);
    expect(stream.getTracks()).to.deep.equal([]);
  });

  it('ends where the last of many quick clicks says', async () => {
    const {media, over, stream, state} = make();
    await media.acquire(['camera']);
    await Promise.all([media.setCamera(false), media.setCamera(true), media.setCamera(false)]);
    expect(stream.getTracks()).to.deep.equal([]);
    expect(state().cameraEnabled).to.equal(false);
    await Promise.all([media.setCamera(true), media.setCamera(false), media.setCamera(true)]);
    expect(kindsOf(stream)).to.deep.equal(['video']);
    expect(state().cameraEnabled).to.equal(true);
    over.abort();
  });

  it('gives a microphone that is to be muted silent from its first moment', async () => {
    const {media, over, stream, changes, state} = make();
    await media.acquire(['microphone'], true);
    expect(stream.getAudioTracks().map(({enabled}) => enabled)).to.deep.equal([false]);
    expect(changes.some(({microphoneEnabled}) => microphoneEnabled)).to.equal(false);
    await media.setMicrophone();
    expect(stream.getAudioTracks().map(({enabled}) => enabled)).to.deep.equal([true]);
    expect(state().microphoneEnabled).to.equal(true);
    over.abort();
  });

  it('captures a device once that is turned on while it is on its way', async () => {
    const asked = answerWith(() => null);
    const {media, over, stream, state} = make();
    await Promise.all([media.acquire(['microphone', 'camera']), media.setCamera()]);
    expect(asked).to.have.length(1);
    expect(kindsOf(stream)).to.deep.equal(['audio', 'video']);
    expect(state().cameraEnabled).to.equal(true);
    over.abort();
  });

  it('knows what is wanted, whether or not it can be had', async () => {
    let problem: string | null = 'NotReadableError';
    answerWith(() => problem);
    const {media, over} = make();
    await media.acquire(['camera']);
    expect(media.wanted).to.deep.equal({microphone: false, isMuted: false, camera: true});
    problem = null;
    await media.setMicrophone(true);
    await media.setMicrophone(false);
    await media.setCamera(false);
    expect(media.wanted).to.deep.equal({microphone: true, isMuted: true, camera: false});
    problem = 'NotAllowedError';
    await media.setCamera(true).catch(() => undefined);
    expect(media.wanted.camera, 'not after a "no"').to.equal(false);
    over.abort();
  });

  it('says that the camera is off only after the peers no longer get it', async () => {
    const {media, over, sent, changes} = make();
    await media.acquire(['camera']);
    changes.length = 0;
    const off = media.setCamera(false);
    expect(changes).to.deep.equal([]);
    await off;
    expect(sent.at(-1)).to.deep.equal(['camera', null]);
    expect(changes).to.deep.equal([{cameraEnabled: false}]);
    over.abort();
  });

  it('rejects a toggle whose device cannot be had, and stays off', async () => {
    answerWith(() => 'NotReadableError');
    const {media, state} = make();
    const error = (await media.setCamera(true).catch((thrown: unknown) => thrown)) as CallError;
    expect(error.code).to.equal('media-in-use');
    expect(state().cameraEnabled ?? false).to.equal(false);
    expect(state().cameraProblem?.code).to.equal('media-in-use');
  });

  it('takes the problem back when the device is there after all', async () => {
    let isBusy = true;
    answerWith(() => (isBusy ? 'NotReadableError' : null));
    const {media, over, state} = make();
    await media.setCamera(true).catch(() => undefined);
    isBusy = false;
    await media.setCamera(true);
    expect(state()).to.include({cameraEnabled: true, cameraProblem: null});
    over.abort();
  });

  it('tells that a device was pulled out', async () => {
    const {media, over, stream, state, sent} = make();
    // Firefox gives its tracks' listeners trusted events alone, so the listener is called by hand.
    const listeners: EventListener[] = [];
    const add = EventTarget.prototype.addEventListener;
    MediaStreamTrack.prototype.addEventListener = function (
      this: MediaStreamTrack,
      ...args: Parameters<typeof add>
    ) {
      if (args[0] === 'ended') listeners.push(args[1] as EventListener);
      add.apply(this, args);
    } as typeof add;
    try {
      await media.acquire(['camera']);
    } finally {
      Reflect.deleteProperty(MediaStreamTrack.prototype, 'addEventListener');
    }
    expect(stream.getVideoTracks()).to.have.length(1);
    for (const listener of listeners) listener(new Event('ended'));
    await until(() => state().cameraProblem, 'the loss is told');
    expect(sent.at(-1)).to.deep.equal(['camera', null]);
    expect(state().cameraEnabled).to.equal(false);
    expect(state().cameraProblem?.code).to.equal('media-not-found');
    over.abort();
  });
});
