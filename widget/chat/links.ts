/**
 * Finds the web and mail addresses in what somebody wrote, and says where each really leads. Text
 * goes in, text comes out: what is drawn of it is not decided here.
 */

export interface Link {
  /** Where it leads, in the one form that shows it: the host in its own letters only if they are ASCII. */
  readonly href: string;
}

// Explicit schemes only: "e.g.this" is no address, and `javascript:` is never one.
const CANDIDATE = /(?<![\p{L}\p{N}])(?:https?:\/\/|mailto:)[^\s<>"`\\^{|}]+/giu;

/** The sentence's, not the address's. */
const TRAILING = /[.,;:!?'’”»…*_~]$/u;
const CLOSING = new Map([
  [')', '('],
  [']', '['],
]);

/** Longer ones are somebody's joke, and slow to lay out. */
const MAX_LINK_LENGTH = 2000;

/** The pieces of `text` in their order; texts as they are. */
export function splitLinks(text: string): (string | Link)[] {
  const pieces: (string | Link)[] = [];
  let end = 0;
  for (const {0: found, index} of text.matchAll(CANDIDATE)) {
    const typed = withoutTrailing(found);
    const href = hrefOf(typed);
    if (href === null) continue;
    if (index > end) pieces.push(text.slice(end, index));
    pieces.push({href});
    end = index + typed.length;
  }
  if (end < text.length) pieces.push(text.slice(end));
  return pieces;
}

function withoutTrailing(found: string): string {
  let typed = found;
  for (;;) {
    const last = typed.at(-1) ?? '';
    const opening = CLOSING.get(last);
    const isUnopened = opening !== undefined && count(typed, last) > count(typed, opening);
    if (!isUnopened && !TRAILING.test(typed)) return typed;
    typed = typed.slice(0, -last.length);
  }
}

function count(text: string, character: string): number {
  return text.split(character).length - 1;
}

function hrefOf(typed: string): string | null {
  if (typed.length > MAX_LINK_LENGTH || !URL.canParse(typed)) return null;
  const {protocol, hostname, pathname, username, password, href} = new URL(typed);
  if (protocol === 'mailto:') return /^[^@,]+@[^@,]+$/.test(pathname) ? href : null;
  if (protocol !== 'http:' && protocol !== 'https:') return null;
  // `https://bank.example@elsewhere.example` is written to mislead.
  if (username !== '' || password !== '' || hostname === '') return null;
  return href;
}
