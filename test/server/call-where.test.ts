/** Who may be rung, and from where: the busy, those in rooms, those being reloaded, strangers. */
import assert from 'node:assert/strict';
import {test} from 'node:test';
import {codeOf, SEAT_GRACE_MS, World} from '../support/relay-world.js';

async function twoListed() {
  const world = new World();
  const ana = await world.listed('ana');
  const ben = await world.listed('ben');
  // Until they have heard of each other.
  await world.clock.advance(1_000);
  ana.forget();
  ben.forget();
  return {world, ana, ben};
}

test('busy: told at once and with no ring, whether they call, are called or are in a call', async () => {
  const {world, ana, ben} = await twoListed();
  const cem = await world.listed('cem');
  const isBusy = async (callee: typeof ana) => {
    cem.forget();
    const reply = await cem.call(callee);
    assert(reply.ok, JSON.stringify(reply));
    assert.equal(reply.outcome, 'busy');
    assert.deepEqual(cem.events, []);
  };
  const id = await ana.ring(ben);
  ben.forget();
  await isBusy(ana);
  await isBusy(ben);
  await ben.answer(id, 'accept');
  await isBusy(ana);
  await isBusy(ben);
  assert.deepEqual(ben.events, [], 'nothing rang');
  await ben.drop();
  await isBusy(ben);
  await ana.leave();
  await cem.ring(ana);
});

test('somebody busy with another tab is busy', async () => {
  const {world, ana, ben} = await twoListed();
  const benToo = await world.listed('ben2', 'office', ben);
  const cem = await world.listed('cem');
  await benToo.answer(await ana.ring(ben), 'accept');
  const reply = await cem.call(ben);
  assert(reply.ok && reply.outcome === 'busy', JSON.stringify(reply));
});

test('somebody in a call is busy, also when the tab that was called is not listed any more', async () => {
  const {world, ana, ben} = await twoListed();
  const benToo = await world.person('ben2', ben);
  await benToo.answer(await ana.ring(ben), 'accept');
  await ben.list(null);
  await ana.list(null);
  await ben.list('office');
  await world.listed('ana2', 'office', ana);
  const cem = await world.listed('cem');
  for (const callee of [ana, ben]) {
    const reply = await cem.call(callee);
    assert(reply.ok && reply.outcome === 'busy', JSON.stringify(reply));
  }
  await benToo.leave();
  await ana.leave();
  await cem.ring(ben);
});

test('a call that is busy leaves the caller where it was', async () => {
  const {world, ana, ben} = await twoListed();
  await ana.ring(ben);
  const cem = await world.listed('cem');
  await cem.sit('lobby');
  await cem.call(ben);
  assert.equal(await world.store.roomOf(cem.peerId), 'lobby');
  const dan = await world.person('dan');
  assert.equal(codeOf(await cem.call(dan)), 'person-not-found');
  assert.equal(await world.store.roomOf(cem.peerId), 'lobby');
});

test('both call each other: whoever is second has accepted', async () => {
  const {world, ana, ben} = await twoListed();
  const [first, second] = await Promise.all([ana.call(ben), ben.call(ana)]);
  assert(first.ok && first.outcome === 'calling', JSON.stringify(first));
  assert(second.ok && second.outcome === 'seated', JSON.stringify(second));
  assert.equal(second.invitationId, first.invitationId);
  assert.equal(second.room.name, first.room.name);
  assert.deepEqual(ana.events, ['peer-joined']);
  assert.deepEqual(ben.events, ['invitation']);
  assert.equal((await world.store.size()).rooms, 1);
});

test('somebody in a room may be called out of it, and leaves it by accepting', async () => {
  const {world, ana, ben} = await twoListed();
  const host = await world.member('host', 'lobby');
  await host.answer(await ben.knock('lobby'), 'accept');
  const id = await ana.ring(ben);
  assert.deepEqual(await host.signal(ben), {ok: true}, 'the call in the room goes on');
  const reply = await ben.answer(id, 'accept');
  assert(reply.ok && reply.room, 'seated');
  assert.deepEqual(host.told('peer-left'), {peerId: ben.peerId, reason: 'left'});
  assert.equal(await world.store.roomOf(ben.peerId), reply.room.name);
  assert.equal(ana.told('peer-joined').peerId, ben.peerId);
});

test('a declined call leaves the room call as it was', async () => {
  const {world, ana, ben} = await twoListed();
  const host = await world.member('host', 'lobby');
  await host.answer(await ben.knock('lobby'), 'accept');
  await ben.answer(await ana.ring(ben), 'decline');
  assert.equal(await world.store.roomOf(ben.peerId), 'lobby');
});

test('whoever calls leaves the room it was in', async () => {
  const {world, ana, ben} = await twoListed();
  const host = await world.member('host', 'lobby');
  await host.answer(await ana.knock('lobby'), 'accept');
  await ana.ring(ben);
  assert.deepEqual(host.told('peer-left'), {peerId: ana.peerId, reason: 'left'});
  assert.equal((await world.store.readRoom('lobby'))?.item.seats.length, 1);
});

test('only people of the same directory can be called, and not oneself', async () => {
  const {world, ana, ben} = await twoListed();
  const cem = await world.listed('cem', 'elsewhere');
  const dan = await world.person('dan');
  const anaToo = await world.listed('ana2', 'office', ana);
  for (const [caller, callee] of [
    [ana, cem],
    [cem, ana],
    [ana, dan],
    [dan, ana],
    [ana, ana],
    [ana, anaToo],
  ] as const) {
    assert.equal(codeOf(await caller.call(callee)), 'person-not-found');
  }
  await ben.list('elsewhere');
  assert.equal(codeOf(await ana.call(ben)), 'person-not-found');
  await cem.ring(ben);
});

test('a tab that connects while it rings is told at once, after its welcome', async () => {
  const {world, ana, ben} = await twoListed();
  const id = await ana.ring(ben, 60_000);
  await ben.drop();
  await world.clock.advance(10_000);
  ben.forget();
  await ben.connect();
  assert.equal(ben.told('invitation').id, id);
  assert.equal(ben.told('invitation').expiresInMs, 50_000);
  const late = await world.person('late', ben);
  assert.equal(late.told('invitation').id, id, 'also one that is in no directory');
  assert.equal(ana.events.includes('invitation-ended'), false);
  assert((await late.answer(id, 'accept')).ok, 'and may answer');
});

test('a caller who comes back finds the call still ringing', async () => {
  const {world, ana, ben} = await twoListed();
  const id = await ana.ring(ben);
  await ana.drop();
  await world.clock.advance(10_000);
  await ana.connect();
  const room = await world.store.roomOf(ana.peerId);
  assert.deepEqual(ana.kept, {room, as: 'seat'});
  const view = await ana.sit(room ?? '', {resume: true});
  assert.equal(view.outgoing?.id, id);
  assert.equal(ben.told('invitation').id, id, 'and it has not rung anew');
  assert.equal(ben.events.includes('invitation-ended'), false);
  await ben.answer(id, 'accept');
  assert.equal(ana.told('peer-joined').peerId, ben.peerId);
});

test('a call can be accepted while the caller is being reloaded', async () => {
  const {world, ana, ben} = await twoListed();
  const id = await ana.ring(ben);
  await ana.drop();
  const reply = await ben.answer(id, 'accept');
  assert(reply.ok && reply.room, 'seated');
  assert.equal(reply.room.peers[0]?.connected, false);
  await ana.connect();
  const view = await ana.sit((await world.store.roomOf(ana.peerId)) ?? '', {resume: true});
  assert.deepEqual([view.outgoing, view.peers[0]?.peerId], [null, ben.peerId]);
});

test('nobody has a way into a call but its two ends', async () => {
  const {world, ana, ben} = await twoListed();
  const id = await ana.ring(ben);
  const room = (await world.store.roomOf(ana.peerId)) ?? '';
  const cem = await world.listed('cem');
  assert.equal(codeOf(await cem.join(room)), 'room-full');
  assert.equal(codeOf(await cem.answer(id, 'accept')), 'invitation-over');
  assert.equal(codeOf(await cem.signal(ana)), 'not-in-room');
  assert.equal(codeOf(await ben.signal(ana)), 'not-in-room', 'nor its end before it accepts');
  await ben.answer(id, 'accept');
  await ben.leave();
  assert.equal(codeOf(await cem.join(room)), 'room-full');
});

test('calling again the person one is calling is the same call', async () => {
  const {ana, ben} = await twoListed();
  const id = await ana.ring(ben);
  assert.equal(await ana.ring(ben), id);
  assert.deepEqual(ben.events, ['invitation']);
});

test('whoever calls too often is not heard for a minute; accepted calls do not count', async () => {
  const {world, ana, ben} = await twoListed();
  const talk = async () => {
    await ben.answer(await ana.ring(ben), 'accept');
    await ben.leave();
    await ana.leave();
  };
  await talk();
  for (let i = 0; i < 10; i++) {
    await ana.ring(ben);
    await ana.leave();
  }
  assert.equal(codeOf(await ana.call(ben)), 'rate-limited');
  await ana.list('office');
  await ana.connect();
  await ana.list('office');
  assert.equal(codeOf(await ana.call(ben)), 'rate-limited', 'not by coming anew either');
  await world.clock.advance(60_000);
  await talk();
});

test('when all are gone nothing is left', async () => {
  const {world, ana, ben} = await twoListed();
  await ben.answer(await ana.ring(ben), 'accept');
  await Promise.all([ana.drop(), ben.drop()]);
  await world.clock.advance(SEAT_GRACE_MS + 2_000);
  assert.deepEqual(await world.store.size(), {rooms: 0, people: 0, peers: 0, deadlines: 0});
  assert.equal(world.clock.pendingTimers, 0);
  assert.deepEqual(world.errors, []);
});

test('whoever was hung up on is free at once', async () => {
  const {world, ana, ben} = await twoListed();
  const cem = await world.listed('cem');
  await ben.answer(await ana.ring(ben), 'accept');
  await ana.leave();
  assert.notEqual(await world.store.roomOf(ben.peerId), undefined, 'still in the room');
  await cem.ring(ben);
});
