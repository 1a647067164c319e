/** What comes late: after the first picture, and not for a call that is over. */
import {expect} from 'chai';
import {CallError} from '../../widget/call/call-error.js';
import {LateParts} from '../../widget/late-parts.js';
import type {VideoChatRoom} from '../../widget/video-chat-room.js';
import {overlayStyles} from '../../widget/views/overlay.styles.js';
import {heldTimers} from '../support/held-timers.js';
import {overlayOf, remove, roomAt, roomWith, shadowOf, until} from '../support/widget-element.js';
import {SCREENS, type Screen} from '../support/widget-screens.js';
import {fakeKnock, fakePeer, FakeSession, lost} from '../support/widget-session.js';

const screen = (name: string): Screen => SCREENS.find((each) => each.name === name) as Screen;

describe('what a call can begin without', () => {
  const timers = heldTimers();
  afterEach(() => {
    LateParts.patienceMs = 0;
    remove();
  });

  // The first test of the file: afterwards the overlay is there at once.
  it('tells nobody after a call of what failed in it', async () => {
    const element = await roomAt(screen('knocking'));
    FakeSession.last.emit('call-error', {error: new CallError('media-in-use')});
    await new Promise((resolve) => setTimeout(resolve));
    await element.updateComplete;
    FakeSession.last.dispatch({type: 'ended', reason: 'left'});
    await overlayOf(element);
    await new Promise((resolve) => setTimeout(resolve));
    await element.updateComplete;
    expect(shadowOf(element).querySelectorAll('[part=notice]')).to.have.length(0);
  });

  it('has the mark of a device that cannot be had, wherever its button is', async () => {
    const element = await roomAt(screen('knocking'));
    const hasCome = (): boolean =>
      shadowOf(element).adoptedStyleSheets.includes(overlayStyles.styleSheet!);
    await new Promise((resolve) => setTimeout(resolve));
    await element.updateComplete;
    expect(hasCome(), 'before').to.equal(false);
    const cameraProblem = new CallError('media-not-found');
    FakeSession.last.dispatch({
      type: 'media-changed',
      media: {cameraEnabled: false, cameraProblem},
    });
    await until(hasCome, 'the mark');
    const button = shadowOf(element).querySelector('[part~=button-camera]')!;
    expect(getComputedStyle(button, '::after').content).to.equal('"!"');
  });

  it('leaves the first moments to the picture', async () => {
    LateParts.patienceMs = 54_321;
    timers.hold(54_321);
    const element = await roomAt(screen('call-1'));
    const {DeviceUi} = await import('../../widget/device-ui.js');
    const {styleSheet} = DeviceUi.styles[0]!;
    const hasCome = (): boolean => shadowOf(element).adoptedStyleSheets.includes(styleSheet!);
    await new Promise((resolve) => setTimeout(resolve));
    await element.updateComplete;
    expect(hasCome(), 'before').to.equal(false);
    timers.fire();
    await until(hasCome, 'what is done with pictures');
  });

  it('has its tools when the first moments are over, or somebody shares a screen', async () => {
    const {CallTools} = await import('../../widget/call-tools.js');
    for (const why of ['calm', 'shared'] as const) {
      LateParts.patienceMs = 1;
      timers.hold(8);
      const element = await roomAt(screen('call-1'));
      const {DeviceUi} = await import('../../widget/device-ui.js');
      const has = ({styles}: typeof CallTools | typeof DeviceUi): boolean =>
        shadowOf(element).adoptedStyleSheets.includes(styles[0]!.styleSheet!);
      await until(() => has(DeviceUi), 'what is done with pictures');
      await element.updateComplete;
      await new Promise((resolve) => setTimeout(resolve));
      expect(has(CallTools), 'at first').to.equal(false);
      if (why === 'calm') timers.fire();
      else {
        const change = {screenSharing: true};
        FakeSession.last.dispatch({type: 'peer-changed', peerId: element.peers[0]!.peerId, change});
      }
      await until(() => has(CallTools), why);
      remove();
    }
  });

  it('tells whoever was let in of those who come and go when the first moments are over', async () => {
    LateParts.patienceMs = 54_321;
    timers.hold(54_321);
    // There, so that nothing but patience keeps it away.
    await import('../../widget/overlay-ui.js');
    const element = await roomWith({room: 'sunday-lunch'});
    await element.join();
    const {last} = FakeSession;
    last.dispatch({type: 'media-settled'});
    const peers = [fakePeer('ana')];
    last.dispatch({type: 'seated', room: 'sunday-lunch', capacity: 8, peers, incoming: []});
    await element.updateComplete;
    expect(element.status).to.equal('in-call');
    for (let frame = 0; frame < 3; frame++) await new Promise(requestAnimationFrame);
    await element.updateComplete;
    const {styleSheet} = overlayStyles;
    const hasCome = (): boolean => shadowOf(element).adoptedStyleSheets.includes(styleSheet!);
    expect(hasCome(), 'before').to.equal(false);
    timers.fire();
    await until(hasCome, 'what asks and tells');
  });

  it('draws nothing for whoever waits alone, and is there when somebody comes', async () => {
    // There, so that it comes at once.
    await Promise.all([import('../../widget/overlay-ui.js'), import('../../widget/bells.js')]);
    const element = await roomWith({room: 'sunday-lunch'});
    await element.join();
    const {last} = FakeSession;
    last.dispatch({type: 'media-settled'});
    await element.updateComplete;
    let drawings = 0;
    const drawn = element as unknown as {performUpdate(): void};
    const performUpdate = drawn.performUpdate.bind(element);
    drawn.performUpdate = () => {
      drawings++;
      performUpdate();
    };
    last.dispatch({type: 'seated', room: 'sunday-lunch', capacity: 8, peers: [], incoming: []});
    for (let frame = 0; frame < 5; frame++) await new Promise(requestAnimationFrame);
    await element.updateComplete;
    expect(drawings, 'that one waits').to.equal(1);
    last.dispatch({type: 'invitation-received', invitation: fakeKnock('k1', 'Ana')});
    await until(() => Boolean(shadowOf(element).querySelector('[part=prompt]')), 'the prompt');
    expect(shadowOf(element).adoptedStyleSheets).to.include(overlayStyles.styleSheet);
  });

  describe('another device', () => {
    const settled = async (element: VideoChatRoom): Promise<void> => {
      for (let task = 0; task < 5; task++) await new Promise((resolve) => setTimeout(resolve));
      await element.updateComplete;
    };
    const isTold = (element: VideoChatRoom): boolean =>
      shadowOf(element).textContent.includes('Headset is not connected any more.');

    beforeEach(() => {
      LateParts.patienceMs = 54_321;
      timers.hold(54_321);
    });

    it('of the first moments is told of when they are over', async () => {
      const element = await roomAt(screen('call-1'));
      FakeSession.last.emit('device-changed', {...lost, former: 'Boom', reason: 'chosen'});
      FakeSession.last.emit('device-changed', lost);
      await settled(element);
      expect(isTold(element), 'before').to.equal(false);
      timers.fire();
      await until(() => isTold(element), 'the device');
      expect(shadowOf(element).textContent, 'one that was chosen').not.to.include('Boom');
    });

    it('is told of to whoever waits', async () => {
      const element = await roomAt(screen('waiting'));
      FakeSession.last.emit('device-changed', lost);
      await element.updateComplete;
      timers.fire();
      await until(() => isTold(element), 'the device');
    });

    it('of one call is no news in the next', async () => {
      const element = await roomAt(screen('call-1'));
      FakeSession.last.emit('device-changed', lost);
      FakeSession.last.dispatch({type: 'ended', reason: 'left'});
      timers.fire();
      await settled(element);
      await element.join();
      FakeSession.last.dispatch({type: 'media-settled'});
      const peers = [fakePeer('ana')];
      const seat = {room: 'sunday-lunch', capacity: 8, peers, incoming: []};
      FakeSession.last.dispatch({type: 'seated', ...seat});
      await overlayOf(element);
      await settled(element);
      expect(element.status).to.equal('in-call');
      expect(isTold(element)).to.equal(false);
    });
  });
});
