/**
 * The relay's options: one table, from which the command line, the environment, the help text and
 * the checks of `createRelayServer` are all made. It knows what a right value of each is, and not
 * where the value came from; what they must be together is in `option-checks.ts`.
 */
import {MAX_CAPACITY, MIN_CAPACITY} from '../protocol/limits.js';
import {LOG_LEVELS, type LogLevel} from './logger.js';
import {
  readBasePath,
  readFlag,
  readHost,
  readHttpUrl,
  readIceUrls,
  readLogLevel,
  readNumber,
  readStunUrls,
  readText,
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
  /** The secret by which access tokens are signed (HS256). */
  tokenSecret: string | undefined;
  /** Where the public keys are by which access tokens are checked (RS256, ES256, EdDSA). */
  jwksUrl: string | undefined;
  /** The only `iss` that is good in an access token. */
  tokenIssuer: string | undefined;
  /** The `aud` that an access token must have. */
  tokenAudience: string | undefined;
  /** Nobody connects without a good access token. */
  requireToken: boolean;
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

/** HS256 wants a key as long as its hash (RFC 7518 section 3.2). */
const MIN_SECRET_LENGTH = 32;

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
    read: readText('a secret', MIN_SECRET_LENGTH),
  },
  tokenSecret: {
    kind: 'text',
    flag: 'token-secret',
    placeholder: 'SECRET',
    fallback: undefined,
    help: 'access tokens are signed with it (HS256)',
    read: readText('a secret', MIN_SECRET_LENGTH),
  },
  jwksUrl: {
    kind: 'text',
    flag: 'jwks-url',
    placeholder: 'URL',
    fallback: undefined,
    help: 'keys of access tokens (RS256, ES256, EdDSA)',
    read: readHttpUrl,
  },
  tokenIssuer: {
    kind: 'text',
    flag: 'token-issuer',
    placeholder: 'NAME',
    fallback: undefined,
    help: 'the only good "iss" of access tokens',
    read: readText('the name of an issuer'),
  },
  tokenAudience: {
    kind: 'text',
    flag: 'token-audience',
    placeholder: 'NAME',
    fallback: undefined,
    help: 'the "aud" that access tokens must have',
    read: readText('the name of an audience'),
  },
  requireToken: {
    kind: 'flag',
    flag: 'require-token',
    fallback: false,
    help: 'nobody connects without a good access token',
    read: readFlag,
  },
};

export const OPTION_KEYS = Object.keys(OPTIONS) as (keyof RelayOptionValues)[];
