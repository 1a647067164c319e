/** The panel beside a call: how it opens and closes, where the focus goes, and what it leaves alone. */
import {expect} from 'chai';
import type {VideoChatRoom} from '../../widget/video-chat-room.js';
import {press, roomAmong, rowsOf, tell, textOf, type} from '../support/people-element.js';
import {MANY, ring, takeCall} from '../support/people-screens.js';
import {
  buttonOf,
  expectFocus,
  expectSameNodes,
  findButton,
  remove,
  shadowOf,
  until,
} from '../support/widget-element.js';
import {fakeKnock} from '../support/widget-session.js';

async function inCall(width: number): Promise<VideoChatRoom> {
  const element = await roomAmong(MANY);
  element.style.inlineSize = `${String(width)}px`;
  await tell(element, (session) => {
    ring(session, true);
    takeCall(session);
  });
  return element;
}

function panel(element: VideoChatRoom): HTMLElement | null {
  return shadowOf(element).querySelector('[part~=panel]');
}

function isOpen(element: VideoChatRoom): boolean {
  return panel(element) !== null;
}

async function open(element: VideoChatRoom): Promise<HTMLButtonElement> {
  const button = buttonOf(element, 'People');
  button.focus();
  button.click();
  await element.updateComplete;
  return button;
}

describe('side panel', () => {
  afterEach(remove);

  it('is opened by a button that says so, and takes the focus', async () => {
    const element = await inCall(800);
    expect(isOpen(element)).to.equal(false);
    const button = await open(element);
    expect(button.ariaExpanded).to.equal('true');
    expect(panel(element)?.id).to.equal(button.getAttribute('aria-controls'));
    expectFocus(panel(element)?.querySelector('h2') ?? null);
    expect(rowsOf(element)).to.have.length(MANY.length);
  });

  for (const width of [320, 800]) {
    for (const [how, close] of [
      [
        'Escape',
        (element: VideoChatRoom) =>
          void press(panel(element)?.querySelector('h2') ?? null, 'Escape'),
      ],
      ['Close', (element: VideoChatRoom) => buttonOf(element, 'Close').click()],
    ] as const) {
      it(`${how} closes it at ${String(width)} px, and the focus is back on its button`, async () => {
        const element = await inCall(width);
        const button = await open(element);
        close(element);
        await element.updateComplete;
        expect(isOpen(element)).to.equal(false);
        expectFocus(button);
        expect(button.ariaExpanded).to.equal('false');
      });
    }
  }

  it('does not call back whoever went elsewhere', async () => {
    const element = await inCall(800);
    const button = await open(element);
    const leave = buttonOf(element, 'Leave');
    leave.focus();
    button.click();
    await element.updateComplete;
    expectFocus(leave);
  });

  it('Escape in a search field with text empties that first', async () => {
    const element = await inCall(800);
    await open(element);
    await type(element, 'people-search', 'bo');
    press(shadowOf(element).querySelector('#people-search'), 'Escape');
    await element.updateComplete;
    expect(isOpen(element)).to.equal(true);
    press(shadowOf(element).querySelector('#people-search'), 'Escape');
    await element.updateComplete;
    expect(isOpen(element)).to.equal(false);
  });

  it('stands beside the stage where there is room', async () => {
    const element = await inCall(800);
    await open(element);
    const stage = shadowOf(element).querySelector('[part=stage]')?.getBoundingClientRect();
    const box = panel(element)?.getBoundingClientRect();
    expect(box?.left).to.be.at.least((stage?.right ?? 0) - 1);
    expect(stage?.width).to.be.greaterThan(400);
  });

  it('covers the stage where there is not, and what it covers cannot be reached', async () => {
    const element = await inCall(480);
    await open(element);
    const box = panel(element)?.getBoundingClientRect();
    expect(box?.width).to.be.greaterThan(470);
    expect(getComputedStyle(buttonOf(element, 'Leave')).visibility).to.equal('hidden');
  });

  it('no picture is made anew when it opens and closes', async () => {
    const element = await inCall(800);
    const before = [...shadowOf(element).querySelectorAll('video')];
    await open(element);
    buttonOf(element, 'Close').click();
    await element.updateComplete;
    expect(before).to.have.length(2);
    expectSameNodes([...shadowOf(element).querySelectorAll('video')], before);
  });

  it('says on its button how many are there', async () => {
    const element = await inCall(800);
    const button = buttonOf(element, 'People');
    expect(button.dataset['badge']).to.equal(String(MANY.length));
    const words = shadowOf(element).getElementById(button.getAttribute('aria-describedby') ?? '');
    expect(words?.textContent).to.equal(`${String(MANY.length)} people here`);
  });

  it('whoever is in the call has no button; for the others it says what a call means', async () => {
    const element = await inCall(800);
    await open(element);
    expect(rowsOf(element)[0]?.textContent).to.contain('In a call with you');
    expect(findButton(element, 'Call Ana Moreau') === undefined).to.equal(true);
    const button = buttonOf(element, 'Call Bo');
    const words = shadowOf(element).getElementById(button.getAttribute('aria-describedby') ?? '');
    expect(words?.textContent).to.equal('This ends your present call.');
  });

  it('at rest, an element with a room has it above its card', async () => {
    const element = await roomAmong(MANY, {room: 'attic'});
    await open(element);
    expect(rowsOf(element)).to.have.length(MANY.length);
    buttonOf(element, 'Close').click();
    await element.updateComplete;
    expectFocus(buttonOf(element, 'People'));
  });

  it('is not there beside the list itself', async () => {
    const element = await roomAmong(MANY);
    expect(findButton(element, 'People') === undefined).to.equal(true);
  });

  it('does not cover what has become of a call', async () => {
    const element = await roomAmong(MANY, {room: 'attic'});
    element.style.inlineSize = '320px';
    await tell(element, (session) => {
      ring(session, true);
      takeCall(session);
    });
    await open(element);
    await tell(element, (session) =>
      session.dispatch({type: 'peer-left', peerId: 'a', reason: 'left'}),
    );
    expect(isOpen(element)).to.equal(false);
    expect(textOf(element)).to.contain('Call ended');
  });

  it('does not cover a call that was accepted, and stays open for a knock', async () => {
    const element = await inCall(320);
    await open(element);
    for (const kind of ['knock', 'call'] as const) {
      await tell(element, (session) =>
        session.dispatch({type: 'invitation-received', invitation: fakeKnock(kind, 'Bo', kind)}),
      );
      buttonOf(element, 'Accept').click();
      await until(() => element.incoming.length === 0, 'accepted');
      await element.updateComplete;
      expect(isOpen(element), kind).to.equal(kind === 'knock');
    }
  });
});
