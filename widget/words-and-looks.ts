/**
 * The texts and styles that are there so far: the idle element's own, and what each chunk brought
 * when it came. It sees to it that words for a failure come in time; what they say is `strings/`.
 */
import {
  adoptStyles,
  type CSSResult,
  type CSSResultGroup,
  type ReactiveController,
  type ReactiveElement,
} from 'lit';
import type {ChunkParts, Engine} from './call-surface.js';
import type {CallStatus} from './call/call-state.js';
import {loadChunk} from './call/load-chunk.js';
import {
  ENGLISH_LANGUAGE,
  IDLE_TEXTS,
  translator,
  type Language,
  type Strings,
  type Translate,
} from './strings/catalogue.js';

/** A call is up and its first pictures are there: time to fetch what may be needed if it fails. */
const OUTCOME_TEXTS_DELAY_MS = 5_000;

/** How the languages begin of which `strings/languages.ts` may have texts. */
const SPOKEN = ' ar de es fr he iw ja pt ru zh ';

/** As the page writes it: of the nearest element that has a `lang`, also across shadow roots; empty if none has. */
function languageOf(element: Element): string {
  const root = element.getRootNode();
  const around = root instanceof ShadowRoot ? languageOf(root.host) : '';
  return element.closest<HTMLElement>('[lang]:not([lang=""])')?.lang ?? around;
}

/** Those in which a `lang` may change that counts for this element. */
function rootsOf(element: Element): Node[] {
  const root = element.getRootNode();
  return [root, ...(root instanceof ShadowRoot ? rootsOf(root.host) : [])];
}

/** BCP 47: a language, perhaps its script, perhaps a region. */
const LOCALE = /^[a-z]{2,3}(-[a-z]{4})?(-[a-z]{2}|-\d{3})?$/i;

export class WordsAndLooks implements ReactiveController {
  readonly #host: ReactiveElement;
  readonly #styles: CSSResult[];
  /** How many of them the host has. */
  #worn: number;
  #texts: readonly Partial<Strings>[] = [IDLE_TEXTS];
  #engine: Engine | null = null;
  /** No more texts are to come: those for failures are there, or cannot be had. */
  #isComplete = false;
  #prefetch: ReturnType<typeof setTimeout> | undefined;
  #translate: Translate | null = null;
  #replaced: Partial<Strings> | null | undefined;
  /** As the page writes it. */
  #lang = '';
  /** The same, once it need not be looked for again; `null`: what says it could not be had. */
  #spoken: string | null = '';
  /** One that is not English, once its texts are there. */
  #foreign: Language | null = null;
  #watch: MutationObserver | undefined;
  /** The texts of the language are on their way: English ones would only be in the way of them. */
  isAwaiting = false;

  constructor(host: ReactiveElement, styles: CSSResultGroup) {
    this.#host = host;
    this.#styles = [styles].flat(9) as CSSResult[];
    this.#worn = this.#styles.length;
    host.addController(this);
  }

  hostConnected(): void {
    this.#watch = new MutationObserver(() => void this.#speak());
    for (const root of rootsOf(this.#host)) {
      this.#watch.observe(root, {subtree: true, attributeFilter: ['lang']});
    }
    void this.#speak();
  }

  hostDisconnected(): void {
    this.#watch?.disconnect();
    clearTimeout(this.#prefetch);
    this.#prefetch = undefined;
  }

  takeEngine(engine: Engine): void {
    this.#engine = engine;
    this.add({styles: engine.CallUi.styles, texts: engine.CALL_TEXTS});
    this.#host.requestUpdate();
  }

  /** For the renderings to come; whoever has fetched it asks for one. */
  add({styles = [], texts}: ChunkParts): void {
    this.#styles.push(...styles);
    this.#texts = [texts, ...this.#texts];
    this.#translate = null;
  }

  /** Before every rendering: of what has come in one moment the looks are taken on once. */
  hostUpdate(): void {
    // Not a shadow root where the platform has none (server-side rendering).
    const {shadowRoot} = this.#host;
    if (!shadowRoot || !this.#styles[this.#worn]) return;
    this.#worn = this.#styles.length;
    adoptStyles(shadowRoot, this.#styles);
  }

  /** One function for as long as it would say the same, so that views can tell. */
  translate(replaced: Partial<Strings> | null | undefined): Translate {
    if (replaced !== this.#replaced) this.#translate = null;
    this.#replaced = replaced;
    return (this.#translate ??= translator(
      [{...replaced}, {...this.#foreign?.texts}, ...this.#texts],
      this.#isComplete,
      this.language,
    ));
  }

  get language(): Language {
    const isEnglish = Object.keys({...this.#replaced}).length === 0;
    if (this.#foreign || isEnglish) return this.#foreign ?? ENGLISH_LANGUAGE;
    // The page's own words, in its own language.
    return {locale: LOCALE.test(this.#lang) ? this.#lang : 'en'};
  }

  async #speak(): Promise<void> {
    const lang = languageOf(this.#host);
    if (lang === this.#spoken) return;
    this.#spoken = this.#lang = lang;
    let language: Language | null = null;
    if (SPOKEN.includes(` ${lang.slice(0, 2).toLowerCase()} `)) {
      // What is shown already stays until then.
      this.isAwaiting = !this.#host.hasUpdated;
      try {
        const {loadLanguage} = await loadChunk(() => import('./strings/languages.js'));
        language = await loadLanguage(lang);
      } catch {
        // Tried again when the element comes into the page anew, or some language changes.
        if (lang === this.#lang) this.#spoken = null;
      }
    }
    if (lang !== this.#lang) return;
    this.isAwaiting = false;
    this.#foreign = language;
    this.#translate = null;
    this.#host.requestUpdate();
  }

  /** Loaded when something has ended or failed; in good time before that once people talk. */
  needFor(status: CallStatus): void {
    // A removed element is rendered once more; a timer then would hold it for its whole delay.
    if (this.#isComplete || !this.#host.isConnected) return;
    if (status === 'left' || status === 'failed') void this.loadOutcomeTexts();
    if (status === 'in-call') {
      this.#prefetch ??= setTimeout(() => void this.loadOutcomeTexts(), OUTCOME_TEXTS_DELAY_MS);
    }
  }

  async loadOutcomeTexts(): Promise<void> {
    if (this.#isComplete || !this.#engine) return;
    const texts = await this.#engine.loadOutcomeTexts().catch(() => ({}));
    if (this.#isComplete) return;
    this.#isComplete = true;
    this.add({texts});
    this.#host.requestUpdate();
  }
}
