/** The panel in which camera, microphone and loudspeaker are chosen and tried. */
import {expect} from 'chai';
import {CallError} from '../../widget/call/call-error.js';
import {shareOf} from '../../widget/level-meter.js';
import type {VideoChatRoom} from '../../widget/video-chat-room.js';
import {watchContexts} from '../support/audio-contexts.js';
import {doubles} from '../support/doubles.js';
import {
  buttonOf,
  expectFocus,
  findButton,
  remove,
  roomAt,
  shadowOf,
  until,
} from '../support/widget-element.js';
import {SCREENS, type Screen} from '../support/widget-screens.js';
import {FakeSession} from '../support/widget-session.js';

const CALL = SCREENS.find(({name}) => name === 'call-1') as Screen;

const device = (kind: MediaDeviceKind, deviceId: string, label: string): object => ({
  kind,
  deviceId,
  label,
});

describe('the panel of the devices', () => {
  const {put, restore} = doubles();
  let listed: object[];

  beforeEach(() => {
    FakeSession.sessions.length = 0;
    localStorage.clear();
    listed = [
      device('videoinput', 'front', 'Front camera'),
      device('videoinput', 'desk', 'Desk camera'),
      device('audioinput', 'default', 'Default: Built-in'),
      device('audioinput', 'built-in', 'Built-in'),
      device('audioinput', 'headset', ''),
      device('audiooutput', 'boxes', 'Boxes'),
    ];
    put(navigator.mediaDevices, 'enumerateDevices', {value: () => Promise.resolve(listed)});
    // Not in every browser.
    put(HTMLMediaElement.prototype, 'setSinkId', {value: () => Promise.resolve()});
  });
  afterEach(() => {
    restore();
    remove();
  });

  async function opened(): Promise<VideoChatRoom> {
    const element = await roomAt(CALL);
    buttonOf(element, 'Devices').focus();
    buttonOf(element, 'Devices').click();
    await until(() => chooserOf(element, 'speaker')?.options.length === 2, 'the devices');
    await element.updateComplete;
    return element;
  }

  const chooserOf = (element: Element, kind: string): HTMLSelectElement | null =>
    shadowOf(element).querySelector(`select[data-kind=${kind}]`);
  const optionsOf = (element: Element, kind: string): string[] =>
    [...(chooserOf(element, kind)?.options ?? [])].map(({text}) => text);

  async function choose(element: VideoChatRoom, kind: string, deviceId: string): Promise<void> {
    const chooser = chooserOf(element, kind)!;
    chooser.value = deviceId;
    chooser.dispatchEvent(new Event('change'));
    // The fake session chooses at once.
    await new Promise((resolve) => setTimeout(resolve));
    await element.updateComplete;
  }

  it('lists what there is by name, the system’s own choice once, and has the focus', async () => {
    const element = await opened();
    expect(optionsOf(element, 'camera')).to.deep.equal([
      'System default',
      'Front camera',
      'Desk camera',
    ]);
    expect(optionsOf(element, 'microphone')).to.deep.equal([
      'System default',
      'Built-in',
      'Device 2',
    ]);
    expect(optionsOf(element, 'speaker')).to.deep.equal(['System default', 'Boxes']);
    expectFocus(chooserOf(element, 'camera'));
  });

  it('chooses by the method that a page has, and remembers nothing itself', async () => {
    const element = await opened();
    await choose(element, 'camera', 'desk');
    await choose(element, 'speaker', 'boxes');
    await choose(element, 'microphone', '');
    expect(FakeSession.last.calls.slice(-3)).to.deep.equal([
      ['selectDevice', 'videoinput', 'desk'],
      ['selectDevice', 'audiooutput', 'boxes'],
      ['selectDevice', 'audioinput', ''],
    ]);
    expect(localStorage.length).to.equal(0);
  });

  it('shows the one that was chosen, also by its name where its id is another', async () => {
    localStorage.setItem('video-chat-room:camera', '{"deviceId":"old","label":"Desk camera"}');
    localStorage.setItem('video-chat-room:microphone', '{"deviceId":"gone","label":"Gone"}');
    const element = await opened();
    expect(chooserOf(element, 'camera')?.value).to.equal('desk');
    expect(chooserOf(element, 'microphone')?.value).to.equal('');
  });

  it('says why a device cannot be had, and shows the one before again', async () => {
    const element = await opened();
    const errors: string[] = [];
    element.addEventListener('call-error', ({detail}) => errors.push(detail.error.code));
    FakeSession.last.nextError = new CallError('media-in-use', 'for logs');
    await choose(element, 'camera', 'desk');
    expect(errors).to.deep.equal(['media-in-use']);
    const said = (): string =>
      shadowOf(element).querySelector('[part~=notices]')?.textContent ?? '';
    await until(() => said().includes('in use by another program'), 'told');
    expect(chooserOf(element, 'camera')?.value).to.equal('');
  });

  it('says of no device that it was not found before it is known', async () => {
    let tell: (devices: MediaDeviceInfo[]) => void;
    const told = new Promise<MediaDeviceInfo[]>((resolve) => (tell = resolve));
    put(navigator.mediaDevices, 'enumerateDevices', {value: () => told});
    const element = await roomAt(CALL);
    buttonOf(element, 'Devices').focus();
    buttonOf(element, 'Devices').click();
    await until(() => chooserOf(element, 'camera') !== null, 'the panel');
    expect(optionsOf(element, 'microphone')).to.deep.equal(['System default']);
    tell!([]);
    await until(() => optionsOf(element, 'microphone')[0] === 'None was found', 'there is none');
  });

  it('follows what is plugged in while it is open', async () => {
    const element = await opened();
    listed.push(device('audiooutput', 'headset', 'Headset'));
    navigator.mediaDevices.dispatchEvent(new Event('devicechange'));
    await until(() => optionsOf(element, 'speaker').includes('Headset'), 'the headset');
    listed = [];
    navigator.mediaDevices.dispatchEvent(new Event('devicechange'));
    await until(() => chooserOf(element, 'camera')!.disabled, 'nothing left');
    expect(optionsOf(element, 'camera')).to.deep.equal(['None was found']);
  });

  it('shows the own picture while there is one, without a sound', async () => {
    const element = await opened();
    const preview = shadowOf(element).querySelector<HTMLVideoElement>('.own-preview')!;
    expect(preview.muted).to.equal(true);
    expect(preview.srcObject).to.equal(FakeSession.last.localStream);
    FakeSession.last.dispatch({type: 'media-changed', media: {cameraEnabled: false}});
    await element.updateComplete;
    expect(shadowOf(element).querySelector('.own-preview')).to.equal(null);
  });

  it('shows how loud one is, and stops listening when it is closed', async () => {
    const context = new AudioContext();
    const {stream} = new MediaStreamAudioDestinationNode(context);
    const contexts = watchContexts({put});
    const element = await roomAt(CALL);
    FakeSession.last.localStream.addTrack(stream.getAudioTracks()[0]!);
    buttonOf(element, 'Devices').click();
    await until(() => contexts.length === 1, 'listening');
    // The button of the microphone may listen before the panel is there.
    const level = (): HTMLElement | null => shadowOf(element).querySelector('[data-level]');
    await until(() => level() !== null, 'the panel');
    const bar = level()!;
    await until(() => bar.style.getPropertyValue('--level') !== '', 'a level');
    FakeSession.last.dispatch({type: 'media-changed', media: {microphoneEnabled: false}});
    await until(() => contexts[0]?.state === 'closed', 'not listening to a muted one');
    FakeSession.last.dispatch({type: 'media-changed', media: {microphoneEnabled: true}});
    await until(() => contexts.length === 2, 'listening again');
    buttonOf(element, 'Close').click();
    await until(() => bar.style.getPropertyValue('--level') === '0.00', 'nobody looks');
    await element.updateComplete;
    expectFocus(buttonOf(element, 'Devices'));
    expect(contexts.length, 'the button of the microphone shows the same').to.equal(2);
    await element.leave();
    await until(() => contexts[1]?.state === 'closed', 'closed with the call');
    await context.close();
  });

  it('knows silence from a voice', () => {
    expect(shareOf(new Float32Array(64))).to.equal(0);
    expect(shareOf(new Float32Array(64).fill(1))).to.equal(1);
    expect(shareOf(new Float32Array(64).fill(0.1))).to.be.closeTo(2 / 3, 0.01);
  });

  it('plays a sound through the chosen loudspeaker, once at a time', async () => {
    localStorage.setItem('video-chat-room:speaker', '{"deviceId":"boxes","label":"Boxes"}');
    const sinks: string[] = [];
    put(HTMLAudioElement.prototype, 'setSinkId', {
      value: (sinkId: string) => Promise.resolve(void sinks.push(sinkId)),
    });
    put(HTMLMediaElement.prototype, 'play', {value: () => Promise.resolve()});
    const element = await opened();
    const button = buttonOf(element, 'Play a test sound');
    button.click();
    button.click();
    await element.updateComplete;
    expect(button.ariaDisabled).to.equal('true');
    await until(() => button.ariaDisabled !== 'true', 'over');
    expect(sinks).to.deep.equal(['boxes']);
  });

  it('gives up on a sound that never begins when it is closed', async () => {
    put(HTMLMediaElement.prototype, 'play', {value: () => new Promise(() => undefined)});
    const element = await opened();
    buttonOf(element, 'Play a test sound').click();
    await element.updateComplete;
    expect(buttonOf(element, 'Play a test sound').ariaDisabled).to.equal('true');
    buttonOf(element, 'Close').click();
    await element.updateComplete;
    buttonOf(element, 'Devices').click();
    const again = (): HTMLButtonElement | undefined => findButton(element, 'Play a test sound');
    await until(() => again() !== undefined && again()?.ariaDisabled !== 'true', 'free again');
  });

  it('leaves nothing open where the microphone cannot be listened to', async () => {
    const context = new AudioContext();
    const states = watchContexts({put});
    put(AudioContext.prototype, 'createMediaStreamSource', {
      value: () => {
        throw new DOMException('another sample rate', 'NotSupportedError');
      },
    });
    const {stream} = new MediaStreamAudioDestinationNode(context);
    const element = await roomAt(CALL);
    FakeSession.last.localStream.addTrack(stream.getAudioTracks()[0]!);
    buttonOf(element, 'Devices').click();
    await until(() => states.length === 1 && states[0]?.state === 'closed', 'closed');
    await context.close();
  });

  it('does not deny a device that was only not allowed', async () => {
    listed = [device('videoinput', '', ''), device('audiooutput', 'boxes', 'Boxes')];
    const element = await roomAt(CALL);
    buttonOf(element, 'Devices').focus();
    buttonOf(element, 'Devices').click();
    await until(() => chooserOf(element, 'speaker')?.options.length === 2, 'the devices');
    expect(optionsOf(element, 'camera')).to.deep.equal(['System default']);
    expect(chooserOf(element, 'camera')?.disabled).to.equal(true);
    expect(optionsOf(element, 'microphone')).to.deep.equal(['None was found']);
  });

  it('shows the last of several choices while they are under way', async () => {
    const element = await opened();
    const done: (() => void)[] = [];
    FakeSession.last.selectDevice = () => new Promise((resolve) => done.push(resolve));
    for (const deviceId of ['front', 'desk']) await choose(element, 'camera', deviceId);
    done[0]?.();
    await new Promise((resolve) => setTimeout(resolve));
    await element.updateComplete;
    expect(chooserOf(element, 'camera')?.value).to.equal('desk');
    done[1]?.();
  });

  it('is offered where there is something to choose: not in a call without devices', async () => {
    const element = await roomAt({...CALL, attributes: {...CALL.attributes, media: 'data'}});
    expect(findButton(element, 'Devices')).to.equal(undefined);
  });
});
