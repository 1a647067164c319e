/**
 * How a text in the making becomes another: the one stretch that differs, as both sides count it.
 * Knows nothing of who writes it, and of when that is said.
 */
import {MAX_CHAT_LENGTH} from './conversation-limits.js';

/** Places and lengths in code points: other languages count no UTF-16 units, and no pair is ever cut. */
export interface DraftEdit {
  readonly at: number;
  readonly remove: number;
  readonly insert: string;
}

/** What makes `after` of `before`; both without half pairs. */
export function editOf(before: string, after: string): DraftEdit {
  const [from, to] = [Array.from(before), Array.from(after)];
  const shorter = Math.min(from.length, to.length);
  let at = 0;
  while (at < shorter && from[at] === to[at]) at++;
  let end = 0;
  while (end < shorter - at && from.at(-1 - end) === to.at(-1 - end)) end++;
  return {
    at,
    remove: from.length - end - at,
    insert: to.slice(at, to.length - end).join(''),
  };
}

/** What becomes of `text`; `null` if that cannot have been meant for it, or is too long. */
export function edited(text: string, {at, remove, insert}: DraftEdit): string | null {
  const characters = Array.from(text);
  const inserted = Array.from(insert);
  if (at + remove > characters.length) return null;
  if (characters.length - remove + inserted.length > MAX_CHAT_LENGTH) return null;
  characters.splice(at, remove, ...inserted);
  return characters.join('');
}
