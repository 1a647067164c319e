/** What a person notices of weak links: a mark on the tile, and words when a picture is smaller or off for its sake. */
import {expect} from 'chai';
import type {PeerState} from '../../widget/call/call-state.js';
import {peersOf} from '../../widget/call/call-state.js';
import type {VideoChatRoom} from '../../widget/video-chat-room.js';
import {remove, roomAt, shadowOf, until} from '../support/widget-element.js';
import {SCREENS, type Screen} from '../support/widget-screens.js';
import {FakeSession} from '../support/widget-session.js';

const CALL = SCREENS.find(({name}) => name === 'call-1') as Screen;

describe('a weak link', () => {
  beforeEach(() => {
    FakeSession.sessions.length = 0;
  });

  afterEach(remove);

  /** The first of the others in the call. */
  const other = (): PeerState => peersOf(FakeSession.last.state)[0]!;

  function change(change: Partial<PeerState>): void {
    FakeSession.last.dispatch({type: 'peer-changed', peerId: other().peerId, change});
  }

  const tileOf = (element: VideoChatRoom): Element =>
    shadowOf(element).querySelector('.tile:not([data-own])')!;

  const notices = (element: VideoChatRoom): string[] =>
    [...shadowOf(element).querySelectorAll('.notice > span')].map(({textContent}) => textContent);

  it('is marked on the tile, in words too, for as long as it lasts', async () => {
    const element = await roomAt(CALL);
    change({quality: 'poor'});
    await until(() => tileOf(element).querySelector('[data-quality=poor]') !== null, 'the mark');
    expect(tileOf(element).textContent).to.include('Weak connection');
    expect(tileOf(element).hasAttribute('data-camera-off')).to.equal(false);
    change({quality: 'good'});
    await until(() => tileOf(element).querySelector('[data-quality]') === null, 'no mark');
    expect(tileOf(element).textContent).not.to.include('Weak connection');
  });

  it('is told once when our picture becomes smaller, and when it is off', async () => {
    const element = await roomAt(CALL);
    const {displayName: name} = other();
    change({quality: 'poor', sentHeight: 180});
    const small = `The connection to ${name} is weak: your picture is smaller for now.`;
    const off = `The connection to ${name} is weak: your video is off for now.`;
    await until(() => notices(element).includes(small), `told that it is small: ${small}`);
    change({sentHeight: 0});
    await until(() => notices(element).includes(off), 'told that it is off');
    change({sentHeight: 180});
    change({quality: 'lost'});
    await element.updateComplete;
    expect(notices(element).filter((text) => text === small)).to.have.length(1);
    expect(notices(element)).to.have.length(2);
  });

  it('is told where no picture comes for its sake, in place of the picture that is left', async () => {
    const element = await roomAt(CALL);
    const text = `The connection to ${other().displayName} is weak: their video is off for now.`;
    change({quality: 'poor', pictureHeight: 0});
    await until(() => notices(element).includes(text), 'told');
    await until(() => tileOf(element).hasAttribute('data-camera-off'), 'no picture that stands');
    expect(tileOf(element).querySelector('.name')?.textContent).to.include(text);
    change({pictureHeight: null});
    await until(() => !tileOf(element).hasAttribute('data-camera-off'), 'the picture is back');
  });
});
