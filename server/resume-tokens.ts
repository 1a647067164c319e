/**
 * Resume tokens, signed by this relay for itself: they give a peer its ids back after a reload or a
 * lost network, and remember how its person was known. Knows nothing of access tokens.
 */
import {randomBytes} from 'node:crypto';
import {jwtVerify, SignJWT} from 'jose';
import * as v from 'valibot';
import {IdSchema, PersonIdSchema} from '../protocol/fields.js';

export interface Resumed {
  readonly peerId: string;
  readonly personId: string;
  /** Whether an access token said who the person is; otherwise the relay made the id up. */
  readonly isSignedIn: boolean;
}

export interface ResumeTokens {
  /** What the token says; `null` if it is bad, foreign or old. Never rejects. */
  read(token: string): Promise<Resumed | null>;
  /** A token for the next connection, good for a day. */
  issue(resumed: Resumed): Promise<string>;
}

/** Longer than any seat is kept, and than most people leave a tab asleep. */
const LIFETIME = '24h';
const ISSUER = 'video-chat-room';
const AUDIENCE = 'resume';
const ALGORITHM = 'HS256';

const ClaimsSchema = v.object({
  sub: PersonIdSchema,
  peer: IdSchema,
  signedIn: v.optional(v.boolean(), false),
});

/** @param secret signs the tokens; without one they are good until this process ends */
export function createResumeTokens(secret: string | undefined): ResumeTokens {
  const key = secret === undefined ? randomBytes(32) : new TextEncoder().encode(secret);
  return {
    async read(token) {
      try {
        const {payload} = await jwtVerify(token, key, {
          // Named, so that no token chooses its own algorithm (RFC 8725 section 3.1).
          algorithms: [ALGORITHM],
          issuer: ISSUER,
          audience: AUDIENCE,
          requiredClaims: ['exp'],
        });
        const {sub, peer, signedIn} = v.parse(ClaimsSchema, payload);
        return {peerId: peer, personId: sub, isSignedIn: signedIn};
      } catch {
        return null;
      }
    },
    issue({peerId, personId, isSignedIn}) {
      return new SignJWT({peer: peerId, ...(isSignedIn ? {signedIn: true} : {})})
        .setProtectedHeader({alg: ALGORITHM})
        .setSubject(personId)
        .setIssuer(ISSUER)
        .setAudience(AUDIENCE)
        .setIssuedAt()
        .setExpirationTime(LIFETIME)
        .sign(key);
    },
  };
}
