/** Two connections of one peer: the newer one has the say, and the end of the older one changes nothing. */
import assert from 'node:assert/strict';
import {test} from 'node:test';
import {codeOf, SEAT_GRACE_MS, World} from '../support/relay-world.js';

async function reloaded() {
  const world = new World();
  const ana = await world.member('ana', 'lobby');
  const ben = await world.member('ben', 'lobby', ana);
  const older = ben.connection;
  await ben.connect();
  return {world, ana, ben, older};
}

test('a newer connection is told of its seat, which is kept but not taken until it joins', async () => {
  const {world, ana, ben} = await reloaded();
  assert.deepEqual(ben.kept, {room: 'lobby', as: 'seat'});
  assert.equal(ana.told('peer-changed').connected, false);
  await world.clock.advance(SEAT_GRACE_MS);
  assert.equal(ana.told('peer-left').reason, 'lost');
});

test('the end of the older connection does not mark the peer away', async () => {
  const {world, ana, ben, older} = await reloaded();
  await ben.sit('lobby', {resume: true});
  ana.forget();
  await world.relay.disconnect(older);
  await world.clock.advance(SEAT_GRACE_MS * 2);
  assert.deepEqual(ana.heard, []);
});

test('what the older connection still asks for is not done', async () => {
  const {world, ana, ben, older} = await reloaded();
  await ben.sit('lobby', {resume: true});
  ana.forget();
  const link = {linkId: 'link-0001', description: {type: 'offer', sdp: ''} as const};
  assert.equal(codeOf(await ben.ask('signal', {to: ana.peerId, ...link}, older)), 'not-in-room');
  const answer = {invitationId: 'whatever-id', response: 'accept'} as const;
  assert.equal(codeOf(await ben.ask('answer', answer, older)), 'invitation-over');
  await ben.ask('profile', {displayName: 'old', metadata: null}, older);
  await ben.ask('leave', {}, older);
  assert.deepEqual(ana.heard, []);
  assert.equal(await world.store.roomOf(ben.peerId), 'lobby');
});

test('a join still in the queue of a dead connection gives it no seat', async () => {
  const world = new World();
  const ana = await world.person('ana');
  const [reply] = await Promise.all([ana.join('lobby'), ana.drop()]);
  assert.equal(codeOf(reply), 'aborted');
  assert.deepEqual(await world.store.size(), {rooms: 0, people: 0, peers: 0, deadlines: 0});
});

test('reconnecting over and over does not make the time of a kept seat longer', async () => {
  const {world, ana, ben} = await reloaded();
  for (let i = 0; i < 10; i++) {
    await world.clock.advance(SEAT_GRACE_MS / 10);
    await ben.connect();
  }
  assert.equal(ana.told('peer-left').reason, 'lost');
  assert.equal(ben.kept, null);
});

test('a connection that ends before its welcome takes nothing over', async () => {
  const {world, ana, ben} = await reloaded();
  await ben.sit('lobby', {resume: true});
  ana.forget();
  const {peerId, personId} = ben;
  const details = {id: 'connection-gone', peerId, personId, displayName: 'ben', metadata: null};
  const gone = world.relay.connect(details, () => assert.fail('nobody is there to be welcomed'));
  await world.relay.disconnect(gone);
  await world.clock.advance(SEAT_GRACE_MS * 2);
  assert.deepEqual(ana.heard, [], 'the seat is held by the one that is there');
  assert.deepEqual(world.errors, []);
});
