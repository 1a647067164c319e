/** Access tokens as an application's server makes them, and a server of public keys that a test drives. */
import {once} from 'node:events';
import {createServer, type RequestListener} from 'node:http';
import type {AddressInfo} from 'node:net';
import {
  exportJWK,
  generateKeyPair,
  SignJWT,
  type CryptoKey,
  type JWK,
  type JWTHeaderParameters,
} from 'jose';
import type {Teardown} from './relay.js';

export const TOKEN_SECRET = 'the secret of an application, long';

export type TestClaims = Readonly<Record<string, unknown>> & {
  /** A time such as `1h`, or seconds since 1970; `null` for none. */
  readonly exp?: string | number | null;
};

export function mint(
  {exp = '1h', ...claims}: TestClaims,
  key: CryptoKey | Uint8Array = new TextEncoder().encode(TOKEN_SECRET),
  header: JWTHeaderParameters = {alg: 'HS256'},
): Promise<string> {
  const token = new SignJWT(claims).setProtectedHeader(header);
  return (exp === null ? token : token.setExpirationTime(exp)).sign(key);
}

export interface SigningKey {
  readonly publicKey: JWK;
  mint(claims: TestClaims, header?: Partial<JWTHeaderParameters>): Promise<string>;
}

export async function createSigningKey(alg: string, kid: string): Promise<SigningKey> {
  const {publicKey, privateKey} = await generateKeyPair(alg, {extractable: true});
  return {
    publicKey: {...(await exportJWK(publicKey)), alg, kid, use: 'sig'},
    mint: (claims, header) => mint(claims, privateKey, {alg, kid, ...header}),
  };
}

export interface KeysServer {
  readonly url: string;
  /** How often it has been asked. */
  readonly requests: number;
  /** What it has to say from now on. */
  serve(keys: readonly JWK[]): void;
  /** Anything else than keys. */
  answer(listener: RequestListener): void;
}

export async function startKeysServer(t: Teardown, keys: readonly JWK[]): Promise<KeysServer> {
  let requests = 0;
  let listener: RequestListener;
  const serve = (served: readonly JWK[]) => {
    listener = (_request, response) => response.end(JSON.stringify({keys: served}));
  };
  serve(keys);
  const server = createServer((request, response) => {
    requests += 1;
    listener(request, response);
  });
  server.listen(0, '127.0.0.1');
  t.after(() => {
    server.close();
    server.closeAllConnections();
  });
  await once(server, 'listening');
  const {port} = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}/keys.json`,
    get requests() {
      return requests;
    },
    serve,
    answer: (other) => void (listener = other),
  };
}
