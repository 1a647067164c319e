/** Finding somebody among many: the search field, and a list of a thousand. */
import {expect} from 'chai';
import {namesOf, press, roomAmong, rowsOf, tell, textOf, type} from '../support/people-element.js';
import {MANY, crowd} from '../support/people-screens.js';
import {expectFocus, findButton, remove, shadowOf, until} from '../support/widget-element.js';

afterEach(remove);

describe('a search among people', () => {
  it('is there from eight people on', async () => {
    const element = await roomAmong(MANY.slice(0, 7));
    expect(shadowOf(element).querySelector('#people-search') === null).to.equal(true);
    await tell(element, (session) => session.list(MANY.slice(7, 8), false));
    const field = shadowOf(element).querySelector('#people-search');
    expect(field?.getAttribute('aria-label')).to.equal('Search by name');
  });

  for (const [typed, found] of [
    ['ana', ['Ana Moreau', 'Hana Kobayashi', 'Dana Lindqvist']],
    ['ZOE', ['Zoë Brandt']],
    ['inigo', ['Íñigo Ruiz']],
    ['  bo ', ['Bo']],
  ] as const) {
    it(`"${typed}" finds ${found.join(' and ')}`, async () => {
      const element = await roomAmong(MANY);
      await type(element, 'people-search', typed);
      expect(namesOf(element)).to.include.members([...found]);
      if (typed !== '  bo ') expect(namesOf(element)).to.have.length(found.length);
      expect(namesOf(element)).not.to.include('Gus');
    });
  }

  it('says so when nobody is found, and Escape empties the field', async () => {
    const element = await roomAmong(MANY);
    await type(element, 'people-search', 'xyz');
    expect(textOf(element)).to.contain('Nobody here is called “xyz”');
    const field = shadowOf(element).querySelector<HTMLInputElement>('#people-search');
    press(field, 'Escape');
    await element.updateComplete;
    expect(field?.value).to.equal('');
    expect(namesOf(element)).to.have.length(MANY.length);
    expectFocus(field);
  });

  it('is told in a region that was there before, as is that the list is not up to date', async () => {
    const element = await roomAmong(MANY);
    const region = shadowOf(element).querySelector('.people > [role=status]');
    const said = (): string | undefined => region?.textContent.trim();
    expect(said()).to.equal('');
    await type(element, 'people-search', 'xyz');
    expect(said()).to.equal('Nobody here is called “xyz”');
    await type(element, 'people-search', '');
    await tell(element, (session) =>
      session.dispatch({type: 'signaling-changed', signaling: 'reconnecting'}),
    );
    expect(said()).to.equal('Reconnecting to the call server…');
    await tell(element, (session) =>
      session.dispatch({type: 'signaling-changed', signaling: 'open'}),
    );
    expect(said()).to.equal('');
  });

  it('goes on when people come', async () => {
    const element = await roomAmong(MANY);
    await type(element, 'people-search', 'lin');
    await tell(element, (session) => session.list([{personId: 'x', displayName: 'Lina'}], false));
    expect(namesOf(element)).to.have.members(['Dana Lindqvist', 'Lina']);
  });
});

describe('a thousand people', () => {
  it('begin with a screenful, and are all there in the end', async () => {
    const element = await roomAmong(crowd(1000));
    expect(rowsOf(element).length).to.be.below(60);
    await until(() => rowsOf(element).length === 1000, 'all of them');
    expect(namesOf(element).at(-1)).to.equal('Person 0999');
    expect(findButton(element, 'Call Person 0999')?.tabIndex).to.equal(0);
  });

  it('one who changes touches that row alone', async () => {
    const element = await roomAmong(crowd(1000));
    await until(() => rowsOf(element).length === 1000, 'all of them');
    const list = shadowOf(element).querySelector('.people-list');
    const touched: MutationRecord[] = [];
    const observer = new MutationObserver((records) => touched.push(...records));
    observer.observe(list as Element, {
      subtree: true,
      childList: true,
      attributes: true,
      characterData: true,
    });
    await tell(element, (session) =>
      session.list([{personId: 'c500', displayName: 'Person 0500', status: 'in-call'}], false),
    );
    touched.push(...observer.takeRecords());
    observer.disconnect();
    expect(touched).to.have.length.within(1, 3);
    const row = rowsOf(element)[500];
    expect(touched.every(({target}) => row?.contains(target))).to.equal(true);
  });

  it('a search begins with a screenful, too', async () => {
    const element = await roomAmong(crowd(1000));
    await until(() => rowsOf(element).length === 1000, 'all of them');
    await type(element, 'people-search', 'person');
    expect(rowsOf(element).length).to.be.below(60);
    await until(() => rowsOf(element).length === 1000, 'all of them again');
    await type(element, 'people-search', '0999');
    expect(namesOf(element)).to.deep.equal(['Person 0999']);
  });
});
