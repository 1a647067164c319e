/** The tile of whoever may come next: there before anybody knows who it is, and for nobody to see or reach. */
import {expect} from 'chai';
import type {VideoChatRoom} from '../../widget/video-chat-room.js';
import {expectSameNodes, remove, roomAt, shadowOf} from '../support/widget-element.js';
import {SCREENS, type Screen} from '../support/widget-screens.js';
import {FakeSession, fakePeer} from '../support/widget-session.js';

const at = (name: string): Promise<VideoChatRoom> =>
  roomAt(SCREENS.find((screen) => screen.name === name) as Screen);

function videos(element: VideoChatRoom): HTMLVideoElement[] {
  return [...shadowOf(element).querySelectorAll('video')];
}

describe('whoever may come next', () => {
  afterEach(remove);

  it('has a video, unseen, which turns into theirs', async () => {
    const element = await at('waiting');
    const {length} = videos(element);
    const coming = new MediaStream();
    FakeSession.last.coming = coming;
    element.requestUpdate();
    await element.updateComplete;
    const [video] = videos(element);
    expect(videos(element)).to.have.length(length + 1);
    expect(video?.srcObject === coming).to.equal(true);
    const tile = video!.closest<HTMLElement>('[part~=tile]')!;
    expect(tile.inert, 'for nobody to reach').to.equal(true);
    expect(Number(getComputedStyle(tile).opacity)).to.be.below(0.02);
    const [own] = videos(element).slice(-1);
    const box = own!.getBoundingClientRect();

    FakeSession.last.coming = null;
    FakeSession.last.streams.set('ana', coming);
    FakeSession.last.dispatch({type: 'peer-joined', peer: fakePeer('ana', {displayName: 'Ana'})});
    await element.updateComplete;
    expectSameNodes([videos(element)[0]!], [video!]);
    expect(video?.srcObject === coming).to.equal(true);
    expect([tile.inert, tile.getAttribute('aria-label')]).to.deep.equal([false, 'Ana']);
    expect(getComputedStyle(tile).opacity).to.equal('1');

    FakeSession.last.dispatch({type: 'peer-left', peerId: 'ana', reason: 'left'});
    await element.updateComplete;
    expect(Boolean(video?.srcObject), 'let go').to.equal(false);
    const after = videos(element).at(-1)!.getBoundingClientRect();
    expect(after, 'nobody else is moved by it').to.deep.equal(box);
  });

  it('is nobody while there is somebody else: their tile would move the others anyway', async () => {
    const element = await at('call-1');
    const before = videos(element);
    FakeSession.last.coming = new MediaStream();
    element.requestUpdate();
    await element.updateComplete;
    expectSameNodes(videos(element), before);
    expect(shadowOf(element).querySelectorAll('[inert]')).to.have.length(0);
    expect(before[0]?.srcObject === element.streamOf('ana')).to.equal(true);
  });
});
