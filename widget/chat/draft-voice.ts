/**
 * Reads aloud what the others are writing: whole words at a calm pace, not letter by letter, and each
 * once. Knows neither how it is said nor in whose name.
 */
import type {ChatDraft} from '../call/talk-state.js';
import {wordsAfter, wordsEnd} from './words-end.js';

/** So long from the first new letter to its being said: what comes meanwhile is said with it. */
const CALM_MS = 2_500;

/** After so long without a key the last word is taken for a whole one. */
const PAUSE_MS = 1_200;

interface Followed {
  draft: ChatDraft;
  /** How much of it was said: its beginning. */
  told: string;
  /** What was said is what stands there. */
  isTrue: boolean;
  /** Sent or taken back; which of the two, the message tells that comes at once or not. */
  isGone: boolean;
  changedAt: number;
  timer: ReturnType<typeof setTimeout> | undefined;
}

export class DraftVoice {
  readonly #say: (draft: ChatDraft, words: string) => void;
  readonly #followed = new Map<string, Followed>();

  constructor(say: (draft: ChatDraft, words: string) => void) {
    this.#say = say;
  }

  /** These there are now. */
  follow(drafts: readonly ChatDraft[]): void {
    for (const [from, followed] of this.#followed) {
      if (drafts.some((draft) => draft.from === from)) continue;
      stop(followed);
      if (followed.isGone) this.#followed.delete(from);
      followed.isGone = true;
    }
    for (const draft of drafts) this.#follow(draft);
  }

  /** What of this message was not said while it was written; all of it if what was said is not true any more. */
  restOf(from: string | null, text: string): string {
    const followed = this.#followed.get(from ?? '');
    if (!followed) return text;
    stop(followed);
    this.#followed.delete(followed.draft.from);
    return followed.isTrue && text.startsWith(followed.told)
      ? wordsAfter(text, followed.told.length)
      : text;
  }

  /** Nobody listens. */
  hush(): void {
    for (const followed of this.#followed.values()) stop(followed);
    this.#followed.clear();
  }

  #follow(draft: ChatDraft): void {
    const {from, text} = draft;
    const before = this.#followed.get(from);
    const followed = !before || before.isGone ? begun(draft) : before;
    if (followed === before && before.draft.text === text) return;
    this.#followed.set(from, followed);
    if (!text.startsWith(followed.told)) {
      // Nothing is taken back aloud: the message will be said as it is.
      followed.isTrue = false;
      followed.told = commonWords(followed.told, text);
    }
    followed.draft = draft;
    followed.changedAt = performance.now();
    this.#wait(followed);
  }

  #wait(followed: Followed): void {
    if (followed.told === followed.draft.text) return;
    followed.timer ??= setTimeout(() => {
      followed.timer = undefined;
      this.#speak(followed);
      this.#wait(followed);
    }, CALM_MS);
  }

  #speak(followed: Followed): void {
    const {draft, told, changedAt} = followed;
    const isPause = performance.now() - changedAt >= PAUSE_MS;
    const end = isPause ? draft.text.length : wordsEnd(draft.text);
    if (end <= told.length) return;
    followed.told = draft.text.slice(0, end);
    const words = wordsAfter(followed.told, told.length);
    if (words !== '') this.#say(draft, words);
  }
}

function begun(draft: ChatDraft): Followed {
  return {draft, told: '', isTrue: true, isGone: false, changedAt: 0, timer: undefined};
}

function stop(followed: Followed): void {
  clearTimeout(followed.timer);
  followed.timer = undefined;
}

/** What both begin with, in whole words. */
function commonWords(one: string, other: string): string {
  let length = 0;
  while (length < one.length && one[length] === other[length]) length++;
  return one.slice(0, wordsEnd(one.slice(0, length)));
}
