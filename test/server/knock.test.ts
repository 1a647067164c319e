/** Knocking and answering: who is asked, whose answer counts, and how every end is told to both sides. */
import assert from 'node:assert/strict';
import {test} from 'node:test';
import {codeOf, SEAT_GRACE_MS, World} from '../support/relay-world.js';

async function threeAndAKnocker(capacity = 4) {
  const world = new World();
  const ana = await world.member('ana', 'lobby', undefined, capacity);
  const ben = await world.member('ben', 'lobby', ana);
  ana.forget();
  const cem = await world.person('cem');
  const id = await cem.knock('lobby', {ringTimeoutMs: 20_000, capacity: 5});
  return {world, ana, ben, cem, id};
}

test('every member hears the knock, and nobody else', async () => {
  const {world, ana, ben, cem, id} = await threeAndAKnocker();
  const outsider = await world.member('out', 'other');
  const expected = {
    id,
    kind: 'knock',
    from: {personId: cem.personId, displayName: 'cem', metadata: null},
    expiresInMs: 20_000,
  };
  assert.deepEqual(ana.told('invitation'), expected);
  assert.deepEqual(ben.told('invitation'), expected);
  assert.deepEqual(outsider.heard, []);
  assert.deepEqual(cem.heard, []);
});

test('accepted: members hear of the newcomer first, then it hears that it is in', async () => {
  const {world, ana, ben, cem, id} = await threeAndAKnocker();
  world.said.length = 0;
  assert.deepEqual(await ben.answer(id, 'accept'), {ok: true});
  const newcomer = {
    peerId: cem.peerId,
    personId: cem.personId,
    displayName: 'cem',
    metadata: null,
    connected: true,
  };
  assert.deepEqual(ana.told('peer-joined'), {...newcomer, invitationId: id});
  assert.deepEqual(ben.told('peer-joined'), {...newcomer, invitationId: id});
  assert.deepEqual(ana.told('invitation-ended'), {id, reason: 'answered-elsewhere'});
  assert.equal(ben.events.includes('invitation-ended'), false, 'who answered knows');
  const {invitationId, room} = cem.told('admitted');
  assert.equal(invitationId, id);
  assert.deepEqual(
    room.peers.map(({peerId}) => peerId),
    [ana.peerId, ben.peerId],
    'oldest first',
  );
  assert.equal(room.ice.iceServers[0]?.username, cem.peerId, 'credentials of its own');
  assert.equal(world.said.at(-1)?.event, 'admitted');
  assert.deepEqual(await cem.signal(ana), {ok: true});
});

test('declined: the knocker hears that, the other members that somebody answered', async () => {
  const {ana, ben, cem, id} = await threeAndAKnocker();
  assert.deepEqual(await ana.answer(id, 'decline'), {ok: true});
  assert.deepEqual(cem.told('invitation-ended'), {id, reason: 'declined'});
  assert.deepEqual(ben.told('invitation-ended'), {id, reason: 'answered-elsewhere'});
  assert.equal(ana.events.includes('invitation-ended'), false);
  assert.notEqual(await cem.knock('lobby'), id, 'may knock again');
});

test('the first answer wins; later ones are refused and change nothing', async () => {
  const {ana, ben, cem, id} = await threeAndAKnocker();
  const [first, second] = await Promise.all([ana.answer(id, 'decline'), ben.answer(id, 'accept')]);
  assert.deepEqual(first, {ok: true});
  assert.equal(codeOf(second), 'invitation-over');
  assert.deepEqual(cem.events, ['invitation-ended']);
});

test('only members answer; others learn nothing of what is open', async () => {
  const {world, cem, id} = await threeAndAKnocker();
  const nobody = await world.person('nob');
  assert.equal(codeOf(await nobody.answer(id, 'accept')), 'invitation-over');
  assert.equal(codeOf(await nobody.answer('no-such-knock', 'accept')), 'invitation-over');
  assert.equal(codeOf(await cem.answer(id, 'accept')), 'invitation-over', 'nobody lets itself in');
  const elsewhere = await world.member('els', 'other');
  const real = await elsewhere.answer(id, 'accept');
  const made = await elsewhere.answer('no-such-knock', 'accept');
  assert.equal(codeOf(real), 'invitation-over');
  assert.deepEqual(real, made, 'a real id of another room looks like one that never was');
  assert.deepEqual(cem.heard, []);
});

test('taken back: every member hears it', async () => {
  const {ana, ben, cem, id} = await threeAndAKnocker();
  assert.deepEqual(await cem.leave(), {ok: true});
  assert.deepEqual(ana.told('invitation-ended'), {id, reason: 'cancelled'});
  assert.deepEqual(ben.told('invitation-ended'), {id, reason: 'cancelled'});
  assert.deepEqual(cem.heard, []);
  assert.deepEqual(await cem.leave(), {ok: true}, 'leaving twice is fine');
});

test('not answered in time: both sides hear so, at that moment and once', async () => {
  const {world, ana, cem, id} = await threeAndAKnocker();
  await world.clock.advance(19_999);
  assert.deepEqual(cem.heard, []);
  await world.clock.advance(1);
  assert.deepEqual(cem.told('invitation-ended'), {id, reason: 'timeout'});
  assert.deepEqual(ana.told('invitation-ended'), {id, reason: 'timeout'});
  await world.clock.advance(100_000);
  assert.equal(cem.heard.length, 1);
  assert.equal(world.clock.pendingTimers, 0);
});

test('an answer after the deadline comes too late even if the timer is later still', async () => {
  const {world, ana, cem, id} = await threeAndAKnocker();
  world.clock.jump(20_000);
  assert.equal(codeOf(await ana.answer(id, 'accept')), 'invitation-over');
  assert.deepEqual(cem.told('invitation-ended'), {id, reason: 'timeout'});
});

test('a knock waits a minute unless it says otherwise', async () => {
  const world = new World();
  const ana = await world.member('ana', 'lobby');
  const ben = await world.person('ben');
  await ben.knock('lobby');
  assert.equal(ana.told('invitation').expiresInMs, 60_000);
});

test('knocking again tells the same knock and its remaining time', async () => {
  const {world, ana, cem, id} = await threeAndAKnocker();
  await world.clock.advance(5_000);
  assert.deepEqual(await cem.join('lobby'), {
    ok: true,
    outcome: 'knocking',
    invitationId: id,
    expiresInMs: 15_000,
    ice: {iceServers: [{urls: ['turn:t'], username: cem.peerId}], expiresInMs: 9},
  });
  assert.equal(ana.heard.length, 1, 'nobody is asked twice');
});

test('when an accepted knock fills the room, the others at the door hear that it is busy', async () => {
  const {world, ana, ben, cem, id} = await threeAndAKnocker(3);
  const dan = await world.person('dan');
  const second = await dan.knock('lobby');
  ana.forget();
  ben.forget();
  await ana.answer(id, 'accept');
  assert.deepEqual(dan.told('invitation-ended'), {id: second, reason: 'busy'});
  assert.deepEqual(ana.told('invitation-ended'), {id: second, reason: 'busy'});
  assert.deepEqual(
    ben.heard.filter(({event}) => event === 'invitation-ended').map(({payload}) => payload),
    [
      {id, reason: 'answered-elsewhere'},
      {id: second, reason: 'busy'},
    ],
  );
  assert.deepEqual(cem.events, ['admitted'], 'the newcomer hears nothing of prompts it never had');
  assert.deepEqual(cem.told('admitted').room.invitations, []);
});

test('the newcomer is told of knocks that are still open', async () => {
  const {world, ana, cem, id} = await threeAndAKnocker();
  const dan = await world.person('dan');
  const second = await dan.knock('lobby');
  await ana.answer(id, 'accept');
  assert.deepEqual(
    cem.told('admitted').room.invitations.map((invitation) => invitation.id),
    [second],
  );
  assert.deepEqual(await cem.answer(second, 'accept'), {ok: true});
});

test('a knocker who loses the network keeps its knock, and finds it or what became of it', async () => {
  const {world, ana, cem, id} = await threeAndAKnocker();
  await cem.drop();
  assert.equal(ana.events.length, 1, 'the prompt stays');
  await cem.connect();
  assert.deepEqual(cem.kept, {room: 'lobby', as: 'knock'});
  assert.equal(await cem.knock('lobby', {resume: true}), id);
  await cem.drop();
  assert.deepEqual(await ana.answer(id, 'accept'), {ok: true});
  assert.equal(ana.told('peer-joined').connected, false);
  assert.deepEqual(cem.heard, [], 'nobody is there to be told');
  await cem.connect();
  assert.deepEqual(cem.kept, {room: 'lobby', as: 'seat'});
  assert.equal((await cem.sit('lobby', {resume: true})).peers.length, 2);
  assert.equal(ana.told('peer-changed').connected, true);
  await world.clock.advance(SEAT_GRACE_MS * 2);
  assert.equal(ana.events.includes('peer-left'), false);
});

test('a knocker who stays away is lost, or has run out of time, whichever comes first', async () => {
  const world = new World({seatGraceMs: 5_000});
  const ana = await world.member('ana', 'lobby');
  const ben = await world.person('ben');
  const id = await ben.knock('lobby', {ringTimeoutMs: 20_000});
  await ben.drop();
  await world.clock.advance(5_000);
  assert.deepEqual(ana.told('invitation-ended'), {id, reason: 'lost'});
  ana.forget();
  const cem = await world.person('cem');
  const second = await cem.knock('lobby', {ringTimeoutMs: 3_000});
  await cem.drop();
  await world.clock.advance(3_000);
  assert.deepEqual(ana.told('invitation-ended'), {id: second, reason: 'timeout'});
});

test('a knocker who is back in time waits on as before', async () => {
  const world = new World({seatGraceMs: 5_000});
  const ana = await world.member('ana', 'lobby');
  const ben = await world.person('ben');
  const id = await ben.knock('lobby');
  await ben.drop();
  await ben.connect();
  await ben.knock('lobby');
  await world.clock.advance(5_000);
  assert.deepEqual(ana.events, ['invitation'], 'not lost');
  await ana.answer(id, 'decline');
  assert.equal(ben.told('invitation-ended').reason, 'declined');
});

test('a knocker who was lost first is not said to have run out of time, however late that is noticed', async () => {
  const world = new World({seatGraceMs: 5_000});
  const ana = await world.member('ana', 'lobby');
  const ben = await world.person('ben');
  const id = await ben.knock('lobby', {ringTimeoutMs: 20_000});
  await ben.drop();
  world.clock.jump(60_000);
  await ana.sit('lobby');
  assert.deepEqual(ana.told('invitation-ended'), {id, reason: 'lost'});
});
