/** The check before a call on the screen: how one gets there and back, and what is said of what was found. */
import {expect} from 'chai';
import {CallError} from '../../widget/call/call-error.js';
import type {CallReport} from '../../widget/call/doctor/doctor.js';
import {BAD} from '../support/check-screens.js';
import {
  buttonOf,
  expectFocus,
  findButton,
  remove,
  roomAt,
  roomWith,
  shadowOf,
  until,
} from '../support/widget-element.js';
import {SCREENS, type Screen} from '../support/widget-screens.js';
import {FakeSession} from '../support/widget-session.js';

const CHECK = 'Check camera and connection';

function screen(wanted: string): Screen {
  const found = SCREENS.find(({name}) => name === wanted);
  if (!found) throw new Error(`no screen ${wanted}`);
  return found;
}

describe('check', () => {
  afterEach(remove);

  for (const name of ['form', 'prejoin', 'failed']) {
    it(`is offered on the screen "${name}"`, async () => {
      const element = await roomAt(screen(name));
      expect(findButton(element, CHECK)?.type).to.equal('button');
    });
  }

  it('says that all is well', async () => {
    const element = await roomAt(screen('check-good'));
    const {textContent} = shadowOf(element);
    expect(textContent).to.contain('All is well. You can call.').and.to.contain('Not set up');
    expect(FakeSession.last.calls.map(([name]) => name)).to.deep.equal(['check']);
  });

  it('says what does not work, and what to do about it', async () => {
    const element = await roomAt(screen('check-bad'));
    await until(() => shadowOf(element).textContent.includes('Not everything works'), 'verdict');
    const rows = [...shadowOf(element).querySelectorAll('.check-step')].map((row) =>
      row.textContent.replace(/\s+/g, ' ').trim(),
    );
    expect(rows).to.have.length(BAD.steps.length);
    expect(rows[1]).to.contain('Camera Does not work Your camera is in use by another program');
    expect(rows[3]).to.contain('Your network blocks calls (UDP)');
    expect(rows[5]).to.equal('By server (TURN, TCP) Works');
  });

  it('says that a call is possible although one way is not', async () => {
    const element = await roomAt(screen('check-bad'));
    FakeSession.checked = {...BAD, ok: true};
    await until(() => findButton(element, 'Check again')?.ariaDisabled !== 'true', 'done');
    buttonOf(element, 'Check again').click();
    await until(() => shadowOf(element).textContent.includes('You can call, though'), 'verdict');
  });

  it('is told by a live region, which is there before', async () => {
    const element = await roomAt(screen('check-running'));
    const region = shadowOf(element).querySelector('.verdict');
    expect(region?.getAttribute('role')).to.equal('status');
    expect(region?.textContent).to.contain('Your browser may ask');
  });

  it('can be done again, but not while it runs', async () => {
    const element = await roomAt(screen('check-good'));
    await until(() => findButton(element, 'Check again')?.ariaDisabled !== 'true', 'done');
    FakeSession.checked = null;
    buttonOf(element, 'Check again').click();
    buttonOf(element, 'Check again').click();
    await until(() => FakeSession.last.calls.length === 2, 'again');
    expect(FakeSession.last.calls.map(([name]) => name)).to.deep.equal(['check', 'check']);
  });

  it('gives way to where one was, and takes and gives the focus', async () => {
    const element = await roomAt(screen('prejoin'));
    const button = buttonOf(element, CHECK);
    button.focus();
    button.click();
    await until(() => Boolean(shadowOf(element).querySelector('.verdict')), 'the check');
    await element.updateComplete;
    expectFocus(shadowOf(element).querySelector('[data-focus]'));
    buttonOf(element, 'Back').click();
    await element.updateComplete;
    expect(findButton(element, 'Join')?.textContent).to.contain('Join');
    expectFocus(shadowOf(element).querySelector('[data-focus]'));
  });

  it('can be opened from a failure, too', async () => {
    const element = await roomAt(screen('prejoin'));
    element.relayUrl = 'http://[';
    await element.join().catch(() => undefined);
    element.relayUrl = 'https://relay.example';
    await element.updateComplete;
    expect(element.status).to.equal('failed');
    buttonOf(element, CHECK).click();
    await until(() => Boolean(shadowOf(element).querySelector('.verdict')), 'the check');
  });

  it('does not hide that joining has failed before anything was drawn', async () => {
    const element = await roomAt(screen('check-good'));
    await element.join('attic');
    FakeSession.last.dispatch({
      type: 'failed',
      room: 'attic',
      error: new CallError('protocol-mismatch'),
    });
    await element.updateComplete;
    expect(element.status).to.equal('failed');
    expect(shadowOf(element).querySelector('.verdict')).to.equal(null);
  });

  it('is put away when somebody joins', async () => {
    const element = await roomAt(screen('check-good'));
    await element.join('sunday-lunch');
    await element.leave();
    await element.updateComplete;
    expect(shadowOf(element).textContent).to.contain('You left the room');
    // What stands where the check stood is the card for joining.
    element.room = 'attic';
    await until(() => findButton(element, 'Join') !== undefined, 'the card');
  });

  it('asks for nothing more when it is taken out of the page', async () => {
    const element = await roomAt(screen('check-running'));
    const {onProgress, signal} = FakeSession.last.checking;
    onProgress?.(BAD.steps);
    expect(signal?.aborted).to.equal(false);
    element.remove();
    onProgress?.(BAD.steps);
    expect(signal?.aborted).to.equal(true);
  });

  it('check() and getReport() need no call', async () => {
    const element = await roomWith();
    FakeSession.checked = BAD;
    expect(await element.check()).to.equal(BAD);
    expect((await element.getReport()).causes).to.deep.equal([]);
    expect(element.status).to.equal('idle');
  });

  it('a failure of a path is told by its cause', async () => {
    const element = await roomAt(screen('call-1'));
    const cause = {code: 'no-turn', peer: 'peer-1', fatal: false} as const;
    FakeSession.last.report = {causes: [cause]} as unknown as CallReport;
    FakeSession.last.emit('call-error', {error: new CallError('ice-failed')});
    await until(() => shadowOf(element).textContent.includes('do not let each other'), 'cause');
  });
});
