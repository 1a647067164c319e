/**
 * Sends what people write and choose, and keeps what could not be sent until they try again or give
 * it up: nothing that was written is lost. What became of a file on its way, its own row tells.
 */
import {html, type TemplateResult} from 'lit';
import {repeat} from 'lit/directives/repeat.js';
import {MAX_FILE_BYTES} from '../../protocol/conversation-limits.js';
import type {Session} from '../call-surface.js';
import {CallError, type ErrorCode} from '../call/call-error.js';
import {isActive} from '../call/call-state.js';
import type {TextKey, Translate} from '../strings/catalogue.js';
import type {Formats} from './formats.js';

export interface Unsent {
  readonly key: number;
  readonly what: string | File;
  readonly code: ErrorCode;
}

export interface OutboxOptions {
  readonly session: Session;
  /** A file is about to become a transfer, or will not become one any more. */
  onFile(file: File, isExpected: boolean): void;
  onSent(): void;
  onUnsent(reason: TextKey, what: string | File): void;
  onChange(): void;
}

export class Outbox {
  readonly #options: OutboxOptions;
  #unsent: readonly Unsent[] = [];
  #nextKey = 1;

  constructor(options: OutboxOptions) {
    this.#options = options;
  }

  get unsent(): readonly Unsent[] {
    return this.#unsent;
  }

  send(what: string | File): void {
    void (typeof what === 'string' ? this.#sendText(what) : this.#sendFile(what));
    this.#options.onSent();
  }

  again(unsent: Unsent): void {
    this.remove(unsent);
    this.send(unsent.what);
  }

  remove(unsent: Unsent): void {
    this.#unsent = this.#unsent.filter((each) => each !== unsent);
    this.#options.onChange();
  }

  /** What was not sent, with the ways on. */
  view(translate: Translate, formats: Formats, unsent = this.#unsent): unknown {
    return repeat(
      unsent,
      ({key}) => key,
      (each) =>
        unsentView(each, {
          translate,
          formats,
          again: () => this.again(each),
          remove: () => this.remove(each),
        }),
    );
  }

  async #sendText(text: string): Promise<void> {
    try {
      await this.#options.session.sendChat(text);
    } catch (thrown) {
      this.#keep(text, thrown);
    }
  }

  async #sendFile(file: File): Promise<void> {
    const {session, onFile} = this.#options;
    onFile(file, true);
    try {
      await session.sendFile(file);
    } catch (thrown) {
      const {code} = CallError.from(thrown);
      if (code !== 'transfer-failed' && code !== 'aborted') this.#keep(file, thrown);
    } finally {
      onFile(file, false);
    }
  }

  #keep(what: string | File, thrown: unknown): void {
    // What the end of the call overtook is of no interest any more.
    if (!isActive(this.#options.session.state)) return;
    const {code} = CallError.from(thrown);
    this.#unsent = [...this.#unsent, {key: this.#nextKey++, what, code}];
    this.#options.onUnsent(reasonOf(code), what);
  }
}

function reasonOf(code: ErrorCode): TextKey {
  const keys: Partial<Record<ErrorCode, TextKey>> = {
    'rate-limited': 'notSentTooFast',
    'not-in-room': 'notSentNobody',
    aborted: 'notSentNobody',
    'message-too-large': 'notSentTooLarge',
  };
  return keys[code] ?? 'notSent';
}

/** The values of every reason's text. */
export function reasonValues(formats: Formats): {size: string} {
  return {size: formats.size(MAX_FILE_BYTES)};
}

interface UnsentContext {
  readonly translate: Translate;
  readonly formats: Formats;
  again(): void;
  remove(): void;
}

function unsentView({what, code}: Unsent, context: UnsentContext): TemplateResult {
  const {translate: t, formats, again, remove} = context;
  return html`<div class="group" data-own data-unsent>
    <div part="message message-unsent" class="message">
      <span class="words" dir="auto">${typeof what === 'string' ? what : what.name}</span>
    </div>
    <p part="problem" class="unsent-reason">${t(reasonOf(code), reasonValues(formats))}</p>
    <div part="actions" class="unsent-actions">
      <button part="button" class="button small" type="button" @click=${again}>
        ${t('tryAgain')}
      </button>
      <button part="button" class="button small" type="button" @click=${remove}>
        ${t('remove')}
      </button>
    </div>
  </div>`;
}
