/**
 * Every text of the element, in English, and the type that overrides and the other languages (`locales/`) follow.
 * This file holds what the idle element shows; `call-texts.ts` holds what only a call needs and is
 * loaded with it; `overlay-texts.ts` comes when somebody may ask, `people-texts.ts` with a directory; `outcome-texts.ts` is loaded when a call
 * ends or fails. Texts are flat and plain, so that a translation is one JSON object. It knows nothing
 * of when a text is shown.
 */
import type {ErrorCode} from '../../protocol/codes.js';
import type {ErrorDetail} from '../call/call-error.js';
import type {CauseCode} from '../call/doctor/causes.js';
import type {BlurTextKey} from './blur-texts.js';
import type {CallTextKey} from './call-texts.js';
import type {ChatTextKey} from './chat-texts.js';
import type {CheckTextKey} from './check-texts.js';
import type {DevicePanelTextKey} from './device-panel-texts.js';
import type {DeviceTextKey} from './device-texts.js';
import type {FilesTextKey} from './files-texts.js';
import type {LinkTextKey} from './link-texts.js';
import type {OutcomeTextKey} from './outcome-texts.js';
import type {OverlayTextKey} from './overlay-texts.js';
import type {PanelTextKey} from './panel-texts.js';
import type {PeopleTextKey} from './people-texts.js';
import type {ScreenTextKey} from './screen-texts.js';
import type {ShortcutTextKey} from './shortcut-texts.js';
import type {StageTextKey} from './stage-texts.js';

/** Placeholders in braces are filled in: `{room}`. */
export const IDLE_TEXTS = {
  formTitle: 'Start a video call',
  formHint: 'Create a room and share its name, or join one that somebody told you about.',
  createRoom: 'Create a new room',
  createHint: 'Whoever knows the name can ask you to be let in.',
  joinTitle: 'or join a room',
  roomName: 'Room name',
  roomPlaceholder: 'e.g. sunday-lunch',
  yourName: 'Your name',
  yourNameHint: 'optional, shown to the others',
  create: 'Create',
  join: 'Join',
  back: 'Back',
  roomNameMissing: 'You need to enter a name for your room',
  roomNameTooLong: 'A room name has at most 64 characters. Shorten it a little.',
  prejoinTitle: 'Room {room}',
  asksBoth: 'Your browser will ask for your camera and microphone.',
  asksCamera: 'Your browser will ask for your camera. The microphone stays off.',
  asksMicrophone: 'Your browser will ask for your microphone. The camera stays off.',
  asksMicrophoneOnly: 'A voice call: your browser will ask for your microphone.',
  asksNothing: 'Camera and microphone stay off until you turn them on.',
  asksNoDevice: 'No camera and no microphone are used.',
  prejoinKnock: 'If somebody is there already, they are asked to let you in.',
  loading: 'One moment…',
  resuming: 'Back to your call…',
  tryAgain: 'Try again',
  chooseRoom: 'Choose a room',
  failedTitle: 'That did not work',
  check: 'Check camera and connection',
  'error.relay-unreachable':
    'The call server cannot be reached\nCheck your internet connection and try again.',
  'error.internal': 'Something unexpected went wrong\nTry again; if it goes on, reload the page.',
} as const;

export type TextKey =
  | keyof typeof IDLE_TEXTS
  | BlurTextKey
  | CallTextKey
  | ChatTextKey
  | CheckTextKey
  | DevicePanelTextKey
  | DeviceTextKey
  | FilesTextKey
  | LinkTextKey
  | OutcomeTextKey
  | OverlayTextKey
  | PanelTextKey
  | PeopleTextKey
  | ScreenTextKey
  | ShortcutTextKey
  | StageTextKey;

/** A text, or one for each plural form that its language has (`Intl.PluralRules`), chosen by `{count}`. */
export type Text =
  string | (Readonly<Partial<Record<Intl.LDMLPluralRule, string>>> & {readonly other: string});

/** All texts. `error.CODE` is "what happened", a line break, "what to do about it". */
export type Strings = Readonly<Record<TextKey, Text>>;

/** What stands for a placeholder. Numbers and lists are written as the language does. */
export type Values = Readonly<Record<string, string | number | readonly string[]>>;

/** A text with its placeholders filled in. */
export interface Translate {
  (key: TextKey, values?: Values): string;
  readonly language: Language;
}

/** One that the element speaks. */
export interface Language {
  /** BCP 47: by which it counts, and writes numbers, lists and times. */
  readonly locale: string;
  /** Absent where a page has replaced texts: the element says nothing of their language. */
  readonly dir?: 'ltr' | 'rtl';
  readonly texts?: Partial<Strings>;
}

export const ENGLISH_LANGUAGE: Language = {locale: 'en', dir: 'ltr'};

/**
 * Looks a text up in the first catalogue that has it.
 *
 * @param isComplete No more texts are to come. Until then one that is missing is empty; then it is
 *   that of a newer relay's code, or could not be loaded, and a general one has to do.
 */
export function translator(
  catalogues: readonly Partial<Strings>[],
  isComplete = true,
  language = ENGLISH_LANGUAGE,
): Translate {
  const {locale, dir} = language;
  const written = (value: Values[string]): string => {
    if (typeof value === 'number') return new Intl.NumberFormat(locale).format(value);
    if (typeof value === 'object') {
      // A browser may need 20 ms for its first list, and most are of one.
      return value.length > 1 ? new Intl.ListFormat(locale).format(value) : (value[0] ?? '');
    }
    // A name of another script does not turn the words around it over (Unicode UAX 9: isolates).
    return dir === 'rtl' ? `\u2068${value}\u2069` : value;
  };
  const translate = (key: TextKey, values: Values = {}): string => {
    const general = isComplete ? IDLE_TEXTS['error.internal'] : '';
    let text = catalogues.find((catalogue) => catalogue[key] !== undefined)?.[key] ?? general;
    if (typeof text === 'object') {
      text = text[new Intl.PluralRules(locale).select(Number(values['count']))] ?? text.other;
    }
    // Not by a regular expression: a browser compiles one that runs so often, and keeps it.
    return text.split('{').reduce((said, part) => {
      const end = Math.max(0, part.indexOf('}'));
      const value = values[part.slice(0, end)];
      return said + (value === undefined ? `{${part}` : written(value) + part.slice(end + 1));
    });
  };
  return Object.assign(translate, {language});
}

/** An error in words: what happened, and what to do about it. `device`: the one it is about, if only one. */
export function errorWords(
  t: Translate,
  code: ErrorCode | CauseCode | ErrorDetail,
  device: 'camera' | 'microphone' | 'anyDevice' = 'anyDevice',
): [heading: string, advice: string] {
  const text = t(`error.${code}`, {device: t(device)});
  const at = text.indexOf('\n');
  if (at < 0) return [text && t('failedTitle'), text];
  return [text.slice(0, at), text.slice(at + 1)];
}

/** The same in one line. */
export function errorLine(...about: Parameters<typeof errorWords>): string {
  return errorWords(...about)
    .filter(Boolean)
    .join(/^(?:ja|zh)/.test(about[0].language.locale) ? '。' : '. ');
}
