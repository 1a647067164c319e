/**
 * The STUN and TURN servers that peers are told to use. TURN credentials are made for each peer and
 * run out by themselves, the way coturn's `use-auth-secret` checks them ("REST API for access to
 * TURN services", draft-uberti-behave-turn-rest): we share a secret with the TURN server and never
 * talk to it.
 */
import {createHmac} from 'node:crypto';
import type {IceServer} from '../protocol/shapes.js';
import type {Clock, IceFor} from './relay/ports.js';

export interface IceServerOptions {
  /** Empty: no STUN, so that no third party learns of anybody's address. */
  readonly stunUrls: readonly string[];
  readonly turnUrls: readonly string[];
  /** Needed with `turnUrls`: browsers refuse a TURN server without credentials. */
  readonly turnSecret: string | undefined;
  readonly turnTtlMs: number;
}

export function createIceServers(options: IceServerOptions, clock: Pick<Clock, 'now'>): IceFor {
  const {stunUrls, turnUrls, turnSecret, turnTtlMs} = options;
  const stun: IceServer[] = stunUrls.length > 0 ? [{urls: [...stunUrls]}] : [];
  return (peerId) => {
    if (turnUrls.length === 0 || turnSecret === undefined) {
      return {iceServers: stun, expiresInMs: null};
    }
    const expiresAtS = Math.floor((clock.now() + turnTtlMs) / 1000);
    const username = `${expiresAtS}:${peerId}`;
    // SHA-1 is what every TURN server of this scheme computes; as an HMAC it is not broken.
    const credential = createHmac('sha1', turnSecret).update(username).digest('base64');
    return {
      iceServers: [...stun, {urls: [...turnUrls], username, credential}],
      expiresInMs: turnTtlMs,
    };
  };
}
