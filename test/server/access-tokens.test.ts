/** Access tokens: what a good one says, and every way of one that is not good. */
import assert from 'node:assert/strict';
import {test} from 'node:test';
import {UnsecuredJWT} from 'jose';
import {MAX_PERSON_ID_LENGTH} from '../../protocol/limits.js';
import {createAccessTokens, type TokenOptions} from '../../server/access-tokens.js';
import {completeOptions} from '../../server/option-checks.js';
import {
  createSigningKey,
  mint,
  startKeysServer,
  TOKEN_SECRET,
  type TestClaims,
} from '../support/access-tokens.js';
import {FakeClock} from '../support/fake-clock.js';

function tokensWith(given: Partial<TokenOptions>, clock = new FakeClock(), keysTimeoutMs?: number) {
  const tokens = createAccessTokens(completeOptions(given), clock, keysTimeoutMs);
  assert(tokens !== null, 'there is something to judge tokens by');
  return tokens;
}

const SECRET = {tokenSecret: TOKEN_SECRET};
const REFUSED = {name: 'AccessRefusal', code: 'unauthorized'};

test('a good token says who it is, and nothing more than it says', async () => {
  assert.deepEqual(await tokensWith(SECRET).read(await mint({sub: 'ana'})), {
    personId: 'ana',
    name: null,
    scope: {room: null, directory: null},
    role: null,
    preconnect: false,
  });
  const all = {sub: 'auth0|17', name: 'Ana', room: 'lobby', directory: 'staff', role: 'host'};
  assert.deepEqual(await tokensWith(SECRET).read(await mint({...all, preconnect: true})), {
    personId: 'auth0|17',
    name: 'Ana',
    scope: {room: 'lobby', directory: 'staff'},
    role: 'host',
    preconnect: true,
  });
});

test('names are made fit, rooms are normalized, and unknown roles give nothing', async () => {
  const read = async (claims: TestClaims) =>
    tokensWith(SECRET).read(await mint({sub: 'ana', ...claims}));
  assert.equal((await read({name: ' Ana\u202e '})).name, 'Ana');
  assert.equal((await read({name: 'x'.repeat(100)})).name, 'x'.repeat(80));
  assert.equal((await read({name: ''})).name, '', 'and none of its own choice');
  assert.equal((await read({room: ' cafe\u0301 '})).scope.room, 'caf\u00e9');
  assert.equal((await read({role: 'authenticated'})).role, 'guest');
  for (const preconnect of [false, 'true', 1, null, {}]) {
    assert.equal((await read({preconnect})).preconnect, false, 'consent is nothing to be guessed');
  }
});

test('who it is stays as it is, however it is written', async () => {
  const subs = ['a', '7', ' ', 'ana@example.org', '山田', '🌟'.repeat(MAX_PERSON_ID_LENGTH), 'é'];
  for (const sub of subs) {
    assert.equal((await tokensWith(SECRET).read(await mint({sub}))).personId, sub);
  }
});

const WRONG_CLAIMS: [string, TestClaims][] = [
  ['no sub', {}],
  ['an empty sub', {sub: ''}],
  ['a sub that is too long', {sub: 'x'.repeat(MAX_PERSON_ID_LENGTH + 1)}],
  ['a sub with a control character', {sub: 'ana\u0000'}],
  ['a sub with what is not seen', {sub: 'ana\u200b'}],
  ['a sub that is a number', {sub: 17}],
  ['a name that is none', {sub: 'ana', name: {first: 'Ana'}}],
  ['a room that is none', {sub: 'ana', room: ''}],
  ['a list of rooms', {sub: 'ana', room: ['lobby']}],
  ['a room of null', {sub: 'ana', room: null}],
  ['a directory with a control character', {sub: 'ana', directory: 'a\nb'}],
  ['a role that is no text', {sub: 'ana', role: ['host']}],
  ['no exp', {sub: 'ana', exp: null}],
];

for (const [what, claims] of WRONG_CLAIMS) {
  test(`refused: ${what}`, async () => {
    await assert.rejects(tokensWith(SECRET).read(await mint(claims)), REFUSED);
  });
}

test('a token is good from nbf to exp, give or take five seconds', async () => {
  const clock = new FakeClock();
  const nowS = clock.now() / 1000;
  const tokens = tokensWith(SECRET, clock);
  const read = async (claims: TestClaims) => tokens.read(await mint({sub: 'ana', ...claims}));
  await read({exp: nowS - 4});
  await assert.rejects(read({exp: nowS - 5}), {...REFUSED, message: /"exp"/});
  await read({nbf: nowS + 5});
  await assert.rejects(read({nbf: nowS + 6}), {...REFUSED, message: /"nbf"/});
  const token = await mint({sub: 'ana', exp: nowS + 60});
  await tokens.read(token);
  clock.jump(65_000);
  await assert.rejects(tokens.read(token), REFUSED);
});

test('who signed nothing, with something else or otherwise is refused', async () => {
  const tokens = tokensWith(SECRET);
  const key = new TextEncoder().encode(TOKEN_SECRET);
  const claims = {sub: 'ana'};
  const good = await mint(claims);
  const [head, body, signature] = good.split('.');
  const other = Buffer.from('{"sub":"ben","exp":99999999999}').toString('base64url');
  const unsecured = new UnsecuredJWT(claims).setExpirationTime('1h').encode();
  const bad: string[] = [
    '',
    'x',
    '..',
    'a.b.c',
    `${good}x`,
    `${good}.${signature}`,
    `${head}.${other}.${signature}`,
    `${head}.${body}.`,
    unsecured,
    `${unsecured}${signature}`,
    await mint(claims, new TextEncoder().encode('another secret of some other people')),
    await mint(claims, key, {alg: 'HS384'}),
    await mint(claims, key, {alg: 'HS512'}),
    await (await createSigningKey('RS256', 'k')).mint(claims),
    // An extension that is critical, and that we do not know (RFC 7515 section 4.1.11).
    `${Buffer.from('{"alg":"HS256","crit":["b64"],"b64":true}').toString('base64url')}.${body}.${signature}`,
    'x'.repeat(100_000),
    '.'.repeat(100_000),
  ];
  for (const token of bad) await assert.rejects(tokens.read(token), REFUSED, token.slice(0, 80));
  assert.equal((await tokens.read(good)).personId, 'ana');
});

test('issuer and audience are checked where they are set', async () => {
  const tokens = tokensWith({
    ...SECRET,
    tokenIssuer: 'https://id.example/',
    tokenAudience: 'calls',
  });
  const right = {sub: 'ana', iss: 'https://id.example/', aud: ['calls', 'mail']};
  assert.equal((await tokens.read(await mint(right))).personId, 'ana');
  for (const wrong of [{iss: 'https://id.example'}, {aud: 'mail'}, {iss: undefined}]) {
    await assert.rejects(tokens.read(await mint({...right, ...wrong})), REFUSED);
  }
});

test('keys of every kind are fetched once, and only their own algorithms are good', async (t) => {
  const keys = await Promise.all(
    ['RS256', 'ES256', 'EdDSA'].map((alg) => createSigningKey(alg, `key-${alg}`)),
  );
  const server = await startKeysServer(t, [
    ...keys.map(({publicKey}) => publicKey),
    // Whoever publishes such a key has given it away.
    {kty: 'oct', kid: 'secret', k: Buffer.from(TOKEN_SECRET).toString('base64url'), alg: 'HS256'},
  ]);
  const tokens = tokensWith({jwksUrl: server.url});
  assert.equal(server.requests, 0, 'not before there is a token');
  for (const key of keys) {
    assert.equal((await tokens.read(await key.mint({sub: 'ana'}))).personId, 'ana');
  }
  const rsa = keys[0]?.publicKey;
  const published = new TextEncoder().encode(JSON.stringify(rsa));
  const bad = [
    await mint({sub: 'ana'}, published, {alg: 'HS256', kid: 'key-RS256'}),
    await mint({sub: 'ana'}, undefined, {alg: 'HS256', kid: 'secret'}),
    await (await createSigningKey('RS256', 'key-RS256')).mint({sub: 'ana'}),
    await (await createSigningKey('PS256', 'key-RS256')).mint({sub: 'ana'}),
    await (await createSigningKey('ES256', 'key-unknown')).mint({sub: 'ana'}),
    // The key that a token brings along is not asked for its opinion of itself.
    await (
      await createSigningKey('ES256', 'key-unknown')
    ).mint({sub: 'ana'}, {jwk: keys[1]?.publicKey ?? {}, jku: server.url}),
    new UnsecuredJWT({sub: 'ana'}).setExpirationTime('1h').encode(),
  ];
  for (const token of bad) await assert.rejects(tokens.read(token), REFUSED);
  assert.equal(server.requests, 1);
});

test('a new key is found when it is first used, and an old one is gone when it is', async (t) => {
  t.mock.timers.enable({apis: ['Date'], now: Date.now()});
  const [first, second] = [
    await createSigningKey('ES256', 'first'),
    await createSigningKey('ES256', 'second'),
  ];
  const server = await startKeysServer(t, [first.publicKey]);
  const tokens = tokensWith({jwksUrl: server.url});
  const [old, fresh] = [await first.mint({sub: 'ana'}), await second.mint({sub: 'ben'})];
  await tokens.read(old);
  server.serve([second.publicKey]);
  await assert.rejects(tokens.read(fresh), REFUSED, 'asked a moment ago');
  assert.equal(server.requests, 1);
  t.mock.timers.tick(31_000);
  assert.equal((await tokens.read(fresh)).personId, 'ben');
  await assert.rejects(tokens.read(old), REFUSED);
  assert.equal(server.requests, 2);
});

test('without keys nobody is let in or called a liar, and their server is not flooded', async (t) => {
  const key = await createSigningKey('ES256', 'only');
  const server = await startKeysServer(t, [key.publicKey]);
  const clock = new FakeClock();
  const tokens = tokensWith({jwksUrl: server.url}, clock);
  const token = await key.mint({sub: 'ana'});
  const unavailable = {name: 'AccessRefusal', code: 'internal'};
  const answers: [string, Parameters<typeof server.answer>[0]][] = [
    ['an error', (_request, response) => response.writeHead(503).end()],
    ['another address', (_request, response) => response.writeHead(302, {location: '/'}).end()],
    ['no JSON', (_request, response) => response.end('<html>')],
    ['no keys', (_request, response) => response.end('{"keys": 7}')],
    ['nothing', (request) => request.socket.destroy()],
  ];
  for (const [what, answer] of answers) {
    server.answer(answer);
    clock.jump(1_000);
    const {requests} = server;
    await assert.rejects(tokens.read(token), unavailable, what);
    await assert.rejects(tokens.read(token), unavailable, what);
    assert.equal(server.requests, requests + 1, 'it was asked a moment ago');
  }
  server.serve([key.publicKey]);
  clock.jump(1_000);
  assert.equal((await tokens.read(token)).personId, 'ana');
});

test('a server of keys that says nothing is not waited for', async (t) => {
  const server = await startKeysServer(t, []);
  server.answer(() => {});
  const tokens = tokensWith({jwksUrl: server.url}, undefined, 20);
  const token = await (await createSigningKey('ES256', 'only')).mint({sub: 'ana'});
  await assert.rejects(tokens.read(token), {name: 'AccessRefusal', code: 'internal'});
});
