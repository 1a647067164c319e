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
import {IDLE_TEXTS, translator, type Strings, type Translate} from './strings/catalogue.js';

/** A call is up and its first pictures are there: time to fetch what may be needed if it fails. */
const OUTCOME_TEXTS_DELAY_MS = 5_000;

export class WordsAndLooks implements ReactiveController {
  readonly #host: ReactiveElement;
  readonly #styles: CSSResult[];
  #texts: readonly Partial<Strings>[] = [IDLE_TEXTS];
  #engine: Engine | null = null;
  /** No more texts are to come: those for failures are there, or cannot be had. */
  #isComplete = false;
  #prefetch: ReturnType<typeof setTimeout> | undefined;
  #translate: Translate | null = null;
  #replaced: Partial<Strings> | null | undefined;

  constructor(host: ReactiveElement, styles: CSSResultGroup) {
    this.#host = host;
    this.#styles = [styles].flat(9) as CSSResult[];
    host.addController(this);
  }

  hostDisconnected(): void {
    clearTimeout(this.#prefetch);
    this.#prefetch = undefined;
  }

  takeEngine(engine: Engine): void {
    this.#engine = engine;
    this.add({styles: engine.CallUi.styles, texts: engine.CALL_TEXTS});
  }

  add({styles = [], texts}: ChunkParts): void {
    this.#styles.push(...styles);
    this.#texts = [texts, ...this.#texts];
    this.#translate = null;
    this.adopt();
    this.#host.requestUpdate();
  }

  adopt(): void {
    // Not a shadow root where the platform has none (server-side rendering).
    const {shadowRoot} = this.#host;
    if (this.#engine && shadowRoot) adoptStyles(shadowRoot, this.#styles);
  }

  /** One function for as long as it would say the same, so that views can tell. */
  translate(replaced: Partial<Strings> | null | undefined): Translate {
    if (replaced !== this.#replaced) this.#translate = null;
    this.#replaced = replaced;
    return (this.#translate ??= translator([{...replaced}, ...this.#texts], this.#isComplete));
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
  }
}
