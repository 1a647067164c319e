/** The element speaks the language in which it stands. */
import {expect} from 'chai';
import {ENGLISH} from '../../widget/strings/english.js';
import type {Strings} from '../../widget/strings/catalogue.js';
import {loadLanguage} from '../../widget/strings/languages.js';
import type {VideoChatRoom} from '../../widget/video-chat-room.js';
import {WordsAndLooks} from '../../widget/words-and-looks.js';
import {TAG, buttonOf, remove, roomWith, shadowOf, until} from '../support/widget-element.js';

const baseOf = (element: Element): Element => shadowOf(element).querySelector('[part=base]')!;
const languageOf = (element: Element): (string | null)[] =>
  ['lang', 'dir'].map((name) => baseOf(element).getAttribute(name));
const speaks = (element: Element, lang: string): Promise<void> =>
  until(() => languageOf(element)[0] === lang, `it speaks ${lang}`);
const loadTexts = async (lang: string): Promise<Strings> =>
  (await loadLanguage(lang))!.texts as Strings;
const textOf = (element: Element): string => shadowOf(element).textContent ?? '';

describe('languages', () => {
  const pageLang = document.documentElement.lang;

  afterEach(() => {
    document.documentElement.lang = pageLang;
    remove();
  });

  it('shows nothing before its own language has come, and then that', async () => {
    const german = await loadTexts('de');
    const element = await roomWith({lang: 'de-AT'});
    expect(getComputedStyle(baseOf(element)).visibility).to.equal('hidden');
    await speaks(element, 'de-AT');
    expect(getComputedStyle(baseOf(element)).visibility).to.equal('visible');
    expect(languageOf(element)).to.deep.equal(['de-AT', 'ltr']);
    expect(textOf(element)).to.contain(german.formTitle);
    expect(textOf(element)).not.to.contain(ENGLISH.formTitle);
  });

  it('speaks to people as to friends where a language has two ways to', async () => {
    // What stands at the beginning of a sentence may be about things: „Sie wirken, solange …“.
    const formal = {de: /\b(?:Ihr|Ihre[mnrs]?|Ihnen)\b|[^.!?:\s]\s+Sie\b/, zh: /您/};
    for (const [lang, pattern] of Object.entries(formal)) {
      const texts = Object.values(await loadTexts(lang)).flatMap((text) =>
        typeof text === 'string' ? [text] : Object.values(text),
      );
      expect(texts.filter((text) => pattern.test(text))).to.deep.equal([]);
    }
  });

  it('reads from right to left where the language does', async () => {
    const element = await roomWith({lang: 'ar'});
    await speaks(element, 'ar');
    expect(languageOf(element)).to.deep.equal(['ar', 'rtl']);
    expect(getComputedStyle(baseOf(element)).direction).to.equal('rtl');
  });

  it('takes the page’s, or that of what is around it, and follows when it changes', async () => {
    const [french, spanish, english] = [await loadTexts('fr'), await loadTexts('es'), ENGLISH];
    document.documentElement.lang = 'fr';
    const around = document.body.appendChild(document.createElement('section'));
    const element = await roomWith({}, around);
    await speaks(element, 'fr');
    around.lang = 'es';
    // What is there stays until the other has come.
    expect(getComputedStyle(baseOf(element)).visibility).to.equal('visible');
    expect(textOf(element)).to.contain(french.formTitle);
    await speaks(element, 'es');
    expect(textOf(element)).to.contain(spanish.formTitle);
    around.lang = 'nl';
    await speaks(element, 'en');
    expect(textOf(element)).to.contain(english.formTitle);
    around.remove();
  });

  it('says what a page replaces as the page says it, and the rest in the language', async () => {
    const german = await loadTexts('de');
    const element = await roomWith({lang: 'de'});
    element.strings = {createRoom: 'Los'};
    await speaks(element, 'de');
    expect(buttonOf(element, 'Los')).to.be.instanceOf(HTMLButtonElement);
    expect(textOf(element)).to.contain(german.formHint);
  });

  it('speaks it in a call as well', async () => {
    const german = await loadTexts('de');
    const element = await roomWith({lang: 'de'});
    await element.join('attic');
    await speaks(element, 'de');
    expect(buttonOf(element, german.cancel as string)).to.be.instanceOf(HTMLButtonElement);
  });

  it('the last of several languages counts', async () => {
    const element = await roomWith({lang: 'de'});
    element.lang = 'ru';
    element.lang = 'ja';
    await speaks(element, 'ja');
    element.lang = 'de';
    element.lang = 'en';
    await speaks(element, 'en');
    await new Promise((resolve) => setTimeout(resolve, 50));
    expect(languageOf(element)).to.deep.equal(['en', 'ltr']);
  });

  it('a language that comes too late is not spoken any more', async () => {
    const element = await roomWith({lang: 'de'});
    element.removeAttribute('lang');
    await loadTexts('de');
    await new Promise((resolve) => setTimeout(resolve, 50));
    expect(languageOf(element)).to.deep.equal(['en', 'ltr']);
    expect(textOf(element)).to.contain(ENGLISH.formTitle);
  });

  it('is told nothing more once it is gone', async () => {
    const element = await roomWith();
    element.remove();
    document.documentElement.lang = 'de';
    await new Promise((resolve) => setTimeout(resolve, 20));
    expect(languageOf(element)[0]).to.equal('en');
    document.body.append(element);
    await speaks(element, 'de');
  });

  it('does so inside the shadow roots of others, too', async () => {
    const host = document.body.appendChild(document.createElement('div'));
    host.lang = 'fr';
    const element = document.createElement(TAG) as VideoChatRoom;
    host.attachShadow({mode: 'open'}).append(element);
    await element.updateComplete;
    await speaks(element, 'fr');
    host.lang = 'es';
    await speaks(element, 'es');
    element.lang = 'de';
    await speaks(element, 'de');
    host.remove();
  });

  it('is seen after two seconds, whatever becomes of its language', async () => {
    const element = await roomWith({lang: 'de'});
    const [wait] = baseOf(element).getAnimations();
    expect(wait?.effect?.getComputedTiming().endTime).to.equal(2000);
    wait?.finish();
    expect(getComputedStyle(baseOf(element)).visibility).to.equal('visible');
  });

  it('counts in the page’s own words as the page’s language does', async () => {
    document.documentElement.lang = 'pl';
    const element = await roomWith();
    const looks = new WordsAndLooks(element, []);
    looks.hostConnected();
    const words = {unread: {one: 'jedna', few: '{count} kilka', many: '{count} wiele', other: '?'}};
    const t = looks.translate(words);
    looks.hostDisconnected();
    expect([1, 2, 5].map((count) => t('unread', {count}))).to.deep.equal([
      'jedna',
      '2 kilka',
      '5 wiele',
    ]);
    expect(t.language).to.deep.equal({locale: 'pl'});
  });

  it('takes what a page writes in its lang for no language where it is none', async () => {
    for (const lang of ['x_y', 'de_AT', '!!', 'a'.repeat(99)]) {
      const element = await roomWith({lang});
      element.strings = {create: 'Los'};
      await element.updateComplete;
      const looks = new WordsAndLooks(element, []);
      looks.hostConnected();
      const t = looks.translate({unread: {one: '1', other: '{count}'}});
      looks.hostDisconnected();
      expect(t('unread', {count: 5}), lang).to.equal('5');
    }
  });
});
