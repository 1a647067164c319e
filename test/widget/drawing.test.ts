/** When the element is drawn: once for each frame, at once for a press, and where there are no frames. */
import {expect} from 'chai';
import type {VideoChatRoom} from '../../widget/define.js';
import {heldTimers} from '../support/held-timers.js';
import {remove, roomAt, roomWith, shadowOf, until} from '../support/widget-element.js';
import {SCREENS} from '../support/widget-screens.js';

/** As many as a drawing takes, and no task. */
async function microtasks(): Promise<void> {
  for (let turn = 0; turn < 10; turn++) await Promise.resolve();
}

/** Counts from now on. */
function countDrawings(element: VideoChatRoom): () => number {
  let count = 0;
  element.addController({hostUpdated: () => void count++});
  return () => count;
}

describe('drawing', () => {
  let element: VideoChatRoom;
  let drawn: () => number;
  let frames: FrameRequestCallback[] | null = null;
  let isHidden = false;
  const {requestAnimationFrame: real} = window;
  const timers = heldTimers();

  beforeEach(async () => {
    element = await roomWith({room: 'attic'});
    drawn = countDrawings(element);
    Object.defineProperty(document, 'hidden', {get: () => isHidden, configurable: true});
    window.requestAnimationFrame = (draw) => (frames ? frames.push(draw) : real(draw));
  });

  afterEach(() => {
    remove();
    [frames, isHidden] = [null, false];
    Reflect.deleteProperty(document, 'hidden');
    window.requestAnimationFrame = real;
  });

  const heading = (): string | undefined => shadowOf(element).querySelector('h2')?.textContent;

  it('is done once for what changes before a frame, in whatever task', async () => {
    frames = [];
    timers.hold(100);
    for (const room of ['cellar', 'kitchen']) {
      element.room = room;
      await new Promise((resolve) => setTimeout(resolve));
    }
    expect(drawn(), 'before a frame').to.equal(0);
    frames.splice(0).forEach((draw) => draw(0));
    await element.updateComplete;
    expect(drawn()).to.equal(1);
    expect(heading()).to.contain('kitchen');
  });

  it('does not wait for frames that do not come', async () => {
    frames = [];
    element.room = 'cellar';
    await element.updateComplete;
    expect(heading()).to.contain('cellar');
    expect(frames, 'they were asked for').not.to.deep.equal([]);
  });

  it('waits for no frame in a hidden page', async () => {
    frames = [];
    isHidden = true;
    element.room = 'cellar';
    await microtasks();
    expect(heading()).to.contain('cellar');
    expect(frames).to.deep.equal([]);
  });

  for (const type of ['click', 'keydown']) {
    it(`is done at once for what a ${type} changes, and for what waits when it comes`, async () => {
      frames = [];
      timers.hold(100);
      element.room = 'cellar';
      await new Promise((resolve) => setTimeout(resolve));
      expect(drawn(), 'it waits').to.equal(0);
      const target = shadowOf(element).querySelector('h2')!;
      for (const room of ['kitchen', 'attic']) {
        target.addEventListener(type, () => (element.room = room), {once: true});
        target.dispatchEvent(new Event(type, {bubbles: true, composed: true}));
        await microtasks();
        expect(heading(), 'also where nothing had waited').to.contain(room);
        // The press is over.
        await new Promise((resolve) => setTimeout(resolve, 5));
      }
      // And afterwards with the frames again.
      await new Promise((resolve) => setTimeout(resolve, 5));
      frames = [];
      element.room = 'loft';
      await new Promise((resolve) => setTimeout(resolve));
      expect(frames.length).to.equal(1);
    });
  }

  it('leaves no timer and no frame behind', async () => {
    const cleared: unknown[] = [];
    const {clearTimeout: clear, cancelAnimationFrame: cancel} = window;
    Object.assign(window, {
      clearTimeout: (id: number) => (cleared.push('timer'), clear(id)),
      cancelAnimationFrame: (id: number) => (cleared.push('frame'), cancel(id)),
    });
    try {
      element.room = 'cellar';
      await element.updateComplete;
      expect(cleared).to.include.members(['timer', 'frame']);
    } finally {
      Object.assign(window, {clearTimeout: clear, cancelAnimationFrame: cancel});
    }
  });

  it('is done for one that is taken out while it waits', async () => {
    element.room = 'cellar';
    element.remove();
    await until(() => heading()?.includes('cellar') === true, 'drawn all the same');
  });
});

describe('what a page puts behind the cards', () => {
  afterEach(remove);

  it('is there until there is a stage, which would hide it', async () => {
    const isShown = (element: VideoChatRoom): boolean => {
      const picture = Object.assign(document.createElement('div'), {slot: 'background'});
      element.append(picture);
      return picture.checkVisibility();
    };
    expect(isShown(await roomWith({room: 'attic'})), 'before').to.equal(true);
    const joining = await roomWith({room: 'attic'});
    await joining.join();
    await joining.updateComplete;
    expect(joining.status).to.equal('acquiring-media');
    expect(isShown(joining), 'joining').to.equal(true);
    const inCall = await roomAt(SCREENS.find(({name}) => name === 'call-1')!);
    expect(isShown(inCall), 'in a call').to.equal(false);
  });
});
