/**
 * Tells people what is new in a conversation: aloud to those who have it before them, by a passing
 * message and a number to the others. Knows no session and draws nothing.
 */
import type {ChatDraft, ChatMessage, FileTransfer} from '../call/talk-state.js';
import type {TextKey, Translate, Values} from '../strings/catalogue.js';
import {DraftVoice} from './draft-voice.js';
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
  /** Something is to be read out that nothing else has told of. */
  onSaid(): void;
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
  readonly #voice = new DraftVoice((draft, words) => this.#onWords(draft, words));
  /** The peer whose draft was heard last, with nothing else since: the next words need no name. */
  #heard: string | null = null;

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
      this.#heard = null;
      this.#voice.hush();
      return;
    }
    this.#unread = 0;
    for (const dismiss of this.#dismissals.splice(0)) dismiss();
  }

  onMessage({from, displayName, text}: ChatMessage): void {
    const rest = this.#voice.restOf(from, text);
    const name = this.#name(displayName);
    this.#count();
    if (rest === '') this.say('draftSent', {name});
    else this.say('messageSaid', {name, text: isolated(inOneBreath(rest))});
  }

  /** What peers are writing and let be seen is said to those who have the conversation before them, and to nobody else. */
  onDrafts(drafts: readonly ChatDraft[]): void {
    if (this.#options.isOpen()) this.#voice.follow(drafts);
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
    this.#heard = null;
    if (!this.#options.isOpen()) this.#dismissals.push(this.#options.notice(text));
    else this.#speak(text);
  }

  dispose(): void {
    this.#voice.hush();
  }

  #onWords({from, displayName}: ChatDraft, words: string): void {
    const text = isolated(inOneBreath(words));
    const isKnown = this.#heard === from;
    const values = {name: this.#name(displayName), text};
    this.#speak(isKnown ? text : this.#options.translate()('draftSaid', values));
    this.#heard = from;
    this.#options.onSaid();
  }

  #speak(text: string): void {
    this.#said = [...this.#said, {key: this.#nextKey++, text}].slice(-MAX_SAID);
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

function inOneBreath(text: string): string {
  const short = wholeCharacters(text, SAID_LENGTH);
  return short.length < text.length ? `${short}…` : text;
}

/** Apart from what stands around it, whichever way it reads (Unicode UAX 9: isolates). */
export function isolated(text: string): string {
  return `\u2068${text}\u2069`;
}
