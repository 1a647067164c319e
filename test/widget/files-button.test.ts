/** The button of the files in a call's bar: when it comes, where there is room for it, and that no other moves for it unseen. */
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
  until,
} from '../support/widget-element.js';
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

  it('comes with the first file, makes no other button another one, and takes no second row', async () => {
    const element = await ofWidth(440);
    const others = (): HTMLElement[] => ['Chat', 'Devices'].map((name) => buttonOf(element, name));
    const before = others();
    await until(() => all(element, '[aria-keyshortcuts]').length > 0, 'all that is to come');
    expect(isSeen(element)).to.equal(false);
    before[1]!.focus();
    receive(note());
    await until(() => isSeen(element), 'the button');
    expectSameNodes(others(), before);
    expectFocus(before[1]!);
    expect(rows(element)).to.equal(1);
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

  it('is in no telephone’s bar, where it would take a second row', async () => {
    const element = await ofWidth(320);
    receive(note());
    await until(() => badgeOf(element, 'files') === '1', 'the button');
    expect(isSeen(element)).to.equal(false);
    expect(rows(element)).to.equal(1);
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

  it('stays when the others have left, as long as there is something to see', async () => {
    const element = await ofWidth(800);
    const leave = (): void =>
      FakeSession.last.dispatch({type: 'peer-left', peerId: 'ana', reason: 'left'});
    receive(note());
    await until(() => isSeen(element), 'the button');
    leave();
    await settled(element);
    expect(isSeen(element)).to.equal(true);
    FakeSession.last.transfers = [];
    FakeSession.last.emit('transfers-changed', {transfers: []});
    await settled(element);
    expect(isSeen(element)).to.equal(false);
  });
});
