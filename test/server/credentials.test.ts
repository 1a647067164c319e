/** What the relay signs: resume tokens and TURN credentials. */
import assert from 'node:assert/strict';
import {createHmac} from 'node:crypto';
import {test} from 'node:test';
import {SignJWT} from 'jose';
import * as v from 'valibot';
import {IceConfigurationSchema, IdSchema} from '../../protocol/messages.js';
import {createAccess, makeId} from '../../server/access.js';
import {createIceServers} from '../../server/ice-servers.js';
import {FakeClock} from '../support/fake-clock.js';

const SECRET = 'a secret of thirty-two characters';

test('ids are random, and such as the protocol knows them', () => {
  const ids = Array.from({length: 1_000}, makeId);
  assert.equal(new Set(ids).size, ids.length);
  for (const id of ids) assert.equal(v.is(IdSchema, id), true, id);
});

test('a token gives back the identity for which it was issued', async () => {
  const access = createAccess(SECRET);
  const identity = await access.identify(undefined);
  assert.deepEqual(await access.identify(await access.issue(identity)), identity);
});

test('a token that has expired, is for another purpose or names nobody makes somebody new', async () => {
  const access = createAccess(SECRET);
  const key = new TextEncoder().encode(SECRET);
  const good = (alg = 'HS256') =>
    new SignJWT({peer: 'peer-00001'})
      .setProtectedHeader({alg})
      .setSubject('person-001')
      .setIssuer('video-chat-room')
      .setAudience('resume')
      .setExpirationTime('1h');
  assert.equal((await access.identify(await good().sign(key))).peerId, 'peer-00001');
  const bad = [
    good().setExpirationTime('-1s'),
    good().setAudience('access'),
    good().setIssuer('somebody'),
    good().setSubject('x'),
    new SignJWT({}).setProtectedHeader({alg: 'HS256'}).setExpirationTime('1h'),
    good('HS512'),
  ];
  for (const token of bad) {
    assert.notEqual((await access.identify(await token.sign(key))).peerId, 'peer-00001');
  }
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
