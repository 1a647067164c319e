/** The catalogue: a text for everything that can happen, and overrides that win. */
import {expect} from 'chai';
import {END_REASONS, ERROR_CODES} from '../../protocol/codes.js';
import {CallError} from '../../widget/call/call-error.js';
import {Bells} from '../../widget/bells.js';
import {errorWords, translator} from '../../widget/strings/catalogue.js';
import {DEVICE_TEXTS} from '../../widget/strings/device-texts.js';
import {ENGLISH} from '../../widget/strings/english.js';
import {OUTCOME_TEXTS} from '../../widget/strings/outcome-texts.js';
import {OVERLAY_TEXTS} from '../../widget/strings/overlay-texts.js';
import {buttonOf, remove, roomWith, shadowOf} from '../support/widget-element.js';
import {FakeSession} from '../support/widget-session.js';

const t = translator([ENGLISH]);

describe('strings', () => {
  afterEach(remove);

  for (const code of ERROR_CODES) {
    it(`${code} is told with what to do about it`, () => {
      const [heading, advice] = errorWords(t, code);
      expect(heading).to.have.length.above(10);
      expect(advice).to.have.length.above(10);
      expect(heading + advice).not.to.match(/[{}\n]/);
    });
  }

  it('what two chunks say each by itself they say alike', () => {
    expect(OVERLAY_TEXTS).to.include(Bells.texts);
    const {camera, microphone} = DEVICE_TEXTS;
    expect(OUTCOME_TEXTS).to.include({camera, microphone});
  });

  for (const reason of END_REASONS) {
    it(`the reason "${reason}" has words`, () => {
      expect(t(`reason.${reason}`)).to.have.length.above(5);
    });
  }

  for (const code of ERROR_CODES) {
    it(`a failure by ${code} is on the screen`, async () => {
      const element = await roomWith();
      await element.join('attic');
      const error = new CallError(code, 'for logs', {fatal: true});
      FakeSession.last.dispatch({type: 'failed', room: 'attic', error});
      await element.updateComplete;
      const [, advice] = errorWords(t, code);
      expect(shadowOf(element).textContent).to.contain(advice);
      expect(shadowOf(element).textContent).not.to.contain('for logs');
    });
  }

  it('fills placeholders in, and leaves unknown ones alone', () => {
    expect(t('prejoinTitle', {room: 'attic'})).to.equal('Room attic');
    expect(t('prejoinTitle')).to.equal('Room {room}');
    const odd = translator([{prejoinTitle: '} {room} { {room} {} {no room} {'}]);
    expect(odd('prejoinTitle', {room: 'x'})).to.equal('} x { x {} {no room} {');
  });

  it('writes numbers and lists as the language does, and counts as it counts', () => {
    const people = {peopleCount: {one: 'einer', other: '{count} Leute'}} as const;
    const german = translator([people, ENGLISH], true, {locale: 'de'});
    expect(german('peopleCount', {count: 1})).to.equal('einer');
    expect(german('peopleCount', {count: 1234})).to.equal('1.234 Leute');
    expect(german('inCall', {names: ['Ana', 'Ben', 'Cleo']})).to.contain('Ana, Ben und Cleo');
    expect(t('inCall', {names: ['Ana', 'Ben']})).to.equal('In a call with Ana and Ben');
    const russian = translator([{peopleCount: {few: '{count} few', other: 'other'}}], true, {
      locale: 'ru',
    });
    expect(russian('peopleCount', {count: 3})).to.equal('3 few');
    expect(russian('peopleCount', {count: 5}), 'a form that is not there').to.equal('other');
    const hebrew = translator([ENGLISH], true, {locale: 'he', dir: 'rtl'});
    expect(hebrew('callsYou', {name: 'Ana'})).to.equal('\u2068Ana\u2069 is calling you');
    expect(hebrew('callsYou')).to.equal('{name} is calling you');
  });

  it('a name is never taken for a placeholder or a pattern', () => {
    expect(t('callsYou', {name: '$& {name}'})).to.equal('$& {name} is calling you');
  });

  it('the strings property replaces any text, at once', async () => {
    const element = await roomWith();
    element.strings = {createRoom: 'Neuen Raum anlegen'};
    await element.updateComplete;
    expect(buttonOf(element, 'Neuen Raum anlegen')).to.be.instanceOf(HTMLButtonElement);
  });

  it('English texts say that they are English, others leave that to the page', async () => {
    const element = await roomWith();
    const base = shadowOf(element).querySelector('[part=base]');
    expect(base?.getAttribute('lang')).to.equal('en');
    expect(base?.getAttribute('dir')).to.equal('ltr');
    element.strings = {createRoom: 'Neuen Raum anlegen'};
    await element.updateComplete;
    expect(base?.hasAttribute('lang')).to.equal(false);
    expect(base?.hasAttribute('dir')).to.equal(false);
  });
});
