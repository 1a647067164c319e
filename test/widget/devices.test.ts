/** Devices as the page and the person meet them at the element: chosen, lost, muted, blocked, kept awake. */
import {expect} from 'chai';
import type {Engine} from '../../widget/call-surface.js';
import type {VideoChatRoom} from '../../widget/video-chat-room.js';
import {doubles} from '../support/doubles.js';
import {
  TestRoom,
  engine,
  findButton,
  remove,
  roomAt,
  roomWith,
  shadowOf,
  until,
} from '../support/widget-element.js';
import {SCREENS, type Screen} from '../support/widget-screens.js';
import {FakeSession, fakePeer, lost} from '../support/widget-session.js';

const CALL = SCREENS.find(({name}) => name === 'call-1') as Screen;

describe('devices', () => {
  const {put, restore} = doubles();
  /** One for each request: whether it is still held. */
  let locks: {released: boolean}[];
  let isHidden: boolean;

  beforeEach(() => {
    FakeSession.sessions.length = 0;
    localStorage.clear();
    locks = [];
    isHidden = false;
    put(document, 'hidden', {get: () => isHidden});
    put(navigator, 'wakeLock', {
      value: {
        request: () => {
          const lock = {
            released: false,
            release: () => {
              lock.released = true;
              return Promise.resolve();
            },
          };
          locks.push(lock);
          return Promise.resolve(lock);
        },
      },
    });
  });

  afterEach(() => {
    TestRoom.loadEngine = () => Promise.resolve(engine);
    remove();
    restore();
    localStorage.clear();
  });

  const held = (): number => locks.filter(({released}) => !released).length;

  /** In a call with Ana, with everything there that a connected call has. */
  async function inCall(): Promise<VideoChatRoom> {
    const element = await roomAt(CALL);
    await until(() => locks.length === 1, 'what is noticed of devices is there');
    return element;
  }

  const shows = (element: VideoChatRoom, text: string): Promise<void> =>
    until(() => shadowOf(element).textContent.includes(text), `"${text}" is shown`);

  it('one that is chosen before a call makes no session', async () => {
    const chosen: unknown[] = [];
    const own: Engine = {
      ...engine,
      selectDevice: (...device) => Promise.resolve(void chosen.push(device)),
    };
    TestRoom.loadEngine = () => Promise.resolve(own);
    const element = await roomWith({room: 'attic'});
    await element.selectDevice('audioinput', 'headset');
    expect(chosen).to.deep.equal([['audioinput', 'headset']]);
    expect(FakeSession.sessions).to.have.length(0);
    expect(element.status).to.equal('idle');
  });

  it('one that is chosen in a call is the session’s', async () => {
    const element = await roomWith({room: 'attic'});
    await element.join();
    await element.selectDevice('videoinput', 'stick');
    expect(FakeSession.last.calls.at(-1)).to.deep.equal(['selectDevice', 'videoinput', 'stick']);
  });

  it('one that has gone is named to page and person, and so is what is used now', async () => {
    const element = await inCall();
    const heard: unknown[] = [];
    element.addEventListener('device-changed', ({detail}) => heard.push(detail));
    FakeSession.last.emit('device-changed', lost);
    await shows(element, 'Headset is not connected any more. Now in use: Built-in.');
    FakeSession.last.emit('device-changed', {...lost, label: 'Headset', reason: 'returned'});
    await shows(element, 'In use again: Headset.');
    FakeSession.last.emit('device-changed', {
      ...lost,
      label: '',
      kind: 'videoinput',
      reason: 'found',
    });
    await shows(element, 'Now in use: camera.');
    expect(heard).to.have.length(3);
    expect(heard[0]).to.deep.equal(lost);
  });

  it('what a person has chosen is not told to them', async () => {
    const element = await inCall();
    FakeSession.last.emit('device-changed', {...lost, label: 'Boom', reason: 'chosen'});
    FakeSession.last.emit('device-changed', lost);
    await shows(element, 'Now in use: Built-in.');
    expect(shadowOf(element).textContent).not.to.include('Boom');
  });

  it('who speaks into a muted microphone is told so', async () => {
    const element = await inCall();
    FakeSession.last.emit('muted-speech-heard', {});
    await shows(element, 'You are muted.');
  });

  it('no-mute-reminder reaches the session', async () => {
    const element = await roomWith({room: 'attic', 'no-mute-reminder': ''});
    await element.join();
    expect(FakeSession.last.options.noMuteReminder).to.equal(true);
    element.noMuteReminder = false;
    await element.updateComplete;
    expect(FakeSession.last.options.noMuteReminder).to.equal(false);
  });

  describe('the loudspeaker', () => {
    let outputs: {kind: string; deviceId: string; label: string}[];
    let told: (() => void)[];

    beforeEach(() => {
      outputs = [{kind: 'audiooutput', deviceId: 'boxes', label: 'Boxes'}];
      told = [];
      const sinks = new WeakMap<object, string>();
      put(HTMLMediaElement.prototype, 'sinkId', {
        get(this: object) {
          return sinks.get(this) ?? '';
        },
      });
      put(HTMLMediaElement.prototype, 'setSinkId', {
        value(this: object, sinkId: string) {
          sinks.set(this, sinkId);
          return Promise.resolve();
        },
      });
      put(navigator.mediaDevices, 'enumerateDevices', {value: () => Promise.resolve(outputs)});
      put(navigator.mediaDevices, 'addEventListener', {
        value: (_type: string, listener: () => void) => void told.push(listener),
      });
    });

    const sinksOf = (element: VideoChatRoom): string[] =>
      [...shadowOf(element).querySelectorAll('video')].map(
        ({dataset: {peer, screen}, sinkId}) =>
          `${screen === undefined ? (peer ?? 'own') : `screen of ${screen}`}: ${sinkId}`,
      );

    it('that was chosen plays the screens of the others, and not one’s own', async () => {
      const element = await inCall();
      const chosen = {...lost, kind: 'audiooutput', deviceId: 'boxes', reason: 'chosen'} as const;
      FakeSession.last.emit('device-changed', chosen);
      const change = {screenSharing: true};
      FakeSession.last.dispatch({type: 'media-changed', media: change});
      await element.updateComplete;
      expect(sinksOf(element)).to.deep.equal(['screen of : ', 'ana: boxes', 'own: ']);
      FakeSession.last.dispatch({type: 'peer-changed', peerId: 'ana', change});
      await element.updateComplete;
      expect(sinksOf(element)).to.deep.equal(['screen of ana: boxes', 'ana: boxes', 'own: ']);
    });

    it('that was chosen plays everybody, whoever comes later too, and not oneself', async () => {
      const element = await inCall();
      expect(sinksOf(element)).to.deep.equal(['ana: ', 'own: ']);
      FakeSession.last.emit('device-changed', {
        ...lost,
        kind: 'audiooutput',
        deviceId: 'boxes',
        reason: 'chosen',
      });
      expect(sinksOf(element)).to.deep.equal(['ana: boxes', 'own: ']);
      FakeSession.last.dispatch({type: 'peer-joined', peer: fakePeer('bo')});
      await element.updateComplete;
      expect(sinksOf(element)).to.deep.equal(['ana: boxes', 'bo: boxes', 'own: ']);
    });

    it('that was remembered plays the next call; the default does while it is away', async () => {
      localStorage.setItem('video-chat-room:speaker', '{"deviceId": "boxes", "label": "Boxes"}');
      const element = await inCall();
      await until(() => sinksOf(element).includes('ana: boxes'), 'it plays');
      outputs = [{kind: 'audiooutput', deviceId: 'lid', label: 'Lid'}];
      for (const tell of told) tell();
      await shows(element, 'Boxes is not connected any more. Now in use: the default device.');
      expect(sinksOf(element)).to.deep.equal(['ana: ', 'own: ']);
      // As some systems do it: at another socket it is another device.
      outputs.push({kind: 'audiooutput', deviceId: 'boxes-2', label: 'Boxes'});
      for (const tell of told) tell();
      await shows(element, 'In use again: Boxes.');
      expect(sinksOf(element)).to.deep.equal(['ana: boxes-2', 'own: ']);
    });
  });

  describe('sound that the browser refuses', () => {
    it('begins with the next gesture anywhere in the page; the picture moves meanwhile', async () => {
      const element = await inCall();
      const video = shadowOf(element).querySelector<HTMLVideoElement>('video[data-peer]')!;
      let isAllowed = false;
      video.play = () =>
        isAllowed || video.muted
          ? Promise.resolve()
          : Promise.reject(new DOMException('', 'NotAllowedError'));
      video.dispatchEvent(new Event('loadedmetadata'));
      await until(() => findButton(element, 'Tap to hear') !== undefined, 'the button');
      expect(video.muted).to.equal(true);
      // Not every press counts for the browser.
      document.body.dispatchEvent(new Event('pointerdown', {bubbles: true}));
      await until(() => video.muted, 'refused again');
      expect(findButton(element, 'Tap to hear') !== undefined).to.equal(true);
      isAllowed = true;
      document.body.dispatchEvent(new Event('pointerup', {bubbles: true}));
      await until(() => findButton(element, 'Tap to hear') === undefined, 'playing');
      expect(video.muted).to.equal(false);
    });
  });

  describe('the screen', () => {
    it('stays on in a call with a picture, and no longer', async () => {
      await inCall();
      expect(held()).to.equal(1);
      FakeSession.last.dispatch({type: 'ended', reason: 'left'});
      await until(() => held() === 0, 'it may go off');
    });

    it('may go off when all pictures are, and with the element', async () => {
      const element = await inCall();
      FakeSession.last.dispatch({type: 'media-changed', media: {cameraEnabled: false}});
      await element.updateComplete;
      expect(held(), 'Ana is still to be seen').to.equal(1);
      const change = {cameraEnabled: false};
      FakeSession.last.dispatch({type: 'peer-changed', peerId: 'ana', change});
      await until(() => held() === 0, 'it may go off');
      FakeSession.last.dispatch({type: 'media-changed', media: {cameraEnabled: true}});
      await until(() => held() === 1, 'it stays on');
      element.remove();
      await until(() => held() === 0, 'it may go off');
    });

    it('is kept on again when the page, which was hidden, is back', async () => {
      await inCall();
      isHidden = true;
      // The browser takes it away then.
      locks[0]!.released = true;
      document.dispatchEvent(new Event('visibilitychange'));
      isHidden = false;
      document.dispatchEvent(new Event('visibilitychange'));
      await until(() => locks.length === 2, 'it is asked for again');
      expect(held()).to.equal(1);
    });
  });
});
