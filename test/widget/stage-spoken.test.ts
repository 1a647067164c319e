/** What a screen reader is told of a call that goes on: who is there, what is lost and what is back. */
import {expect} from 'chai';
import type {VideoChatRoom} from '../../widget/video-chat-room.js';
import {fakeTimers} from '../support/fake-timers.js';
import {expectFocus, overlayOf, remove, roomAt, shadowOf} from '../support/widget-element.js';
import {SCREENS, type Screen} from '../support/widget-screens.js';
import {FakeSession} from '../support/widget-session.js';

const at = (name: string): Promise<VideoChatRoom> =>
  roomAt(SCREENS.find((screen) => screen.name === name) as Screen);

const spokenBy = (element: VideoChatRoom): string =>
  shadowOf(element).querySelector('.base > [role=status]')?.textContent.trim() ?? '';

describe('what is said of a call', () => {
  afterEach(remove);

  it('says that the way to the relay, or to somebody, is being looked for, and when it is back', async () => {
    const element = await at('call-1');
    const spoken = (): string => spokenBy(element);
    const calm = spoken();
    expect(calm).to.contain('In a call with');
    const [peer] = element.peers;
    for (const [action, back, words] of [
      [
        {type: 'signaling-changed', signaling: 'reconnecting'},
        {type: 'signaling-changed', signaling: 'open'},
        'Reconnecting to the call server…',
      ],
      [
        {
          type: 'peer-changed',
          peerId: peer?.peerId ?? '',
          change: {connectionState: 'disconnected'},
        },
        {type: 'peer-changed', peerId: peer?.peerId ?? '', change: {connectionState: 'connected'}},
        'Reconnecting…',
      ],
    ] as const) {
      FakeSession.last.dispatch(action);
      await element.updateComplete;
      expect(spoken()).to.equal(words);
      FakeSession.last.dispatch(back);
      await element.updateComplete;
      expect(spoken()).to.equal(calm);
    }
  });

  for (const [name, words] of [
    ['waiting', 'Waiting for others…'],
    ['knocking', 'Asking to be let in…'],
  ] as const) {
    it(`says so while ${name}, too`, async () => {
      const element = await at(name);
      expect(spokenBy(element)).to.equal(words);
      FakeSession.last.dispatch({type: 'signaling-changed', signaling: 'reconnecting'});
      await element.updateComplete;
      expect(spokenBy(element)).to.equal('Reconnecting to the call server…');
      FakeSession.last.dispatch({type: 'signaling-changed', signaling: 'open'});
      await element.updateComplete;
      expect(spokenBy(element)).to.equal(words);
    });
  }

  it('takes no passing message away from under the focus', async () => {
    const element = await at('call-2');
    await overlayOf(element);
    const timers = fakeTimers();
    try {
      FakeSession.last.dispatch({type: 'peer-left', peerId: 'bo', reason: 'left'});
      await element.updateComplete;
      const notice = (): Element | null => shadowOf(element).querySelector('[part=notice]');
      const dismiss = notice()?.querySelector('button') ?? null;
      dismiss?.focus();
      timers.pass(60_000);
      await element.updateComplete;
      expectFocus(dismiss);
      dismiss?.blur();
      timers.pass(7_000);
      await element.updateComplete;
      expect(notice(), 'it goes a while later').to.equal(null);
    } finally {
      timers.restore();
    }
  });
});
