/** Ringing a person: who hears it, every way in which it ends, and what both ends are told. */
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

test('a call rings the person, on all their tabs and nowhere else', async () => {
  const {world, ana, ben} = await twoListed();
  const benToo = await world.listed('ben2', 'office', ben);
  const cem = await world.listed('cem');
  const reply = await ana.call(ben, 40_000);
  assert(reply.ok && reply.outcome === 'calling', 'it rings');
  const {room, invitationId} = reply;
  assert.equal(room.kind, 'call');
  assert.deepEqual(room.peers, []);
  const to = {personId: ben.personId, displayName: 'ben2', metadata: null};
  assert.deepEqual(room.outgoing, {id: invitationId, to, expiresInMs: 40_000, isRinging: false});
  const from = {personId: ana.personId, displayName: 'ana', metadata: null};
  for (const tab of [ben, benToo]) {
    assert.deepEqual(tab.told('invitation'), {
      id: invitationId,
      kind: 'call',
      from,
      expiresInMs: 40_000,
    });
  }
  assert.deepEqual(ana.events, []);
  assert.deepEqual(cem.events, []);
});

test('the caller hears once that it rings', async () => {
  const {world, ana, ben} = await twoListed();
  const benToo = await world.listed('ben2', 'office', ben);
  const id = await ana.ring(ben);
  assert.deepEqual(await ben.ringing(id), {ok: true});
  assert.deepEqual(await benToo.ringing(id), {ok: true});
  assert.deepEqual(ana.told('ringing'), {id});
  assert.equal(codeOf(await ana.ringing(id)), 'invitation-over', 'not by the caller');
  const back = await ana.join((await world.store.roomOf(ana.peerId)) ?? '', {resume: true});
  assert(back.ok && back.outcome === 'seated', 'the caller is seated');
  assert.equal(back.room.outgoing?.isRinging, true, 'a caller who was reloaded knows as well');
});

test('the first tab to accept is in the call, the others stop ringing', async () => {
  const {world, ana, ben} = await twoListed();
  const benToo = await world.listed('ben2', 'office', ben);
  const id = await ana.ring(ben);
  const reply = await benToo.answer(id, 'accept');
  assert(reply.ok && reply.room !== undefined, 'seated');
  assert.equal(reply.room.kind, 'call');
  assert.equal(reply.room.outgoing, null);
  assert.deepEqual(
    reply.room.peers.map(({peerId}) => peerId),
    [ana.peerId],
  );
  assert.equal(ana.told('peer-joined').peerId, benToo.peerId);
  assert.deepEqual(ben.told('invitation-ended'), {id, reason: 'answered-elsewhere'});
  assert.deepEqual(benToo.events, ['invitation']);
  assert.equal(codeOf(await ben.answer(id, 'accept')), 'invitation-over');
  assert.deepEqual(await ana.signal(benToo), {ok: true});
});

test('declined: told to the caller, and to the other tabs of the one who was called', async () => {
  const {world, ana, ben} = await twoListed();
  const benToo = await world.listed('ben2', 'office', ben);
  const id = await ana.ring(ben);
  assert.deepEqual(await ben.answer(id, 'decline'), {ok: true});
  assert.deepEqual(ana.told('invitation-ended'), {id, reason: 'declined'});
  assert.deepEqual(benToo.told('invitation-ended'), {id, reason: 'declined'});
  assert.deepEqual(ben.events, ['invitation']);
  assert.equal((await world.store.size()).rooms, 0, 'and its room is closed');
});

test('cancelled: by leaving, by calling somebody else, by joining a room', async () => {
  const {world, ana, ben} = await twoListed();
  const cem = await world.listed('cem');
  const steps = [() => ana.leave(), () => ana.call(cem), () => ana.join('lobby')];
  for (const step of steps) {
    const id = await ana.ring(ben);
    await step();
    assert.deepEqual(ben.told('invitation-ended'), {id, reason: 'cancelled'});
    assert.equal(ana.events.includes('invitation-ended'), false, 'it was their own doing');
    ben.forget();
    await ana.leave();
  }
});

test('timeout: told to both', async () => {
  const {world, ana, ben} = await twoListed();
  const id = await ana.ring(ben, 40_000);
  await world.clock.advance(39_999);
  assert.deepEqual(ana.events.includes('invitation-ended'), false);
  await world.clock.advance(1);
  for (const end of [ana, ben]) {
    assert.deepEqual(end.told('invitation-ended'), {id, reason: 'timeout'});
  }
  assert.equal((await world.store.size()).rooms, 0);
});

test('unreachable: the last tab of the one who is called has gone for good', async () => {
  const {world, ana, ben} = await twoListed();
  const benToo = await world.listed('ben2', 'office', ben);
  const id = await ana.ring(ben, 120_000);
  await ben.list(null);
  assert.equal(ana.events.length, 0, 'there is another tab');
  await benToo.drop();
  await world.clock.advance(SEAT_GRACE_MS - 1);
  assert.deepEqual(ana.events.includes('invitation-ended'), false, 'it may come back');
  await world.clock.advance(1);
  assert.deepEqual(ana.told('invitation-ended'), {id, reason: 'unreachable'});
});

test('a tab that leaves the directory while it rings is unreachable at once', async () => {
  const {ana, ben} = await twoListed();
  const id = await ana.ring(ben);
  await ben.list(null);
  assert.deepEqual(ana.told('invitation-ended'), {id, reason: 'unreachable'});
  assert.deepEqual(ben.told('invitation-ended'), {id, reason: 'unreachable'});
});

test('who is listed elsewhere only is not rung any more, on any tab', async () => {
  const {world, ana, ben} = await twoListed();
  const benToo = await world.listed('ben2', 'office', ben);
  const elsewhere = await world.listed('ben3', 'shop', ben);
  const id = await ana.ring(ben);
  await ben.list('shop');
  assert.equal(ana.events.length, 0, 'one tab is still there');
  await benToo.list('shop');
  for (const end of [ana, ben, benToo, elsewhere]) {
    assert.deepEqual(end.told('invitation-ended'), {id, reason: 'unreachable'});
  }
  assert.equal((await world.store.size()).rooms, 0);
});

test('lost: the caller has gone for good', async () => {
  const {world, ana, ben} = await twoListed();
  const id = await ana.ring(ben, 120_000);
  await ana.drop();
  await world.clock.advance(SEAT_GRACE_MS);
  assert.deepEqual(ben.told('invitation-ended'), {id, reason: 'lost'});
});

test('whatever is late, each end is told what came first', async () => {
  const {world, ana, ben} = await twoListed();
  const id = await ana.ring(ben, SEAT_GRACE_MS + 5_000);
  await ben.drop();
  world.clock.jump(SEAT_GRACE_MS * 10);
  const cem = await world.person('cem');
  await cem.list('office');
  await world.clock.advance(1);
  assert.deepEqual(ana.told('invitation-ended'), {id, reason: 'unreachable'});
});
