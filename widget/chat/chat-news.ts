/**
 * Tells people what is new in a conversation: aloud to those who have it before them, by a passing
 * message and a number to the others. Knows no session and draws nothing.
 */
import type {ChatMessage, FileTransfer} from '../call/talk-state.js';
import type {TextKey, Translate, Values} from '../strings/catalogue.js';
import type {FileItem, FileNews} from './file-book.js';
import type {Formats} from './formats.js';
import {wholeCharacters} from './message-view.js';

/** Read out in one breath, or shown in a passing message. */
const SAID_LENGTH = 200;
/** More at once is nothing that anybody listens to. */
const MAX_SAID = 3;

export interface NewsOptions {
  /** Somebody can read the conversation right now. */
  isOpen(): boolean;
  translate(): Translate;
  formats(): Formats;
  /** Shows a passing message; returns how to take it away again. */
  notice(text: string): () => void;
}

const FILE_ENDS: Readonly<Record<Exclude<FileTransfer['status'], 'active'>, TextKey>> = {
  done: 'saidFileReceived',
  cancelled: 'saidFileCancelled',
  failed: 'saidFileFailed',
};

export class ChatNews {
  readonly #options: NewsOptions;
  #unread = 0;
  /** Take the passing messages away. */
  #dismissals: (() => void)[] = [];
  #nextKey = 1;
  #said: readonly {readonly key: number; readonly text: string}[] = [];

  constructor(options: NewsOptions) {
    this.#options = options;
  }

  get unread(): number {
    return this.#unread;
  }

  /** What is read out, each once: the newest of it. */
  get said(): readonly {readonly key: number; readonly text: string}[] {
    return this.#said;
  }

  /** After every rendering: an open conversation has been read, a closed one says nothing when it opens. */
  settle(): void {
    if (!this.#options.isOpen()) {
      this.#said = [];
      return;
    }
    this.#unread = 0;
    for (const dismiss of this.#dismissals.splice(0)) dismiss();
  }

  onMessage({displayName, text}: ChatMessage): void {
    const short = wholeCharacters(text, SAID_LENGTH);
    const told = short.length < text.length ? `${short}…` : text;
    this.#count();
    this.say('messageSaid', {name: this.#name(displayName), text: isolated(told)});
  }

  onFiles({began, ended}: FileNews): void {
    for (const item of began) {
      if (item.from === null) continue;
      this.#count();
      const size = this.#options.formats().size(item.size);
      this.say('saidFileBegins', {...this.#wordsOf(item), size});
    }
    for (const item of ended) {
      if (item.status === 'active') continue;
      const isSent = item.from === null && item.status === 'done';
      this.say(isSent ? 'saidFileSent' : FILE_ENDS[item.status], this.#wordsOf(item));
    }
  }

  say(key: TextKey, values: Values = {}): void {
    const text = this.#options.translate()(key, values);
    if (!this.#options.isOpen()) this.#dismissals.push(this.#options.notice(text));
    else this.#said = [...this.#said, {key: this.#nextKey++, text}].slice(-MAX_SAID);
  }

  #count(): void {
    if (!this.#options.isOpen()) this.#unread++;
  }

  #name(displayName: string): string {
    return isolated(displayName || this.#options.translate()('guest'));
  }

  #wordsOf({displayName, name}: FileItem): {name: string; file: string} {
    return {name: this.#name(displayName), file: isolated(name)};
  }
}

/** Apart from what stands around it, whichever way it reads (Unicode UAX 9: isolates). */
export function isolated(text: string): string {
  return `\u2068${text}\u2069`;
}
