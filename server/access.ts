/**
 * Who a connection is, from the two tokens that it may present: an access token says who the person
 * is, a resume token which of its peers this was. Knows nothing of rooms or sockets.
 */
import {randomBytes} from 'node:crypto';
import {AccessRefusal, createAccessTokens, type Grant, type TokenOptions} from './access-tokens.js';
import type {Logger} from './logger.js';
import type {RelayOptionValues} from './options.js';
import type {Clock} from './relay/ports.js';
import {createResumeTokens, type Resumed} from './resume-tokens.js';

/** Which peer of which person, and what that one may do. */
export interface Identity extends Resumed, Grant {}

export interface Access {
  /**
   * Who presents these tokens. A bad, foreign or old resume token makes a new peer; a bad access
   * token is never mistaken for none.
   * @throws {AccessRefusal}
   */
  identify(resumeToken: string | undefined, token: string | undefined): Promise<Identity>;
  /** A resume token for the next connection, good for a day. */
  issue(identity: Resumed): Promise<string>;
}

export type AccessOptions = TokenOptions & Pick<RelayOptionValues, 'requireToken' | 'resumeSecret'>;

/** 128 random bits, 22 characters: not to be guessed, and short enough to read in a log. */
export function makeId(): string {
  return randomBytes(16).toString('base64url');
}

export function createAccess(
  options: AccessOptions,
  clock: Clock,
  log: Pick<Logger, 'warn'>,
): Access {
  const resumeTokens = createResumeTokens(options.resumeSecret);
  const accessTokens = createAccessTokens(options, clock) ?? ignoring(log);
  return {
    async identify(resumeToken, token) {
      if (token === undefined && options.requireToken) {
        throw new AccessRefusal('unauthorized', 'this relay asks for an access token');
      }
      const grant = token === undefined ? null : await accessTokens.read(token);
      const resumed = resumeToken === undefined ? null : await resumeTokens.read(resumeToken);
      const isBack = resumed !== null && fits(resumed, grant);
      // An id of the relay's own making comes back with its peer, and never without.
      const {peerId, personId} = isBack ? resumed : {peerId: makeId(), personId: makeId()};
      const anybody = {
        ...{personId, name: null, scope: {room: null, directory: null}, role: null},
        preconnect: false,
      };
      return {peerId, isSignedIn: grant !== null, ...(grant ?? anybody)};
    },
    issue: (identity) => resumeTokens.issue(identity),
  };
}

/**
 * Whether this is still the person who was that peer. Who has signed out, or in as somebody else,
 * does not stay in the first one's seat; and having been there before they signed in proves nothing.
 */
function fits(resumed: Resumed, grant: Grant | null): boolean {
  return grant === null
    ? !resumed.isSignedIn
    : resumed.isSignedIn && resumed.personId === grant.personId;
}

/** Where nothing was configured to judge tokens by, they say nothing: neither good nor bad. */
function ignoring(log: Pick<Logger, 'warn'>): {read(token: string): Promise<null>} {
  let isTold = false;
  return {
    async read() {
      if (!isTold) log.warn({}, 'access tokens are ignored: neither a secret nor a JWKS is set');
      isTold = true;
      return null;
    },
  };
}
