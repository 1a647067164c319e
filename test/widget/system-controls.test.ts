/** The system's own controls while there is a call: what they say, what they press, and whose they are. */
import {expect} from 'chai';
import type {VideoChatRoom} from '../../widget/video-chat-room.js';
import {remove, roomAt, until} from '../support/widget-element.js';
import {SCREENS} from '../support/widget-screens.js';
import {FakeSession, fakePeer} from '../support/widget-session.js';

/** A system that knows of calls, but not of windows. */
class FakeSystem {
  metadata: MediaMetadata | null = null;
  readonly handlers = new Map<string, () => void>();
  readonly told: string[] = [];

  setActionHandler(action: string, handler: (() => void) | null): void {
    if (action === 'enterpictureinpicture') throw new TypeError('no such action');
    if (handler) this.handlers.set(action, handler);
    else this.handlers.delete(action);
  }
  setMicrophoneActive(isActive: boolean): void {
    this.told.push(`microphone ${String(isActive)}`);
  }
  setCameraActive(isActive: boolean): Promise<void> {
    this.told.push(`camera ${String(isActive)}`);
    return Promise.reject(new DOMException('hidden', 'InvalidStateError'));
  }
}

describe('the system’s controls', () => {
  let system: FakeSystem;

  beforeEach(() => {
    FakeSession.sessions.length = 0;
    give(new FakeSystem());
  });
  afterEach(() => {
    remove();
    Reflect.deleteProperty(navigator, 'mediaSession');
  });

  function give(value: FakeSystem): void {
    system = value;
    Object.defineProperty(navigator, 'mediaSession', {value, configurable: true});
  }

  async function inCall(name = 'call-1'): Promise<VideoChatRoom> {
    const before = system.metadata;
    const element = await roomAt(SCREENS.find((screen) => screen.name === name)!);
    await until(() => system.metadata !== before, 'the call is told');
    return element;
  }
  const offered = (): string[] => [...system.handlers.keys()].sort();
  const ALL = ['hangup', 'togglecamera', 'togglemicrophone'];

  it('say whom the call is with, and what is on', async () => {
    const element = await inCall();
    expect(system.metadata?.title).to.equal('In a call with Ana Moreau');
    expect(system.told.splice(0)).to.deep.equal(['microphone true', 'camera true']);
    const peer = fakePeer('zoe', {displayName: 'Zoe'});
    FakeSession.last.dispatch({type: 'peer-joined', peer});
    FakeSession.last.dispatch({type: 'media-changed', media: {microphoneEnabled: false}});
    await element.updateComplete;
    expect(system.metadata?.title).to.equal('In a call with Ana Moreau and Zoe');
    expect(system.told.splice(0)).to.deep.equal(['microphone false', 'camera true']);
    element.requestUpdate();
    await element.updateComplete;
    expect(system.told, 'nothing new, nothing told').to.deep.equal([]);
  });

  it('press what a person would press', async () => {
    await inCall();
    expect(offered()).to.deep.equal(ALL);
    for (const [action, method] of [
      ['togglemicrophone', 'toggleMicrophone'],
      ['togglecamera', 'toggleCamera'],
      ['hangup', 'leave'],
    ] as const) {
      system.handlers.get(action)!();
      await until(() => FakeSession.last.calls.at(-1)?.[0] === method, method);
    }
  });

  it('have only what the page and the call have', async () => {
    const element = await inCall('call-audio');
    expect(offered()).to.deep.equal(['hangup', 'togglemicrophone']);
    element.controls = 'leave';
    await element.updateComplete;
    expect(offered()).to.deep.equal(['hangup']);
  });

  it('are given back with the end of the call, and of the element', async () => {
    const song = new MediaMetadata({title: 'A song'});
    system.metadata = song;
    const element = await inCall();
    await element.leave();
    await until(() => system.handlers.size === 0, 'given back');
    expect(system.metadata === song).to.equal(true);
    expect(system.told.slice(-2)).to.deep.equal(['microphone false', 'camera false']);
    remove();
    await inCall();
    expect(offered()).to.deep.equal(ALL);
    remove();
    await until(() => system.handlers.size === 0, 'given back');
    expect(system.metadata === song).to.equal(true);
  });

  it('are not taken from a page that has something else to tell by then', async () => {
    const element = await inCall();
    const song = new MediaMetadata({title: 'A song'});
    system.metadata = song;
    await element.leave();
    await until(() => system.handlers.size === 0, 'given back');
    expect(system.metadata === song).to.equal(true);
  });

  it('are of the call that began last, and then of the one before', async () => {
    const first = await inCall('call-1');
    const second = await inCall('call-3');
    const {title} = system.metadata!;
    expect(title).to.contain('Bo');
    // Whatever changes in the first does not take them away.
    first.requestUpdate();
    await first.updateComplete;
    expect(system.metadata!.title).to.equal(title);
    system.handlers.get('togglemicrophone')!();
    expect(FakeSession.sessions[0]!.calls.flat()).not.to.contain('toggleMicrophone');
    await second.leave();
    await until(() => system.metadata?.title === 'In a call with Ana Moreau', 'the first again');
    expect(offered()).to.deep.equal(ALL);
    await first.leave();
    await until(() => system.handlers.size === 0, 'nobody’s');
    expect(system.metadata === null).to.equal(true);
  });

  it('open the call’s own window where there are such', async () => {
    let opened = 0;
    class WindowSystem extends FakeSystem {
      override setActionHandler(action: string, handler: (() => void) | null): void {
        if (handler) this.handlers.set(action, handler);
        else this.handlers.delete(action);
      }
    }
    const value = {requestWindow: () => Promise.reject(new DOMException(String(++opened)))};
    const original = Object.getOwnPropertyDescriptor(globalThis, 'documentPictureInPicture');
    Object.defineProperty(globalThis, 'documentPictureInPicture', {value, configurable: true});
    try {
      give(new WindowSystem());
      await inCall();
      system.handlers.get('enterpictureinpicture')!();
      await until(() => opened === 1, 'the window');
    } finally {
      if (original) Object.defineProperty(globalThis, 'documentPictureInPicture', original);
      else Reflect.deleteProperty(globalThis, 'documentPictureInPicture');
    }
  });
});

describe('a browser without such controls', () => {
  afterEach(() => {
    remove();
    Reflect.deleteProperty(navigator, 'mediaSession');
  });

  it('has its call all the same', async () => {
    Object.defineProperty(navigator, 'mediaSession', {value: undefined, configurable: true});
    const element = await roomAt(SCREENS.find(({name}) => name === 'call-1')!);
    await until(() => element.shadowRoot!.querySelector('.view') !== null, 'the late parts');
    await element.leave();
    expect(element.status).to.equal('left');
  });
});
