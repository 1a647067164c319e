/**
 * The languages besides English, each a chunk of its own with every text in it. This one comes when the element
 * stands in one of them.
 */
import {loadChunk} from '../call/load-chunk.js';
import type {Language, Strings} from './catalogue.js';

const CATALOGUES = {
  ar: () => import('./locales/ar.js'),
  de: () => import('./locales/de.js'),
  es: () => import('./locales/es.js'),
  fr: () => import('./locales/fr.js'),
  he: () => import('./locales/he.js'),
  ja: () => import('./locales/ja.js'),
  pt: () => import('./locales/pt.js'),
  ru: () => import('./locales/ru.js'),
  zh: () => import('./locales/zh.js'),
} as const satisfies Record<string, () => Promise<{readonly TEXTS: Strings}>>;

export type LanguageCode = keyof typeof CATALOGUES;

export const LANGUAGES = Object.keys(CATALOGUES) as LanguageCode[];

const RIGHT_TO_LEFT: readonly LanguageCode[] = ['ar', 'he'];

/**
 * What an element speaks that stands in this language: BCP 47, or whatever else a page may have written.
 * @returns `null` where that is English. Rejects if its chunk cannot be had.
 */
export async function loadLanguage(lang: string): Promise<Language | null> {
  const locale = localeOf(lang);
  const code = LANGUAGES.find((each) => locale?.split('-')[0] === each);
  if (locale === undefined || code === undefined) return null;
  const {TEXTS} = await loadChunk(CATALOGUES[code]);
  return {locale, dir: RIGHT_TO_LEFT.includes(code) ? 'rtl' : 'ltr', texts: TEXTS};
}

/** In the canonical form, which has one name for each language. */
function localeOf(lang: string): string | undefined {
  try {
    return Intl.getCanonicalLocales(lang)[0];
  } catch {
    return undefined;
  }
}
