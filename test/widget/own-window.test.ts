/** The call in a window of its own: what it shows, what it does, and every way in which it closes. A frame stands for the window. */
import {expect} from 'chai';
import type {VideoChatRoom} from '../../widget/video-chat-room.js';
import {buttonOf, findButton, remove, roomAt, shadowOf, until} from '../support/widget-element.js';
import {SCREENS, type Screen} from '../support/widget-screens.js';
import {FakeSession, fakeKnock} from '../support/widget-session.js';

const WINDOW_BUTTON = 'Call in its own window';

describe('the call’s own window', () => {
  let frame: HTMLIFrameElement;
  let opened = 0;
  let refuse = false;
  const original = Object.getOwnPropertyDescriptor(globalThis, 'documentPictureInPicture');

  beforeEach(() => {
    FakeSession.sessions.length = 0;
    [opened, refuse] = [0, false];
    frame = document.body.appendChild(document.createElement('iframe'));
    const value = {
      requestWindow: () => {
        if (refuse) return Promise.reject(new DOMException('no gesture', 'NotAllowedError'));
        opened++;
        const inside = frame.contentWindow!;
        inside.close = () => inside.dispatchEvent(new Event('pagehide'));
        return Promise.resolve(inside);
      },
    };
    Object.defineProperty(globalThis, 'documentPictureInPicture', {value, configurable: true});
  });
  afterEach(() => {
    remove();
    frame.remove();
    if (original) Object.defineProperty(globalThis, 'documentPictureInPicture', original);
    else Reflect.deleteProperty(globalThis, 'documentPictureInPicture');
  });

  /** What is drawn in the window. */
  const inside = (): ShadowRoot => frame.contentDocument!.body.firstElementChild!.shadowRoot!;
  const videosInside = (): HTMLVideoElement[] => [...inside().querySelectorAll('video')];
  const buttonInside = (label: string): HTMLElement =>
    inside().querySelector<HTMLElement>(`[aria-label="${label}"], [title="${label}"]`)!;
  const isOpen = (element: Element): boolean =>
    findButton(element, WINDOW_BUTTON)?.ariaPressed === 'true';

  async function open(name = 'call-2'): Promise<VideoChatRoom> {
    const element = await roomAt(SCREENS.find((screen) => screen.name === name) as Screen);
    await until(() => findButton(element, WINDOW_BUTTON) !== undefined, 'the button');
    buttonOf(element, WINDOW_BUTTON).click();
    await until(() => isOpen(element), 'the window');
    await element.updateComplete;
    return element;
  }

  it('shows everybody, silently, in the colours of the element', async () => {
    const element = await open();
    expect(videosInside().map(({srcObject}) => srcObject === null)).to.deep.equal([
      false,
      false,
      false,
    ]);
    expect(videosInside()[0]!.srcObject === element.streamOf('ana')).to.equal(true);
    // What is heard in the page is unmuted once it can be played.
    for (const video of videosInside()) video.dispatchEvent(new Event('loadedmetadata'));
    expect(videosInside().every(({muted}) => muted)).to.equal(true);
    const [heard] = shadowOf(element).querySelectorAll('video');
    expect(heard!.srcObject === element.streamOf('ana'), 'the element is heard').to.equal(true);
    expect(heard!.muted).to.equal(false);
    const stage = inside().querySelector('.stage')!;
    const ours = shadowOf(element).querySelector('.stage')!;
    expect(frame.contentWindow!.getComputedStyle(stage).backgroundColor).to.equal(
      getComputedStyle(ours).backgroundColor,
    );
  });

  it('wears what the page has set', async () => {
    const style = document.head.appendChild(document.createElement('style'));
    style.textContent =
      'test-chat-room { --vcr-color-stage: rgb(1, 2, 3); font-family: serif; color-scheme: dark }';
    try {
      await open();
      const stage = inside().querySelector('.stage')!;
      const worn = frame.contentWindow!.getComputedStyle(stage);
      expect(worn.backgroundColor).to.equal('rgb(1, 2, 3)');
      expect(worn.fontFamily).to.equal('serif');
      expect(worn.colorScheme).to.equal('dark');
    } finally {
      style.remove();
    }
  });

  it('says in the page where the call is, and is brought back', async () => {
    const element = await open();
    const tiles = shadowOf(element).querySelector('.tiles')!;
    expect(getComputedStyle(tiles).visibility).to.equal('hidden');
    expect(shadowOf(element).querySelector('[part=away]')?.textContent).to.contain(
      'The call is in its own window.',
    );
    buttonOf(element, 'Bring it back').click();
    await until(() => !isOpen(element), 'closed');
    expect(getComputedStyle(tiles).visibility).to.equal('visible');
    expect(shadowOf(element).querySelector('[part=away]') === null).to.equal(true);
    expect(
      videosInside().every(({srcObject}) => srcObject === null),
      'let go',
    ).to.equal(true);
  });

  it('follows the call: who comes, goes, and what is off', async () => {
    const element = await open('call-1');
    FakeSession.last.dispatch({type: 'media-changed', media: {microphoneEnabled: false}});
    await element.updateComplete;
    buttonInside('Turn microphone on').click();
    expect(FakeSession.last.calls.at(-1)?.[0]).to.equal('toggleMicrophone');
    FakeSession.last.dispatch({
      type: 'peer-changed',
      peerId: 'ana',
      change: {cameraEnabled: false},
    });
    await element.updateComplete;
    expect(inside().querySelector('[part~=avatar]')?.textContent.trim()).to.equal('AM');
  });

  /** The size of the window. */
  function resize(width: number, height: number): void {
    Object.assign(frame.style, {width: `${String(width)}px`, height: `${String(height)}px`});
  }
  const tilesInside = (): HTMLElement => inside().querySelector<HTMLElement>('.tiles')!;
  const arrangement = (): string | undefined => tilesInside().dataset['arrangement'];
  const widthOf = (tile: Element): number => tile.getBoundingClientRect().width;

  it('arranges people as the page does, in its own box', async () => {
    resize(360, 400);
    const element = await open('call-3');
    expect(arrangement()).to.equal('grid');
    buttonOf(element, 'Enlarge Bo').click();
    await until(() => arrangement() === 'below', 'a strip below');
    const large = (): string[] =>
      [...tilesInside().querySelectorAll('[data-large]')].map((tile) => tile.ariaLabel ?? '');
    expect(large()).to.deep.equal(['Bo']);
    const [bo] = tilesInside().querySelectorAll('[data-large]');
    const [ana] = tilesInside().children;
    expect(widthOf(bo!)).to.be.above(widthOf(ana!) * 2);
    resize(800, 330);
    await until(() => arrangement() === 'beside', 'a strip beside');
    buttonOf(element, 'Speaker view').click();
    FakeSession.last.dispatch({type: 'peer-changed', peerId: 'chidi', change: {speaking: true}});
    await until(() => large().join() === 'Chidi Okafor', 'whoever speaks');
    const speaking = tilesInside().querySelector('[data-speaking]');
    expect(speaking?.ariaLabel).to.equal('Chidi Okafor');
    // As large as each other, and nobody counted as missing.
    buttonOf(element, 'Speaker view').click();
    await until(() => arrangement() === 'grid', 'a grid');
  });

  it('counts those for whom it has no room', async () => {
    resize(300, 330);
    const element = await open('call-7');
    buttonOf(element, 'Enlarge Bo').click();
    const own = (): HTMLElement => tilesInside().querySelector<HTMLElement>('[data-own]')!;
    await until(() => /^\+\d$/.test(own().dataset['more'] ?? ''), 'some are counted');
    const hidden = tilesInside().querySelectorAll('[data-surplus]').length;
    expect(own().dataset['more']).to.equal(`+${String(hidden)}`);
  });

  it('gives a shared screen the large place, and shows the people in a strip', async () => {
    resize(360, 420);
    await open('sharing-1');
    await until(() => inside().querySelector('.screens video') !== null, 'the screen');
    const screen = inside().querySelector('.screens .tile')!.getBoundingClientRect();
    const [ana, own] = tilesInside().children;
    const [left, right] = [ana!.getBoundingClientRect(), own!.getBoundingClientRect()];
    expect(screen.height).to.be.above(left.height * 2);
    expect([left.top, left.width], 'side by side').to.deep.equal([right.top, right.width]);
    expect(left.right).to.be.below(right.left);
  });

  it('asks about whoever knocks', async () => {
    const element = await open('call-1');
    FakeSession.last.dispatch({type: 'invitation-received', invitation: fakeKnock('k9', 'Zoe')});
    await until(() => inside().querySelector('[role=alertdialog]') !== null, 'the question');
    const accept = [...inside().querySelectorAll('button')].find(
      ({textContent}) => textContent.trim() === 'Accept',
    )!;
    accept.click();
    await element.updateComplete;
    expect(FakeSession.last.calls.at(-1)).to.deep.equal(['accept', 'k9']);
  });

  it('is closed by the end of the call, by the element’s, and by the person', async () => {
    const element = await open();
    buttonInside('Leave').click();
    await until(() => element.status === 'left', 'left');
    await element.updateComplete;
    expect(
      videosInside().every(({srcObject}) => srcObject === null),
      'left',
    ).to.equal(true);
    remove();

    await open();
    remove();
    await until(() => videosInside().every(({srcObject}) => srcObject === null), 'removed');

    const third = await open();
    frame.contentWindow!.dispatchEvent(new Event('pagehide'));
    await until(() => !isOpen(third), 'closed by the person');
    expect(third.status).to.equal('in-call');
  });

  it('has the controls that the page has chosen', async () => {
    const element = await open('call-1');
    element.controls = 'microphone own-window leave';
    await element.updateComplete;
    const shown = [...inside().querySelectorAll<HTMLElement>('.control')].filter(
      ({style, part}) => style.display !== 'none' && part.contains('button'),
    );
    expect(shown.map(({part}) => part[1])).to.deep.equal(['button-microphone', 'button-leave']);
  });

  it('is opened once, however often its button is pressed', async () => {
    const element = await roomAt(SCREENS.find(({name}) => name === 'call-1') as Screen);
    await until(() => findButton(element, WINDOW_BUTTON) !== undefined, 'the button');
    buttonOf(element, WINDOW_BUTTON).click();
    buttonOf(element, WINDOW_BUTTON).click();
    await until(() => isOpen(element), 'the window');
    expect(opened).to.equal(1);
  });

  it('stays, with the way back, when the last one has gone', async () => {
    const element = await open('call-1');
    FakeSession.last.dispatch({type: 'peer-left', peerId: 'ana', reason: 'left'});
    await element.updateComplete;
    expect(element.status).to.equal('waiting');
    buttonOf(element, 'Bring it back').click();
    await until(() => shadowOf(element).querySelector('[part=away]') === null, 'closed');
  });

  it('gives the focus to a question', async () => {
    const element = await open('call-1');
    FakeSession.last.dispatch({type: 'invitation-received', invitation: fakeKnock('k9', 'Zoe')});
    await until(() => inside().querySelector('[role=alertdialog]') !== null, 'the question');
    await element.updateComplete;
    const {activeElement} = inside();
    expect(activeElement?.getAttribute('role')).to.equal('alertdialog');
  });

  it('follows what the page sets meanwhile', async () => {
    const element = await open('call-1');
    element.style.setProperty('--vcr-color-stage', 'rgb(4, 5, 6)');
    element.requestUpdate();
    await element.updateComplete;
    const stage = inside().querySelector('.stage')!;
    expect(frame.contentWindow!.getComputedStyle(stage).backgroundColor).to.equal('rgb(4, 5, 6)');
  });

  it('that opens when the call has been left is closed, and not there in the next', async () => {
    const element = await roomAt(SCREENS.find(({name}) => name === 'call-1') as Screen);
    await until(() => findButton(element, WINDOW_BUTTON) !== undefined, 'the button');
    // The click loads and asks; the call is left in the same moment.
    buttonOf(element, WINDOW_BUTTON).click();
    await element.leave();
    await until(() => opened === 1, 'the window');
    await element.updateComplete;
    await element.join('sunday-lunch');
    SCREENS.find(({name}) => name === 'call-1')!.steps!(FakeSession.last);
    await until(() => findButton(element, WINDOW_BUTTON) !== undefined, 'the next call');
    expect(isOpen(element)).to.equal(false);
  });

  it('that the browser refuses is not there, and nothing else happens', async () => {
    refuse = true;
    const element = await roomAt(SCREENS.find(({name}) => name === 'call-1') as Screen);
    await until(() => findButton(element, WINDOW_BUTTON) !== undefined, 'the button');
    let errors = 0;
    element.addEventListener('call-error', () => errors++);
    buttonOf(element, WINDOW_BUTTON).click();
    await new Promise((resolve) => setTimeout(resolve));
    await element.updateComplete;
    expect([opened, errors, isOpen(element)]).to.deep.equal([0, 0, false]);
    expect(shadowOf(element).querySelector('[part=away]') === null).to.equal(true);
  });
});
