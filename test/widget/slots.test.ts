/** What a page puts into the element stands in place of the element's own, and nothing else changes. */
import {expect} from 'chai';
import type {VideoChatRoom} from '../../widget/video-chat-room.js';
import {buttonOf, remove, roomAt, shadowOf} from '../support/widget-element.js';
import {SCREENS, type Screen} from '../support/widget-screens.js';
import {FakeSession, fakeKnock} from '../support/widget-session.js';

const at = (name: string): Promise<VideoChatRoom> =>
  roomAt(SCREENS.find((screen) => screen.name === name) as Screen);

/** As a page does it: before or after the screen is there makes no difference. */
function put(element: VideoChatRoom, slot: string): HTMLElement {
  const piece = document.createElement('p');
  piece.slot = slot;
  piece.textContent = 'the page’s own';
  element.append(piece);
  return piece;
}

function isSeen(element: VideoChatRoom, selector: string): boolean {
  const piece = shadowOf(element).querySelector(selector);
  if (!piece) throw new Error(`no ${selector}`);
  return piece.checkVisibility({visibilityProperty: true});
}

describe('slots', () => {
  afterEach(remove);

  const places = [
    ['logo', 'form', '.mark', '.heading'],
    ['logo', 'prejoin', '.mark', '.heading'],
    ['waiting', 'waiting', '.lobby .heading', '.lobby .button'],
    ['invite', 'waiting', '.lobby .button', '.lobby .heading'],
    ['ended', 'left', '.card', '[role=status]'],
    ['ended', 'person-hung-up', '.card', '[role=status]'],
  ] as const;
  for (const [slot, screen, own, stays] of places) {
    it(`${slot} on the screen ${screen}`, async () => {
      const element = await at(screen);
      Object.assign(element.style, {inlineSize: '480px', blockSize: '640px'});
      expect(isSeen(element, own), 'ours, while there is nothing else').to.equal(true);
      const piece = put(element, slot);
      expect(piece.checkVisibility(), 'the page’s').to.equal(true);
      expect(isSeen(element, own), 'ours').to.equal(false);
      expect(isSeen(element, stays), stays).to.equal(true);
      const {left, width} = piece.getBoundingClientRect();
      const box = element.getBoundingClientRect();
      expect(left + width / 2, 'in the middle').to.be.closeTo(box.left + box.width / 2, 1);
    });
  }

  it('a failure is told by ours whatever the page has for an end', async () => {
    const element = await at('failed');
    expect(put(element, 'ended').checkVisibility()).to.equal(false);
    expect(isSeen(element, '.card')).to.equal(true);
  });

  it('a background fills the element, under a card that can be read and pressed', async () => {
    const element = await at('form');
    const piece = put(element, 'background');
    const [under, box] = [piece.getBoundingClientRect(), element.getBoundingClientRect()];
    expect(under.width).to.be.closeTo(box.width, 3);
    expect(under.height).to.be.closeTo(box.height, 3);
    const {left, top} = buttonOf(element, 'Join').getBoundingClientRect();
    const found = shadowOf(element).elementFromPoint(left + 9, top + 9);
    expect(found?.closest('button')?.textContent.trim()).to.equal('Join');
    const card = shadowOf(element).querySelector('.card');
    if (!card) throw new Error('no card');
    expect(getComputedStyle(card).backgroundColor).to.match(/^rgb\(/, 'solid');
  });

  it('a prompt is not read across what the page says while waiting', async () => {
    const element = await at('waiting');
    const piece = put(element, 'waiting');
    FakeSession.last.dispatch({type: 'invitation-received', invitation: fakeKnock('k1', 'Ana')});
    await element.updateComplete;
    expect(getComputedStyle(piece).visibility).to.equal('hidden');
    FakeSession.last.dispatch({type: 'invitation-ended', id: 'k1', reason: 'cancelled'});
    await element.updateComplete;
    expect(getComputedStyle(piece).visibility).to.equal('visible');
  });
});
