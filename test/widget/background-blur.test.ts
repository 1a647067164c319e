/** The blurred background: where the camera can, and what comes of the switch. */
import {expect} from 'chai';
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
  afterEach(remove);

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

  it('is switched, keeps what else was asked, and holds for the next camera', async () => {
    const {track, asked} = blurringCamera();
    const element = await withCamera(track);
    element.requestUpdate();
    await until(() => switchOf(element) !== null, 'the switch');
    expect(switchOf(element)!.checked).to.equal(false);
    switchOf(element)!.click();
    await until(() => asked.length === 1, 'asked');
    expect(asked).to.deep.equal([{width: {ideal: 1280}, backgroundBlur: {exact: true}}]);
    await element.updateComplete;
    expect(switchOf(element)!.checked).to.equal(true);
    const second = blurringCamera();
    FakeSession.last.localStream.removeTrack(track);
    FakeSession.last.localStream.addTrack(second.track);
    element.requestUpdate();
    await until(() => second.asked.length === 1, 'the next one blurs, too');
  });

  it('follows the system’s own switch', async () => {
    const {track} = blurringCamera(true);
    const element = await withCamera(track);
    element.requestUpdate();
    await until(() => switchOf(element)?.checked === true, 'on by the system');
    Object.assign(track, {getSettings: () => ({backgroundBlur: false})});
    track.dispatchEvent(new Event('configurationchange'));
    await until(() => switchOf(element)?.checked === false, 'off by the system');
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
