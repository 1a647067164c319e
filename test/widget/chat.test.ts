/** The chat as people meet it: opening it, reading, being told, also without seeing it. */
import {expect} from 'chai';
import type {CallError} from '../../widget/call/call-error.js';
import {HOSTILE_TEXTS} from '../support/chat-screens.js';
import {
  all,
  at,
  badgeOf,
  fieldOf,
  press,
  sent,
  settled,
  texts,
  type,
} from '../support/chat-page.js';
import {
  buttonOf,
  expectFocus,
  findButton,
  remove,
  shadowOf,
  until,
} from '../support/widget-element.js';
import {FakeSession, fakePeer} from '../support/widget-session.js';

describe('chat', () => {
  afterEach(remove);

  it('opens with the focus in the field, and gives it back on Escape', async () => {
    const element = await at('call-1');
    const button = buttonOf(element, 'Chat');
    expect(button.getAttribute('aria-expanded')).to.equal('false');
    button.focus();
    button.click();
    await until(() => shadowOf(element).querySelector('textarea') !== null, 'the field');
    await settled(element);
    expectFocus(fieldOf(element));
    expect(button.getAttribute('aria-expanded')).to.equal('true');
    press(element, 'Escape');
    await settled(element);
    expect(all(element, 'textarea')).to.have.length(0);
    expectFocus(button);
  });

  for (const width of [320, 800]) {
    it(`a button in it that goes takes no focus out of it at ${String(width)} px`, async () => {
      const element = await at('chat-empty');
      element.style.inlineSize = `${String(width)}px`;
      FakeSession.last.transfer({id: 'in', name: 'a.txt'});
      await settled(element);
      const cancel = buttonOf(element, 'Cancel a.txt');
      cancel.focus();
      expectFocus(cancel);
      FakeSession.last.transfer({id: 'in', status: 'done', loaded: 1000});
      await settled(element);
      expectFocus(fieldOf(element));
    });
  }

  it('has the focus on its heading while its content is on the way, and then in the field', async () => {
    const element = await at('call-1');
    // The panels are there for the people; the chat still has to come.
    element.directory = 'office';
    await until(() => findButton(element, 'People') !== undefined, 'the panels');
    element.style.inlineSize = '320px';
    const focused: string[] = [];
    shadowOf(element).addEventListener('focusin', ({target}) => {
      focused.push((target as Element).localName);
    });
    buttonOf(element, 'Chat').focus();
    buttonOf(element, 'Chat').click();
    await until(() => shadowOf(element).querySelector('textarea') !== null, 'the field');
    await settled(element);
    expectFocus(fieldOf(element));
    expect(focused).to.deep.equal(['button', 'h2', 'textarea']);
  });

  it('shows who said what and when, one’s own apart', async () => {
    const element = await at('chat');
    expect(texts(element, '.who-name')).to.deep.equal([
      'Ana Moreau',
      'You',
      'Ana Moreau',
      'Bo',
      'You',
    ]);
    expect(all(element, '.group[data-own] [part=message]')).to.have.length(3);
    expect(texts(element, '.who time')[0]).to.match(/12.03/);
    expect(all(element, '.who time')[0]?.getAttribute('datetime')).to.match(/T.*Z$/);
  });

  it('says who is typing', async () => {
    const element = await at('chat-empty');
    const typing = (): string =>
      texts(element, '.typing')
        .join()
        .replace(/[\u2068\u2069]/g, '');
    for (const peerId of ['bo', 'cem']) {
      const peer = fakePeer(peerId, {displayName: peerId === 'bo' ? 'Bo' : ''});
      FakeSession.last.dispatch({type: 'peer-joined', peer});
    }
    for (const [who, said] of [
      [['ana'], 'Ana Moreau is typing…'],
      [['cem'], 'Guest is typing…'],
      [['ana', 'bo'], 'Ana Moreau and Bo are typing…'],
      [['ana', 'bo', 'cem'], 'Several people are typing…'],
      [[], ''],
    ] as const) {
      FakeSession.last.setOthersTyping(...who);
      await settled(element);
      expect(typing()).to.equal(said);
    }
  });

  it('reads a new message out with its sender, once, and nothing of what was there', async () => {
    const element = await at('chat');
    const said = (): string[] =>
      texts(element, '.chat [role=status] p').map((text) => text.replace(/[\u2068\u2069]/g, ''));
    expect(said()).to.deep.equal([]);
    FakeSession.last.write('bo', 'See you there');
    await settled(element);
    expect(said()).to.deep.equal(['Bo: See you there']);
    FakeSession.last.write('bo', 'See you there');
    FakeSession.last.write(null, 'my own words');
    await settled(element);
    expect(said()).to.deep.equal(['Bo: See you there', 'Bo: See you there']);
    FakeSession.last.write('bo', 'x'.repeat(5000));
    await settled(element);
    expect(said().at(-1)).to.have.length.below(220);
    buttonOf(element, 'Close').click();
    await settled(element);
    buttonOf(element, 'Chat').click();
    await settled(element);
    expect(said()).to.deep.equal([]);
  });

  it('the history is a log that is not read out anew', async () => {
    const element = await at('chat');
    const [log] = all(element, '[role=log]');
    expect(log?.getAttribute('aria-live')).to.equal('off');
    expect(log?.getAttribute('aria-label')).to.equal('Conversation');
    expect(log?.tabIndex).to.equal(0);
  });

  it('a closed chat counts what is unread, shows it in passing, and is read when it opens', async () => {
    const element = await at('call-1');
    FakeSession.last.write('ana', 'One');
    await until(() => badgeOf(element) === '1', 'a badge');
    FakeSession.last.write('ana', 'Two');
    FakeSession.last.write(null, 'by the page itself');
    await settled(element);
    const button = buttonOf(element, 'Chat');
    expect(badgeOf(element)).to.equal('2');
    const description = shadowOf(element).getElementById(
      button.getAttribute('aria-describedby') ?? '',
    );
    expect(description?.textContent).to.equal('2 unread messages');
    expect(texts(element, '[part=notices]').join()).to.contain('One').and.to.contain('Two');
    button.click();
    await settled(element);
    await settled(element);
    expect(badgeOf(element)).to.equal(undefined);
    expect(texts(element, '[part=message]')).to.deep.equal(['One', 'Two', 'by the page itself']);
  });

  it('stays at the end, and stays where the reader is once they have scrolled up', async () => {
    const element = await at('chat-empty');
    for (let line = 0; line < 60; line++) FakeSession.last.write('ana', `line ${String(line)}`);
    await settled(element);
    const log = all(element, '.log')[0] as HTMLElement;
    const toEnd = (): number => log.scrollHeight - log.clientHeight - log.scrollTop;
    await until(() => toEnd() < 2, 'at the end');
    log.scrollTop = 0;
    log.dispatchEvent(new Event('scroll'));
    FakeSession.last.write('ana', 'below');
    await settled(element);
    expect(log.scrollTop).to.equal(0);
    buttonOf(element, 'New messages').click();
    await until(() => toEnd() < 2, 'at the end again');
    await settled(element);
    expect(findButton(element, 'New messages')).to.equal(undefined);
    log.scrollTop = 0;
    log.dispatchEvent(new Event('scroll'));
    await type(element, 'mine');
    press(element, 'Enter');
    await until(() => toEnd() < 2, 'at one’s own words');
    expect(findButton(element, 'New messages')).to.equal(undefined);
  });

  it('folds a long message, and unfolds it', async () => {
    const element = await at('chat-empty');
    FakeSession.last.write('ana', 'word '.repeat(2000));
    await settled(element);
    const shown = (): number => (texts(element, '[part=message]')[0] ?? '').length;
    expect(shown()).to.be.below(800);
    buttonOf(element, 'Show more').click();
    await settled(element);
    expect(shown()).to.be.above(9900);
    expect(buttonOf(element, 'Show less').getAttribute('aria-expanded')).to.equal('true');
  });

  it('links open elsewhere, tell nobody where they were, and show where they lead', async () => {
    const element = await at('chat-empty');
    FakeSession.last.write('ana', 'https://аррӏе.com/\u202egpj.exe javascript:alert(1)');
    await settled(element);
    const links = all(element, '.words a') as HTMLAnchorElement[];
    expect(links.map(({textContent}) => textContent)).to.deep.equal([
      'https://xn--80ak6aa92e.com/%E2%80%AEgpj.exe',
    ]);
    expect(links[0]?.rel).to.equal('noopener noreferrer nofollow');
    expect(links[0]?.target).to.equal('_blank');
    expect(links[0]?.dir).to.equal('ltr');
  });

  for (const width of [240, 320, 900]) {
    it(`nothing that people write makes it wider than ${String(width)} px, or is more than text`, async () => {
      const element = await at('chat-empty');
      element.style.inlineSize = `${String(width)}px`;
      for (const text of HOSTILE_TEXTS) FakeSession.last.write('ana', text);
      await settled(element);
      const [log] = all(element, '.log');
      expect(log?.scrollWidth).to.be.at.most((log?.clientWidth ?? 0) + 1);
      expect(all(element, '.words > :not(a), img, b')).to.have.length(0);
      const right = element.getBoundingClientRect().right + 0.5;
      for (const part of all(element, '.chat :is(button, textarea, .message)')) {
        expect(part.getBoundingClientRect().right, part.className).to.be.at.most(right);
      }
    });
  }

  it('each message reads in its own direction', async () => {
    const element = await at('chat');
    const directions = all(element, '.words').map((words) => getComputedStyle(words).direction);
    expect(directions).to.deep.equal(['ltr', 'ltr', 'ltr', 'rtl', 'ltr', 'ltr']);
  });

  it('can be read when the call is over, and belongs to that call alone', async () => {
    const element = await at('chat');
    await type(element, 'unsent');
    FakeSession.last.dispatch({type: 'ended', reason: 'left'});
    await settled(element);
    buttonOf(element, 'Chat').click();
    await settled(element);
    expect(texts(element, '[part=message]')).to.have.length(6);
    expect(all(element, 'textarea')).to.have.length(0);
    FakeSession.last.chat = [];
    await element.join('another');
    FakeSession.last.dispatch({type: 'media-settled'});
    FakeSession.last.dispatch({
      type: 'seated',
      room: 'another',
      capacity: 2,
      peers: [fakePeer('ana')],
      incoming: [],
    });
    await settled(element);
    if (all(element, 'textarea').length === 0) buttonOf(element, 'Chat').click();
    await until(() => all(element, 'textarea').length > 0, 'the field');
    expect(all(element, '[part=message]')).to.have.length(0);
    expect(fieldOf(element).value).to.equal('');
  });
});

describe('the element and chat', () => {
  afterEach(remove);

  it('passes sendChat() on, and reads the history', async () => {
    const element = await at('call-1');
    await element.sendChat('Hello');
    expect(sent()).to.deep.equal(['Hello']);
    expect(element.chat.map(({text}) => text)).to.deep.equal(['Hello']);
  });

  it('tells of a message, across shadow roots', async () => {
    await at('call-1');
    const heard: string[] = [];
    const listen = (event: Event): void => {
      expect(event.bubbles && event.composed).to.equal(true);
      heard.push((event as CustomEvent<{message: {text: string}}>).detail.message.text);
    };
    document.addEventListener('chat-received', listen);
    FakeSession.last.write('ana', 'Hello');
    document.removeEventListener('chat-received', listen);
    expect(heard).to.deep.equal(['Hello']);
  });

  it('before a call there is nothing to read and nobody to write to', async () => {
    const element = await at('prejoin');
    expect(element.chat).to.deep.equal([]);
    expect(element.transfers).to.deep.equal([]);
    element.cancelFile('none');
    for (const work of [element.sendChat('x'), element.sendFile(new Blob())]) {
      const error: unknown = await work.catch((thrown: unknown) => thrown);
      expect((error as CallError).code).to.equal('not-in-room');
    }
  });
});
