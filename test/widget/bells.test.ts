/** What rings and when: knocks, calls, a call of ours, its end; and what keeps silent. */
import {expect} from 'chai';
import {RING, RING_BACK, BUSY, ENDED} from '../../widget/ringing/tones.js';
import type {VideoChatRoom} from '../../widget/video-chat-room.js';
import {roomAmong, tell} from '../support/people-element.js';
import {MANY, ring, takeCall} from '../support/people-screens.js';
import {RingingPage} from '../support/ringing-page.js';
import {remove, roomAt, until} from '../support/widget-element.js';
import {SCREENS, type Screen} from '../support/widget-screens.js';
import {FakeSession, fakeKnock} from '../support/widget-session.js';

describe('bells', () => {
  let page: RingingPage;
  let isOver = true;
  beforeEach(() => {
    page = new RingingPage();
    isOver = false;
  });
  afterEach(async () => {
    remove();
    // A removed element falls silent a task later.
    await until(() => page.isAtRest, 'silence');
    isOver = true;
    page.restore();
  });

  const plays = (...tones: {duration: number}[]): Promise<void> =>
    until(
      () => !isOver && page.playing.join() === tones.map(({duration}) => duration).join(),
      `${tones.map(({duration}) => duration).join() || 'nothing'} to play`,
    );

  async function called(element: VideoChatRoom, kind: 'knock' | 'call' = 'call'): Promise<void> {
    await tell(element, (session) =>
      session.dispatch({
        type: 'invitation-received',
        invitation: fakeKnock(crypto.randomUUID(), 'Ana', kind),
      }),
    );
  }

  it('a call rings until it is answered', async () => {
    const element = await roomAmong(MANY);
    await called(element);
    await plays(RING);
    await element.decline();
    await plays();
  });

  it('a knock rings, too', async () => {
    const element = await roomAt(SCREENS.find(({name}) => name === 'waiting') as Screen);
    await called(element, 'knock');
    await plays(RING);
    await element.accept();
    await plays();
  });

  it('a call of ours is heard once it rings, until it is taken', async () => {
    const element = await roomAmong(MANY);
    await tell(element, (session) => ring(session, false));
    expect(page.playing).to.deep.equal([]);
    await tell(element, (session) => session.dispatch({type: 'ringing', id: 'own-call'}));
    await plays(RING_BACK);
    await tell(element, takeCall);
    await plays();
  });

  for (const [reason, tone] of [
    ['busy', BUSY],
    ['declined', ENDED],
  ] as const) {
    it(`a call of ours that ends as "${reason}" is heard to end`, async () => {
      const element = await roomAmong(MANY);
      await tell(element, (session) => ring(session, true));
      await plays(RING_BACK);
      await tell(element, (session) =>
        session.dispatch({type: 'invitation-ended', id: 'own-call', reason}),
      );
      await plays(tone);
    });
  }

  it('a call that we give up ends in silence', async () => {
    const element = await roomAmong(MANY);
    await tell(element, (session) => ring(session, true));
    await plays(RING_BACK);
    await element.leave();
    await plays();
  });

  it('a call of theirs that ends does so in silence', async () => {
    const element = await roomAmong(MANY);
    await called(element);
    await plays(RING);
    const {begun} = page;
    const {id} = element.incoming[0] ?? {id: ''};
    await tell(element, (session) =>
      session.dispatch({type: 'invitation-ended', id, reason: 'cancelled'}),
    );
    await plays();
    expect(page.begun).to.equal(begun);
  });

  it('no-ringtone keeps silent, at once', async () => {
    const element = await roomAmong(MANY);
    await called(element);
    await plays(RING);
    element.noRingtone = true;
    await plays();
    element.noRingtone = false;
    await plays(RING);
  });

  it('what the page answers by itself, or accepts unasked, does not ring', async () => {
    const silent = await roomAmong(MANY);
    silent.addEventListener('call-request', (event) => event.preventDefault());
    await called(silent);
    await roomAmong(MANY, {'auto-accept': ''});
    FakeSession.last.dispatch({
      type: 'invitation-received',
      invitation: fakeKnock('k9', 'Bo', 'call'),
    });
    // One that does ring comes after them; by then they would have.
    const element = await roomAmong(MANY);
    await called(element);
    await plays(RING);
    expect(page.begun).to.equal(1);
  });

  it('a removed element is silent', async () => {
    const element = await roomAmong(MANY);
    await called(element);
    await plays(RING);
    element.remove();
    await plays();
  });
});
