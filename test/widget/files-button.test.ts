/** The button of the files in a call's bar: where there is one, what gives way to it, and that none moves for a file. */
import {expect} from 'chai';
import type {VideoChatRoom} from '../../widget/video-chat-room.js';
import {all, at, badgeOf, note, pressed, receive, settled} from '../support/chat-page.js';
import {
  buttonOf,
  expectFocus,
  expectSameNodes,
  findButton,
  overlayOf,
  remove,
  roomAt,
  until,
} from '../support/widget-element.js';
import {SCREENS, type Screen} from '../support/widget-screens.js';
import {FakeSession, fakePeer} from '../support/widget-session.js';

describe('the button of the files', () => {
  afterEach(remove);

  const ofWidth = async (width: number): Promise<VideoChatRoom> => {
    const element = await at('call-1');
    element.style.inlineSize = `${String(width)}px`;
    await overlayOf(element);
    return element;
  };
  const isSeen = (element: Element): boolean =>
    Boolean(findButton(element, 'Files')?.checkVisibility());
  /** In how many rows the bar has its buttons. */
  const rows = (element: Element): number =>
    new Set(
      all(element, '.controls > button')
        .filter((button) => button.checkVisibility())
        .map((button) => button.getBoundingClientRect().bottom),
    ).size;

  /** Each with its number, and where it is. */
  const places = (element: Element): string[] =>
    all(element, '.controls > .control').map((button) => {
      const {x, y, width} = button.getBoundingClientRect();
      return [button.getAttribute('aria-label') ?? button.title, x, y, width].join(' ');
    });

  for (const width of [320, 440, 800]) {
    it(`is not needed: no button moves for a file, of which the chat tells, at ${String(width)} px`, async () => {
      const element = await ofWidth(width);
      await until(() => all(element, '[aria-keyshortcuts]').length > 0, 'all that is to come');
      const before = places(element);
      receive(note());
      await until(() => badgeOf(element) === '1', 'the number');
      await settled(element);
      expect(places(element)).to.deep.equal(before);
      expect(before.length).to.equal(6);
      expect(isSeen(element)).to.equal(false);
    });
  }

  it('is there from the beginning where the chat is on the stage, and moves none for a file', async () => {
    const element = await roomAt(SCREENS.find(({name}) => name === 'data-waiting') as Screen);
    await until(() => isSeen(element), 'the button');
    const before = places(element);
    FakeSession.last.dispatch({type: 'peer-joined', peer: fakePeer('ana')});
    await settled(element);
    element.style.inlineSize = `${String(element.offsetWidth)}px`;
    receive(note());
    await settled(element);
    expect(places(element)).to.deep.equal(before);
  });

  it('makes no other button another one when it comes with the panels', async () => {
    const element = await at('waiting');
    element.controls = 'microphone chat files devices leave';
    await settled(element);
    const others = (): HTMLElement[] => ['Chat', 'Devices'].map((name) => buttonOf(element, name));
    const before = others();
    expect(findButton(element, 'Files') === undefined, 'not yet').to.equal(true);
    before[1]!.focus();
    FakeSession.last.dispatch({type: 'peer-joined', peer: fakePeer('ana')});
    await until(() => isSeen(element), 'the button');
    expectSameNodes(others(), before);
    expectFocus(before[1]!);
  });

  it('is there from the beginning where the page has asked for it by name', async () => {
    const element = await ofWidth(240);
    element.controls = 'microphone chat files leave';
    await until(() => isSeen(element), 'the button');
    await pressed(element, 'Files');
    await until(() => all(element, '[part=files-empty]').length === 1, 'the panel');
    element.controls = 'microphone chat leave';
    await settled(element);
    expect(isSeen(element)).to.equal(false);
  });

  it('alone takes the words of Leave, and only where they do not fit', async () => {
    const element = await ofWidth(400);
    const hasWords = (): boolean => {
      const label = all(element, '.leave .control-label')[0]!;
      return getComputedStyle(label).clipPath === 'none';
    };
    element.controls = 'microphone camera leave';
    await settled(element);
    receive(note());
    await until(() => findButton(element, 'Chat')?.dataset['badge'] === '1', 'the file');
    expect([isSeen(element), hasWords()], 'not chosen').to.deep.equal([false, true]);
    element.controls = 'microphone camera files leave';
    await until(() => isSeen(element), 'the button');
    expect([rows(element), hasWords()], 'few').to.deep.equal([1, true]);
    element.controls = 'microphone camera chat files devices leave';
    await settled(element);
    expect([rows(element), hasWords()], 'many').to.deep.equal([1, false]);
    element.style.inlineSize = '560px';
    expect([rows(element), hasWords()], 'many in a wide one').to.deep.equal([1, true]);
  });

  it('is not chosen, and then the chat does not lead there, either', async () => {
    const element = await ofWidth(800);
    element.controls = 'chat leave';
    receive(note());
    await pressed(element, 'Chat');
    await until(() => all(element, '.chat').length === 1, 'the chat');
    expect(findButton(element, 'Files of this call') === undefined).to.equal(true);
  });

  it('may go while its panel is open: then so does that, and the stage has the focus', async () => {
    const element = await ofWidth(800);
    element.controls = 'files leave';
    await pressed(element, 'Files');
    await until(() => all(element, '[part=files-empty]').length === 1, 'the panel');
    element.controls = 'leave';
    await settled(element);
    expect(all(element, '[part~=panel]').length).to.equal(0);
    expectFocus(all(element, '[data-focus]')[0]!);
  });

  it('stays when the others have left', async () => {
    const element = await ofWidth(800);
    element.controls = 'microphone files leave';
    await until(() => isSeen(element), 'the button');
    FakeSession.last.dispatch({type: 'peer-left', peerId: 'ana', reason: 'left'});
    await settled(element);
    expect(isSeen(element)).to.equal(true);
  });
});
