/** The list of people: who stands in it and how, the search, the own name, and what it says when nobody does. */
import {expect} from 'chai';
import {
  asked,
  namesOf,
  roomAmong,
  rowsOf,
  spoken,
  tell,
  textOf,
  type,
} from '../support/people-element.js';
import {MANY, ring} from '../support/people-screens.js';
import {
  buttonOf,
  expectFocus,
  expectSameNodes,
  findButton,
  peopleOf,
  remove,
  roomWith,
  shadowOf,
  until,
} from '../support/widget-element.js';
import {FakeSession} from '../support/widget-session.js';

const THREE = MANY.slice(0, 3);

describe('people', () => {
  afterEach(remove);
  beforeEach(() => {
    FakeSession.sessions.length = 0;
  });

  it('an element with a directory connects without a click', async () => {
    const element = await roomWith({directory: 'office'});
    await peopleOf(element);
    expect(FakeSession.last.options.directory).to.equal('office');
    expect(asked('join')).to.deep.equal([]);
    expect(element.status).to.equal('idle');
  });

  it('without a directory nothing is fetched', async () => {
    await roomWith({room: 'attic'});
    expect(FakeSession.sessions).to.have.length(0);
  });

  it('a directory that is set later connects then; taken away, the form is back', async () => {
    const element = await roomWith();
    element.directory = 'office';
    await peopleOf(element);
    element.directory = '';
    await element.updateComplete;
    expect(FakeSession.last.options.directory).to.equal(undefined);
    expect(buttonOf(element, 'Create a new room').isConnected).to.equal(true);
  });

  it('an element that is moved stays the same session; one that is removed ends it', async () => {
    const element = await roomAmong(THREE);
    const {last} = FakeSession;
    const box = document.createElement('div');
    document.body.append(box);
    box.append(element);
    await new Promise((resolve) => setTimeout(resolve));
    expect(last.isDisposed).to.equal(false);
    box.remove();
    await until(() => last.isDisposed, 'the session ended');
    document.body.append(element);
    await until(() => FakeSession.sessions.length === 2, 'connected again');
  });

  it('lists everybody with their name, what they do, and a button to call them', async () => {
    const element = await roomAmong(THREE);
    expect(namesOf(element)).to.deep.equal(['Ana Moreau', 'Bo', 'Chidi Okafor']);
    const words = rowsOf(element).map((row) => row.querySelector('.person-status')?.textContent);
    expect(words).to.deep.equal(['Available', 'Available', 'In a call']);
    for (const {displayName} of THREE) {
      expect(buttonOf(element, `Call ${displayName ?? ''}`).type).to.equal('button');
    }
    expect(element.people.map(({personId}) => personId)).to.deep.equal(['p0', 'p1', 'p2']);
  });

  it('has a word for somebody without a name', async () => {
    const element = await roomAmong([{personId: 'nameless'}]);
    expect(buttonOf(element, 'Call Guest').value).to.equal('nameless');
  });

  it('says how many there are', async () => {
    const element = await roomAmong(THREE);
    const heading = shadowOf(element).querySelector('h2');
    expect(heading?.textContent.replace(/\s+/g, ' ').trim()).to.equal('People 3');
  });

  it('fires people-changed', async () => {
    const element = await roomAmong(THREE);
    const told: string[][] = [];
    element.addEventListener('people-changed', ({detail}) =>
      told.push(detail.people.map(({personId}) => personId)),
    );
    await tell(element, (session) => session.gone('p1'));
    expect(told).to.deep.equal([['p0', 'p2']]);
  });

  it('rows keep their nodes when others come, go and change', async () => {
    const element = await roomAmong(THREE);
    const [ana, , chidi] = rowsOf(element);
    await tell(element, (session) => session.gone('p1'));
    await tell(element, (session) => session.list([{personId: 'x', displayName: 'Bea'}], false));
    const [first, , last] = rowsOf(element);
    expect(namesOf(element)).to.deep.equal(['Ana Moreau', 'Bea', 'Chidi Okafor']);
    expectSameNodes([first, last], [ana, chidi]);
  });

  it('the focus stays on a button while others come before it', async () => {
    const element = await roomAmong(THREE);
    const button = buttonOf(element, 'Call Chidi Okafor');
    button.focus();
    await tell(element, (session) => session.list([{personId: 'x', displayName: 'Aaron'}], false));
    expectFocus(button);
  });

  it('a call is one press away, by keyboard as by pointer', async () => {
    const element = await roomAmong(THREE);
    buttonOf(element, 'Call Bo').click();
    await until(() => asked('call').length === 1, 'called');
    expect(asked('call')).to.deep.equal([['p1']]);
  });

  it('somebody in a call can be tried all the same', async () => {
    const element = await roomAmong(THREE);
    expect(buttonOf(element, 'Call Chidi Okafor').ariaDisabled).to.equal(null);
  });

  describe('own name', () => {
    it('can be given where the page gives none, and reaches the others at once', async () => {
      const element = await roomAmong(THREE, {'display-name': ''});
      await type(element, 'own-name', '  Noor ');
      expect(FakeSession.last.options.displayName).to.equal('Noor');
    });

    it('is the page’s business where it gives one', async () => {
      const element = await roomAmong(THREE);
      expect(shadowOf(element).querySelector('#own-name') === null).to.equal(true);
      expect(textOf(element)).to.contain('You are here as Noor.');
    });
  });

  describe('says why nobody is to be seen', () => {
    it('on the way', async () => {
      const element = await roomWith({directory: 'office'});
      await peopleOf(element);
      expect(textOf(element)).to.contain('Looking who is here…');
    });

    it('nobody there', async () => {
      const element = await roomAmong([]);
      expect(textOf(element)).to.contain('Nobody else is here yet');
    });

    it('turned away, with a way to try again', async () => {
      const element = await roomAmong(THREE);
      await tell(element, (session) =>
        session.dispatch({type: 'directory-changed', directory: null, reason: 'lost'}),
      );
      expect(textOf(element)).to.contain('You are not connected');
      buttonOf(element, 'Try again').click();
      await until(() => FakeSession.sessions.length === 2, 'another session');
    });

    it('the relay lost: the list stays, and nobody can be called', async () => {
      const element = await roomAmong(THREE);
      await tell(element, (session) =>
        session.dispatch({type: 'signaling-changed', signaling: 'reconnecting'}),
      );
      expect(textOf(element)).to.contain('Reconnecting to the call server…');
      expect(namesOf(element)).to.have.length(3);
      const button = buttonOf(element, 'Call Bo');
      expect(button.ariaDisabled).to.equal('true');
      const reason = shadowOf(element).getElementById(
        button.getAttribute('aria-describedby') ?? '',
      );
      expect(reason?.textContent).to.equal('Reconnecting to the call server…');
      button.click();
      await element.updateComplete;
      expect(asked('call')).to.deep.equal([]);
    });
  });

  it('while one is being called nobody else can be, and it says why', async () => {
    const element = await roomAmong(THREE, {room: 'attic'});
    await tell(element, (session) => ring(session, true));
    buttonOf(element, 'People').click();
    await element.updateComplete;
    const button = buttonOf(element, 'Call Bo');
    expect(button.ariaDisabled).to.equal('true');
    const reason = shadowOf(element).getElementById(button.getAttribute('aria-describedby') ?? '');
    expect(reason?.textContent).to.equal('You are calling Ana Moreau. Cancel that first.');
    button.click();
    await element.updateComplete;
    expect(asked('call')).to.deep.equal([]);
  });

  it('one who comes is announced by name, several by their number; the first list is no news', async () => {
    const element = await roomAmong(THREE);
    await tell(element, (session) => session.list([{personId: 'x', displayName: 'Bea'}], false));
    await until(() => spoken(element).includes('is here'), 'announced');
    expect(spoken(element)).to.contain('Bea is here');
    await tell(element, (session) => session.gone('x', 'p0'));
    await until(() => spoken(element).includes('2 people are here now'), 'announced');
    await until(() => !spoken(element).includes('are here now'), 'said once');
  });

  it('a reason not to call is only there while there is one', async () => {
    const element = await roomAmong(THREE);
    expect(shadowOf(element).getElementById('call-reason') === null).to.equal(true);
  });

  it('notifications are asked for by a person alone', async () => {
    const element = await roomAmong(THREE);
    const {permission, requestPermission} = Notification;
    const original = {
      permission: Object.getOwnPropertyDescriptor(Notification, 'permission'),
      requestPermission,
    };
    let answers = 0;
    Object.defineProperty(Notification, 'permission', {configurable: true, value: 'default'});
    Notification.requestPermission = () => {
      answers++;
      return Promise.resolve('granted');
    };
    try {
      element.requestUpdate();
      await element.updateComplete;
      expect(answers, `asked by itself, permission ${permission}`).to.equal(0);
      buttonOf(element, 'Notify me of calls').click();
      await until(() => answers === 1, 'asked');
      await until(() => textOf(element).includes('You will be notified of calls.'), 'told');
      expect(findButton(element, 'Notify me of calls') === undefined).to.equal(true);
    } finally {
      if (original.permission) {
        Object.defineProperty(Notification, 'permission', original.permission);
      }
      Notification.requestPermission = original.requestPermission;
    }
  });
});
