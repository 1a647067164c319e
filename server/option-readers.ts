/**
 * What a right value of each kind of option is. A reader takes whatever came from the command line,
 * the environment or a program, and returns the value or throws the end of a sentence that begins
 * with the option's name. Knows no option by name.
 */
import {inspect} from 'node:util';
import {LOG_LEVELS, type LogLevel} from './logger.js';

/** How whoever set an option calls it: `turnUrl` in a program, `--turn-url` on the command line. */
export type NameOption = (key: string) => string;

type Sentence = string | ((name: NameOption) => string);

/** A wrong option, said in a sentence that is meant for the person who set it. */
export class OptionError extends Error {
  override readonly name = 'OptionError';
  readonly #sentence: Sentence;

  /** @param sentence made with the names of options where they are not known yet; then as a program calls them */
  constructor(sentence: Sentence, name: NameOption = (key) => key) {
    super(typeof sentence === 'string' ? sentence : sentence(name));
    this.#sentence = sentence;
  }

  /** The same for somebody who calls the options otherwise. */
  named(name: NameOption): OptionError {
    return new OptionError(this.#sentence, name);
  }
}

/** Node's and every shell's idea of a number, but no `0x10`, no `1e3`, no spaces. */
const DECIMAL = /^-?\d+(\.\d+)?$/;

function shown(value: unknown): string {
  const text = typeof value === 'string' ? value : inspect(value, {depth: 0});
  return `"${text.length > 60 ? `${text.slice(0, 60)}…` : text}"`;
}

function fail(sentence: string): never {
  throw new OptionError(sentence);
}

export function readNumber(what: string, min: number, max: number, isWhole = true) {
  return (value: unknown): number => {
    const number = typeof value === 'string' && DECIMAL.test(value) ? Number(value) : value;
    const isRight =
      typeof number === 'number' &&
      number >= min &&
      number <= max &&
      (Number.isInteger(number) || (!isWhole && Number.isFinite(number)));
    const kind = isWhole ? 'a whole number' : 'a number';
    return isRight
      ? number
      : fail(`must be ${what}, ${kind} from ${min} to ${max}, not ${shown(value)}`);
  };
}

export function readText(what: string, minLength = 1) {
  return (value: unknown): string =>
    typeof value === 'string' && value.trim().length >= minLength
      ? value
      : fail(
          minLength > 1 ? `must be ${what} of at least ${minLength} characters` : `must be ${what}`,
        );
}

const TRUE = ['1', 'true', 'yes', 'on'];
const FALSE = ['0', 'false', 'no', 'off'];

export function readFlag(value: unknown): boolean {
  if (typeof value === 'boolean') return value;
  const word = String(value).toLowerCase();
  if (TRUE.includes(word)) return true;
  return FALSE.includes(word) ? false : fail(`is on or off: say 1 or 0, not ${shown(value)}`);
}

/** RFC 7064 and RFC 7065: `stun:host:port`, `turns:host:port?transport=tcp`; IPv6 in brackets. */
const ICE_URL =
  /^(?<scheme>stuns?|turns?):(\[[0-9a-f:.]+\]|[a-z0-9._-]+)(:(?<port>\d{1,5}))?(\?transport=(udp|tcp))?$/i;

export function readIceUrls(schemes: readonly string[]) {
  return (value: unknown): readonly string[] => {
    const urls: unknown[] = Array.isArray(value) ? value : [value];
    return urls.map((url) => {
      const groups = typeof url === 'string' ? ICE_URL.exec(url)?.groups : undefined;
      const scheme = groups?.['scheme']?.toLowerCase() ?? '';
      const isRight =
        schemes.includes(scheme) &&
        Number(groups?.['port'] ?? 1) <= 65_535 &&
        !(scheme.startsWith('stun') && String(url).includes('?'));
      const example = schemes.map((name) => `${name}:host:port`).join(' or ');
      return isRight ? String(url) : fail(`must be of the form ${example}, not ${shown(url)}`);
    });
  };
}

export function readStunUrls(value: unknown): readonly string[] {
  const urls: unknown[] = Array.isArray(value) ? value : [value];
  if (!urls.includes('none')) return readIceUrls(['stun', 'stuns'])(value);
  return urls.length === 1 ? [] : fail('is "none" or servers, not both');
}

export function readBasePath(value: unknown): string {
  const path = typeof value === 'string' ? value : '';
  const isRight = /^\/([\w.~-]+\/)*[\w.~-]*$/.test(path) && !/(^|\/)\.{1,2}(\/|$)/.test(path);
  if (!isRight) fail(`must be a path such as /calls/, not ${shown(value)}`);
  return path.endsWith('/') ? path : `${path}/`;
}

export function readLogLevel(value: unknown): LogLevel {
  const level = LOG_LEVELS.find((each) => each === value);
  return level ?? fail(`must be one of ${LOG_LEVELS.join(', ')}, not ${shown(value)}`);
}

export function readHost(value: unknown): string {
  const isRight = typeof value === 'string' && /^[\w.:%-]+$/.test(value);
  return isRight ? value : fail(`must be a host name or an address, not ${shown(value)}`);
}

export function readHttpUrl(value: unknown): string {
  const url = typeof value === 'string' && URL.canParse(value) ? new URL(value) : null;
  const isRight =
    url !== null && /^https?:$/.test(url.protocol) && url.username === '' && url.password === '';
  // Not shown, for what is wrong with it may be the password in it.
  return isRight ? url.href : fail('must be an address such as https://example.org/keys.json');
}
