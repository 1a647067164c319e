/** What is left of a file's name and type when they come from somebody else: nothing that leads out of a folder, hides an ending, or is more than a name. */
import {MAX_FILE_NAME_LENGTH, MAX_FILE_TYPE_LENGTH} from './conversation-limits.js';

// What no file system or no eye can take: controls, everything that takes no room or turns the
// reading direction round (but for the joiners that scripts and emoji are written with), and what
// Windows has other uses for.
const UNWANTED = /(?![\u200c\u200d])[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}<>:"|?*]/gu;

const MEDIA_TYPE = /^[a-z0-9][\w.+-]*\/[a-z0-9][\w.+-]*$/i;

/** Never empty; made twice it is the same. */
export function toFileName(given: string): string {
  const last = given.split(/[/\\]/).at(-1) ?? '';
  // Neither hidden nor a way up, and no blank or dot that Windows would cut off.
  const name = last.replace(UNWANTED, '').replace(/^[\s.]+|[\s.]+$/g, '');
  const characters = Array.from(name);
  if (characters.length <= MAX_FILE_NAME_LENGTH) return name === '' ? 'file' : name;
  const ending = Array.from(/\.[^.\s]{1,16}$/u.exec(name)?.[0] ?? '');
  const stem = characters.slice(0, MAX_FILE_NAME_LENGTH - ending.length).join('');
  return stem.replace(/[\s.]+$/, '') + ending.join('');
}

/** A media type, or nothing. */
export function toFileType(given: string): string {
  const type = given.split(';')[0]?.trim().toLowerCase() ?? '';
  return type.length <= MAX_FILE_TYPE_LENGTH && MEDIA_TYPE.test(type) ? type : '';
}
