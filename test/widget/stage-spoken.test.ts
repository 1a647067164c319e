/** What a screen reader is told of a call that goes on: who is there, what is lost and what is back. */
import {expect} from 'chai';
import type {VideoChatRoom} from '../../widget/video-chat-room.js';
import {remove, roomAt, shadowOf} from '../support/widget-element.js';
import {SCREENS, type Screen} from '../support/widget-screens.js';
import {FakeSession} from '../support/widget-session.js';

const at = (name: string): Promise<VideoChatRoom> =>
  roomAt(SCREENS.find((screen) => screen.name === name) as Screen);

describe('what is said of a call', () => {
  afterEach(remove);

  it('says that the way to the relay, or to somebody, is being looked for, and when it is back', async () => {
    const element = await at('call-1');
    const spoken = (): string =>
      shadowOf(element).querySelector('.base > [role=status]')?.textContent.trim() ?? '';
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
});
