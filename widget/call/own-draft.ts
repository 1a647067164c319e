/**
 * What this side is writing and lets the others see, letter by letter: tells them what has changed of
 * it, not too often, and all of it to whoever may have missed something. Knows nothing of theirs.
 */
import {toChatText} from '../../protocol/chat-text.js';
import {MAX_CHAT_LENGTH} from '../../protocol/conversation-limits.js';
import {editOf} from '../../protocol/drafts.js';
import type {DraftFrame} from './peer-drafts.js';
import type {PeerLine} from './peer-line.js';

/** Often enough to read along without haste, and seldom enough for the weakest link: what RFC 4103 buffers. */
const INTERVAL_MS = 300;

/** All of it is told anew this often while it changes, as XEP-0301 (section 4.7.3) does: a frame may have been dropped. */
const WHOLE_AGAIN_MS = 10_000;

export class OwnDraft {
  readonly #lines: () => Iterable<PeerLine>;
  #text = '';
  /** What the others have, under which version. */
  #told = '';
  #version = 0;
  #wholeAt = -Infinity;
  #timer: ReturnType<typeof setTimeout> | undefined;

  constructor(lines: () => Iterable<PeerLine>) {
    this.#lines = lines;
  }

  /** As it stands in the field now. What a message cannot hold is not shown either. */
  set(typed: string): void {
    const text = toChatText(typed);
    const isLong = text.length > MAX_CHAT_LENGTH;
    this.#text = isLong ? beginningOf(text) : text;
    if (this.#timer === undefined) this.#tell();
  }

  /** At once: it was taken back, or hidden. */
  clear(): void {
    this.#text = '';
    this.#tell();
  }

  /** It has become a message, with which the others' view of it ends as well. */
  sent(): void {
    this.#stop();
    this.#text = this.#told = '';
  }

  /** A fresh link, over which nothing has been said of it. */
  opened(line: PeerLine): void {
    if (this.#told) line.say({type: 'draft', version: this.#version, text: this.#told});
  }

  /** The call is over. */
  end(): void {
    this.#stop();
  }

  #tell(): void {
    this.#stop();
    if (this.#text === this.#told) return;
    const frame = this.#next();
    this.#told = this.#text;
    for (const line of this.#lines()) line.say(frame);
    this.#timer = setTimeout(() => this.#tell(), INTERVAL_MS);
  }

  #next(): DraftFrame {
    const text = this.#text;
    const version = ++this.#version;
    const now = performance.now();
    // Also the first of each message: who has not taken the one before still shows its draft.
    const isWhole = !this.#told || text === '' || now - this.#wholeAt >= WHOLE_AGAIN_MS;
    if (!isWhole) return {type: 'draft-edit', version, ...editOf(this.#told, text)};
    this.#wholeAt = now;
    return {type: 'draft', version, text};
  }

  #stop(): void {
    clearTimeout(this.#timer);
    this.#timer = undefined;
  }
}

/** Not all of it is walked: somebody may have pasted a book. */
function beginningOf(text: string): string {
  const characters = Array.from(text.slice(0, MAX_CHAT_LENGTH * 2));
  return characters.slice(0, MAX_CHAT_LENGTH).join('');
}
