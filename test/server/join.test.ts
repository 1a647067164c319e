/** Taking a seat: opening a room, the cap on its capacity, joining again, moving to another room. */
import assert from 'node:assert/strict';
import {test} from 'node:test';
import {MAX_KNOCKS_PER_ROOM} from '../../protocol/limits.js';
import {codeOf, World} from '../support/relay-world.js';

test('the first in opens the room, is seated and alone', async () => {
  const world = new World();
  const ana = await world.person('ana');
  const room = await ana.sit('lobby', {capacity: 4});
  assert.deepEqual(room, {
    name: 'lobby',
    kind: 'room',
    capacity: 4,
    peers: [],
    invitations: [],
    outgoing: null,
    ice: {iceServers: [{urls: ['turn:t'], username: ana.peerId}], expiresInMs: 9},
  });
  assert.deepEqual(ana.heard, []);
  assert.equal(world.clock.pendingTimers, 0, 'a quiet room needs no timer');
});

test('a room holds two unless its opener says otherwise, and never more than the relay allows', async () => {
  const world = new World({maxPeers: 3});
  assert.equal((await (await world.person('ana')).sit('one')).capacity, 2);
  assert.equal((await (await world.person('ben')).sit('two', {capacity: 3})).capacity, 3);
  assert.equal((await (await world.person('cem')).sit('three', {capacity: 9})).capacity, 3);
});

test('awkward names are names like any other, and rooms of different names are different', async () => {
  const world = new World();
  const names = ['__proto__', 'constructor', '🌟', 'with/slash', '—', 'a b', 'A', 'a'];
  for (const name of names) {
    assert.deepEqual((await (await world.person(name)).sit(name)).peers, []);
  }
  assert.equal((await world.store.size()).rooms, names.length);
});

test('joining again where one sits answers with the present view and tells nobody', async () => {
  const world = new World();
  const ana = await world.member('ana', 'lobby', undefined, 3);
  const ben = await world.member('ben', 'lobby', ana);
  const view = await ben.sit('lobby', {capacity: 9});
  assert.deepEqual(
    view.peers.map(({peerId}) => peerId),
    [ana.peerId],
  );
  assert.equal(view.capacity, 3);
  assert.deepEqual(ana.heard, []);
});

test('joining another room leaves the first one', async () => {
  const world = new World();
  const ana = await world.member('ana', 'lobby');
  const ben = await world.member('ben', 'lobby', ana);
  await ben.sit('elsewhere');
  assert.deepEqual(ana.told('peer-left'), {peerId: ben.peerId, reason: 'left'});
  assert.equal(await world.store.roomOf(ben.peerId), 'elsewhere');
});

test('joining another room takes a knock back', async () => {
  const world = new World();
  const ana = await world.member('ana', 'lobby');
  const ben = await world.person('ben');
  const id = await ben.knock('lobby');
  await ben.sit('elsewhere');
  assert.deepEqual(ana.told('invitation-ended'), {id, reason: 'cancelled'});
});

test('a full room refuses, and seats that are only kept count', async () => {
  const world = new World();
  const ana = await world.member('ana', 'lobby');
  const ben = await world.member('ben', 'lobby', ana);
  await ben.drop();
  ana.forget();
  const cem = await world.person('cem');
  assert.equal(codeOf(await cem.join('lobby')), 'room-full');
  assert.deepEqual(ana.heard, [], 'nobody is asked about somebody who cannot come in');
});

test('a room with too many at its door refuses one more', async () => {
  const world = new World();
  await world.member('ana', 'lobby');
  for (let i = 0; i < MAX_KNOCKS_PER_ROOM; i++) {
    await (await world.person(`k${i}`)).knock('lobby');
  }
  assert.equal(codeOf(await (await world.person('late')).join('lobby')), 'room-full');
});

test('resuming with nothing kept there is refused, and costs nobody a seat elsewhere', async () => {
  const world = new World();
  const ana = await world.member('ana', 'lobby');
  assert.equal(codeOf(await ana.join('other', {resume: true})), 'not-in-room');
  assert.equal(await world.store.roomOf(ana.peerId), 'lobby');
  const ben = await world.person('ben');
  assert.equal(codeOf(await ben.join('lobby', {resume: true})), 'not-in-room');
  assert.deepEqual(ana.heard, [], 'no knock was made of it');
});
