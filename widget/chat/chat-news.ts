/**
 * Tells people what is new in a conversation: aloud to those who have it before them, by a passing
 * message and a number to the others. Knows no session and draws nothing.
 */
import type {ChatDraft, ChatMessage, FileTransfer} from '../call/talk-state.js';
import type {Badge} from '../side-panels.js';
import type {TextKey, Translate, Values} from '../strings/catalogue.js';
import {DraftVoice} from './draft-voice.js';
import type {FileItem, FileNews} from './file-book.js';
import type {Formats} from './formats.js';
import {wholeCharacters} from './message-view.js';

/** Read out in one breath, or shown in a passing message. */
const SAID_LENGTH = 200;
/** More at once is nothing that anybody listens to. */
const MAX_SAID = 3;

/** Where what is new is read: all of it, or what is of files. */
export type NewsPlace = 'chat' | 'files';

export interface Said {
  readonly key: number;
  readonly text: string;
  /** Where it is heard. */
  readonly place: NewsPlace;
}

export interface NewsOptions {
  /** Somebody can read the conversation right now. */
  isOpen(): boolean;
  /** Or the files alone. */
  areFilesOpen(): boolean;
  translate(): Translate;
  formats(): Formats;
  /** Shows a passing message; returns how to take it away again. */
  notice(text: string): () => void;
  /** Something is to be read out, or has been read, that nothing else has told of. */
  onChange(): void;
}

const FILE_ENDS: Readonly<Record<Exclude<FileTransfer['status'], 'active'>, TextKey>> = {
  done: 'saidFileReceived',
  cancelled: 'saidFileCancelled',
  failed: 'saidFileFailed',
};

export class ChatNews {
  readonly #options: NewsOptions;
  #unreadMessages = 0;
  #unseenFiles = 0;
  /** Take the passing messages away. */
  #dismissals: {readonly isFile: boolean; readonly dismiss: () => void}[] = [];
  #nextKey = 1;
  #said: readonly Said[] = [];
  readonly #voice = new DraftVoice((draft, words) => this.#onWords(draft, words));
  /** The peer whose draft was heard last, with nothing else since: the next words need no name. */
  #heard: string | null = null;

  constructor(options: NewsOptions) {
    this.#options = options;
  }

  /** Messages and files. */
  get unread(): number {
    return this.#unreadMessages + this.#unseenFiles;
  }

  get unseenFiles(): number {
    return this.#unseenFiles;
  }

  /** What is read out in this place, each once: the newest of it. Never in two places. */
  saidIn(place: NewsPlace | null): readonly Said[] {
    return this.#said.filter((said) => said.place === place);
  }

  /** After every rendering: what is open has been read, and says nothing when it opens. */
  settle(): void {
    const place = this.#now;
    if (this.#said.some((said) => said.place !== place)) this.#said = this.saidIn(place);
    if (place !== 'chat') {
      this.#heard = null;
      this.#voice.hush();
    }
    if (place === null) return;
    const {unread} = this;
    this.#unseenFiles = 0;
    if (place === 'chat') this.#unreadMessages = 0;
    const read = this.#dismissals.filter(({isFile}) => isFile || place === 'chat');
    this.#dismissals = this.#dismissals.filter((each) => !read.includes(each));
    for (const {dismiss} of read) dismiss();
    // The number was drawn before it was read.
    if (this.unread !== unread) this.#options.onChange();
  }

  onMessage({from, displayName, text}: ChatMessage): void {
    const rest = this.#voice.restOf(from, text);
    const name = this.#name(displayName);
    if (this.#now !== 'chat') this.#unreadMessages++;
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
      if (this.#now === null) this.#unseenFiles++;
      const size = this.#options.formats().size(item.size);
      this.sayOfFile('saidFileBegins', {...this.#wordsOf(item), size});
    }
    for (const item of ended) {
      if (item.status === 'active') continue;
      const isSent = item.from === null && item.status === 'done';
      this.sayOfFile(isSent ? 'saidFileSent' : FILE_ENDS[item.status], this.#wordsOf(item));
    }
  }

  say(key: TextKey, values: Values = {}): void {
    this.#tell(key, values, false);
  }

  /** Heard with the files alone open, too. */
  sayOfFile(key: TextKey, values: Values = {}): void {
    this.#tell(key, values, true);
  }

  dispose(): void {
    this.#voice.hush();
  }

  get #now(): NewsPlace | null {
    if (this.#options.isOpen()) return 'chat';
    return this.#options.areFilesOpen() ? 'files' : null;
  }

  #tell(key: TextKey, values: Values, isFile: boolean): void {
    const text = this.#options.translate()(key, values);
    this.#heard = null;
    const place = this.#now;
    if (place === 'chat' || (isFile && place === 'files')) this.#speak(text, place);
    else this.#dismissals.push({isFile, dismiss: this.#options.notice(text)});
  }

  #onWords({from, displayName}: ChatDraft, words: string): void {
    const text = isolated(inOneBreath(words));
    const isKnown = this.#heard === from;
    const values = {name: this.#name(displayName), text};
    this.#speak(isKnown ? text : this.#options.translate()('draftSaid', values), 'chat');
    this.#heard = from;
    this.#options.onChange();
  }

  #speak(text: string, place: NewsPlace): void {
    this.#said = [...this.#said, {key: this.#nextKey++, text, place}].slice(-MAX_SAID);
  }

  #name(displayName: string): string {
    return isolated(displayName || this.#options.translate()('guest'));
  }

  #wordsOf({displayName, name}: FileItem): {name: string; file: string} {
    return {name: this.#name(displayName), file: isolated(name)};
  }
}

/** On the button of what has so much that is new; `null`: nothing. */
export function newsBadge(t: Translate, key: TextKey, count: number): Badge | null {
  if (count === 0) return null;
  return {text: count > 99 ? '99+' : String(count), label: t(key, {count}), isNews: true};
}

function inOneBreath(text: string): string {
  const short = wholeCharacters(text, SAID_LENGTH);
  return short.length < text.length ? `${short}…` : text;
}

/** Apart from what stands around it, whichever way it reads (Unicode UAX 9: isolates). */
export function isolated(text: string): string {
  return `\u2068${text}\u2069`;
}
