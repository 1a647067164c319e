/** Names and metadata that change, and fresh ICE configurations. */
import assert from 'node:assert/strict';
import {test} from 'node:test';
import {World} from '../support/relay-world.js';

test('a new name reaches the other members, once, and later views', async () => {
  const world = new World();
  const ana = await world.member('ana', 'lobby', undefined, 3);
  const ben = await world.member('ben', 'lobby', ana);
  const profile = {displayName: 'Benedikt', metadata: {team: 'blue'}};
  assert.deepEqual(await ben.ask('profile', profile), {ok: true});
  assert.deepEqual(ana.told('peer-changed'), {
    peerId: ben.peerId,
    personId: ben.personId,
    ...profile,
    connected: true,
  });
  await ben.ask('profile', profile);
  assert.equal(ana.heard.length, 1, 'the same again is no news');
  assert.equal((await ana.sit('lobby')).peers[0]?.displayName, 'Benedikt');
});

test("a knocker's new name shows in what is sent from then on", async () => {
  const world = new World();
  const ana = await world.member('ana', 'lobby');
  const ben = await world.person('ben');
  const id = await ben.knock('lobby');
  await ben.ask('profile', {displayName: 'Benedikt', metadata: null});
  assert.equal((await ana.sit('lobby')).invitations[0]?.from.displayName, 'Benedikt');
  await ana.answer(id, 'accept');
  assert.equal(ana.told('peer-joined').displayName, 'Benedikt');
});

test('a name given before joining is the name one joins with', async () => {
  const world = new World();
  const ana = await world.member('ana', 'lobby');
  const ben = await world.person('ben');
  await ben.ask('profile', {displayName: 'Benedikt', metadata: 7});
  await ben.knock('lobby');
  assert.deepEqual(ana.told('invitation').from, {
    personId: ben.personId,
    displayName: 'Benedikt',
    metadata: 7,
  });
});

test('everybody may ask for an ICE configuration and gets one of its own', async () => {
  const world = new World();
  const ana = await world.person('ana');
  assert.deepEqual(await ana.ask('ice-configuration', {}), {
    ok: true,
    ice: {iceServers: [{urls: ['turn:t'], username: ana.peerId}], expiresInMs: 9},
  });
});
