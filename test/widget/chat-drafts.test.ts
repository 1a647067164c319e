/** Writing that is seen letter by letter: the switch for one's own, the bubble in the making and its being read out for theirs. */
import {expect} from 'chai';
import {endOf} from '../../widget/chat/draft-view.js';
import type {VideoChatRoom} from '../../widget/video-chat-room.js';
import {all, at, fieldOf, press, settled, texts, type} from '../support/chat-page.js';
import {HOSTILE_TEXTS} from '../support/chat-screens.js';
import {fakeTimers, type FakeTimers} from '../support/fake-timers.js';
import {buttonOf, remove} from '../support/widget-element.js';
import {FakeSession, fakePeer} from '../support/widget-session.js';

const unmarked = (text: string): string => text.replace(/[\u2068\u2069]/g, '');

describe('one’s own draft', () => {
  afterEach(remove);

  const toggle = (element: Element): HTMLInputElement =>
    all(element, '[role=switch]')[0] as HTMLInputElement;
  const told = (): unknown[] =>
    FakeSession.last.calls.filter(([name]) => name === 'setTyping').map(([, typing]) => typing);
  const click = async (element: VideoChatRoom): Promise<void> => {
    toggle(element).click();
    await settled(element);
  };

  it('is shown to nobody, until the switch under the field is on, and no longer', async () => {
    const element = await at('chat-empty');
    expect(toggle(element).labels?.[0]?.textContent.trim()).to.equal('Let others read as I type');
    expect(toggle(element).checked).to.equal(false);
    await type(element, 'sec');
    await click(element);
    await type(element, 'secret');
    await click(element);
    await type(element, 'secret!');
    expect(told()).to.deep.equal([true, 'sec', 'secret', true, true]);
  });

  it('the switch is the attribute, and stays for the next call', async () => {
    const element = await at('chat-empty');
    await type(element, 'sec');
    await click(element);
    expect(element.liveTyping).to.equal(true);
    expect(element.hasAttribute('live-typing')).to.equal(true);
    element.removeAttribute('live-typing');
    await settled(element);
    expect(toggle(element).checked).to.equal(false);
    element.liveTyping = true;
    await settled(element);
    expect(toggle(element).checked).to.equal(true);
    expect(told()).to.deep.equal([true, 'sec', true, 'sec']);
    await click(element);
    expect(element.liveTyping).to.equal(false);
    await click(element);
    FakeSession.last.dispatch({type: 'ended', reason: 'left'});
    await element.join('another');
    await settled(element);
    expect(element.liveTyping).to.equal(true);
  });

  it('ends when it is emptied, and with the panel; what is sent is not taken back before', async () => {
    const element = await at('chat-empty');
    await click(element);
    await type(element, 'a');
    await type(element, ' ');
    await type(element, 'ab');
    press(element, 'Enter');
    await settled(element);
    await type(element, 'c');
    buttonOf(element, 'Close').click();
    await settled(element);
    element.liveTyping = false;
    await settled(element);
    element.liveTyping = true;
    await settled(element);
    expect(told()).to.deep.equal(['a', false, 'ab', 'c', false]);
  });

  it('leaves out what an input method still works on', async () => {
    const element = await at('chat-empty');
    await click(element);
    const field = fieldOf(element);
    const compose = (value: string): void => {
      field.value = value;
      field.dispatchEvent(new InputEvent('input', {isComposing: true}));
    };
    compose('n');
    compose('に');
    compose('日');
    field.dispatchEvent(new CompositionEvent('compositionend', {data: '日'}));
    compose('日h');
    await settled(element);
    expect(field.value).to.equal('日h');
    expect(told()).to.deep.equal([true, true, true, '日', '日']);
  });
});

describe('a draft of somebody else’s', () => {
  let timers: FakeTimers | undefined;

  afterEach(() => {
    timers?.restore();
    timers = undefined;
    remove();
  });

  const said = (element: Element): string[] =>
    texts(element, '.chat [role=status] p').map(unmarked);
  const bubbles = (element: Element): HTMLElement[] => all(element, '.message');
  const place = (of: Element | undefined): string => JSON.stringify(of?.getBoundingClientRect());

  it('stands where its message will stand, with its name and marked, in place of the typing', async () => {
    const element = await at('chat-empty');
    const session = FakeSession.last;
    const bo = fakePeer('bo', {displayName: 'Bo'});
    session.dispatch({type: 'peer-joined', peer: bo});
    session.setOthersTyping('ana', 'bo');
    session.draft('ana', 'Almost');
    await settled(element);
    expect(texts(element, '.who')).to.deep.equal(['Ana Moreau not sent yet']);
    expect(texts(element, '[part~=message-draft]')).to.deep.equal(['Almost not sent yet']);
    expect(unmarked(texts(element, '.typing').join())).to.equal('Bo is typing…');
    expect(getComputedStyle(bubbles(element)[0]!).outlineStyle).to.equal('dashed');
    // The first under a name, and the second.
    for (const text of ['Almost done', 'and now']) {
      session.setOthersTyping('ana');
      session.draft('ana', text);
      await settled(element);
      const before = place(bubbles(element).at(-1));
      session.setOthersTyping();
      session.write('ana', text);
      await settled(element);
      expect(texts(element, '.message').at(-1)).to.equal(text);
      expect(place(bubbles(element).at(-1))).to.equal(before);
    }
    expect(bubbles(element)).to.have.length(2);
    expect(all(element, '.group')).to.have.length(1);
    expect(all(element, '[data-draft]')).to.have.length(0);
  });

  it('is nobody’s unread message, and is not told of while the chat is closed', async () => {
    const element = await at('call-1');
    FakeSession.last.write('ana', 'loads the chat');
    await settled(element);
    timers = fakeTimers();
    FakeSession.last.draft('ana', 'Not said. And not shown.');
    timers.pass(10_000);
    timers.restore();
    await settled(element);
    expect(texts(element, '[part=notices]').join()).not.to.contain('Not said');
  });

  it('shows the end of a long one, and never half a character', async () => {
    const family = '👩\u200d👩\u200d👧';
    expect(endOf('short')).to.equal('short');
    expect(endOf(family.repeat(100))).to.match(new RegExp(`^…(${family})+$`, 'u'));
    expect(endOf('x'.repeat(5000))).to.equal(`…${'x'.repeat(700)}`);
    expect(endOf('line\n'.repeat(40))).to.equal(`…${'line\n'.repeat(9)}`);
    expect(endOf('\u0301'.repeat(5000)).length).to.be.at.most(702);
    const element = await at('chat-empty');
    element.style.inlineSize = '240px';
    for (const text of [...HOSTILE_TEXTS, 'שלום']) {
      FakeSession.last.draft('ana', text);
      await settled(element);
      const [log] = all(element, '.log');
      expect(log?.scrollWidth).to.be.at.most((log?.clientWidth ?? 0) + 1);
      expect(all(element, '.words > *')).to.have.length(0);
    }
    expect(getComputedStyle(all(element, '.words').at(-1)!).direction).to.equal('rtl');
  });

  it('is read out in whole words at a calm pace, and its message only as far as it is news', async () => {
    const element = await at('chat-empty');
    const session = FakeSession.last;
    timers = fakeTimers();
    const write = (text: string, perLetterMs = 100): void => {
      const known = session.drafts[0]?.text ?? '';
      for (let length = known.length + 1; length <= text.length; length++) {
        session.draft('ana', text.slice(0, length).trim());
        timers?.pass(perLetterMs);
      }
    };
    const expectSaid = async (...expected: string[]): Promise<void> => {
      await settled(element);
      expect(said(element)).to.deep.equal(expected);
    };
    write('Shall we meet at the stat');
    await expectSaid('Ana Moreau is typing: Shall we meet at the');
    write('Shall we meet at the station at nine');
    timers.pass(2500);
    await expectSaid('Ana Moreau is typing: Shall we meet at the', 'station at nine');
    session.write('ana', 'Shall we meet at the station at nine');
    await expectSaid(
      'Ana Moreau is typing: Shall we meet at the',
      'station at nine',
      'Ana Moreau has sent it',
    );
    // A last word may still grow; once nothing comes any more it is whole.
    session.draft('ana', 'Wait');
    timers.pass(2000);
    session.draft('ana', 'Waiting');
    timers.pass(600);
    await settled(element);
    expect(said(element).at(-1)).to.equal('Ana Moreau has sent it');
    timers.pass(2500);
    await settled(element);
    expect(said(element).at(-1)).to.equal('Ana Moreau is typing: Waiting');
    session.write('ana', 'Waiting');
    // What is left of it, and no half word.
    session.draft('ana', 'One two thr');
    timers.pass(2500);
    session.write('ana', 'One two three');
    await settled(element);
    expect(said(element).slice(-2)).to.deep.equal([
      'Ana Moreau is typing: One two thr',
      'Ana Moreau: three',
    ]);
    // What was heard has changed since, so the message is said as it is.
    session.draft('ana', 'I cannot come');
    timers.pass(2500);
    session.draft('ana', 'I can come');
    timers.pass(2500);
    session.write('ana', 'I can come');
    await settled(element);
    expect(said(element).slice(-2)).to.deep.equal(['can come', 'Ana Moreau: I can come']);
    // Taken back and begun anew.
    session.draft('ana', 'No');
    timers.pass(2500);
    session.draft('ana', '');
    session.draft('ana', 'Yes');
    timers.pass(2500);
    session.write('ana', 'Yes');
    await settled(element);
    expect(said(element).slice(-2)).to.deep.equal(['Yes', 'Ana Moreau has sent it']);
    expect(all(element, '.chat [role=status]')[0]?.getAttribute('aria-atomic')).to.equal('false');
  });
});
