/** Single keys in a call: what they press, when they do not, and the list of them. */
import 'axe-core';
import type axeCore from 'axe-core';
import {expect} from 'chai';
import type {VideoChatRoom} from '../../widget/video-chat-room.js';
import {buttonOf, expectFocus, remove, roomAt, shadowOf, until} from '../support/widget-element.js';
import {SCREENS, type Screen} from '../support/widget-screens.js';
import {FakeSession, fakeKnock} from '../support/widget-session.js';

declare const axe: typeof axeCore;

const CALL = SCREENS.find(({name}) => name === 'call-1') as Screen;

describe('shortcuts', () => {
  beforeEach(() => {
    FakeSession.sessions.length = 0;
  });
  afterEach(remove);

  const microphoneOf = (element: Element): HTMLButtonElement =>
    shadowOf(element).querySelector('[part~=button-microphone]')!;
  const dialogOf = (element: Element): HTMLDialogElement | null =>
    shadowOf(element).querySelector('dialog');
  const namesOf = (): string[] => FakeSession.last.calls.map(([name]) => name);

  async function inCall(): Promise<VideoChatRoom> {
    const element = await roomAt(CALL);
    await until(() => microphoneOf(element).hasAttribute('aria-keyshortcuts'), 'the shortcuts');
    return element;
  }

  /** @returns whether it was left to the browser */
  function press(target: EventTarget, key: string, init: KeyboardEventInit = {}): boolean {
    return target.dispatchEvent(
      new KeyboardEvent('keydown', {key, bubbles: true, composed: true, cancelable: true, ...init}),
    );
  }

  it('press the buttons, and say what has become of a device', async () => {
    const element = await inCall();
    const target = buttonOf(element, 'Leave');
    expect(press(target, 'm')).to.equal(false);
    press(target, 'V');
    press(target, 's');
    expect(namesOf().slice(-3)).to.deep.equal([
      'toggleMicrophone',
      'toggleCamera',
      'toggleScreenShare',
    ]);
    FakeSession.last.dispatch({type: 'media-changed', media: {microphoneEnabled: true}});
    FakeSession.last.dispatch({type: 'media-changed', media: {microphoneEnabled: false}});
    press(target, 'c');
    await until(() => Boolean(shadowOf(element).querySelector('#panel')), 'the chat');
  });

  it('tell in words what a key has switched, for whoever does not look at the button', async () => {
    const element = await inCall();
    const said = (): string =>
      shadowOf(element).querySelector('[part~=notices]')?.textContent ?? '';
    const before = FakeSession.last.state.media.microphoneEnabled;
    press(microphoneOf(element), 'm');
    FakeSession.last.emit('microphone-changed', {enabled: !before});
    await until(() => said().includes(before ? 'Microphone off' : 'Microphone on'), 'told');
    FakeSession.last.emit('microphone-changed', {enabled: before});
    await element.updateComplete;
    expect(said(), 'not what a button has').not.to.contain(
      before ? 'Microphone on' : 'Microphone off',
    );
  });

  it('are found by place on a keyboard of another script, and by letter on a Latin one', async () => {
    const element = await inCall();
    const target = buttonOf(element, 'Leave');
    press(target, 'ь', {code: 'KeyM'});
    expect(namesOf().at(-1)).to.equal('toggleMicrophone');
    // Where a French keyboard has its comma, an English one has M.
    const before = namesOf().length;
    press(target, ',', {code: 'KeyM'});
    press(target, 'q', {code: 'KeyV'});
    expect(namesOf().length).to.equal(before);
  });

  it('leave alone what is written, combined, repeated or handled already', async () => {
    const element = await inCall();
    const before = namesOf().length;
    const target = buttonOf(element, 'Leave');
    for (const init of [{ctrlKey: true}, {metaKey: true}, {altKey: true}, {repeat: true}]) {
      expect(press(target, 'm', init)).to.equal(true);
    }
    const field = document.createElement('input');
    shadowOf(element).append(field);
    press(field, 'm');
    const slotted = document.createElement('div');
    slotted.contentEditable = 'true';
    element.append(slotted);
    press(slotted, 'm');
    target.addEventListener('keydown', (event) => event.preventDefault(), {once: true});
    press(target, 'm');
    press(document.body, 'm');
    expect(namesOf().length).to.equal(before);
  });

  it('can be turned off, at once', async () => {
    const element = await inCall();
    element.toggleAttribute('no-shortcuts', true);
    const before = namesOf().length;
    press(microphoneOf(element), 'm');
    press(microphoneOf(element), '?');
    expect(namesOf().length).to.equal(before);
    expect(dialogOf(element)).to.equal(null);
    element.requestUpdate();
    await element.updateComplete;
    expect(microphoneOf(element).hasAttribute('aria-keyshortcuts')).to.equal(false);
  });

  it('are listed by ?, over everything, and the focus goes back from there', async () => {
    const element = await inCall();
    microphoneOf(element).focus();
    press(microphoneOf(element), '?');
    const dialog = dialogOf(element)!;
    expect(dialog.matches(':modal')).to.equal(true);
    expect([...dialog.querySelectorAll('kbd')].map(({textContent}) => textContent)).to.deep.equal([
      'M',
      'V',
      'S',
      'C',
      '?',
    ]);
    expectFocus(dialog.querySelector('h2'));
    const {violations} = await axe.run(element, {rules: {region: {enabled: false}}});
    expect(violations.map(({id}) => id)).to.deep.equal([]);
    const before = namesOf().length;
    press(dialog, 'm');
    expect(namesOf().length, 'nothing is pressed behind it').to.equal(before);
    dialog.querySelector('button')!.click();
    expect(dialog.open).to.equal(false);
    expectFocus(microphoneOf(element));
    press(microphoneOf(element), '?');
    expect(dialog.open, 'again').to.equal(true);
  });

  it('the list makes way for somebody who asks to be let in, and for the end of the call', async () => {
    const element = await inCall();
    press(microphoneOf(element), '?');
    FakeSession.last.dispatch({type: 'invitation-received', invitation: fakeKnock('k1')});
    await until(() => !dialogOf(element)!.open, 'closed for the question');
    FakeSession.last.dispatch({type: 'invitation-ended', id: 'k1', reason: 'cancelled'});
    await element.updateComplete;
    press(microphoneOf(element), '?');
    expect(dialogOf(element)!.open).to.equal(true);
    FakeSession.last.dispatch({type: 'ended', reason: 'left'});
    await until(() => !dialogOf(element)!.open, 'closed with the call');
  });
});
