/** One message: its text with its links, folded if it is long. Everything in it was written by somebody else, so none of it is markup. */
import {html, nothing, type TemplateResult} from 'lit';
import type {ChatMessage} from '../call/talk-state.js';
import type {Translate} from '../strings/catalogue.js';
import {splitLinks} from './links.js';

/** So much is shown of a message that is longer than the second of each pair. */
const FOLD_LENGTH = [700, 1000] as const;
const FOLD_LINES = [10, 16] as const;

export interface MessageContext {
  readonly translate: Translate;
  readonly isUnfolded: boolean;
  toggle(): void;
}

/** What was made of a message, for all of them are drawn again at every key that is pressed. */
const made = new WeakMap<ChatMessage, {readonly short: string | null; readonly words: unknown[]}>();

export function messageView(message: ChatMessage, context: MessageContext): TemplateResult {
  const {translate: t, isUnfolded, toggle} = context;
  const {short, words} = partsOf(message);
  return html`<div part="message" class="message">
    <span class="words" dir="auto">${isUnfolded ? wordsView(message.text) : words}</span>
    ${
      short === null
        ? nothing
        : html`<button
            part="button-more"
            class="more"
            type="button"
            aria-expanded=${isUnfolded}
            @click=${toggle}
          >
            ${t(isUnfolded ? 'showLess' : 'showMore')}
          </button>`
    }
  </div>`;
}

function partsOf(message: ChatMessage): {short: string | null; words: unknown[]} {
  let parts = made.get(message);
  if (parts === undefined) {
    const short = shortened(message.text);
    parts = {short, words: wordsView(short ?? message.text)};
    made.set(message, parts);
  }
  return parts;
}

function wordsView(text: string): unknown[] {
  return splitLinks(text).map((piece) =>
    typeof piece === 'string' ? piece : linkView(piece.href),
  );
}

/** What is shown is where it leads, read from left to right, whatever was typed. */
function linkView(href: string): TemplateResult {
  const shown = href.replace(/^mailto:/, '').replace(/^(https?:\/\/[^/]+)\/$/, '$1');
  return html`<a
    part="link"
    href=${href}
    dir="ltr"
    target="_blank"
    rel="noopener noreferrer nofollow"
    >${shown}</a
  >`;
}

/** The beginning of a long text, never half a character; `null` if it is not long. */
export function shortened(text: string): string | null {
  const lines = text.split('\n');
  if (text.length <= FOLD_LENGTH[1] && lines.length <= FOLD_LINES[1]) return null;
  const beginning = lines.slice(0, FOLD_LINES[0]).join('\n');
  const cut = wholeCharacters(beginning, FOLD_LENGTH[0]);
  // Rather between words, if there is one near.
  const word = cut.length < beginning.length ? cut.replace(/(?<=\s)\S{1,40}$/u, '') : cut;
  return `${word.trimEnd()}…`;
}

/** At most `length` units of `text`, cut where a reader sees one character end. */
export function wholeCharacters(text: string, length: number): string {
  if (text.length <= length) return text;
  let end = 0;
  for (const {index, segment} of new Intl.Segmenter().segment(text.slice(0, length + 32))) {
    if (index + segment.length > length) break;
    end = index + segment.length;
  }
  // A single character longer than that is somebody's joke.
  return end > 0 ? text.slice(0, end) : text.slice(0, length).replace(/\p{Cs}$/u, '');
}
