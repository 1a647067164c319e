/** What the relay signs, resume tokens and TURN credentials; and who somebody is by both kinds of token. */
import assert from 'node:assert/strict';
import {createHmac} from 'node:crypto';
import {test} from 'node:test';
import {SignJWT} from 'jose';
import * as v from 'valibot';
import {IdSchema} from '../../protocol/fields.js';
import {MAX_PERSON_ID_LENGTH, MAX_TOKEN_LENGTH} from '../../protocol/limits.js';
import {IceConfigurationSchema} from '../../protocol/shapes.js';
import {createAccess, makeId} from '../../server/access.js';
import {createIceServers} from '../../server/ice-servers.js';
import {completeOptions} from '../../server/option-checks.js';
import type {RelayOptionValues} from '../../server/options.js';
import {systemClock} from '../../server/relay/ports.js';
import {mint, TOKEN_SECRET} from '../support/access-tokens.js';
import {FakeClock} from '../support/fake-clock.js';

const SECRET = 'a secret of thirty-two characters';

function accessWith(given: Partial<RelayOptionValues>, warnings: string[] = []) {
  const log = {warn: (...[, message]: unknown[]) => void warnings.push(String(message))};
  return createAccess(completeOptions(given), systemClock, log);
}

test('ids are random, and such as the protocol knows them', () => {
  const ids = Array.from({length: 1_000}, makeId);
  assert.equal(new Set(ids).size, ids.length);
  for (const id of ids) assert.equal(v.is(IdSchema, id), true, id);
});

test('a token gives back the identity for which it was issued', async () => {
  const access = accessWith({resumeSecret: SECRET});
  const identity = await access.identify(undefined, undefined);
  assert.deepEqual(await access.identify(await access.issue(identity), undefined), identity);
});

test('a token that has expired, is for another purpose or names nobody makes somebody new', async () => {
  const access = accessWith({resumeSecret: SECRET});
  const key = new TextEncoder().encode(SECRET);
  const good = (alg = 'HS256') =>
    new SignJWT({peer: 'peer-00001'})
      .setProtectedHeader({alg})
      .setSubject('person-001')
      .setIssuer('video-chat-room')
      .setAudience('resume')
      .setExpirationTime('1h');
  assert.equal((await access.identify(await good().sign(key), undefined)).peerId, 'peer-00001');
  const bad = [
    good().setExpirationTime('-1s'),
    good().setAudience('access'),
    good().setIssuer('somebody'),
    good().setSubject(''),
    new SignJWT({}).setProtectedHeader({alg: 'HS256'}).setExpirationTime('1h'),
    good('HS512'),
  ];
  for (const token of bad) {
    const {peerId} = await access.identify(await token.sign(key), undefined);
    assert.notEqual(peerId, 'peer-00001');
  }
});

test('a resume token is good for the same signed-in person only, and never makes anybody one', async () => {
  const access = accessWith({resumeSecret: SECRET, tokenSecret: TOKEN_SECRET});
  const [ana, ben] = [await mint({sub: 'ana'}), await mint({sub: 'ben'})];
  const signedIn = await access.identify(undefined, ana);
  const anonymous = await access.identify(undefined, undefined);
  assert.equal(signedIn.personId, 'ana');
  assert.equal(anonymous.isSignedIn, false);
  const asAna = await access.issue(signedIn);
  const asNobody = await access.issue(anonymous);

  const renewed = await mint({sub: 'ana', name: 'Ana', exp: '2h'});
  assert.equal((await access.identify(asAna, renewed)).peerId, signedIn.peerId, 'the same person');
  const [asBen, signedOut, signedInLater] = await Promise.all([
    access.identify(asAna, ben),
    access.identify(asAna, undefined),
    access.identify(asNobody, ana),
  ]);
  assert.equal(asBen.personId, 'ben');
  assert.notEqual(asBen.peerId, signedIn.peerId);
  assert.notEqual(signedOut.personId, 'ana');
  assert.notEqual(signedOut.peerId, signedIn.peerId);
  assert.equal(signedOut.isSignedIn, false);
  assert.equal(signedInLater.personId, 'ana');
  assert.notEqual(signedInLater.peerId, anonymous.peerId);
  await assert.rejects(access.identify(asAna, 'x'), {code: 'unauthorized'});
});

test('somebody whose sub is an anonymous id does not get that peer', async () => {
  const access = accessWith({tokenSecret: TOKEN_SECRET});
  const anonymous = await access.identify(undefined, undefined);
  const token = await mint({sub: anonymous.personId});
  const other = await access.identify(await access.issue(anonymous), token);
  assert.notEqual(other.peerId, anonymous.peerId);
});

test('a resume token is no access token, nor the other way round', async () => {
  const access = accessWith({resumeSecret: SECRET, tokenSecret: TOKEN_SECRET});
  const resumeToken = await access.issue(await access.identify(undefined, undefined));
  await assert.rejects(access.identify(undefined, resumeToken), {code: 'unauthorized'});
  const claims = {sub: 'person-001', peer: 'peer-00001', iss: 'video-chat-room', aud: 'resume'};
  const {peerId} = await access.identify(await mint(claims), undefined);
  assert.notEqual(peerId, 'peer-00001');
});

test('the longest person that there can be has a resume token that fits a handshake', async () => {
  const access = accessWith({tokenSecret: TOKEN_SECRET});
  const token = await mint({sub: '🌟'.repeat(MAX_PERSON_ID_LENGTH)});
  const identity = await access.identify(undefined, token);
  const resumeToken = await access.issue(identity);
  assert(resumeToken.length <= MAX_TOKEN_LENGTH, `${resumeToken.length} characters`);
  assert.equal((await access.identify(resumeToken, token)).peerId, identity.peerId);
});

test('with nothing to judge tokens by they are ignored, which is said once', async () => {
  const warnings: string[] = [];
  const access = accessWith({}, warnings);
  const identity = await access.identify(undefined, await mint({sub: 'ana'}));
  assert.notEqual(identity.personId, 'ana');
  assert.equal(identity.isSignedIn, false);
  await access.identify(undefined, 'x');
  assert.equal(warnings.length, 1);
  assert.match(warnings[0] ?? '', /ignored/);
});

test('whoever was signed in is somebody new to a relay that cannot judge tokens any more', async () => {
  const before = accessWith({resumeSecret: SECRET, tokenSecret: TOKEN_SECRET});
  const token = await mint({sub: 'ana'});
  const resumeToken = await before.issue(await before.identify(undefined, token));
  const {personId} = await accessWith({resumeSecret: SECRET}).identify(resumeToken, token);
  assert.notEqual(personId, 'ana');
});

test('TURN credentials are what a TURN server computes from the shared secret', () => {
  const clock = new FakeClock();
  const turnUrls = ['turn:t:3478', 'turns:t:5349'];
  const iceFor = createIceServers(
    {stunUrls: ['stun:s'], turnUrls, turnSecret: 'north', turnTtlMs: 3_600_000},
    clock,
  );
  const configuration = iceFor('peer-00001');
  assert.equal(v.is(IceConfigurationSchema, configuration), true);
  const username = `${clock.now() / 1000 + 3600}:peer-00001`;
  const credential = createHmac('sha1', 'north').update(username).digest('base64');
  assert.deepEqual(configuration, {
    iceServers: [{urls: ['stun:s']}, {urls: turnUrls, username, credential}],
    expiresInMs: 3_600_000,
  });
  clock.jump(5_000);
  assert.notEqual(iceFor('peer-00001').iceServers[1]?.username, username, 'fresh each time');
});

test('without TURN nothing expires; without STUN there is nobody to ask', () => {
  const none = {turnUrls: [], turnSecret: undefined, turnTtlMs: 1};
  const clock = new FakeClock();
  assert.deepEqual(createIceServers({stunUrls: ['stun:s'], ...none}, clock)('p'), {
    iceServers: [{urls: ['stun:s']}],
    expiresInMs: null,
  });
  assert.deepEqual(createIceServers({stunUrls: [], ...none}, clock)('p').iceServers, []);
});
