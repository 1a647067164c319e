/** Shared screens in the element: the button, the tiles and the words; no camera's video is made anew. */
import {expect} from 'chai';
import {CallError} from '../../widget/call/call-error.js';
import {peersOf} from '../../widget/call/call-state.js';
import {
  buttonOf,
  engine,
  expectFocus,
  expectSameNodes,
  findButton,
  overlayOf,
  remove,
  roomAt,
  shadowOf,
  until,
  untilTools,
} from '../support/widget-element.js';
import {SCREENS} from '../support/widget-screens.js';
import {FakeSession} from '../support/widget-session.js';
import {forbidScreens} from '../support/fake-screen.js';
import type {VideoChatRoom} from '../../widget/video-chat-room.js';

/** A call in which what shows screens has come. */
async function at(name: string): Promise<VideoChatRoom> {
  const element = await roomAt(SCREENS.find((each) => each.name === name)!);
  if (element.peers.length > 0) await untilAllHasCome(element);
  return element;
}

async function untilAllHasCome(element: VideoChatRoom): Promise<void> {
  await import('../../widget/bells.js');
  await untilTools(element);
}

const screensOf = (element: VideoChatRoom): HTMLElement[] => [
  ...shadowOf(element).querySelectorAll<HTMLElement>('[part~=tile-screen]'),
];
const namesOf = (element: VideoChatRoom): (string | null)[] =>
  screensOf(element).map((tile) => tile.getAttribute('aria-label'));
const videoOf = (tile: HTMLElement): HTMLVideoElement => tile.querySelector('video')!;

async function share(element: VideoChatRoom, peerId: string, screenSharing: boolean) {
  FakeSession.last.dispatch({type: 'peer-changed', peerId, change: {screenSharing}});
  await element.updateComplete;
}

function told(element: VideoChatRoom): string {
  return shadowOf(element).querySelector('[role=status][part=notices]')!.textContent;
}

describe('sharing a screen', () => {
  afterEach(remove);

  it('the button says what a press does, and keeps the focus', async () => {
    const element = await at('call-1');
    const button = buttonOf(element, 'Share screen');
    expect(button.title).to.equal('Share screen');
    expect(button.previousElementSibling?.getAttribute('aria-label')).to.equal('Turn camera off');
    const events: unknown[] = [];
    element.addEventListener('screen-share-changed', (event) => events.push(event.detail));
    button.focus();
    button.click();
    await until(() => element.screenSharing, 'shared');
    await element.updateComplete;
    expect(buttonOf(element, 'Stop sharing') === button).to.equal(true);
    await until(() => button.getAttribute('aria-disabled') === null, 'done');
    button.click();
    await until(() => !element.screenSharing, 'ended');
    await element.updateComplete;
    expect(buttonOf(element, 'Share screen') === button).to.equal(true);
    expectFocus(button);
    expect(events).to.deep.equal([{enabled: true}, {enabled: false}]);
    expect(told(element)).not.to.contain('no longer shared');
  });

  it('can begin while nobody is there to see it', async () => {
    const element = await at('waiting');
    buttonOf(element, 'Share screen').click();
    await until(() => Boolean(findButton(element, 'Stop sharing')), 'shared');
    expect(screensOf(element)).to.deep.equal([]);
  });

  it('nothing in the bar moves when what comes later has come', async () => {
    const element = await roomAt(SCREENS.find(({name}) => name === 'call-1')!);
    const places = (): string[] =>
      [...shadowOf(element).querySelectorAll('.controls .control')].map((button) => {
        const {x, y, width} = button.getBoundingClientRect();
        return `${button.getAttribute('aria-label')} ${x} ${y} ${width}`;
      });
    const before = places();
    await untilAllHasCome(element);
    expect(places()).to.deep.equal(before);
    expect(before.length).to.equal(6);
  });

  it('there is none where the browser cannot, and none for who is not let in yet', async () => {
    const knocking = await roomAt(SCREENS.find(({name}) => name === 'knocking')!);
    expect(Boolean(findButton(knocking, 'Share screen'))).to.equal(false);
    const element = await at('call-1');
    const prototype = Object.getPrototypeOf(navigator.mediaDevices) as MediaDevices;
    const {getDisplayMedia} = prototype;
    Reflect.deleteProperty(prototype, 'getDisplayMedia');
    try {
      element.requestUpdate();
      await element.updateComplete;
      expect(Boolean(findButton(element, 'Share screen'))).to.equal(false);
    } finally {
      prototype.getDisplayMedia = getDisplayMedia;
    }
    const allow = forbidScreens();
    try {
      element.requestUpdate();
      await element.updateComplete;
      expect(Boolean(findButton(element, 'Share screen'))).to.equal(false);
    } finally {
      allow();
    }
  });

  it('what was not given is told, once, and can be tried again', async () => {
    const element = await at('call-1');
    const codes: string[] = [];
    element.addEventListener('call-error', ({detail}) => codes.push(detail.error.code));
    FakeSession.last.nextError = new CallError('display-capture-denied');
    buttonOf(element, 'Share screen').click();
    await until(() => told(element).includes('Your screen was not shared'), 'told');
    expect(codes).to.deep.equal(['display-capture-denied']);
    expect(buttonOf(element, 'Share screen').getAttribute('aria-disabled')).to.equal(null);
  });

  it('a screen is a tile beside its camera, and no video of a camera is made anew', async () => {
    const element = await at('call-3');
    const root = shadowOf(element);
    const cameras = [...root.querySelectorAll('.tiles video')];
    await share(element, 'bo', true);
    expect(namesOf(element)).to.deep.equal(['Bo’s screen']);
    const [tile] = screensOf(element);
    const video = videoOf(tile!);
    expect(video.srcObject === element.screenOf('bo')).to.equal(true);
    expect(getComputedStyle(video).objectFit).to.equal('contain');
    expectSameNodes([...root.querySelectorAll('.tiles video')], cameras);
    expect(root.querySelector<HTMLVideoElement>('[data-peer=bo]')?.srcObject).to.equal(
      element.streamOf('bo'),
    );
    const large = tile!.getBoundingClientRect();
    for (const camera of cameras) {
      expect(camera.getBoundingClientRect().width).to.be.below(large.width);
    }
    await share(element, 'bo', false);
    expect(screensOf(element)).to.deep.equal([]);
    expectSameNodes([...root.querySelectorAll('.tiles video')], cameras);
  });

  it('one’s own is shown too: muted, and as it is', async () => {
    const element = await at('call-1');
    const session = FakeSession.last;
    session.localScreen = new MediaStream();
    session.dispatch({type: 'media-changed', media: {screenSharing: true}});
    await element.updateComplete;
    expect(namesOf(element)).to.deep.equal(['Your screen']);
    const video = videoOf(screensOf(element)[0]!);
    expect([video.muted, getComputedStyle(video).transform]).to.deep.equal([true, 'none']);
    expect(video.srcObject === session.localScreen).to.equal(true);
    expect(element.localScreen === session.localScreen).to.equal(true);
    const own = shadowOf(element).querySelector('[part~=tile-own] video')!;
    expect(getComputedStyle(own).transform).to.equal('matrix(-1, 0, 0, 1, 0, 0)');
  });

  it('a second screen takes no video of the first, nor does its end', async () => {
    const element = await at('call-3');
    await share(element, 'chidi', true);
    const first = videoOf(screensOf(element)[0]!);
    await share(element, 'ana', true);
    expect(namesOf(element)).to.have.members(['Ana Moreau’s screen', 'Chidi Okafor’s screen']);
    expect(shadowOf(element).querySelector('[data-screen=chidi]') === first).to.equal(true);
    await share(element, 'ana', false);
    expect(shadowOf(element).querySelector('[data-screen=chidi]') === first).to.equal(true);
  });

  it('one’s own gives way to those of others', async () => {
    const element = await at('sharing-own');
    expect(namesOf(element)).to.deep.equal(['Your screen']);
    await share(element, 'ana', true);
    expect(namesOf(element)).to.deep.equal(['Ana Moreau’s screen']);
    expect(Boolean(findButton(element, 'Stop sharing'))).to.equal(true);
  });

  it('says over the last picture that its link is being looked for', async () => {
    const element = await at('call-1');
    await share(element, 'ana', true);
    const change = {connectionState: 'disconnected'} as const;
    FakeSession.last.dispatch({type: 'peer-changed', peerId: 'ana', change});
    await element.updateComplete;
    expect(screensOf(element)[0]!.textContent).to.contain('Reconnecting…');
  });

  it('is not said to have ended when somebody who left with it is back without', async () => {
    const element = await at('call-3');
    const session = FakeSession.last;
    const [ana] = peersOf(session.state);
    await share(element, ana!.peerId, true);
    await overlayOf(element);
    session.dispatch({type: 'peer-left', peerId: ana!.peerId, reason: 'left'});
    session.dispatch({type: 'peer-joined', peer: ana!});
    await share(element, 'bo', true);
    expect(told(element)).to.contain('Bo is sharing their screen');
    expect(told(element)).not.to.contain('stopped sharing');
  });

  it('is told to those who do not see it, when it begins and when it ends', async () => {
    const element = await at('call-1');
    await share(element, 'ana', true);
    await overlayOf(element);
    expect(told(element)).to.contain('Ana Moreau is sharing their screen');
    await share(element, 'ana', false);
    expect(told(element)).to.contain('Ana Moreau stopped sharing their screen');
  });

  it('that the browser has ended one’s own is told', async () => {
    const element = await at('sharing-own');
    FakeSession.last.dispatch({type: 'media-changed', media: {screenSharing: false}});
    await overlayOf(element);
    expect(told(element)).to.contain('Your screen is no longer shared');
    expect(Boolean(findButton(element, 'Share screen'))).to.equal(true);
  });

  it('a screen shared in a voice call is seen', async () => {
    const element = await at('sharing-audio');
    expect(namesOf(element)).to.deep.equal(['Ana Moreau’s screen']);
    expect(Boolean(findButton(element, 'Turn camera on'))).to.equal(false);
  });

  it('its sound is played as the voices are', async () => {
    const played: HTMLMediaElement[] = [];
    const original = HTMLMediaElement.prototype.play;
    HTMLMediaElement.prototype.play = function () {
      played.push(this);
      return Promise.reject(new DOMException('no gesture', 'NotAllowedError'));
    };
    try {
      const element = await at('sharing-own');
      const load = (peerId: string): HTMLVideoElement => {
        const root = shadowOf(element);
        const video = root.querySelector<HTMLVideoElement>(`[data-screen="${peerId}"]`)!;
        video.dispatchEvent(new Event('loadedmetadata'));
        return video;
      };
      const own = load('');
      await share(element, 'ana', true);
      const theirs = load('ana');
      await until(() => findButton(element, 'Tap to hear') !== undefined, 'the button');
      expect([played.includes(theirs), played.includes(own)]).to.deep.equal([true, false]);
    } finally {
      HTMLMediaElement.prototype.play = original;
    }
  });

  it('the element has what the session has', async () => {
    expect(engine.CallSession).to.equal(FakeSession);
    const element = await at('call-1');
    expect([element.screenOf('ana'), element.localScreen]).to.deep.equal([null, null]);
    expect(await element.toggleScreenShare(true)).to.equal(true);
    expect(FakeSession.last.calls.at(-1)).to.deep.equal(['toggleScreenShare', true]);
  });
});
