/**
 * Who a connection is. A resume token, signed by us, gives a peer its ids back after a reload or a
 * lost network; without a good one it is somebody new. Knows nothing of rooms or sockets.
 */
import {randomBytes} from 'node:crypto';
import {jwtVerify, SignJWT} from 'jose';
import * as v from 'valibot';
import {IdSchema} from '../protocol/messages.js';

export interface Identity {
  readonly peerId: string;
  readonly personId: string;
}

export interface Access {
  /** Who presents this token. Never rejects: a bad, foreign or old token makes somebody new. */
  identify(resumeToken: string | undefined): Promise<Identity>;
  /** A token for the next connection, good for a day. */
  issue(identity: Identity): Promise<string>;
}

/** Longer than any seat is kept, and than most people leave a tab asleep. */
const TOKEN_LIFETIME = '24h';
const ISSUER = 'video-chat-room';
const AUDIENCE = 'resume';
const ALGORITHM = 'HS256';

const ClaimsSchema = v.object({sub: IdSchema, peer: IdSchema});

/** 128 random bits, 22 characters: not to be guessed, and short enough to read in a log. */
export function makeId(): string {
  return randomBytes(16).toString('base64url');
}

/** @param secret signs the tokens; without one they are good until this process ends */
export function createAccess(secret?: string): Access {
  const key = secret === undefined ? randomBytes(32) : new TextEncoder().encode(secret);
  return {
    async identify(resumeToken) {
      if (resumeToken !== undefined) {
        try {
          const {payload} = await jwtVerify(resumeToken, key, {
            // Named, so that no token chooses its own algorithm (RFC 8725 section 3.1).
            algorithms: [ALGORITHM],
            issuer: ISSUER,
            audience: AUDIENCE,
            requiredClaims: ['exp'],
          });
          const {sub, peer} = v.parse(ClaimsSchema, payload);
          return {peerId: peer, personId: sub};
        } catch {
          // Whoever comes with a worthless token has lost nothing but its seat.
        }
      }
      return {peerId: makeId(), personId: makeId()};
    },
    issue({peerId, personId}) {
      return new SignJWT({peer: peerId})
        .setProtectedHeader({alg: ALGORITHM})
        .setSubject(personId)
        .setIssuer(ISSUER)
        .setAudience(AUDIENCE)
        .setIssuedAt()
        .setExpirationTime(TOKEN_LIFETIME)
        .sign(key);
    },
  };
}
