/** Writing in the chat: by keyboard and button, with an input method, too long, alone, and when it cannot be sent. */
import {expect} from 'chai';
import {CallError} from '../../widget/call/call-error.js';
import {all, at, fieldOf, press, sent, settled, texts, type} from '../support/chat-page.js';
import {buttonOf, findButton, remove, shadowOf, until} from '../support/widget-element.js';
import {FakeSession} from '../support/widget-session.js';

describe('writing in the chat', () => {
  afterEach(remove);

  it('Enter sends and empties the field, Shift and Enter begin a line', async () => {
    const element = await at('chat-empty');
    await type(element, 'Hello');
    expect(press(element, 'Enter', {shiftKey: true}).defaultPrevented).to.equal(false);
    expect(press(element, 'Enter').defaultPrevented).to.equal(true);
    await settled(element);
    expect(sent()).to.deep.equal(['Hello']);
    expect(fieldOf(element).value).to.equal('');
    expect(texts(element, '[part=message]')).to.deep.equal(['Hello']);
  });

  it('a key that belongs to an input method neither sends nor closes', async () => {
    const element = await at('chat-empty');
    await type(element, 'にほん');
    press(element, 'Enter', {isComposing: true});
    press(element, 'Enter', {keyCode: 229});
    press(element, 'Escape', {isComposing: true});
    await settled(element);
    expect(sent()).to.deep.equal([]);
    expect(fieldOf(element).value).to.equal('にほん');
  });

  it('a key that is held down sends once', async () => {
    const element = await at('chat-empty');
    await type(element, 'Hello');
    press(element, 'Enter', {repeat: true});
    expect(sent()).to.deep.equal([]);
  });

  it('the button sends as well; nothing is nothing to send', async () => {
    const element = await at('chat-empty');
    buttonOf(element, 'Send').click();
    await type(element, '  \n ');
    buttonOf(element, 'Send').click();
    await type(element, 'Hello');
    buttonOf(element, 'Send').click();
    await settled(element);
    expect(sent()).to.deep.equal(['Hello']);
  });

  it('what is half written is there when the chat is opened again', async () => {
    const element = await at('chat-empty');
    await type(element, 'half');
    buttonOf(element, 'Close').click();
    await settled(element);
    buttonOf(element, 'Chat').click();
    await settled(element);
    expect(fieldOf(element).value).to.equal('half');
  });

  it('tells the others that one is writing, and that one is not any more', async () => {
    const element = await at('chat-empty');
    await type(element, 'h');
    await type(element, '');
    await type(element, 'h');
    buttonOf(element, 'Close').click();
    await settled(element);
    const told = FakeSession.last.calls.filter(([name]) => name === 'setTyping');
    expect(told.map(([, isTyping]) => isTyping)).to.deep.equal([true, false, true, false]);
  });

  it('a message that is too long is not sent, and says by how much', async () => {
    const element = await at('chat-empty');
    await type(element, '😀'.repeat(10_003));
    expect(shadowOf(element).getElementById('composer-problem')?.textContent).to.contain(
      'by 3 characters:',
    );
    expect(fieldOf(element).getAttribute('aria-invalid')).to.equal('true');
    press(element, 'Enter');
    await settled(element);
    expect(sent()).to.deep.equal([]);
    await type(element, '😀'.repeat(10_000));
    press(element, 'Enter');
    expect(sent()).to.have.length(1);
  });

  it('cannot send while nobody is there, and says so', async () => {
    const element = await at('chat-alone');
    const send = buttonOf(element, 'Send');
    expect(send.getAttribute('aria-disabled')).to.equal('true');
    const reason = shadowOf(element).getElementById(send.getAttribute('aria-describedby') ?? '');
    expect(reason?.textContent.trim()).to.equal('Nobody else is here at the moment.');
    await type(element, 'Hello?');
    press(element, 'Enter');
    expect(sent()).to.deep.equal([]);
    expect(fieldOf(element).value).to.equal('Hello?');
  });

  for (const [code, words] of [
    ['rate-limited', 'too many at once'],
    ['aborted', 'nobody is here'],
    ['internal', 'Not sent. Try again.'],
  ] as const) {
    it(`what was not sent (${code}) is not lost: it can be tried again, or given up`, async () => {
      const element = await at('chat-empty');
      FakeSession.last.nextError = new CallError(code);
      await type(element, 'Important');
      press(element, 'Enter');
      await until(() => findButton(element, 'Try again') !== undefined, 'a way to try again');
      expect(texts(element, '[data-unsent]').join()).to.contain('Important').and.to.contain(words);
      buttonOf(element, 'Try again').click();
      await settled(element);
      expect(sent()).to.deep.equal(['Important', 'Important']);
      expect(all(element, '[data-unsent]')).to.have.length(0);
      FakeSession.last.nextError = new CallError(code);
      await type(element, 'Unimportant');
      press(element, 'Enter');
      await until(() => findButton(element, 'Remove') !== undefined, 'a way to give it up');
      buttonOf(element, 'Remove').click();
      await settled(element);
      expect(all(element, '[data-unsent]')).to.have.length(0);
    });
  }

  it('its texts can be replaced', async () => {
    const element = await at('chat-empty');
    element.strings = {send: 'Senden', message: 'Nachricht'};
    await settled(element);
    expect(buttonOf(element, 'Senden')).to.be.instanceOf(HTMLButtonElement);
    expect(fieldOf(element).getAttribute('aria-label')).to.equal('Nachricht');
  });
});
