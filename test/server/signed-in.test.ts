/** Signed-in people over real sockets: many tabs, a name that stays, one room only, and who is turned away. */
import assert from 'node:assert/strict';
import {execFile} from 'node:child_process';
import {readFile} from 'node:fs/promises';
import {test} from 'node:test';
import {fileURLToPath} from 'node:url';
import {promisify} from 'node:util';
import {createSigningKey, mint, startKeysServer, TOKEN_SECRET} from '../support/access-tokens.js';
import {connect, refusedHandshake, startRelay} from '../support/relay.js';

const run = promisify(execFile);

const SIGNED = {tokenSecret: TOKEN_SECRET};

test('one person has as many tabs as they like, each a peer of its own', async (t) => {
  const relay = await startRelay(t, SIGNED);
  const token = await mint({sub: 'auth0|ana@example.org', name: 'Ana'});
  const [desk, phone] = [
    await connect(t, relay, {handshake: {token}}),
    await connect(t, relay, {handshake: {token}}),
  ];
  assert.equal(desk.identity.personId, 'auth0|ana@example.org');
  assert.equal(phone.identity.personId, 'auth0|ana@example.org');
  assert.notEqual(desk.identity.peerId, phone.identity.peerId);
  assert.deepEqual(Object.keys(desk.identity).sort(), [
    'connectionId',
    'kept',
    'peerId',
    'personId',
    'protocol',
    'resumeToken',
  ]);
  assert.equal((await desk.ask('join', {room: 'lobby'})).ok, true);
  assert.equal((await phone.ask('join', {room: 'lobby'})).ok, true);
  const {from} = await desk.hear('invitation');
  assert.deepEqual(from, {
    personId: 'auth0|ana@example.org',
    displayName: 'Ana',
    metadata: null,
  });
});

test('a name in the token is the name, whatever the client says, then and later', async (t) => {
  const relay = await startRelay(t, SIGNED);
  const host = await connect(t, relay);
  await host.ask('join', {room: 'lobby'});
  const token = await mint({sub: 'ben', name: 'Ben'});
  const guest = await connect(t, relay, {handshake: {token, displayName: 'Ana', metadata: 1}});
  await guest.ask('join', {room: 'lobby'});
  const {id, from} = await host.hear('invitation');
  assert.deepEqual(from, {personId: 'ben', displayName: 'Ben', metadata: 1});
  await host.ask('answer', {invitationId: id, response: 'accept'});
  assert.equal((await host.hear('peer-joined')).displayName, 'Ben');
  assert.deepEqual(await guest.ask('profile', {displayName: 'Ana', metadata: 2}), {ok: true});
  const changed = await host.hear('peer-changed');
  assert.equal(changed.displayName, 'Ben');
  assert.equal(changed.metadata, 2);
});

test('who may be connected while it rings is told so in the welcome, also after a reconnection, and nobody else is', async (t) => {
  const relay = await startRelay(t, SIGNED);
  const token = await mint({sub: 'ana', preconnect: true});
  const ana = await connect(t, relay, {handshake: {token}});
  assert.equal(ana.identity.preconnect, true);
  const {resumeToken} = ana.identity;
  const again = await connect(t, relay, {handshake: {token, resumeToken}});
  assert.equal(again.identity.peerId, ana.identity.peerId);
  assert.equal(again.identity.preconnect, true);
  for (const claims of [{sub: 'ben'}, {sub: 'ben', preconnect: 'true'}]) {
    const ben = await connect(t, relay, {handshake: {token: await mint(claims)}});
    assert.equal('preconnect' in ben.identity, false);
  }
});

test('without a name in the token the person may choose one', async (t) => {
  const relay = await startRelay(t, SIGNED);
  const host = await connect(t, relay);
  await host.ask('join', {room: 'lobby'});
  const token = await mint({sub: 'ben'});
  const guest = await connect(t, relay, {handshake: {token, displayName: 'Benny'}});
  await guest.ask('join', {room: 'lobby'});
  assert.equal((await host.hear('invitation')).from.displayName, 'Benny');
});

test('a token for one room opens no other, and leaves the one it is for as it was', async (t) => {
  const relay = await startRelay(t, SIGNED);
  const token = await mint({sub: 'ana', room: 'lobby'});
  const client = await connect(t, relay, {handshake: {token}});
  assert.equal((await client.ask('join', {room: 'lobby'})).ok, true);
  const elsewhere = await client.ask('join', {room: 'attic'});
  assert.equal(elsewhere.ok || elsewhere.code, 'unauthorized');
  const resumed = await client.ask('join', {room: 'lobby', resume: true});
  assert(resumed.ok && resumed.outcome === 'seated', JSON.stringify(resumed));
});

test('a seat that was kept is not had back by a token for another room', async (t) => {
  const relay = await startRelay(t, SIGNED);
  const before = await connect(t, relay, {handshake: {token: await mint({sub: 'ana'})}});
  await before.ask('join', {room: 'lobby'});
  const {resumeToken} = before.identity;
  before.socket.disconnect();
  const token = await mint({sub: 'ana', room: 'attic'});
  const after = await connect(t, relay, {handshake: {token, resumeToken}});
  assert.equal(after.identity.peerId, before.identity.peerId);
  const reply = await after.ask('join', {room: 'lobby', resume: true});
  assert.equal(reply.ok || reply.code, 'unauthorized');
});

test('a signed-out tab is not the signed-in person any more, and has not got their seat', async (t) => {
  const relay = await startRelay(t, SIGNED);
  const token = await mint({sub: 'ana'});
  const signedIn = await connect(t, relay, {handshake: {token}});
  await signedIn.ask('join', {room: 'lobby'});
  const {resumeToken} = signedIn.identity;
  const signedOut = await connect(t, relay, {handshake: {resumeToken}});
  assert.notEqual(signedOut.identity.personId, 'ana');
  assert.equal(signedOut.identity.kept, null);
  const reply = await signedOut.ask('join', {room: 'lobby'});
  assert(reply.ok && reply.outcome === 'knocking', JSON.stringify(reply));
  signedIn.socket.disconnect();
  const back = await connect(t, relay, {handshake: {token, resumeToken}});
  assert.deepEqual(back.identity.kept, {room: 'lobby', as: 'seat'});
});

test('a token that is not good is refused, and not taken for none', async (t) => {
  const relay = await startRelay(t, SIGNED);
  const foreign = await mint({sub: 'ana'}, new TextEncoder().encode('x'.repeat(32)));
  const {resumeToken} = (await connect(t, relay)).identity;
  for (const token of ['', 'x', foreign, resumeToken, await mint({sub: 'ana', exp: '-1h'})]) {
    const {code, message} = await refusedHandshake(t, relay, {handshake: {token}});
    assert.equal(code, 'unauthorized', token);
    assert(token.length < 2 || !message?.includes(token), `it is said back: ${message}`);
  }
  const huge = await refusedHandshake(t, relay, {handshake: {token: 'x'.repeat(4097)}});
  assert.equal(huge.code, 'bad-request');
  assert.equal(relay.server.counts.connections, 1);
});

test('where tokens are required nobody comes in without a good one', async (t) => {
  const relay = await startRelay(t, {...SIGNED, requireToken: true});
  assert.equal((await refusedHandshake(t, relay, {})).code, 'unauthorized');
  const token = await mint({sub: 'ana'});
  const {resumeToken} = (await connect(t, relay, {handshake: {token}})).identity;
  const again = await refusedHandshake(t, relay, {handshake: {resumeToken}});
  assert.equal(again.code, 'unauthorized');
});

test('where nothing is configured a token changes nothing', async (t) => {
  const relay = await startRelay(t);
  const token = await mint({sub: 'ana', name: 'Ana', room: 'lobby'});
  const client = await connect(t, relay, {handshake: {token}});
  assert.match(client.identity.personId, /^[\w-]{22}$/);
  assert.equal((await client.ask('join', {room: 'attic'})).ok, true);
});

test('while the keys cannot be had signed-in people are turned away, and others go on', async (t) => {
  const key = await createSigningKey('ES256', 'only');
  const keys = await startKeysServer(t, [key.publicKey]);
  const token = await key.mint({sub: 'ana'});
  keys.answer((_request, response) => response.writeHead(500).end());
  const relay = await startRelay(t, {jwksUrl: keys.url});
  const witness = await connect(t, relay);
  assert.equal((await refusedHandshake(t, relay, {handshake: {token}})).code, 'internal');
  assert.equal((await witness.ask('join', {room: 'lobby'})).ok, true);
});

test('the tokens that docs/RELAY.md teaches to make are good', async (t) => {
  const page = await readFile(new URL('../../docs/RELAY.md', import.meta.url), 'utf8');
  const [, example = ''] = /```js\n(import \{SignJWT\}.*?)```/s.exec(page) ?? [];
  const program = `${example}console.log(token);`;
  const {stdout} = await run(process.execPath, ['--input-type=module', '-e', program], {
    cwd: fileURLToPath(new URL('../..', import.meta.url)),
    env: {...process.env, VCR_TOKEN_SECRET: TOKEN_SECRET},
  });
  const relay = await startRelay(t, SIGNED);
  const client = await connect(t, relay, {handshake: {token: stdout.trim()}});
  assert.equal(client.identity.personId, 'user-17');
  assert.equal((await client.ask('join', {room: 'support-42'})).ok, true);
});
