/**
 * Access tokens: signed words of somebody whom the operator trusts about who it is that connects.
 * Checks signature, times and claims; any doubt is a refusal. Knows nothing of resume tokens, rooms
 * and sockets, and never lets a token choose how it is checked (RFC 8725 section 3.1).
 */
import {createRemoteJWKSet, customFetch, errors, jwtVerify, type JWTVerifyGetKey} from 'jose';
import * as v from 'valibot';
import type {ErrorCode} from '../protocol/codes.js';
import {PersonIdSchema} from '../protocol/fields.js';
import {isRoomName, normalizeRoomName, toDisplayName} from '../protocol/text.js';
import type {RelayOptionValues} from './options.js';
import type {Scope} from './relay/connection.js';
import type {Clock} from './relay/ports.js';

export type Role = 'host' | 'guest';

/** What a good token says. */
export interface Grant {
  /** The token's `sub`, as it is. */
  readonly personId: string;
  /** What the person is called, whatever it says itself; `null`: it may choose. */
  readonly name: string | null;
  readonly scope: Scope;
  /** Nothing depends on it yet. */
  readonly role: Role | null;
  /** The operator has this person's consent to connections that are made while it rings. */
  readonly preconnect: boolean;
}

export interface AccessTokens {
  /** Rejects with an `AccessRefusal`: `unauthorized`, or `internal` if there are no keys to check it with. */
  read(token: string): Promise<Grant>;
}

export type TokenOptions = Pick<
  RelayOptionValues,
  'tokenSecret' | 'jwksUrl' | 'tokenIssuer' | 'tokenAudience'
>;

/** Why somebody is not let in; the message is for logs and for whoever writes the page. */
export class AccessRefusal extends Error {
  override readonly name = 'AccessRefusal';
  readonly code: ErrorCode;

  constructor(code: ErrorCode, message: string, options?: ErrorOptions) {
    super(message, options);
    this.code = code;
  }
}

/** Clocks of two machines that are kept by NTP; no more, for it lengthens the life of every token. Seconds. */
const CLOCK_TOLERANCE_S = 5;

/** Well before a handshake must be done (10 s), so that whoever waits hears why it was not. */
const KEYS_TIMEOUT_MS = 5_000;

/** A server of keys that failed is left alone for so long, however many tokens come. */
const KEYS_RETRY_MS = 1_000;

const RoomClaimSchema = v.pipe(
  v.string(),
  // As clients do with what was typed: a name that nobody could ever ask for would lock its bearer out.
  v.transform(normalizeRoomName),
  v.check(isRoomName, 'not a room name'),
);

const ClaimsSchema = v.object({
  sub: PersonIdSchema,
  // Made fit rather than refused: directories of people hold names of every kind and length.
  name: v.optional(v.pipe(v.string(), v.transform(toDisplayName))),
  room: v.optional(RoomClaimSchema),
  directory: v.optional(RoomClaimSchema),
  // Identity providers put roles of their own here ("authenticated"); those give nothing more than the lesser one.
  role: v.optional(
    v.pipe(
      v.string(),
      v.transform((role): Role => (role === 'host' ? 'host' : 'guest')),
    ),
  ),
  preconnect: v.optional(
    v.pipe(
      v.unknown(),
      v.transform((value) => value === true),
    ),
  ),
});

/** The keys could not be had: the fault is not the token's. */
class KeysUnavailable extends Error {}

interface Keys {
  readonly algorithms: string[];
  readonly keyFor: JWTVerifyGetKey;
}

/** @returns `null` if nothing was configured by which a token could be judged */
export function createAccessTokens(
  options: TokenOptions,
  clock: Clock,
  keysTimeoutMs = KEYS_TIMEOUT_MS,
): AccessTokens | null {
  const {tokenSecret, jwksUrl, tokenIssuer, tokenAudience} = options;
  const keys =
    tokenSecret !== undefined
      ? secretKey(tokenSecret)
      : jwksUrl !== undefined
        ? remoteKeys(jwksUrl, clock, keysTimeoutMs)
        : null;
  if (keys === null) return null;
  const {algorithms, keyFor} = keys;
  const expected = {
    algorithms,
    requiredClaims: ['sub', 'exp'],
    clockTolerance: CLOCK_TOLERANCE_S,
    ...(tokenIssuer === undefined ? {} : {issuer: tokenIssuer}),
    ...(tokenAudience === undefined ? {} : {audience: tokenAudience}),
  };
  return {
    async read(token) {
      const payload = await verify(() =>
        jwtVerify(token, keyFor, {...expected, currentDate: new Date(clock.now())}),
      );
      const claims = v.safeParse(ClaimsSchema, payload, {abortEarly: true});
      if (!claims.success) {
        const path = v.getDotPath(claims.issues[0]) ?? 'claims';
        throw new AccessRefusal('unauthorized', `the access token has a wrong "${path}"`);
      }
      const {sub, name = null, room = null, directory = null, role = null} = claims.output;
      const {preconnect = false} = claims.output;
      return {personId: sub, name, scope: {room, directory}, role, preconnect};
    },
  };
}

async function verify(attempt: () => Promise<{payload: unknown}>): Promise<unknown> {
  try {
    return (await attempt()).payload;
  } catch (cause) {
    if (cause instanceof KeysUnavailable) {
      throw new AccessRefusal('internal', 'access tokens cannot be checked now', {cause});
    }
    // Only jose's own sentences are known to tell nothing but what is wrong with the token.
    const why = cause instanceof errors.JOSEError ? `: ${cause.message}` : '';
    throw new AccessRefusal('unauthorized', `the access token is not good${why}`, {cause});
  }
}

function secretKey(secret: string): Keys {
  const key = new TextEncoder().encode(secret);
  return {algorithms: ['HS256'], keyFor: async () => key};
}

/** Keys are fetched at the first token, kept for ten minutes, and looked up anew when one is unknown. */
function remoteKeys(url: string, clock: Clock, timeoutDuration: number): Keys {
  let failure: {readonly error: unknown; readonly atMs: number} | undefined;
  const fetchOrWait = async (address: string, init: RequestInit): Promise<Response> => {
    // Anybody can send a token with an unknown key: they must not become a flood at that server.
    if (failure !== undefined) {
      const sinceMs = clock.now() - failure.atMs;
      // A clock that was set back says nothing.
      if (sinceMs >= 0 && sinceMs < KEYS_RETRY_MS) throw failure.error;
    }
    return fetch(address, init);
  };
  const keySet = createRemoteJWKSet(new URL(url), {timeoutDuration, [customFetch]: fetchOrWait});
  return {
    // Ed25519 is EdDSA by its newer name (RFC 9864). No HS256: whoever knows a public key could sign with it.
    algorithms: ['RS256', 'ES256', 'EdDSA', 'Ed25519'],
    async keyFor(header, token) {
      try {
        return await keySet(header, token);
      } catch (error) {
        const isOfToken =
          error instanceof errors.JWKSNoMatchingKey ||
          error instanceof errors.JWKSMultipleMatchingKeys;
        if (isOfToken) throw error;
        if (error !== failure?.error) failure = {error, atMs: clock.now()};
        throw new KeysUnavailable(`no keys from ${new URL(url).origin}`, {cause: error});
      }
    },
  };
}
