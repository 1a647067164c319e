/** What counts as a name, and how long a text is: pure checks, free of the schemas so that a page can afford them. */
import {MAX_DISPLAY_NAME_LENGTH, MAX_ROOM_NAME_LENGTH} from './limits.js';

// C0 and C1 controls; what takes no room on the screen, and the bidirectional marks and overrides,
// which could disguise one name as another. The joiners U+200C and U+200D are not among them:
// Persian is written with the one, many emoji with the other.
const UNSEEN_CHARACTERS =
  // eslint-disable-next-line no-control-regex
  /[\u0000-\u001f\u007f-\u009f\u200b\u200e\u200f\u202a-\u202e\u2060\u2066-\u2069\ufeff]/gu;

// Alone, joiners, fillers, variation selectors and the braille blank show nothing either.
const VISIBLE_CHARACTER = /[^\s\p{Cc}\p{Cf}\p{Cs}\p{Default_Ignorable_Code_Point}\u2800]/u;

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
    VISIBLE_CHARACTER.test(name) &&
    name === normalizeRoomName(name)
  );
}

/** What is left of a typed name when it is made fit for the others' tiles: not too long, nothing unseen, and nothing at all if none of it shows. */
export function toDisplayName(typed: string): string {
  const visible = typed.replace(UNSEEN_CHARACTERS, '').trim();
  const name = Array.from(visible).slice(0, MAX_DISPLAY_NAME_LENGTH).join('');
  return VISIBLE_CHARACTER.test(name) ? name : '';
}
