/**
 * From the command line and the environment to options. What is given on the command line wins.
 * Every wrong value, unknown option and stray word is refused with a sentence.
 */
import {parseArgs} from 'node:util';
import {checkTogether, readOne} from './option-checks.js';
import {OPTION_KEYS, OptionError, OPTIONS, type RelayOptionValues} from './options.js';

export type Command =
  | {readonly kind: 'help'}
  | {readonly kind: 'version'}
  | {readonly kind: 'run'; readonly options: RelayOptionValues};

/** As the command line calls an option; one that is said the other way round too. */
export function flagOf(key: string): string {
  return Object.hasOwn(OPTIONS, key) ? `--${OPTIONS[key as keyof RelayOptionValues].flag}` : key;
}

type Environment = Readonly<Record<string, string | undefined>>;

/** `--turn-url` ↔ `VCR_TURN_URL`. */
function environmentName(flag: string): string {
  return `VCR_${flag.toUpperCase().replaceAll('-', '_')}`;
}

/**
 * @param isTerminal whether a person reads what we print, who has no use for lines of JSON about
 * what goes well
 * @throws {OptionError}
 */
export function readCommand(
  args: readonly string[],
  environment: Environment,
  isTerminal = false,
): Command {
  const given = readArguments(args);
  if (given.has('help')) return {kind: 'help'};
  if (given.has('version')) return {kind: 'version'};
  const values: Partial<Record<keyof RelayOptionValues, unknown>> = {};
  for (const key of OPTION_KEYS) {
    const {kind, flag, fallback} = OPTIONS[key];
    const words = given.get(flag);
    const variable = environmentName(flag);
    const text = environment[variable];
    if (words !== undefined) {
      const value = kind === 'list' ? words : kind === 'flag' ? true : words[0];
      values[key] = readOne(key, value, `--${flag}`);
    } else if (text !== undefined && text !== '') {
      const value = kind === 'list' ? text.split(/[\s,]+/).filter(Boolean) : text;
      values[key] = readOne(key, value, variable);
    } else {
      values[key] = key === 'logLevel' && isTerminal ? 'warn' : fallback;
      continue;
    }
    // Said the other way round on the command line: `--no-demo`.
    if (key === 'demo') values[key] = values[key] !== true;
  }
  try {
    return {kind: 'run', options: checkTogether(values as RelayOptionValues)};
  } catch (error) {
    throw error instanceof OptionError ? error.named(flagOf) : error;
  }
}

/** Every option as it was given, with its values. */
function readArguments(args: readonly string[]): Map<string, string[]> {
  const flags = new Map<string, 'text' | 'flag' | 'list'>([
    ['help', 'flag'],
    ['version', 'flag'],
    ...OPTION_KEYS.map((key) => [OPTIONS[key].flag, OPTIONS[key].kind] as const),
  ]);
  const {tokens} = parseArgs({
    args: [...args],
    options: Object.fromEntries(
      [...flags].map(([name, kind]) => [
        name,
        {type: kind === 'flag' ? ('boolean' as const) : ('string' as const), multiple: true},
      ]),
    ),
    // Its own complaints are made for programmers; we say the same for people, below.
    strict: false,
    allowPositionals: true,
    tokens: true,
  });
  const given = new Map<string, string[]>();
  for (const token of tokens) {
    if (token.kind === 'option-terminator') continue;
    if (token.kind === 'positional') throw new OptionError(`"${token.value}" is not an option.`);
    const {name, rawName, value} = token;
    const kind = flags.get(name);
    if (kind === undefined || !rawName.startsWith('--'))
      throw new OptionError(unknown(rawName, flags));
    if (kind === 'flag' && value !== undefined) {
      throw new OptionError(`--${name} takes no value; leave "=${value}" out.`);
    }
    // `--port --https`: the second is not the port.
    const isMissing =
      value === undefined || value === '' || (!token.inlineValue && value.startsWith('--'));
    if (kind !== 'flag' && isMissing) throw new OptionError(`--${name} needs a value.`);
    const words = given.get(name) ?? [];
    if (words.length > 0 && kind !== 'list')
      throw new OptionError(`--${name} is given more than once.`);
    given.set(name, [...words, value ?? '']);
  }
  return given;
}

function unknown(rawName: string, flags: ReadonlyMap<string, unknown>): string {
  const stem = rawName.replace(/^-+/, '').toLowerCase();
  const near = [...flags.keys()].find(
    (name) => name.startsWith(stem) || stem.startsWith(name) || name.replace('-', '') === stem,
  );
  const hint = near === undefined ? '' : ` Did you mean --${near}?`;
  return `There is no option ${rawName}.${hint}`;
}

export function helpText(): string {
  const rows = OPTION_KEYS.map((key) => {
    const {flag, placeholder, help, fallback, kind} = OPTIONS[key];
    const isTold = fallback !== undefined && kind !== 'flag' && String(fallback) !== '';
    const left = `--${flag}${placeholder === undefined ? '' : ` ${placeholder}`}`;
    // A long one has a line of its own.
    const before = String(fallback).length > 12 ? '\n' : ' ';
    return [left, isTold ? `${help}${before}(default: ${String(fallback)})` : help] as const;
  });
  const all = [
    ...rows,
    ['--help', 'show this'] as const,
    ['--version', 'show the version'] as const,
  ];
  const width = Math.max(...all.map(([left]) => left.length));
  return [
    'Usage: video-chat-room [options]',
    '',
    'Runs the relay of <video-chat-room>: it matches rooms, forwards messages and serves the element.',
    '',
    'Options:',
    ...all.map(([left, right]) => {
      const text = right.replace('\n', `\n${' '.repeat(width + 4)}`);
      return `  ${left.padEnd(width)}  ${text}`;
    }),
    '',
    'Each option can be given in the environment too: --turn-url as VCR_TURN_URL (lists with commas,',
    'flags as 1 or 0). The command line wins. In a terminal, --log-level is warn if not given.',
    '',
  ].join('\n');
}
