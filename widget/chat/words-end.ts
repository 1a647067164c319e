/** Where words end, in scripts with blanks between them and without. Knows nothing of why that is asked. */

let segmenter: Intl.Segmenter | undefined;

/** Longer than any word: only the end of a text is looked at. */
const NEAR = 200;

const segments = (text: string): Intl.Segments =>
  (segmenter ??= new Intl.Segmenter(undefined, {granularity: 'word'})).segment(text);

/** So far a text consists of whole words: a word at its very end may go on, and is not one yet. */
export function wordsEnd(text: string): number {
  const start = Math.max(0, text.length - NEAR);
  const last = [...segments(text.slice(start))].at(-1);
  return last?.isWordLike ? start + last.index : text.length;
}

/** What follows after the first `length` units, with all of the word that begins among them. */
export function wordsAfter(text: string, length: number): string {
  const start = Math.max(0, length - NEAR);
  const near = text.slice(start, length + NEAR);
  const word = segments(near).containing(length - start);
  return text.slice(start + (word?.index ?? near.length)).trim();
}
