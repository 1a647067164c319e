/** Leaving and being lost: who hears what, and what becomes of a room and of those at its door. */
import assert from 'node:assert/strict';
import {test} from 'node:test';
import {SEAT_GRACE_MS, World} from '../support/relay-world.js';

test('a member leaves: the others hear it, its seat is free at once', async () => {
  const world = new World();
  const ana = await world.member('ana', 'lobby');
  const ben = await world.member('ben', 'lobby', ana);
  assert.deepEqual(await ben.leave(), {ok: true});
  assert.deepEqual(ana.told('peer-left'), {peerId: ben.peerId, reason: 'left'});
  assert.deepEqual(ben.heard, []);
  await (await world.person('cem')).knock('lobby');
});

test('leaving from nowhere succeeds', async () => {
  const world = new World();
  assert.deepEqual(await (await world.person('ana')).leave(), {ok: true});
});

test('leaving a room by name is for that room, wherever the peer is by then', async () => {
  const world = new World();
  const ana = await world.member('ana', 'lobby', undefined, 3);
  const ben = await world.member('ben', 'lobby', ana);
  const cem = await world.person('cem');
  const knock = await cem.knock('lobby');
  for (const person of [ana, ben, cem]) person.forget();
  for (const person of [ben, cem]) assert.deepEqual(await person.leave('hall'), {ok: true});
  assert.deepEqual([...ana.heard, ...ben.heard], [], 'nothing happened');
  await cem.leave('lobby');
  assert.deepEqual(ana.told('invitation-ended'), {id: knock, reason: 'cancelled'});
  await ben.leave('lobby');
  assert.deepEqual(ana.told('peer-left'), {peerId: ben.peerId, reason: 'left'});
});

test('the last one out closes the room, and nothing of it is kept', async () => {
  const world = new World();
  const ana = await world.member('ana', 'lobby', undefined, 5);
  await ana.leave();
  assert.deepEqual(await world.store.size(), {rooms: 0, people: 0, peers: 0, deadlines: 0});
  assert.equal((await (await world.person('ben')).sit('lobby')).capacity, 2, 'a new room');
});

test('the oldest knocker inherits an emptied room, with the others at its door', async () => {
  const world = new World();
  const ana = await world.member('ana', 'lobby');
  const ben = await world.person('ben');
  const cem = await world.person('cem');
  const first = await ben.knock('lobby', {capacity: 3});
  const second = await cem.knock('lobby');
  await ana.leave();
  const {invitationId, room} = ben.told('admitted');
  assert.equal(invitationId, first);
  assert.equal(room.capacity, 3, 'as the new host wished');
  assert.deepEqual(room.peers, []);
  assert.deepEqual(
    room.invitations.map(({id}) => id),
    [second],
  );
  assert.deepEqual(cem.heard, [], 'still waiting');
  assert.deepEqual(await ben.answer(second, 'accept'), {ok: true});
  assert.equal(cem.told('admitted').room.peers[0]?.peerId, ben.peerId);
  await world.clock.advance(120_000);
  assert.deepEqual(ben.events, ['admitted', 'peer-joined'], 'its own knock is over');
});

test('a knocker who is there inherits before an older one who is away', async () => {
  const world = new World();
  const ana = await world.member('ana', 'lobby');
  const ben = await world.person('ben');
  const cem = await world.person('cem');
  await ben.knock('lobby');
  await cem.knock('lobby');
  await ben.drop();
  await ana.leave();
  assert.equal(cem.told('admitted').room.invitations.length, 1);
});

test('a lost network keeps the seat; the others see that it is not connected', async () => {
  const world = new World();
  const ana = await world.member('ana', 'lobby');
  const ben = await world.member('ben', 'lobby', ana);
  await ben.drop();
  assert.equal(ana.told('peer-changed').connected, false);
  ana.forget();
  await world.clock.advance(SEAT_GRACE_MS - 1);
  assert.deepEqual(ana.heard, []);
  await world.clock.advance(1);
  assert.deepEqual(ana.heard, [
    {event: 'peer-left', payload: {peerId: ben.peerId, reason: 'lost'}},
  ]);
});

test('back in time: nobody sees it leave and come back', async () => {
  const world = new World();
  const ana = await world.member('ana', 'lobby');
  const ben = await world.member('ben', 'lobby', ana);
  await ben.drop();
  await world.clock.advance(SEAT_GRACE_MS - 1);
  await ben.connect('ben again');
  assert.deepEqual(ben.kept, {room: 'lobby', as: 'seat'});
  assert.equal(ana.heard.length, 1, 'connecting is not yet joining');
  await ben.sit('lobby', {resume: true});
  await world.clock.advance(SEAT_GRACE_MS);
  assert.deepEqual(ana.events, ['peer-changed', 'peer-changed']);
  assert.deepEqual(ana.heard[1]?.payload, {
    peerId: ben.peerId,
    personId: ben.personId,
    displayName: 'ben again',
    metadata: null,
    connected: true,
  });
});

test('connecting without joining does not hold the seat', async () => {
  const world = new World();
  const ana = await world.member('ana', 'lobby');
  const ben = await world.member('ben', 'lobby', ana);
  await ben.drop();
  await world.clock.advance(20_000);
  await ben.connect();
  await world.clock.advance(10_000);
  assert.equal(ana.told('peer-left').reason, 'lost');
});

test('a seat that is only kept can be given up', async () => {
  const world = new World();
  const ana = await world.member('ana', 'lobby');
  const ben = await world.member('ben', 'lobby', ana);
  await ben.drop();
  await ben.connect();
  await ben.leave();
  assert.equal(ana.told('peer-left').reason, 'left');
});

test('a room whose members are all away is there until their time is over', async () => {
  const world = new World();
  const ana = await world.member('ana', 'lobby');
  const ben = await world.person('ben');
  await ana.drop();
  await ben.knock('lobby');
  await world.clock.advance(SEAT_GRACE_MS);
  assert.deepEqual(ben.told('admitted').room.peers, [], 'then the knocker inherits it');
});

test('one who is away hears nothing, and is told everything when back', async () => {
  const world = new World();
  const ana = await world.member('ana', 'lobby', undefined, 3);
  const ben = await world.member('ben', 'lobby', ana);
  await ben.drop();
  const cem = await world.member('cem', 'lobby', ana);
  assert.deepEqual(ben.heard, []);
  await ben.connect();
  const view = await ben.sit('lobby');
  assert.deepEqual(
    view.peers.map(({peerId}) => peerId),
    [ana.peerId, cem.peerId],
  );
});

test('hanging up and closing the page at once is leaving, not being lost', async () => {
  const world = new World();
  const ana = await world.member('ana', 'lobby');
  const ben = await world.member('ben', 'lobby', ana);
  await Promise.all([ben.leave(), ben.drop()]);
  assert.deepEqual(ana.heard, [
    {event: 'peer-left', payload: {peerId: ben.peerId, reason: 'left'}},
  ]);
});

test('with no grace at all a lost peer is gone at once', async () => {
  const world = new World({seatGraceMs: 0});
  const ana = await world.member('ana', 'lobby');
  const ben = await world.member('ben', 'lobby', ana);
  await ben.drop();
  assert.equal(ana.told('peer-left').reason, 'lost');
});

test('time that passed unnoticed takes effect in its own order', async () => {
  const world = new World({seatGraceMs: 10_000});
  const ana = await world.member('ana', 'lobby');
  const ben = await world.person('ben');
  const cem = await world.person('cem');
  await ben.knock('lobby', {ringTimeoutMs: 5_000});
  await cem.knock('lobby', {ringTimeoutMs: 60_000});
  await ana.drop();
  // The machine slept: 5 s on, Ben's time was over; 10 s on, Ana's, and Cem inherited.
  world.clock.jump(30_000);
  const dan = await world.person('dan');
  await dan.knock('lobby');
  assert.equal(ben.told('invitation-ended').reason, 'timeout');
  assert.deepEqual(cem.events, ['admitted', 'invitation']);
  assert.deepEqual(cem.told('admitted').room.invitations, []);
});
