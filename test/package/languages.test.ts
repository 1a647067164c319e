/** Every language says everything that English says, with the same things filled in. */
import assert from 'node:assert/strict';
import {readdir} from 'node:fs/promises';
import {join} from 'node:path';
import {test} from 'node:test';
import {ROOT} from '../../scripts/lib/project.mjs';
import {translator, type Strings, type Text} from '../../widget/strings/catalogue.js';
import {ENGLISH} from '../../widget/strings/english.js';
import {LANGUAGES, loadLanguage, type LanguageCode} from '../../widget/strings/languages.js';

const placeholdersOf = (text: string): string[] =>
  [...new Set(text.match(/\{\w+\}/g) ?? [])].toSorted();
const formsOf = (text: Text): [form: string, text: string][] =>
  typeof text === 'string' ? [] : Object.entries(text);
const loadTexts = async (code: LanguageCode): Promise<Strings> =>
  (await loadLanguage(code))!.texts as Strings;
const keysOf = (texts: Strings): (keyof Strings)[] => Object.keys(texts) as (keyof Strings)[];

test('there is a file for each language, and for no other', async () => {
  const files = await readdir(join(ROOT, 'widget', 'strings', 'locales'));
  assert.deepEqual(
    files.toSorted(),
    LANGUAGES.map((code) => `${code}.ts`),
  );
});

test('whoever writes a region or an old code is understood', async () => {
  const spoken = async (lang: string): Promise<unknown[] | null> => {
    const language = await loadLanguage(lang);
    return language && [language.locale, language.dir];
  };
  assert.deepEqual(await spoken('de-AT'), ['de-AT', 'ltr']);
  assert.deepEqual(await spoken('deu'), ['de', 'ltr']);
  assert.deepEqual(await spoken('PT-br'), ['pt-BR', 'ltr']);
  assert.deepEqual(await spoken('zh-Hant-TW'), ['zh-Hant-TW', 'ltr']);
  assert.deepEqual(await spoken('iw'), ['he', 'rtl'], 'Hebrew, as it was called until 1989');
  assert.deepEqual(await spoken('ar-EG'), ['ar-EG', 'rtl']);
  for (const lang of ['', 'en-GB', 'nl', 'arn', 'de_AT', '!!', 'a'.repeat(99)]) {
    assert.equal(await spoken(lang), null, lang);
  }
});

for (const code of LANGUAGES) {
  test(`${code} has every text, and nothing else`, async () => {
    const texts = await loadTexts(code);
    assert.deepEqual(keysOf(texts).toSorted(), keysOf(ENGLISH).toSorted());
    for (const key of keysOf(ENGLISH)) {
      const [english, text] = [ENGLISH[key], texts[key]];
      assert.equal(typeof text, typeof english, key);
      if (typeof english !== 'string' || typeof text !== 'string') continue;
      assert.deepEqual(placeholdersOf(text), placeholdersOf(english), key);
      assert.equal(text.split('\n').length, english.split('\n').length, key);
      assert.equal(text, text.trim(), key);
      // It is followed by a full stop where both parts are in one line.
      if (english.includes('\n')) assert.doesNotMatch(text, /[.。]\n/, key);
    }
  });

  test(`${code} counts as it has to`, async () => {
    const texts = await loadTexts(code);
    const {pluralCategories} = new Intl.PluralRules(code).resolvedOptions();
    for (const key of keysOf(ENGLISH)) {
      const english = ENGLISH[key];
      if (typeof english === 'string') continue;
      const forms = formsOf(texts[key]);
      const missing = pluralCategories.filter((form) => !forms.some(([name]) => name === form));
      assert.deepEqual(missing, [], key);
      for (const [form, text] of forms) {
        for (const placeholder of placeholdersOf(text)) {
          assert.ok(placeholdersOf(english.other).includes(placeholder), `${key}, ${form}`);
        }
      }
      const t = translator([texts], true, {locale: code});
      for (const count of [2, 5, 21, 1_000_000]) {
        const said = t(key, {count, limit: 7});
        assert.doesNotMatch(said, /[{}]|undefined/, `${key}, ${count}`);
        // A form that does not say the number stands for one number alone.
        const written = new Intl.NumberFormat(code).format(count);
        if (count > 2) assert.ok(said.includes(written), `${key}: ${said} for ${count}`);
      }
    }
  });

  test(`${code} calls the button by its name that makes a call heard`, async () => {
    const t = translator([await loadTexts(code)]);
    assert.ok(t('error.audio-blocked').includes(t('tapToHear')));
  });
}
