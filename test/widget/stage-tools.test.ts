/** What can be done with the pictures of a call: enlarge, show whole, move one's own, full screen; and which buttons there are. */
import {expect} from 'chai';
import type {VideoChatRoom} from '../../widget/video-chat-room.js';
import {
  buttonOf,
  expectSameNodes,
  findButton,
  remove,
  roomAt,
  shadowOf,
  until,
  untilTools,
} from '../support/widget-element.js';
import {SCREENS, type Screen} from '../support/widget-screens.js';
import {FakeSession} from '../support/widget-session.js';

async function at(name: string, width = 480, height = 400): Promise<VideoChatRoom> {
  const element = await roomAt(SCREENS.find((screen) => screen.name === name) as Screen);
  const px = (length: number): string => `${String(length)}px`;
  Object.assign(element.style, {inlineSize: px(width), blockSize: px(height)});
  await untilTools(element);
  await measured(element);
  return element;
}

/** Those who have watched the size for longer have been told of it before. */
function measured(element: Element): Promise<unknown> {
  return new Promise((resolve) => {
    // Not in the middle of that: what a test does then would be taken for a loop.
    const observer = new ResizeObserver(() => {
      observer.disconnect();
      setTimeout(resolve);
    });
    observer.observe(tilesOf(element));
  });
}

const tilesOf = (element: Element): HTMLElement =>
  shadowOf(element).querySelector<HTMLElement>('.tiles')!;
const tileOf = (element: Element, name: string): HTMLElement =>
  tilesOf(element).querySelector<HTMLElement>(`[aria-label="${name}"]`)!;
const ownOf = (element: Element): HTMLElement =>
  tilesOf(element).querySelector<HTMLElement>('[data-own]')!;
const largeOf = (element: Element): string | null | undefined =>
  tilesOf(element).querySelector('[data-large]')?.getAttribute('aria-label');
const areaOf = (tile: Element): number => tile.clientWidth * tile.clientHeight;
const shownOf = (element: Element): string[] =>
  [...shadowOf(element).querySelectorAll<HTMLElement>('.controls .control')]
    .filter((button) => button.checkVisibility())
    .map(({part}) => part[1]!.slice('button-'.length));

function pointer(target: Element, type: string, init: PointerEventInit): void {
  const common = {pointerId: 1, isPrimary: true, bubbles: true, composed: true};
  target.dispatchEvent(new PointerEvent(type, {...common, ...init}));
}

describe('the pictures of a call', () => {
  beforeEach(() => {
    FakeSession.sessions.length = 0;
  });
  afterEach(remove);

  it('one is enlarged, and made as large as the others again', async () => {
    const element = await at('call-3');
    const videos = [...shadowOf(element).querySelectorAll('video')];
    const button = buttonOf(element, 'Enlarge Bo');
    expect(button.ariaPressed).to.equal('false');
    button.click();
    await element.updateComplete;
    expect(tilesOf(element).dataset['arrangement']).to.equal('below');
    expect(largeOf(element)).to.equal('Bo');
    const [bo, ana] = [tileOf(element, 'Bo'), tileOf(element, 'Ana Moreau')];
    expect(areaOf(bo)).to.be.above(areaOf(ana) * 5);
    expect(bo.getBoundingClientRect().top).to.be.below(ana.getBoundingClientRect().top);
    expect(buttonOf(element, 'Enlarge Bo').ariaPressed).to.equal('true');
    expectSameNodes([...shadowOf(element).querySelectorAll('video')], videos);
    buttonOf(element, 'Enlarge Bo').click();
    await element.updateComplete;
    expect(tilesOf(element).dataset['arrangement']).to.equal('grid');
  });

  it('all are as large again when the one who was enlarged goes', async () => {
    const element = await at('call-3');
    buttonOf(element, 'Enlarge Bo').click();
    await element.updateComplete;
    FakeSession.last.dispatch({type: 'peer-left', peerId: 'bo', reason: 'left'});
    await element.updateComplete;
    expect(tilesOf(element).dataset['arrangement']).to.equal('grid');
  });

  it('whoever speaks is large, and has a ring', async () => {
    const element = await at('call-3');
    buttonOf(element, 'Speaker view').click();
    await element.updateComplete;
    expect(largeOf(element)).to.equal('Ana Moreau');
    FakeSession.last.dispatch({type: 'peer-changed', peerId: 'bo', change: {speaking: true}});
    await element.updateComplete;
    expect(tileOf(element, 'Bo').hasAttribute('data-speaking')).to.equal(true);
    expect(largeOf(element), 'a remark').to.equal('Ana Moreau');
    await until(() => largeOf(element) === 'Bo', 'the large place');
    FakeSession.last.dispatch({type: 'peer-changed', peerId: 'bo', change: {speaking: false}});
    await element.updateComplete;
    expect(largeOf(element), 'nobody else speaks').to.equal('Bo');
    expect(tileOf(element, 'Bo').hasAttribute('data-speaking')).to.equal(false);
  });

  it('those for whom a strip has no room are counted on one’s own, and come back', async () => {
    const element = await at('call-7', 480, 360);
    buttonOf(element, 'Enlarge Ana Moreau').click();
    await until(() => ownOf(element).dataset['more'] === '+2', 'two are not shown');
    const hidden = tilesOf(element).querySelectorAll<HTMLElement>('[data-surplus]');
    expect([...hidden].map((tile) => getComputedStyle(tile).opacity)).to.deep.equal(['0', '0']);
    element.style.blockSize = '700px';
    element.style.inlineSize = '1200px';
    await until(() => ownOf(element).dataset['more'] === undefined, 'all are shown');
    expect(tilesOf(element).querySelector('[data-surplus]') === null).to.equal(true);
  });

  it('a click in a strip enlarges, one on a large picture shows all of it', async () => {
    const element = await at('call-3');
    buttonOf(element, 'Enlarge Bo').click();
    await element.updateComplete;
    tileOf(element, 'Ana Moreau').querySelector('video')!.click();
    await element.updateComplete;
    expect(largeOf(element)).to.equal('Ana Moreau');
    const ana = tileOf(element, 'Ana Moreau');
    const before = ana.hasAttribute('data-whole');
    ana.querySelector('video')!.click();
    await element.updateComplete;
    expect(ana.hasAttribute('data-whole')).to.equal(!before);
    const fit = before ? 'cover' : 'contain';
    expect(getComputedStyle(ana.querySelector('video')!).objectFit).to.equal(fit);
  });

  it('whoever was enlarged by hand is not followed, and the button says so', async () => {
    const element = await at('call-3');
    buttonOf(element, 'Speaker view').click();
    await element.updateComplete;
    expect(buttonOf(element, 'Speaker view').ariaPressed).to.equal('true');
    buttonOf(element, 'Enlarge Bo').click();
    await element.updateComplete;
    expect(buttonOf(element, 'Speaker view').ariaPressed).to.equal('false');
    buttonOf(element, 'Speaker view').click();
    await element.updateComplete;
    expect(largeOf(element)).to.equal('Ana Moreau');
    expect(tilesOf(element).dataset['arrangement']).to.equal('below');
  });

  it('nothing of one call is kept for the next', async () => {
    const element = await at('call-3');
    buttonOf(element, 'Speaker view').click();
    await element.leave();
    await element.updateComplete;
    await element.join('sunday-lunch');
    SCREENS.find(({name}) => name === 'call-3')!.steps!(FakeSession.last);
    await element.updateComplete;
    await measured(element);
    expect(tilesOf(element).dataset['arrangement']).to.equal('grid');
    expect(buttonOf(element, 'Speaker view').ariaPressed).to.equal('false');
  });

  it('in a call of two the stage itself has the button for the whole picture', async () => {
    const element = await at('call-1');
    const button = buttonOf(element, 'Show all of Ana Moreau’s picture');
    button.click();
    await element.updateComplete;
    expect(button.ariaPressed).to.equal('true');
    expect(tileOf(element, 'Ana Moreau').hasAttribute('data-whole')).to.equal(true);
    expect(findButton(element, 'Enlarge Ana Moreau')).to.equal(undefined);
  });

  it('one’s own goes from corner to corner by a button, back where it was', async () => {
    const element = await at('call-1');
    const corners = new Set<string>();
    for (let i = 0; i < 4; i++) {
      const {left, top} = ownOf(element).getBoundingClientRect();
      corners.add(`${String(Math.round(left))},${String(Math.round(top))}`);
      buttonOf(element, 'Move your picture to the next corner').click();
      await Promise.all(
        ownOf(element)
          .getAnimations()
          .map(({finished}) => finished),
      );
    }
    expect(corners.size).to.equal(4);
    expect(ownOf(element).dataset['corner']).to.equal('end-end');
  });

  it('one’s own is dragged to a corner, in a page that is read from right to left, too', async () => {
    for (const [dir, corner] of [
      ['ltr', 'start-start'],
      ['rtl', 'start-end'],
    ] as const) {
      const element = await at('call-1');
      tilesOf(element).style.direction = dir;
      const own = ownOf(element);
      // An event that a script makes has no pointer that could be captured.
      own.setPointerCapture = () => undefined;
      const {left, top} = own.getBoundingClientRect();
      const box = tilesOf(element).getBoundingClientRect();
      pointer(own, 'pointerdown', {clientX: left + 5, clientY: top + 5});
      pointer(own, 'pointermove', {clientX: box.left + 15, clientY: box.top + 15});
      const moved = own.getBoundingClientRect();
      expect([moved.left, moved.top]).to.deep.equal([box.left + 10, box.top + 10]);
      pointer(own, 'pointerup', {clientX: box.left + 15, clientY: box.top + 15});
      expect(own.dataset['corner']).to.equal(corner);
      expect(own.style.translate).to.equal('');
      element.requestUpdate();
      await element.updateComplete;
      expect(own.dataset['corner'], 'stays there').to.equal(corner);
      remove();
    }
  });

  it('a finger that does not drag it sends it on, a mouse does not', async () => {
    const element = await at('call-1');
    const own = ownOf(element);
    own.setPointerCapture = () => undefined;
    for (const [pointerType, corner] of [
      ['mouse', 'end-end'],
      ['touch', 'end-start'],
    ] as const) {
      pointer(own, 'pointerdown', {pointerType, clientX: 9, clientY: 9});
      pointer(own, 'pointerup', {pointerType, clientX: 10, clientY: 9});
      expect(own.dataset['corner'], pointerType).to.equal(corner);
    }
  });

  it('the level of the microphone is no longer listened to when it is off, or the call over', async () => {
    const Original = AudioContext;
    const contexts: AudioContext[] = [];
    globalThis.AudioContext = class extends Original {
      constructor() {
        super();
        contexts.push(this);
      }
    };
    const track = new Original().createMediaStreamDestination().stream.getAudioTracks()[0]!;
    const open = (): number => contexts.filter(({state}) => state !== 'closed').length;
    try {
      const element = await at('call-1');
      FakeSession.last.localStream.addTrack(track);
      for (const microphoneEnabled of [true, false, true]) {
        FakeSession.last.dispatch({type: 'media-changed', media: {microphoneEnabled}});
        element.requestUpdate();
        await until(() => open() === (microphoneEnabled ? 1 : 0), 'one at most listens');
      }
      // A call that began by itself waits for somebody to press something.
      let resumed = 0;
      contexts.at(-1)!.resume = () => Promise.resolve(void resumed++);
      document.body.dispatchEvent(new PointerEvent('pointerup', {bubbles: true}));
      expect(resumed).to.equal(1);
      await element.leave();
      await until(() => open() === 0, 'nobody listens');
      expect(contexts).to.have.length(2);
      document.body.dispatchEvent(new PointerEvent('pointerup', {bubbles: true}));
      expect(resumed).to.equal(1);
    } finally {
      globalThis.AudioContext = Original;
      FakeSession.last.localStream.removeTrack(track);
    }
  });
});

describe('the controls that a page has chosen', () => {
  afterEach(remove);

  it('are all that there are, now and when the choice changes', async () => {
    const element = await at('call-1');
    const all = shownOf(element);
    expect(all).to.include.members(['microphone', 'camera', 'chat', 'devices', 'leave']);
    element.controls = 'microphone  leave';
    await element.updateComplete;
    expect(shownOf(element)).to.deep.equal(['microphone', 'leave']);
    const video = tileOf(element, 'Ana Moreau').querySelector('video')!;
    const before = tileOf(element, 'Ana Moreau').hasAttribute('data-whole');
    video.click();
    await element.updateComplete;
    expect(tileOf(element, 'Ana Moreau').hasAttribute('data-whole')).to.equal(before);
    expect(findButton(element, 'Full screen')?.checkVisibility() ?? false).to.equal(false);
    element.setAttribute('controls', 'camera chat');
    await element.updateComplete;
    expect(shownOf(element)).to.deep.equal(['camera', 'chat']);
    element.removeAttribute('controls');
    await element.updateComplete;
    expect(shownOf(element)).to.deep.equal(all);
  });

  it('leave no key to press what is not there', async () => {
    const element = await at('call-1');
    element.controls = 'leave';
    await element.updateComplete;
    const before = FakeSession.last.calls.length;
    buttonOf(element, 'Leave').dispatchEvent(
      new KeyboardEvent('keydown', {key: 'm', bubbles: true, composed: true, cancelable: true}),
    );
    expect(FakeSession.last.calls.length).to.equal(before);
  });
});
