/** The prompt: its name, its keys, the focus it takes and gives back, and the queue behind it. */
import {expect} from 'chai';
import {CallError, type ErrorCode} from '../../widget/call/call-error.js';
import type {VideoChatRoom} from '../../widget/video-chat-room.js';
import {heldTimers} from '../support/held-timers.js';
import {buttonOf, remove, roomAt, shadowOf, until, expectFocus} from '../support/widget-element.js';
import {SCREENS, type Screen} from '../support/widget-screens.js';
import {FakeSession, fakeKnock} from '../support/widget-session.js';

const WAITING = SCREENS.find(({name}) => name === 'waiting') as Screen;

async function knock(element: VideoChatRoom, id: string, name = ''): Promise<void> {
  FakeSession.last.dispatch({type: 'invitation-received', invitation: fakeKnock(id, name)});
  await element.updateComplete;
}

function prompt(element: VideoChatRoom): HTMLElement | null {
  return shadowOf(element).querySelector('[role=alertdialog]');
}

function nameOf(dialog: HTMLElement | null): string | undefined {
  if (!dialog) return undefined;
  const id = dialog.getAttribute('aria-labelledby') ?? '';
  return (dialog.getRootNode() as ShadowRoot).getElementById(id)?.textContent.trim();
}

/** A key pressed `later` milliseconds from now. */
function press(target: EventTarget | null, key: string, later = 0): void {
  const event = new KeyboardEvent('keydown', {key, bubbles: true, composed: true});
  Object.defineProperty(event, 'timeStamp', {value: performance.now() + later});
  target?.dispatchEvent(event);
}

describe('prompt', () => {
  const timers = heldTimers();

  afterEach(remove);

  it('is an alertdialog named after who calls', async () => {
    const element = await roomAt(WAITING);
    await knock(element, 'k', 'Ana');
    expect(nameOf(prompt(element))).to.equal('Ana is calling you');
  });

  it('has a name for somebody without one', async () => {
    const element = await roomAt(WAITING);
    await knock(element, 'k');
    expect(nameOf(prompt(element))).to.equal('Some user is calling you');
  });

  it('takes the focus itself, so that a key under way answers nothing', async () => {
    const element = await roomAt(WAITING);
    await knock(element, 'k', 'Ana');
    expectFocus(prompt(element));
  });

  it('does not ask where everybody is let in unasked', async () => {
    const element = await roomAt(WAITING);
    element.autoAccept = true;
    await knock(element, 'k', 'Ana');
    expect(prompt(element) === null).to.equal(true);
    element.autoAccept = false;
    await element.updateComplete;
    expect(nameOf(prompt(element)), 'the one who could not be').to.equal('Ana is calling you');
  });

  it('Accept lets in, by keyboard as by pointer', async () => {
    const element = await roomAt(WAITING);
    await knock(element, 'k', 'Ana');
    buttonOf(element, 'Accept').click();
    await until(() => element.incoming.length === 0, 'answered');
    expect(FakeSession.last.calls.at(-1)).to.deep.equal(['accept', 'k']);
  });

  it('Decline turns away', async () => {
    const element = await roomAt(WAITING);
    await knock(element, 'k', 'Ana');
    buttonOf(element, 'Decline').click();
    await until(() => element.incoming.length === 0, 'answered');
    expect(FakeSession.last.calls.at(-1)).to.deep.equal(['decline', 'k']);
  });

  for (const key of ['Escape', 'Enter', ' ']) {
    it(`a "${key}" that was meant for what had the focus before answers nothing`, async () => {
      const element = await roomAt(WAITING);
      await knock(element, 'k', 'Ana');
      press(prompt(element), key);
      await element.updateComplete;
      expect(element.incoming).to.have.length(1);
      expect(FakeSession.last.calls.at(-1)?.[0]).to.equal('join');
    });
  }

  it('Escape declines', async () => {
    const element = await roomAt(WAITING);
    await knock(element, 'k', 'Ana');
    press(prompt(element), 'Escape', 600);
    await until(() => element.incoming.length === 0, 'answered');
    expect(FakeSession.last.calls.at(-1)).to.deep.equal(['decline', 'k']);
  });

  for (const [answer, code] of [
    ['Accept', 'invitation-over'],
    ['Accept', 'room-full'],
    ['Decline', 'invitation-over'],
  ] as const satisfies [string, ErrorCode][]) {
    it(`${answer} that comes to "${code}" is told by call-ended alone`, async () => {
      const element = await roomAt(WAITING);
      await knock(element, 'k', 'Ana');
      const codes: string[] = [];
      element.addEventListener('call-error', ({detail}) => codes.push(detail.error.code));
      const {last} = FakeSession;
      last.nextError = new CallError(code);
      buttonOf(element, answer).click();
      await until(() => last.nextError === null, 'refused');
      last.nextError = new CallError('rate-limited');
      await element.updateComplete;
      buttonOf(element, answer).click();
      await until(() => codes.length > 0, 'another failure');
      expect(codes).to.deep.equal(['rate-limited']);
    });
  }

  it('is drawn as under way only if that lasts', async () => {
    timers.hold(150);
    const element = await roomAt(WAITING);
    await knock(element, 'k', 'Ana');
    let answer = (): void => undefined;
    FakeSession.last.accept = () => new Promise<void>((resolve) => (answer = resolve));
    const isBusy = (): boolean => buttonOf(element, 'Accept').ariaDisabled === 'true';
    buttonOf(element, 'Accept').click();
    element.requestUpdate();
    await element.updateComplete;
    expect(isBusy(), 'at first').to.equal(false);
    timers.fire();
    await until(isBusy, 'under way');
    answer();
    await until(() => !isBusy(), 'answered');
  });

  it('a second press while the first is under way does nothing', async () => {
    const element = await roomAt(WAITING);
    await knock(element, 'k', 'Ana');
    const accept = buttonOf(element, 'Accept');
    accept.click();
    accept.click();
    await until(() => element.incoming.length === 0, 'answered');
    expect(FakeSession.last.calls.filter(([name]) => name === 'accept')).to.have.length(1);
  });

  it('gives the focus back to where it was', async () => {
    const element = await roomAt(WAITING);
    const camera = buttonOf(element, 'Turn camera off');
    camera.focus();
    await knock(element, 'k', 'Ana');
    buttonOf(element, 'Decline').focus();
    buttonOf(element, 'Decline').click();
    await until(() => prompt(element) === null, 'closed');
    expectFocus(camera);
  });

  it('gives the focus back to the page', async () => {
    const element = await roomAt(WAITING);
    const field = document.createElement('input');
    document.body.append(field);
    field.focus();
    await knock(element, 'k', 'Ana');
    FakeSession.last.dispatch({type: 'invitation-ended', id: 'k', reason: 'cancelled'});
    await until(() => prompt(element) === null, 'closed');
    expectFocus(field);
    field.remove();
  });

  it('does not call back a person who has gone elsewhere', async () => {
    const element = await roomAt(WAITING);
    const camera = buttonOf(element, 'Turn camera off');
    camera.focus();
    await knock(element, 'k', 'Ana');
    const field = document.createElement('input');
    document.body.append(field);
    field.focus();
    FakeSession.last.dispatch({type: 'invitation-ended', id: 'k', reason: 'cancelled'});
    await until(() => prompt(element) === null, 'closed');
    expectFocus(field);
    field.remove();
  });

  it('several wait their turn, oldest first, each a dialog of its own', async () => {
    const element = await roomAt(WAITING);
    await knock(element, 'k1', 'Ana');
    await knock(element, 'k2', 'Bo');
    const first = prompt(element);
    expect(nameOf(first)).to.equal('Ana is calling you');
    expect(first?.textContent).to.contain('One more person is waiting');
    buttonOf(element, 'Accept').click();
    await until(() => nameOf(prompt(element)) === 'Bo is calling you', 'the next');
    expect(prompt(element) === first).to.equal(false);
    expectFocus(prompt(element));
  });

  it('says who stopped calling', async () => {
    const element = await roomAt(WAITING);
    await knock(element, 'k', 'Ana');
    FakeSession.last.dispatch({type: 'invitation-ended', id: 'k', reason: 'cancelled'});
    await element.updateComplete;
    expect(shadowOf(element).querySelector('[part=notice]')?.textContent).to.contain(
      'Ana stopped calling',
    );
  });
});
