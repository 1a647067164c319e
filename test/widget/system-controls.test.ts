/** The system's own controls while there is a call: what they are given, what they press, and whose they are. */
import {expect} from 'chai';
import type {VideoChatRoom} from '../../widget/video-chat-room.js';
import {ActingSystem, FakeSystem, give, takeBack, WindowSystem} from '../support/fake-system.js';
import {buttonOf, findButton, remove, roomAt, until} from '../support/widget-element.js';
import {SCREENS, type Screen} from '../support/widget-screens.js';
import {FakeSession, fakePeer} from '../support/widget-session.js';

async function at(name: string, attributes?: Screen['attributes']): Promise<VideoChatRoom> {
  const screen = SCREENS.find((each) => each.name === name)!;
  const element = await roomAt({...screen, attributes: {...screen.attributes, ...attributes}});
  await until(() => element.shadowRoot!.querySelector('.view') !== null, 'the late parts');
  return element;
}

/** What changes is drawn. */
async function dispatch(
  element: VideoChatRoom,
  ...actions: Parameters<FakeSession['dispatch']>[0][]
): Promise<void> {
  for (const action of actions) FakeSession.last.dispatch(action);
  await element.updateComplete;
}

/** No element of this test touches the next one's. */
async function clearOf(system: FakeSystem): Promise<void> {
  remove();
  await until(() => system.handlers.size === 0, 'given back');
  takeBack();
}

const mediaChanged = (media: {microphoneEnabled?: boolean; cameraEnabled?: boolean}) =>
  ({type: 'media-changed', media}) as const;
const callsOf = (session: FakeSession): unknown[] => session.calls.map(([name]) => name);

const ALL = ['hangup', 'togglecamera', 'togglemicrophone'];

describe('the system’s controls', () => {
  let system: FakeSystem;

  beforeEach(() => {
    FakeSession.sessions.length = 0;
    give((system = new FakeSystem()));
  });
  afterEach(() => clearOf(system));

  const offered = (): string[] => [...system.handlers.keys()].sort();

  it('press what a person would press', async () => {
    await at('call-1');
    expect(offered()).to.deep.equal(ALL);
    for (const [action, method] of [
      ['togglemicrophone', 'toggleMicrophone'],
      ['togglecamera', 'toggleCamera'],
      ['hangup', 'leave'],
    ] as const) {
      system.press(action);
      await until(() => FakeSession.last.calls.at(-1)?.[0] === method, method);
    }
  });

  it('switch to what the browser wants, and do nothing where it is so', async () => {
    const element = await at('call-1');
    for (const [device, method] of [
      ['microphone', 'toggleMicrophone'],
      ['camera', 'toggleCamera'],
    ] as const) {
      const calls = (): unknown[][] => FakeSession.last.calls.filter(([name]) => name === method);
      system.press(`toggle${device}`, true);
      expect(calls(), 'on already').to.deep.equal([]);
      system.press(`toggle${device}`, false);
      await until(() => !FakeSession.last.state.media[`${device}Enabled`], 'off');
      await element.updateComplete;
      system.press(`toggle${device}`, false);
      system.press(`toggle${device}`, true);
      await until(() => FakeSession.last.state.media[`${device}Enabled`], 'on again');
      expect(calls()).to.deep.equal([
        [method, false],
        [method, true],
      ]);
    }
  });

  it('do nothing while the same switch is under way, nor does its button while they are', async () => {
    const element = await at('call-1');
    const session = FakeSession.last;
    const pending: (() => void)[] = [];
    session.toggleMicrophone = () =>
      new Promise((resolve) => void pending.push(() => resolve(true)));
    const press = (): void => buttonOf(element, 'Turn microphone off').click();
    const asAsked = (): void => system.press('togglemicrophone');
    for (const [first, second] of [
      [press, asAsked],
      [asAsked, press],
    ] as const) {
      first();
      await until(() => pending.length === 1, 'under way');
      await element.updateComplete;
      second();
      asAsked();
      expect(pending).to.have.lengthOf(1);
      pending.shift()!();
      await until(
        () => buttonOf(element, 'Turn microphone off').ariaDisabled !== 'true',
        'the button is free',
      );
    }
  });

  it('have only what the page and the call have', async () => {
    const element = await at('call-audio');
    expect(offered()).to.deep.equal(['hangup', 'togglemicrophone']);
    element.controls = 'leave';
    await element.updateComplete;
    expect(offered()).to.deep.equal(['hangup']);
    expect(system.touched.has('togglecamera'), 'what is not offered is the page’s').to.equal(false);
  });

  it('switch nothing in a call of data, also of an element that had a call of pictures', async () => {
    const element = await at('call-1');
    expect(offered()).to.deep.equal(ALL);
    await element.leave();
    await until(() => system.handlers.size === 0, 'given back');
    system.touched.clear();
    system.told.length = 0;
    element.media = 'data';
    await element.updateComplete;
    await element.join('sunday-lunch');
    SCREENS.find(({name}) => name === 'call-1')!.steps!(FakeSession.last);
    await until(() => system.handlers.size > 0, 'the next call');
    await element.updateComplete;
    expect([...system.touched]).to.deep.equal(['hangup']);
    expect(system.told).to.deep.equal([]);
  });

  it('are told what is on, where that is all that telling does', async () => {
    const element = await at('call-1');
    expect(system.told.splice(0)).to.deep.equal(['microphone true', 'camera true']);
    await dispatch(element, mediaChanged({microphoneEnabled: false}));
    expect(system.told.splice(0)).to.deep.equal(['microphone false']);
    element.requestUpdate();
    await element.updateComplete;
    await element.leave();
    await until(() => system.handlers.size === 0, 'given back');
    expect(system.told, 'others may be capturing still').to.deep.equal([]);
  });

  it('go on where the browser will not be told', async () => {
    system.setMicrophoneActive = () => {
      throw new DOMException('not here', 'InvalidStateError');
    };
    const element = await at('call-1');
    expect(offered()).to.deep.equal(ALL);
    await dispatch(element, mediaChanged({microphoneEnabled: false}));
    expect(findButton(element, 'Turn microphone on') !== undefined, 'drawn').to.equal(true);
  });

  it('are not told whom a call is with, nor is what the page tells changed', async () => {
    const element = await at('call-1');
    const peer = fakePeer('zoe', {displayName: 'Zoe'});
    await dispatch(element, {type: 'peer-joined', peer});
    await element.leave();
    await until(() => system.handlers.size === 0, 'given back');
    expect(system.metadataSet).to.equal(0);
  });

  it('are given back with the end of the call, and of the element', async () => {
    const element = await at('call-1');
    await element.leave();
    await until(() => system.handlers.size === 0, 'given back');
    remove();
    await at('call-1');
    expect(offered()).to.deep.equal(ALL);
    remove();
    await until(() => system.handlers.size === 0, 'given back');
  });

  it('are of the call that began last, and then of the one before', async () => {
    const first = await at('call-1');
    const second = await at('call-3');
    const [one, two] = FakeSession.sessions as [FakeSession, FakeSession];
    // Whatever changes in the first does not take them away.
    first.requestUpdate();
    await first.updateComplete;
    system.press('togglemicrophone');
    await until(() => callsOf(two).includes('toggleMicrophone'), 'of the second');
    expect(callsOf(one)).not.to.include('toggleMicrophone');
    // In the first nothing happens meanwhile.
    first.requestUpdate = () => undefined;
    await second.leave();
    await second.updateComplete;
    Reflect.deleteProperty(first, 'requestUpdate');
    expect(offered()).to.deep.equal(ALL);
    system.press('togglecamera');
    await until(() => callsOf(one).includes('toggleCamera'), 'of the first');
    await first.leave();
    await until(() => system.handlers.size === 0, 'nobody’s');
  });

  it('open the call’s own window where there are such, and the page has it', async () => {
    let opened = 0;
    const value = {requestWindow: () => Promise.reject(new DOMException(String(++opened)))};
    const original = Object.getOwnPropertyDescriptor(globalThis, 'documentPictureInPicture');
    Object.defineProperty(globalThis, 'documentPictureInPicture', {value, configurable: true});
    try {
      give((system = new WindowSystem()));
      const element = await at('call-1');
      system.press('enterpictureinpicture');
      await until(() => opened === 1, 'the window');
      element.controls = 'microphone camera leave';
      await element.updateComplete;
      expect(offered(), 'the browser opens none by itself').to.deep.equal(ALL);
    } finally {
      if (original) Object.defineProperty(globalThis, 'documentPictureInPicture', original);
      else Reflect.deleteProperty(globalThis, 'documentPictureInPicture');
    }
  });
});

describe('the controls of a system that acts on what it is told', () => {
  let system: ActingSystem;

  beforeEach(() => {
    FakeSession.sessions.length = 0;
    give((system = new ActingSystem()));
  });
  afterEach(() => clearOf(system));

  const expectUntouched = (): void => {
    expect(system.muted).to.deep.equal({microphone: false, camera: false});
    expect(system.told).to.deep.equal([]);
  };

  it('take nothing away when a person mutes, and ask nothing when they talk again', async () => {
    const element = await at('call-1');
    await dispatch(element, mediaChanged({microphoneEnabled: false, cameraEnabled: false}));
    expectUntouched();
    await dispatch(element, mediaChanged({microphoneEnabled: true, cameraEnabled: true}));
    expectUntouched();
  });

  it('take nothing away when the last of the others has gone', async () => {
    const element = await at('call-1');
    await dispatch(element, {type: 'peer-left', peerId: 'ana', reason: 'left'});
    await until(() => system.handlers.size === 0, 'given back');
    expect(element.status).to.equal('waiting');
    expectUntouched();
  });

  it('take nothing away from one call when another ends', async () => {
    const first = await at('call-1');
    await (await at('call-3')).leave();
    await until(() => system.handlers.size > 0, 'the first again');
    await first.updateComplete;
    expectUntouched();
  });

  it('take nothing away from the page when the element goes', async () => {
    await at('call-1');
    remove();
    await until(() => system.handlers.size === 0, 'given back');
    expectUntouched();
  });

  it('follow the browser’s own switch, whatever was on before', async () => {
    const element = await at('call-1');
    const session = FakeSession.last;
    await dispatch(element, mediaChanged({cameraEnabled: false}));
    system.muteAll(true);
    await until(() => !session.state.media.microphoneEnabled, 'the microphone is off');
    expect(session.state.media.cameraEnabled, 'it was off').to.equal(false);
    expect(callsOf(session)).not.to.include('toggleCamera');
    expect(system.told).to.deep.equal([]);
  });
});

describe('a browser without such controls', () => {
  afterEach(() => {
    remove();
    takeBack();
  });

  it('has its call all the same', async () => {
    give(undefined);
    const element = await at('call-1');
    await element.leave();
    expect(element.status).to.equal('left');
  });
});
