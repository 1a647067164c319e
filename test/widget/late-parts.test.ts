/** What comes late: after the first picture, and not for a call that is over. */
import {expect} from 'chai';
import {CallError} from '../../widget/call/call-error.js';
import {LateParts} from '../../widget/late-parts.js';
import {overlayStyles} from '../../widget/views/overlay.styles.js';
import {heldTimers} from '../support/held-timers.js';
import {overlayOf, remove, roomAt, roomWith, shadowOf, until} from '../support/widget-element.js';
import {SCREENS, type Screen} from '../support/widget-screens.js';
import {fakePeer, FakeSession} from '../support/widget-session.js';

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
});
