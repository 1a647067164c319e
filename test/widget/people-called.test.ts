/** Being called: the prompt over every screen, what it answers, and what is told afterwards. */
import {expect} from 'chai';
import {asked, press, roomAmong, tell, textOf} from '../support/people-element.js';
import {takeCall} from '../support/people-screens.js';
import {
  buttonOf,
  expectFocus,
  findButton,
  remove,
  shadowOf,
  until,
} from '../support/widget-element.js';
import {FakeSession} from '../support/widget-session.js';
import {THREE, call, prompt, beCalled} from '../support/people-calling.js';

describe('being called', () => {
  afterEach(remove);
  beforeEach(() => {
    FakeSession.sessions.length = 0;
  });

  it('asks over the list of an element that nobody has touched', async () => {
    const element = await roomAmong(THREE);
    await beCalled(element);
    expect(shadowOf(element).getElementById('prompt-title')?.textContent.trim()).to.equal(
      'Ana Moreau is calling you',
    );
    expectFocus(prompt(element));
    buttonOf(element, 'Accept').click();
    await until(() => asked('accept').length === 1, 'accepted');
    expect(asked('accept')).to.deep.equal([['k1']]);
  });

  it('asks over the card of a room, too, and the focus comes back', async () => {
    const element = await roomAmong(THREE, {room: 'attic'});
    const join = buttonOf(element, 'Join');
    join.focus();
    await beCalled(element, 'k1', '');
    expect(shadowOf(element).getElementById('prompt-title')?.textContent.trim()).to.equal(
      'Some user is calling you',
    );
    press(prompt(element), 'Escape');
    await until(() => element.incoming.length === 0, 'declined');
    await element.updateComplete;
    expect(asked('decline')).to.deep.equal([['k1']]);
    expectFocus(join);
  });

  it('asks over the screen after a call', async () => {
    const element = await call(true);
    await tell(element, (session) =>
      session.dispatch({type: 'invitation-ended', id: 'own-call', reason: 'timeout'}),
    );
    await beCalled(element);
    expectFocus(prompt(element));
  });

  it('asks in a call, and says what accepting means', async () => {
    const element = await call(true);
    await tell(element, takeCall);
    await beCalled(element, 'k2', 'Bo');
    const text = shadowOf(element).getElementById('prompt-text')?.textContent.trim();
    expect(text).to.equal('Accepting ends your present call.');
  });

  it('says at rest what the browser will ask for', async () => {
    const element = await roomAmong(THREE, {media: 'audio'});
    await beCalled(element);
    const text = shadowOf(element).getElementById('prompt-text')?.textContent.trim();
    expect(text).to.equal('A voice call: your browser will ask for your microphone.');
  });

  it('several wait their turn', async () => {
    const element = await roomAmong(THREE);
    await beCalled(element);
    await beCalled(element, 'k2', 'Bo');
    expect(prompt(element)?.textContent).to.contain('One more person is waiting');
    buttonOf(element, 'Decline').click();
    await until(() => element.incoming.length === 1, 'declined');
    await element.updateComplete;
    expect(prompt(element)?.textContent).to.contain('Bo is calling you');
  });

  it('a page that cancels call-request answers by itself', async () => {
    const element = await roomAmong(THREE);
    element.addEventListener('call-request', (event) => event.preventDefault());
    await beCalled(element);
    expect(prompt(element) === null).to.equal(true);
    await element.accept();
    expect(asked('accept')).to.have.length(1);
  });

  it('and nobody is told that they missed what the page did not show them', async () => {
    const element = await roomAmong(THREE);
    element.addEventListener('call-request', (event) => event.preventDefault());
    await beCalled(element);
    await tell(element, (session) =>
      session.dispatch({type: 'invitation-ended', id: 'k1', reason: 'timeout'}),
    );
    expect(textOf(element)).not.to.contain('You missed a call');
  });

  it('nor of an answer elsewhere to what the page did not show them', async () => {
    const element = await roomAmong(THREE);
    element.addEventListener('call-request', (event) => event.preventDefault());
    await beCalled(element);
    await tell(element, (session) =>
      session.dispatch({type: 'invitation-ended', id: 'k1', reason: 'answered-elsewhere'}),
    );
    expect(textOf(element)).not.to.contain('Answered in another tab');
  });

  it('a call that nobody took stays to be read', async () => {
    const element = await roomAmong(THREE);
    await beCalled(element);
    await tell(element, (session) =>
      session.dispatch({type: 'invitation-ended', id: 'k1', reason: 'timeout'}),
    );
    await element.updateComplete;
    expect(prompt(element) === null).to.equal(true);
    expect(textOf(element)).to.contain('You missed a call from Ana Moreau');
    buttonOf(element, 'Dismiss').click();
    await element.updateComplete;
    expect(findButton(element, 'Dismiss') === undefined).to.equal(true);
  });

  it('one that was answered on another device says so, in passing', async () => {
    const element = await roomAmong(THREE);
    await beCalled(element);
    await tell(element, (session) =>
      session.dispatch({type: 'invitation-ended', id: 'k1', reason: 'answered-elsewhere'}),
    );
    expect(prompt(element) === null).to.equal(true);
    expect(textOf(element)).to.contain('Answered in another tab or on another device');
    expect(textOf(element)).not.to.contain('You missed a call');
  });
});
