/**
 * The relay's options: one table, from which the command line, the environment, the help text and
 * the checks of `createRelayServer` are all made. It knows what a right value is, and says in one
 * sentence what is wrong with a wrong one; it does not know where the value came from.
 */
import {MAX_CAPACITY, MIN_CAPACITY} from '../protocol/limits.js';
import {LOG_LEVELS, type LogLevel} from './logger.js';
import {
  OptionError,
  readBasePath,
  readFlag,
  readHost,
  readIceUrls,
  readLogLevel,
  readNumber,
  readStunUrls,
  readText,
  type NameOption,
} from './option-readers.js';

export {OptionError} from './option-readers.js';

/** Options of the relay; each is also `--kebab-case` on the command line. Durations are in seconds. */
export interface RelayOptionValues {
  /** 0 picks a free one. */
  port: number;
  /** The address to listen on; without it all interfaces. */
  host: string | undefined;
  /** Serve https; with a self-signed certificate unless `cert` and `key` are given. */
  https: boolean;
  /** Path of a PEM file: the certificate and its chain. */
  cert: string | undefined;
  /** Path of a PEM file: the private key of `cert`. */
  key: string | undefined;
  /** The path below which everything is, such as `/calls/`. */
  basePath: string;
  /** The most seats that a room can have. */
  maxPeers: number;
  /** STUN servers; none for no third party. */
  stunUrl: readonly string[];
  /** TURN servers; `turnSecret` makes their credentials. */
  turnUrl: readonly string[];
  /** Shared with the TURN server (coturn: `static-auth-secret`). */
  turnSecret: string | undefined;
  /** Seconds for which TURN credentials are good. */
  turnTtl: number;
  /** Seconds for which a lost peer's seat is kept. */
  seatGrace: number;
  /** Serve the demo pages at the base path; on a server of somebody else's only if that is asked for. */
  demo: boolean;
  logLevel: LogLevel;
  /** Signs resume tokens; made anew at each start when not given. */
  resumeSecret: string | undefined;
}

export interface OptionRow<Key extends keyof RelayOptionValues> {
  readonly kind: 'text' | 'flag' | 'list';
  /** On the command line, without the dashes. */
  readonly flag: string;
  /** What stands for the value in the help text. */
  readonly placeholder?: string;
  readonly fallback: RelayOptionValues[Key];
  readonly help: string;
  /** The value as it is used; throws a sentence that begins after "--name". */
  readonly read: (value: unknown) => RelayOptionValues[Key];
}

export type OptionTable = {readonly [Key in keyof RelayOptionValues]: OptionRow<Key>};

export const OPTIONS: OptionTable = {
  port: {
    kind: 'text',
    flag: 'port',
    placeholder: 'NUMBER',
    fallback: 3000,
    help: 'port to listen on; 0 picks a free one',
    read: readNumber('a port', 0, 65_535),
  },
  host: {
    kind: 'text',
    flag: 'host',
    placeholder: 'ADDRESS',
    fallback: undefined,
    help: 'address to listen on (default: all interfaces)',
    read: readHost,
  },
  https: {
    kind: 'flag',
    flag: 'https',
    fallback: false,
    help: 'serve https; alone it makes a self-signed certificate',
    read: readFlag,
  },
  cert: {
    kind: 'text',
    flag: 'cert',
    placeholder: 'FILE',
    fallback: undefined,
    help: 'certificate and chain in PEM; turns https on',
    read: readText('the path of a file'),
  },
  key: {
    kind: 'text',
    flag: 'key',
    placeholder: 'FILE',
    fallback: undefined,
    help: 'private key of the certificate in PEM',
    read: readText('the path of a file'),
  },
  basePath: {
    kind: 'text',
    flag: 'base-path',
    placeholder: 'PATH',
    fallback: '/',
    help: 'path below which everything is, behind a proxy',
    read: readBasePath,
  },
  maxPeers: {
    kind: 'text',
    flag: 'max-peers',
    placeholder: 'NUMBER',
    fallback: 8,
    help: 'the most seats that a room can have',
    read: readNumber('a number of people', MIN_CAPACITY, MAX_CAPACITY),
  },
  stunUrl: {
    kind: 'list',
    flag: 'stun-url',
    placeholder: 'URL',
    fallback: ['stun:stun.l.google.com:19302'],
    help: 'STUN server, repeatable; "none" for no third party',
    read: readStunUrls,
  },
  turnUrl: {
    kind: 'list',
    flag: 'turn-url',
    placeholder: 'URL',
    fallback: [],
    help: 'TURN server, repeatable; needs --turn-secret',
    read: readIceUrls(['turn', 'turns']),
  },
  turnSecret: {
    kind: 'text',
    flag: 'turn-secret',
    placeholder: 'SECRET',
    fallback: undefined,
    help: 'secret shared with the TURN servers',
    read: readText('a secret'),
  },
  turnTtl: {
    kind: 'text',
    flag: 'turn-ttl',
    placeholder: 'SECONDS',
    fallback: 3600,
    help: 'how long TURN credentials are good',
    // Shorter ones run out while a call is being set up; longer ones are passwords.
    read: readNumber('a time in seconds', 60, 7 * 24 * 3600),
  },
  seatGrace: {
    kind: 'text',
    flag: 'seat-grace',
    placeholder: 'SECONDS',
    fallback: 30,
    help: "how long a lost peer's seat is kept",
    read: readNumber('a time in seconds', 0, 3600, false),
  },
  demo: {
    kind: 'flag',
    flag: 'no-demo',
    fallback: true,
    help: 'do not serve the demo pages',
    read: readFlag,
  },
  logLevel: {
    kind: 'text',
    flag: 'log-level',
    placeholder: 'LEVEL',
    fallback: 'info',
    help: LOG_LEVELS.join(', '),
    read: readLogLevel,
  },
  resumeSecret: {
    kind: 'text',
    flag: 'resume-secret',
    placeholder: 'SECRET',
    fallback: undefined,
    help: 'signs resume tokens (default: made anew at each start)',
    // HS256 wants a key as long as its hash (RFC 7518 section 3.2).
    read: readText('a secret', 32),
  },
};

export const OPTION_KEYS = Object.keys(OPTIONS) as (keyof RelayOptionValues)[];

function fail(sentence: (name: NameOption) => string): never {
  throw new OptionError(sentence);
}

/** Checks what no single option can say of itself. */
export function checkTogether(values: RelayOptionValues): RelayOptionValues {
  const {cert, key, turnUrl, turnSecret} = values;
  if (cert !== undefined && key === undefined) {
    fail((name) => `${name('cert')} needs ${name('key')}: the private key of that certificate.`);
  }
  if (key !== undefined && cert === undefined) {
    fail((name) => `${name('key')} needs ${name('cert')}: the certificate of that key.`);
  }
  if (turnUrl.length > 0 && turnSecret === undefined) {
    const why = 'browsers refuse a TURN server without credentials';
    fail((name) => `${name('turnUrl')} needs ${name('turnSecret')}: ${why}.`);
  }
  if (turnSecret !== undefined && turnUrl.length === 0) {
    const why = 'there is no TURN server to make credentials for';
    fail((name) => `${name('turnSecret')} needs ${name('turnUrl')}: ${why}.`);
  }
  return {...values, https: values.https || cert !== undefined};
}

/** Refuses what is misspelt: unheard, it would be a default that nobody chose. @throws {OptionError} */
export function refuseUnknown(given: object, known: readonly string[]): void {
  for (const name of Object.keys(given)) {
    if (known.includes(name)) continue;
    const stem = name.toLowerCase();
    const near = known.find((each) => each.toLowerCase() === stem || each.startsWith(name));
    const hint = near === undefined ? '' : ` Did you mean ${near}?`;
    throw new OptionError(`There is no option ${name}.${hint}`);
  }
}

/** Options given from a program, completed and checked. @throws {OptionError} */
export function completeOptions(given: Partial<RelayOptionValues>): RelayOptionValues {
  const values: Partial<Record<keyof RelayOptionValues, unknown>> = {};
  for (const key of OPTION_KEYS) {
    values[key] = given[key] === undefined ? OPTIONS[key].fallback : readOne(key, given[key], key);
  }
  return checkTogether(values as RelayOptionValues);
}

/** @param name how the option is called where it was given, for the sentence */
export function readOne(key: keyof RelayOptionValues, value: unknown, name: string): unknown {
  try {
    return OPTIONS[key].read(value);
  } catch (error) {
    if (error instanceof OptionError) throw new OptionError(`${name} ${error.message}.`);
    throw error;
  }
}
