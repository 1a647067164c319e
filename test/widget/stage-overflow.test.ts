/** What of a stage is cut off, and what can be scrolled to. Each corner that is cut is a mask for every picture of every video. */
import {expect} from 'chai';
import type {VideoChatRoom} from '../../widget/video-chat-room.js';
import {remove, roomAt, shadowOf, until} from '../support/widget-element.js';
import {SCREENS} from '../support/widget-screens.js';

async function inCall(height: number): Promise<VideoChatRoom> {
  const element = await roomAt(SCREENS.find(({name}) => name === 'call-1')!);
  Object.assign(element.style, {inlineSize: '480px', blockSize: `${height}px`});
  await until(() => Boolean(shadowOf(element).querySelector('[data-corner]')), 'what comes later');
  return element;
}

const stageOf = (element: Element): Element => shadowOf(element).querySelector('.stage')!;

function pointer(target: Element, type: string, clientX: number, clientY: number): void {
  const common = {pointerId: 1, isPrimary: true, bubbles: true, composed: true};
  target.dispatchEvent(new PointerEvent(type, {...common, clientX, clientY}));
}

describe('a stage', () => {
  afterEach(remove);

  it('does not show one’s own picture outside, where it may be let go of, on its way back', async () => {
    const element = await inCall(400);
    const stage = stageOf(element);
    const overflow = (): string => getComputedStyle(stage).overflowY;
    const own = shadowOf(element).querySelector<HTMLElement>('[data-own]')!;
    own.setPointerCapture = () => undefined;
    const {left, top} = own.getBoundingClientRect();
    expect(overflow(), 'a corner that is cut is a mask for every picture').to.equal('visible');
    pointer(own, 'pointerdown', left + 5, top + 5);
    pointer(own, 'pointermove', left + 5, top + 400);
    expect(overflow(), 'dragged').to.equal('hidden');
    pointer(own, 'pointerup', left + 5, top + 400);
    expect(own.getAnimations(), 'it glides').to.have.length(1);
    expect(overflow(), 'let go of').to.equal('hidden');
    own.getAnimations()[0]!.finish();
    await until(() => overflow() === 'visible', 'back');
  });

  it('that is too low for its bar is scrolled', async () => {
    const element = await inCall(40);
    const stage = stageOf(element);
    expect(stage.scrollHeight).to.be.greaterThan(stage.clientHeight);
    stage.scrollTop = stage.scrollHeight;
    expect(stage.scrollTop).to.be.greaterThan(0);
    const bar = shadowOf(element).querySelector('.bar')!.getBoundingClientRect();
    expect(bar.bottom).to.be.at.most(element.getBoundingClientRect().bottom + 1);
  });
});
