/** Calling somebody: every screen on the way, in words, by keyboard, and what rings. */
import {expect} from 'chai';
import type {EndReason} from '../../protocol/codes.js';
import {CallError} from '../../widget/call/call-error.js';
import {asked, namesOf, roomAmong, spoken, tell, textOf} from '../support/people-element.js';
import {takeCall} from '../support/people-screens.js';
import {
  buttonOf,
  expectFocus,
  findButton,
  remove,
  roomWith,
  shadowOf,
  until,
} from '../support/widget-element.js';
import {FakeSession} from '../support/widget-session.js';
import {THREE, call} from '../support/people-calling.js';

describe('calling somebody', () => {
  afterEach(remove);
  beforeEach(() => {
    FakeSession.sessions.length = 0;
  });

  it('call() is a method, too, and rejects as the session does', async () => {
    const element = await roomAmong(THREE);
    await element.call('p1');
    expect(asked('call')).to.deep.equal([['p1']]);
    await element.leave();
    const thrown = await element.call('nobody').catch((error: unknown) => error);
    expect((thrown as CallError).code).to.equal('person-not-found');
  });

  it('leave() stops a call that still loads the engine', async () => {
    const element = await roomWith();
    const calling = element.call('p1').catch((error: unknown) => error);
    void element.leave();
    expect(((await calling) as CallError).code).to.equal('aborted');
  });

  it('says whom, then that it rings', async () => {
    const element = await call(false);
    expect(textOf(element)).to.contain('Calling Ana Moreau…');
    expect(spoken(element)).to.contain('Calling Ana Moreau…');
    const rung: string[] = [];
    element.addEventListener('call-ringing', ({detail}) => rung.push(detail.person.personId));
    await tell(element, (session) => session.dispatch({type: 'ringing', id: 'own-call'}));
    expect(textOf(element)).to.contain('Ringing… Ana Moreau');
    expect(spoken(element)).to.contain('Ringing…');
    expect(rung).to.deep.equal(['p0']);
  });

  it('shows no name of a room, which says nothing', async () => {
    const element = await call(true);
    await tell(element, takeCall);
    expect(shadowOf(element).textContent).not.to.contain('r-4f0c9d');
    expect(shadowOf(element).querySelector('[part=stage]')?.getAttribute('aria-label')).to.equal(
      'Ana Moreau',
    );
  });

  it('the focus goes to the stage, and with Cancel back to the button that was pressed', async () => {
    const element = await call(true);
    expectFocus(shadowOf(element).querySelector('[data-focus]'));
    buttonOf(element, 'Cancel').focus();
    buttonOf(element, 'Cancel').click();
    await until(() => element.status === 'left', 'given up');
    await element.updateComplete;
    expectFocus(buttonOf(element, 'Call Ana Moreau'));
  });

  for (const [reason, words] of [
    ['declined', 'Ana Moreau declined'],
    ['busy', 'Ana Moreau is in another call'],
    ['timeout', 'Ana Moreau did not answer'],
    ['unreachable', 'Ana Moreau could not be reached'],
    ['lost', 'The connection was lost'],
  ] as const satisfies [EndReason, string][]) {
    it(`"${reason}" is told in words, with a way to call again and one back`, async () => {
      const element = await call(true);
      await tell(element, (session) =>
        session.dispatch({type: 'invitation-ended', id: 'own-call', reason}),
      );
      await element.updateComplete;
      expect(shadowOf(element).querySelector('h2')?.textContent.trim()).to.equal(words);
      expect(spoken(element)).to.contain(words);
      expect(spoken(element).endsWith('. '), 'no empty sentence').to.equal(false);
      expect(
        spoken(element)
          .split('|')
          .some((each) => /\.\s*$/.test(each)),
        'nor its point',
      ).to.equal(false);
      expectFocus(shadowOf(element).querySelector('h2'));
      buttonOf(element, 'Back to the list').focus();
      buttonOf(element, 'Back to the list').click();
      await element.updateComplete;
      expect(namesOf(element)).to.have.length(3);
      expectFocus(buttonOf(element, 'Call Ana Moreau'));
      expect(FakeSession.last.isDisposed).to.equal(false);
    });
  }

  it('busy before it rang is told the same way', async () => {
    const element = await roomAmong(THREE);
    buttonOf(element, 'Call Ana Moreau').click();
    await until(() => element.status === 'acquiring-media', 'asked');
    await tell(element, (session) =>
      session.dispatch({type: 'turned-down', id: 'own-call', reason: 'busy'}),
    );
    expect(textOf(element)).to.contain('Ana Moreau is in another call');
  });

  it('Call again calls the same person', async () => {
    const element = await call(true);
    await tell(element, (session) =>
      session.dispatch({type: 'invitation-ended', id: 'own-call', reason: 'timeout'}),
    );
    buttonOf(element, 'Call again').click();
    await until(() => asked('call').length === 2, 'called');
    expect(asked('call')).to.deep.equal([['p0'], ['p0']]);
  });

  it('a failure is told with what to do about it, and leads back to the list', async () => {
    const element = await call(true);
    const error = new CallError('rate-limited', 'for logs', {fatal: true});
    await tell(element, (session) => session.dispatch({type: 'failed', room: null, error}));
    expect(textOf(element)).to.contain('That was too much at once');
    buttonOf(element, 'Back to the list').click();
    await element.updateComplete;
    expect(namesOf(element)).to.have.length(3);
  });

  for (const [what, end] of [
    [
      'the other side hangs up',
      (session: FakeSession) => session.dispatch({type: 'peer-left', peerId: 'a', reason: 'left'}),
    ],
    ['I leave', (session: FakeSession) => void session.leave()],
  ] as const) {
    it(`after a call that took place it says so when ${what}`, async () => {
      const element = await call(true);
      await tell(element, takeCall);
      await tell(element, end);
      await until(() => element.status === 'left', 'over');
      await element.updateComplete;
      expect(textOf(element)).to.contain('Call ended You talked with Ana Moreau.');
    });
  }

  it('without a directory by then it ends without a word of a room that nobody named', async () => {
    const element = await call(true);
    const {room} = FakeSession.last.state as {room: string};
    await tell(element, takeCall);
    element.directory = '';
    await tell(element, (session) =>
      session.dispatch({type: 'peer-left', peerId: 'a', reason: 'left'}),
    );
    await until(() => element.status === 'left', 'over');
    await element.updateComplete;
    expect(room).not.to.equal('');
    expect(textOf(element)).not.to.contain(room);
    expect(findButton(element, 'Join again') === undefined).to.equal(true);
  });

  it('with a room of its own the card before joining is back behind it', async () => {
    const element = await call(true, {room: 'attic'});
    await tell(element, (session) =>
      session.dispatch({type: 'invitation-ended', id: 'own-call', reason: 'declined'}),
    );
    expect(textOf(element)).to.contain('Ana Moreau declined');
    buttonOf(element, 'Back').click();
    await element.updateComplete;
    expect(textOf(element)).to.contain('Room attic');
  });
});
