/** Creating and joining a room by keyboard, and what the form says when a name is missing. */
import {expect} from 'chai';
import type {VideoChatRoom} from '../../widget/video-chat-room.js';
import {
  buttonOf,
  findButton,
  remove,
  roomWith,
  shadowOf,
  until,
  expectFocus,
} from '../support/widget-element.js';
import {FakeSession} from '../support/widget-session.js';

function input(element: VideoChatRoom, label: string): HTMLInputElement {
  const labels = [...shadowOf(element).querySelectorAll('label')];
  const control = labels.find(({textContent}) => textContent.trim() === label)?.control;
  if (!(control instanceof HTMLInputElement)) throw new Error(`no input "${label}"`);
  return control;
}

async function create(element: VideoChatRoom): Promise<void> {
  buttonOf(element, 'Create a new room').click();
  await element.updateComplete;
}

/** What Enter in a field does: the browser presses the form's first submit button. */
function enter(element: VideoChatRoom): void {
  shadowOf(element).querySelector('form')?.requestSubmit();
}

describe('form', () => {
  beforeEach(() => {
    FakeSession.sessions.length = 0;
  });
  afterEach(remove);

  it('"Create a new room" opens the name field and moves the focus there', async () => {
    const element = await roomWith();
    await create(element);
    expectFocus(input(element, 'Room name'));
    expect(Boolean(findButton(element, 'Create'))).to.equal(true);
  });

  it('Create joins the room by its trimmed name', async () => {
    const element = await roomWith();
    await create(element);
    input(element, 'Room name').value = '  attic ';
    buttonOf(element, 'Create').click();
    // Intent may have made one before.
    await until(() => FakeSession.sessions[0]?.calls[0] !== undefined, 'a join');
    expect(FakeSession.last.calls[0]).to.deep.equal(['join', 'attic']);
    expect(element.currentRoom).to.equal('attic');
  });

  it('Join joins a room by name without a detour, on Enter as well', async () => {
    const element = await roomWith();
    input(element, 'Room name').value = 'attic';
    enter(element);
    await until(() => FakeSession.sessions.length > 0, 'a session');
    expect(FakeSession.last.calls[0]).to.deep.equal(['join', 'attic']);
  });

  it('two spellings of the same letters are the same room', async () => {
    const element = await roomWith();
    input(element, 'Room name').value = 'cafe\u0301';
    enter(element);
    await until(() => FakeSession.sessions.length > 0, 'a session');
    expect(FakeSession.last.calls[0]).to.deep.equal(['join', 'caf\u00e9']);
  });

  for (const [what, value, text] of [
    ['an empty name', '', 'You need to enter a name for your room'],
    ['a name of spaces', '   ', 'You need to enter a name for your room'],
    ['a name that is too long', 'x'.repeat(65), 'at most 64 characters'],
  ] as const) {
    it(`${what} is told beside the field, which gets the focus`, async () => {
      const element = await roomWith();
      await create(element);
      const field = input(element, 'Room name');
      field.value = value;
      buttonOf(element, 'Create').focus();
      buttonOf(element, 'Create').click();
      await element.updateComplete;
      const description = field.getAttribute('aria-describedby') ?? '';
      expect(shadowOf(element).getElementById(description)?.textContent).to.contain(text);
      expect(field.getAttribute('aria-invalid')).to.equal('true');
      expectFocus(field);
      expect(FakeSession.sessions.flatMap(({calls}) => calls)).to.deep.equal([]);
    });
  }

  it('64 characters outside the basic plane are not too long', async () => {
    const element = await roomWith();
    input(element, 'Room name').value = '🌟'.repeat(64);
    enter(element);
    await until(() => FakeSession.sessions.length > 0, 'a session');
  });

  it('the problem goes as soon as something is typed', async () => {
    const element = await roomWith();
    enter(element);
    await element.updateComplete;
    input(element, 'Room name').dispatchEvent(new Event('input'));
    await element.updateComplete;
    expect(shadowOf(element).textContent).not.to.contain('You need to enter');
  });

  it('the own name typed here is the display name', async () => {
    const element = await roomWith();
    input(element, 'Room name').value = 'attic';
    input(element, 'Your name').value = ' Ana ';
    enter(element);
    await until(() => FakeSession.sessions.length > 0, 'a session');
    expect(FakeSession.last.options.displayName).to.equal('Ana');
  });

  it('a page that gives the own name is not asked for it again', async () => {
    const element = await roomWith({'display-name': 'Ana'});
    expect(() => input(element, 'Your name')).to.throw();
  });

  it('Back returns to the first step', async () => {
    const element = await roomWith();
    await create(element);
    buttonOf(element, 'Back').click();
    await element.updateComplete;
    expect(Boolean(findButton(element, 'Create a new room'))).to.equal(true);
  });

  it('with a room the join card says what will happen, and Join joins it', async () => {
    const element = await roomWith({room: 'attic'});
    expect(shadowOf(element).textContent).to.contain('ask for your camera and microphone');
    enter(element);
    await until(() => FakeSession.sessions.length > 0, 'a session');
    expect(FakeSession.last.calls[0]).to.deep.equal(['join', 'attic']);
  });

  for (const [attributes, text] of [
    [{media: 'audio'}, 'A voice call'],
    [{media: 'data'}, 'No camera and no microphone are used'],
    [{'no-camera': ''}, 'The camera stays off'],
    [{'no-microphone': ''}, 'The microphone stays off'],
    [{'no-camera': '', 'no-microphone': ''}, 'stay off until you turn them on'],
  ] as const) {
    it(`the join card of ${JSON.stringify(attributes)} says "${text}"`, async () => {
      const element = await roomWith({room: 'attic', ...attributes});
      expect(shadowOf(element).textContent).to.contain(text);
    });
  }
});
