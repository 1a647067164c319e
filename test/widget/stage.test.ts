/** The stage: tiles that come and go, videos that stay, controls that say what they do. */
import {expect} from 'chai';
import {CallError} from '../../widget/call/call-error.js';
import type {VideoChatRoom} from '../../widget/video-chat-room.js';
import {
  buttonOf,
  expectFocus,
  expectSameNodes,
  findButton,
  overlayOf,
  remove,
  roomAt,
  shadowOf,
  until,
} from '../support/widget-element.js';
import {SCREENS, type Screen} from '../support/widget-screens.js';
import {FakeSession, fakePeer} from '../support/widget-session.js';

const at = (name: string): Promise<VideoChatRoom> =>
  roomAt(SCREENS.find((screen) => screen.name === name) as Screen);

function videos(element: VideoChatRoom): HTMLVideoElement[] {
  return [...shadowOf(element).querySelectorAll('video')];
}

/** Told apart by a boolean: an assertion library prints a stream for minutes. */
const hasStream = (video: HTMLVideoElement | undefined): boolean => Boolean(video?.srcObject);

function tileOf(element: VideoChatRoom, name: string): HTMLElement {
  const tile = shadowOf(element).querySelector<HTMLElement>(`[part~=tile][aria-label="${name}"]`);
  if (!tile) throw new Error(`no tile "${name}"`);
  return tile;
}

describe('stage', () => {
  afterEach(remove);

  it('keeps every video through waiting, coming and going', async () => {
    const element = await at('waiting');
    const [own] = videos(element);
    for (const id of ['a', 'b', 'c']) {
      FakeSession.last.dispatch({type: 'peer-joined', peer: fakePeer(id, {displayName: id})});
    }
    await element.updateComplete;
    const before = videos(element);
    expectSameNodes([before.at(-1)], [own]);
    FakeSession.last.dispatch({type: 'peer-left', peerId: 'a', reason: 'left'});
    await element.updateComplete;
    expectSameNodes(videos(element), before.slice(1));
    FakeSession.last.dispatch({type: 'peer-left', peerId: 'b', reason: 'left'});
    FakeSession.last.dispatch({type: 'peer-left', peerId: 'c', reason: 'left'});
    await element.updateComplete;
    expectSameNodes(videos(element), [own]);
  });

  it('gives the other one of two all of the stage, and three their parts', async () => {
    const areaOf = ({clientWidth, clientHeight}: Element): number => clientWidth * clientHeight;
    const tile = tileOf(await at('call-1'), 'Ana Moreau');
    const share = (): number => areaOf(tile) / areaOf(tile.parentElement!);
    expect(share()).to.be.closeTo(1, 0.02);
    FakeSession.last.dispatch({type: 'peer-joined', peer: fakePeer('bo')});
    await until(() => share() < 0.6, 'a grid');
  });

  // Chromium keeps a video with `autoplay` and a stream alive out of the document, and all it reaches.
  it('takes the stream from the video of a peer that has left', async () => {
    const element = await at('call-2');
    const [ana, bo, own] = videos(element);
    FakeSession.last.dispatch({type: 'peer-left', peerId: 'ana', reason: 'left'});
    await element.updateComplete;
    expect([ana, bo, own].map(hasStream)).to.deep.equal([false, true, true]);
  });

  it('takes the streams from all videos when the call is over', async () => {
    const element = await at('call-2');
    const all = videos(element);
    await element.leave();
    await element.updateComplete;
    expect(all.map(hasStream)).to.deep.equal([false, false, false]);
  });

  it('takes the streams from all videos when the element is removed, not when it is moved', async () => {
    const element = await at('call-2');
    const all = videos(element);
    const box = document.body.appendChild(document.createElement('div'));
    box.append(element);
    await until(() => element.isConnected, 'moved');
    await element.updateComplete;
    expect(all.map(hasStream)).to.deep.equal([true, true, true]);
    box.remove();
    await until(() => !all.some(hasStream), 'let go');
  });

  it('gives a newcomer a video of their own, not that of whoever left just then', async () => {
    const element = await at('call-2');
    const before = videos(element);
    FakeSession.last.dispatch({type: 'peer-left', peerId: 'ana', reason: 'left'});
    FakeSession.last.dispatch({type: 'peer-joined', peer: fakePeer('cem', {displayName: 'Cem'})});
    await element.updateComplete;
    const after = videos(element);
    expect(after).to.have.length(3);
    expect(after.filter((video) => before.includes(video))).to.have.length(2);
    const stream = tileOf(element, 'Cem').querySelector('video')?.srcObject;
    expect(stream === element.streamOf('cem')).to.equal(true);
  });

  it('shows each stream in its own video, and never one’s own aloud', async () => {
    const element = await at('call-2');
    const [ana, , own] = videos(element);
    expect(ana?.srcObject).to.equal(element.streamOf('ana'));
    expect(ana?.muted).to.equal(false);
    expect(own?.srcObject).to.equal(element.localStream);
    expect(own?.muted).to.equal(true);
    expect(ana?.hasAttribute('playsinline')).to.equal(true);
  });

  it('loads no video anew because something else has changed', async () => {
    const element = await at('call-2');
    let loads = 0;
    for (const video of videos(element)) {
      video.addEventListener('emptied', () => loads++);
    }
    FakeSession.last.dispatch({type: 'media-changed', media: {microphoneEnabled: false}});
    await element.updateComplete;
    element.requestUpdate();
    await element.updateComplete;
    // The browser tells of a load in a task of its own.
    await new Promise((resolve) => setTimeout(resolve));
    expect(loads).to.equal(0);
  });

  it('shows initials while a camera is off', async () => {
    const element = await at('call-3');
    const tile = tileOf(element, 'Chidi Okafor');
    expect(tile.querySelector('[part=avatar]')?.textContent.trim()).to.equal('CO');
    expect(tile.textContent).to.contain('Camera off');
  });

  it('says on the tile whose microphone is off', async () => {
    const element = await at('call-2');
    expect(tileOf(element, 'Bo').textContent).to.contain('Microphone off');
    expect(tileOf(element, 'Ana Moreau').textContent).not.to.contain('Microphone off');
  });

  for (const [change, text] of [
    [{connectionState: 'new'}, 'Connecting…'],
    [{connectionState: 'disconnected'}, 'Reconnecting…'],
    [{connectionState: 'connecting', present: false}, 'Reconnecting…'],
    [{connectionState: 'connected', present: false}, null],
  ] as const) {
    it(`a peer that is ${JSON.stringify(change)} is veiled by ${String(text)}`, async () => {
      const element = await at('call-1');
      FakeSession.last.dispatch({type: 'peer-changed', peerId: 'ana', change});
      await element.updateComplete;
      const veil = tileOf(element, 'Ana Moreau').querySelector('.veil');
      expect(veil?.textContent.trim() ?? null).to.equal(text);
    });
  }

  it('shows the name of the room', async () => {
    const element = await at('call-1');
    expect(shadowOf(element).querySelector('[part=room-name]')?.textContent).to.equal(
      'sunday-lunch',
    );
  });

  for (const media of ['audio', 'data'] as const) {
    it(`media="${media}" set in a video call is for the next one: nothing that is on loses its switch`, async () => {
      const element = await at('call-2');
      const before = videos(element);
      element.media = media;
      await element.updateComplete;
      expectSameNodes(videos(element), before);
      expect(findButton(element, 'Turn camera off')).not.to.equal(undefined);
      expect(findButton(element, 'Turn microphone off')).not.to.equal(undefined);
      FakeSession.last.dispatch({type: 'ended', reason: 'left'});
      await element.updateComplete;
      FakeSession.last.dispatch({type: 'join-started', room: 'r', asksForMedia: false});
      FakeSession.last.dispatch({
        type: 'seated',
        room: 'r',
        capacity: 2,
        peers: [],
        incoming: [],
      });
      await element.updateComplete;
      expect(findButton(element, 'Turn camera on')).to.equal(undefined);
    });
  }

  it('the camera button says what pressing it does, and does it', async () => {
    const element = await at('call-1');
    buttonOf(element, 'Turn camera off').click();
    await until(() => findButton(element, 'Turn camera on') !== undefined, 'turned off');
    expect(FakeSession.last.calls.at(-1)).to.deep.equal(['toggleCamera', false]);
    expect(element.cameraEnabled).to.equal(false);
  });

  it('the microphone button as well', async () => {
    const element = await at('call-1');
    buttonOf(element, 'Turn microphone off').click();
    await until(() => findButton(element, 'Turn microphone on') !== undefined, 'turned off');
  });

  it('keeps the focus on a button that changes its name', async () => {
    const element = await at('call-1');
    const camera = buttonOf(element, 'Turn camera off');
    camera.focus();
    camera.click();
    await until(() => findButton(element, 'Turn camera on') !== undefined, 'turned off');
    expectFocus(camera);
  });

  it('a device problem stays on its button', async () => {
    const element = await at('call-1');
    FakeSession.last.dispatch({
      type: 'media-changed',
      media: {cameraEnabled: false, cameraProblem: new CallError('media-not-found')},
    });
    await element.updateComplete;
    const button = buttonOf(element, 'Turn camera on');
    const description = button.getAttribute('aria-describedby') ?? '';
    expect(shadowOf(element).getElementById(description)?.textContent).to.contain(
      'No camera was found',
    );
  });

  it('a voice call has no camera button', async () => {
    const element = await at('call-audio');
    expect(Boolean(findButton(element, 'Turn camera on'))).to.equal(false);
    expect(Boolean(findButton(element, 'Turn microphone off'))).to.equal(true);
  });

  it('a voice call shows initials of somebody whose camera is on', async () => {
    const element = await at('call-audio');
    FakeSession.last.dispatch({
      type: 'peer-changed',
      peerId: 'ana',
      change: {cameraEnabled: true, screenSharing: true},
    });
    await element.updateComplete;
    const avatar = tileOf(element, 'Ana Moreau').querySelector('[part=avatar]');
    expect(avatar?.textContent.trim()).to.equal('AM');
  });

  it('Leave leaves, and the focus goes to the words about it', async () => {
    const element = await at('call-1');
    const leave = buttonOf(element, 'Leave');
    leave.focus();
    leave.click();
    await until(() => element.status === 'left', 'left');
    await element.updateComplete;
    expect(shadowOf(element).activeElement?.textContent.trim()).to.equal('You left the room');
  });

  it('Cancel gives up a knock', async () => {
    const element = await at('knocking');
    expect(Boolean(findButton(element, 'Leave'))).to.equal(false);
    buttonOf(element, 'Cancel').click();
    await until(() => element.status === 'left', 'left');
  });

  it('tells who comes and who goes', async () => {
    const element = await at('call-1');
    // It comes with the first who is connected.
    await overlayOf(element);
    FakeSession.last.dispatch({type: 'peer-joined', peer: fakePeer('bo', {displayName: 'Bo'})});
    FakeSession.last.dispatch({type: 'peer-left', peerId: 'ana', reason: 'lost'});
    await element.updateComplete;
    const notices = shadowOf(element).querySelector('[part=notices]')?.textContent;
    expect(notices).to.contain('Bo joined').and.to.contain('Ana Moreau lost the connection');
  });

  it('says in a live region where the call stands', async () => {
    const element = await at('waiting');
    const region = shadowOf(element).querySelector('.base > [role=status]');
    expect(region?.textContent.trim()).to.equal('Waiting for others…');
    FakeSession.last.dispatch({type: 'peer-joined', peer: fakePeer('a', {displayName: 'Ana'})});
    await element.updateComplete;
    expect(region?.textContent.trim()).to.equal('In a call with Ana');
  });
});
