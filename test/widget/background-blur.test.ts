/** The blurred background: where the camera can, and what comes of the switch. */
import {expect} from 'chai';
import {refusal} from '../../widget/call/care/bare-cameras.js';
import {chosenDevice} from '../../widget/call/chosen-devices.js';
import {rememberBlur} from '../../widget/call/device-choice.js';
import type {VideoChatRoom} from '../../widget/video-chat-room.js';
import {buttonOf, remove, roomAt, shadowOf, until} from '../support/widget-element.js';
import {SCREENS, type Screen} from '../support/widget-screens.js';
import {FakeSession} from '../support/widget-session.js';

async function opened(): Promise<VideoChatRoom> {
  const element = await roomAt(SCREENS.find(({name}) => name === 'call-1') as Screen);
  buttonOf(element, 'Devices').click();
  await until(() => shadowOf(element).querySelector('#panel select') !== null, 'the panel');
  return element;
}

describe('the blurred background', () => {
  beforeEach(() => {
    FakeSession.sessions.length = 0;
  });
  afterEach(() => {
    remove();
    localStorage.clear();
  });

  /** A camera that can blur, and what has been asked of it. */
  function blurringCamera(isOn = false): {track: MediaStreamTrack; asked: unknown[]} {
    const canvas = document.createElement('canvas');
    canvas.getContext('2d');
    const [track] = canvas.captureStream(1).getVideoTracks();
    const asked: unknown[] = [];
    let backgroundBlur = isOn;
    Object.assign(track!, {
      getCapabilities: () => ({backgroundBlur: [false, true]}),
      getSettings: () => ({backgroundBlur}),
      getConstraints: () => ({width: {ideal: 1280}}),
      applyConstraints: (constraints: {backgroundBlur: {exact: boolean}}) => {
        asked.push(constraints);
        backgroundBlur = constraints.backgroundBlur.exact;
        return Promise.resolve();
      },
    });
    return {track: track!, asked};
  }

  const switchOf = (element: Element): HTMLInputElement | null =>
    shadowOf(element).querySelector<HTMLInputElement>('[part=switch-blur]');

  async function withCamera(track: MediaStreamTrack): Promise<VideoChatRoom> {
    const element = await opened();
    FakeSession.last.localStream.addTrack(track);
    FakeSession.last.dispatch({type: 'media-changed', media: {cameraEnabled: false}});
    FakeSession.last.dispatch({type: 'media-changed', media: {cameraEnabled: true}});
    await element.updateComplete;
    return element;
  }

  it('is not offered where the camera cannot', async () => {
    const element = await opened();
    await element.updateComplete;
    expect(switchOf(element) === null).to.equal(true);
  });

  it('is switched, keeps what else was asked, and is remembered for the next camera', async () => {
    const {track, asked} = blurringCamera();
    const element = await withCamera(track);
    element.requestUpdate();
    await until(() => switchOf(element) !== null, 'the switch');
    expect(switchOf(element)!.checked).to.equal(false);
    switchOf(element)!.click();
    await until(() => asked.length === 1, 'asked');
    expect(asked).to.deep.equal([{width: {ideal: 1280}, backgroundBlur: {exact: true}}]);
    await until(() => chosenDevice('camera')?.backgroundBlur === true, 'remembered');
    await element.updateComplete;
    expect(switchOf(element)!.checked).to.equal(true);
  });

  it('that the next camera cannot have is told, once for each camera of a call', async () => {
    rememberBlur(true);
    const told = (): number =>
      shadowOf(element).querySelectorAll('[part=notice][data-problem]').length;
    const {track} = blurringCamera(true);
    const element = await withCamera(track);
    await element.updateComplete;
    expect(told()).to.equal(0);
    const {localStream} = FakeSession.last;
    const cameras = [blurringCamera().track, blurringCamera().track];
    for (const camera of cameras) Object.assign(camera, {getCapabilities: () => ({})});
    for (const [at, camera] of cameras.entries()) {
      // The same one, turned off and on.
      Object.defineProperty(camera, 'label', {value: 'The old one'});
      for (const former of localStream.getVideoTracks()) localStream.removeTrack(former);
      localStream.addTrack(camera);
      element.requestUpdate();
      await until(() => told() === 1, `told once, ${String(at)}`);
      await element.updateComplete;
    }
    expect(told()).to.equal(1);
    expect(shadowOf(element).querySelector('[part=notice]')?.textContent).to.contain(
      'This camera cannot blur your background.',
    );
  });

  it('that a camera cannot have is told to whoever waits, before anybody comes', async () => {
    rememberBlur(true);
    const element = await roomAt(SCREENS.find(({name}) => name === 'waiting') as Screen);
    const {track} = blurringCamera();
    Object.assign(track, {getCapabilities: () => ({})});
    FakeSession.last.localStream.addTrack(track);
    element.requestUpdate();
    await until(
      () =>
        shadowOf(element)
          .querySelector('[part=notice]')
          ?.textContent.includes('This camera cannot blur your background.') === true,
      'told',
    );
  });

  it('that a camera can have after all is not told to be impossible', async () => {
    rememberBlur(true);
    const {track, asked} = blurringCamera();
    const element = await withCamera(track);
    element.requestUpdate();
    await until(() => asked.length === 1, 'it is told to blur');
    await element.updateComplete;
    expect(shadowOf(element).querySelector('[part=notice]') === null).to.equal(true);
  });

  it('tells why a camera is off that was refused for it, and what to do', async () => {
    const element = await opened();
    const error = refusal();
    FakeSession.last.dispatch({
      type: 'media-changed',
      media: {cameraEnabled: false, cameraProblem: error},
    });
    FakeSession.last.emit('call-error', {error});
    const words =
      'Your camera is off: it cannot blur your background. Turn it on to use it all the same.';
    const notice = (): string =>
      shadowOf(element).querySelector('[part=notice]')?.textContent ?? '';
    await until(() => notice().includes(words), 'the notice');
    await element.updateComplete;
    expect(buttonOf(element, 'Turn camera on').title).to.equal(words);
  });

  it('follows the system’s own switch', async () => {
    const {track} = blurringCamera(true);
    // Firefox gives its tracks' listeners trusted events alone, so they are called by hand.
    const listeners = new Set<EventListener>();
    Object.assign(track, {
      addEventListener: (type: string, listener: EventListener) => {
        if (type === 'configurationchange') listeners.add(listener);
      },
      removeEventListener: (_: string, listener: EventListener) => listeners.delete(listener),
    });
    const element = await withCamera(track);
    element.requestUpdate();
    await until(() => switchOf(element)?.checked === true, 'on by the system');
    Object.assign(track, {getSettings: () => ({backgroundBlur: false})});
    for (const listener of listeners) listener(new Event('configurationchange'));
    await element.updateComplete;
    expect(switchOf(element)!.checked).to.equal(false);
    FakeSession.last.localStream.removeTrack(track);
    element.requestUpdate();
    await element.updateComplete;
    expect(listeners.size, 'a camera of before is not listened to').to.equal(0);
  });

  it('that the camera refuses is told, and the switch says what is', async () => {
    const {track} = blurringCamera();
    const element = await withCamera(track);
    element.requestUpdate();
    await until(() => switchOf(element) !== null, 'the switch');
    const errors: string[] = [];
    element.addEventListener('call-error', ({detail}) => errors.push(detail.error.code));
    Object.assign(track, {
      applyConstraints: () => Promise.reject(new DOMException('no', 'OverconstrainedError')),
    });
    switchOf(element)!.click();
    await until(() => errors.length === 1, 'told');
    await element.updateComplete;
    expect(switchOf(element)!.checked).to.equal(false);
  });
});
