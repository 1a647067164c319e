/** What counts as a name, and how long a text is: pure checks, free of the schemas so that a page can afford them. */
import {MAX_DISPLAY_NAME_LENGTH, MAX_ROOM_NAME_LENGTH} from './limits.js';

// C0 and C1 controls, and the bidirectional overrides that could disguise one name as another.
// eslint-disable-next-line no-control-regex
const UNSEEN_CHARACTERS = /[\u0000-\u001f\u007f-\u009f\u202a-\u202e\u2066-\u2069]/gu;

export function hasUnseenCharacters(text: string): boolean {
  return text.search(UNSEEN_CHARACTERS) !== -1;
}

/** Length as a person counts it: code points, not UTF-16 units. */
export function codePointLength(text: string): number {
  return Array.from(text).length;
}

/** Bytes of `text` in UTF-8. By hand, for `TextEncoder` belongs to neither of the two worlds' common library. */
export function utf8Length(text: string): number {
  let bytes = 0;
  for (const character of text) {
    const code = character.codePointAt(0) ?? 0;
    bytes += code < 0x80 ? 1 : code < 0x800 ? 2 : code < 0x10000 ? 3 : 4;
  }
  return bytes;
}

/**
 * The name that a person meant by what they typed: one form for each text (NFC), no blanks around
 * it, so that two people who see the same name are in the same room.
 */
export function normalizeRoomName(typed: string): string {
  return typed.normalize('NFC').trim();
}

/** Whether the relay will take `name`, already normalized. */
export function isRoomName(name: string): boolean {
  return (
    name.length > 0 &&
    name.length <= MAX_ROOM_NAME_LENGTH * 2 &&
    codePointLength(name) <= MAX_ROOM_NAME_LENGTH &&
    !hasUnseenCharacters(name) &&
    name === normalizeRoomName(name)
  );
}

/** What is left of a typed name when it is made fit for the others' tiles: nothing unseen, and not too long. */
export function toDisplayName(typed: string): string {
  const visible = typed.replace(UNSEEN_CHARACTERS, '').trim();
  return Array.from(visible).slice(0, MAX_DISPLAY_NAME_LENGTH).join('');
}
