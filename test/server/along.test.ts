/** What goes along with an open knock or call: from the one who asks to those who are asked, back from them, and with an acceptance. */
import assert from 'node:assert/strict';
import {test} from 'node:test';
import {codeOf, World, type Person} from '../support/relay-world.js';

const linkId = 'link-0001';
const offer = {type: 'offer', sdp: 'v=0 offer'} as const;
const answered = {linkId, description: {type: 'answer', sdp: 'v=0 answer'}} as const;
const candidates = [{candidate: 'candidate:1'}, {candidate: ''}];

const sendAlong = (person: Person, to: string) =>
  person.ask('signal', {to, linkId, description: offer});

/** Ana and Ben sit in a room for four, Cem knocks. */
async function knock() {
  const world = new World();
  const ana = await world.member('ana', 'lobby', undefined, 4);
  const ben = await world.member('ben', 'lobby', ana);
  const cem = await world.person('cem');
  const id = await cem.knock('lobby');
  const everybody = [ana, ben, cem];
  const forget = (): void => everybody.forEach((person) => person.forget());
  forget();
  return {world, ana, ben, cem, id, forget};
}

async function call() {
  const world = new World();
  const ana = await world.listed('ana');
  const ben = await world.listed('ben');
  const benToo = await world.listed('ben2', 'office', ben);
  await world.clock.advance(1_000);
  const id = await ana.ring(ben);
  const everybody = [ana, ben, benToo];
  const forget = (): void => everybody.forEach((person) => person.forget());
  forget();
  return {world, ana, ben, benToo, id, forget};
}

test('along with a knock: to every member who is there, and to nobody else', async () => {
  const {world, ana, ben, cem, id} = await knock();
  const dan = await world.person('dan');
  await dan.knock('lobby');
  ana.forget();
  ben.forget();
  assert.deepEqual(await sendAlong(cem, id), {ok: true});
  assert.deepEqual(await cem.ask('signal', {to: id, linkId, candidates}), {ok: true});
  for (const member of [ana, ben]) {
    assert.deepEqual(
      member.heard.map(({payload}) => payload),
      [
        {from: id, linkId, description: offer},
        {from: id, linkId, candidates},
      ],
    );
  }
  assert.deepEqual([...cem.heard, ...dan.heard], []);
  await ben.drop();
  ana.forget();
  ben.forget();
  assert.deepEqual(await sendAlong(cem, id), {ok: true});
  assert.deepEqual([ana.events, ben.events], [['signal'], []]);
});

test('along with a call: to every tab of the one who is called', async () => {
  const {world, ana, ben, benToo, id} = await call();
  const cem = await world.listed('cem');
  assert.deepEqual(await sendAlong(ana, id), {ok: true});
  for (const tab of [ben, benToo]) {
    assert.deepEqual(tab.told('signal'), {from: id, linkId, description: offer});
  }
  assert.deepEqual([...ana.heard, ...cem.heard], []);
});

test('back from whoever is asked: to the one who asks, and to nobody else', async () => {
  const {ana, ben, cem, id} = await knock();
  assert.deepEqual(await ana.ask('signal', {to: id, ...answered}), {ok: true});
  assert.deepEqual(cem.told('signal'), {from: id, ...answered});
  assert.deepEqual([...ana.heard, ...ben.heard], []);
  await cem.drop();
  cem.forget();
  assert.deepEqual(await ana.ask('signal', {to: id, ...answered}), {ok: true});
  assert.deepEqual(cem.heard, [], 'who is away hears nothing');
  const rung = await call();
  // From another room as well as from none.
  await rung.benToo.join('elsewhere');
  for (const tab of [rung.ben, rung.benToo]) {
    rung.forget();
    assert.deepEqual(await tab.ask('signal', {to: rung.id, ...answered}), {ok: true});
    assert.deepEqual(rung.ana.told('signal'), {from: rung.id, ...answered});
    assert.deepEqual([...rung.ben.heard, ...rung.benToo.heard], []);
  }
});

test('nothing goes along with the knock or call of other people', async () => {
  const {ana, ben, cem, id, world} = await knock();
  const stranger = await world.person('eve');
  const elsewhere = await world.member('dan', 'another');
  for (const other of [stranger, elsewhere]) {
    assert.equal(codeOf(await sendAlong(other, id)), 'not-in-room');
  }
  assert.deepEqual([...ana.heard, ...ben.heard, ...cem.heard], []);
  const rung = await call();
  const listed = await rung.world.listed('cem');
  rung.forget();
  assert.equal(codeOf(await sendAlong(listed, rung.id)), 'not-in-room');
  assert.deepEqual([...rung.ana.heard, ...rung.ben.heard, ...rung.benToo.heard], []);
});

test('nor after it is over, however it ended', async () => {
  const ends: Record<string, (on: Awaited<ReturnType<typeof knock>>) => Promise<unknown>> = {
    accepted: ({ana, id}) => ana.answer(id, 'accept'),
    declined: ({ana, id}) => ana.answer(id, 'decline'),
    cancelled: ({cem}) => cem.leave(),
    'timed out': ({world}) => world.clock.advance(200_000),
    lost: ({cem}) => cem.drop(),
  };
  for (const [how, end] of Object.entries(ends)) {
    const on = await knock();
    await end(on);
    on.forget();
    assert.equal(codeOf(await sendAlong(on.cem, on.id)), 'not-in-room', how);
    // Who is lost may come back to a knock that is kept.
    const isOpen = how === 'lost';
    assert.equal((await sendAlong(on.ben, on.id)).ok, isOpen, how);
    assert.deepEqual([...on.ana.heard, ...on.ben.heard], [], how);
  }
  const {ana, ben, benToo, id, forget} = await call();
  await benToo.answer(id, 'decline');
  forget();
  assert.equal(codeOf(await sendAlong(ana, id)), 'not-in-room');
  assert.equal(codeOf(await sendAlong(ben, id)), 'not-in-room');
  assert.deepEqual([...ana.heard, ...ben.heard], []);
});

test('so few that a stranger cannot flood a room; and as many with the next one', async () => {
  const {ana, cem, id} = await knock();
  const replies = [];
  for (let count = 0; count < 20; count++) replies.push(await sendAlong(cem, id));
  const passed = replies.filter(({ok}) => ok).length;
  assert.ok(passed >= 4 && passed < 20, `${passed} passed`);
  assert.equal(codeOf(replies.at(-1)!), 'rate-limited');
  assert.equal(ana.heard.length, passed);
  await cem.leave();
  assert.deepEqual(await sendAlong(cem, await cem.knock('lobby')), {ok: true});
});

test('nor by turns along with several', async () => {
  const {world, ana, cem, id} = await knock();
  const dan = await world.person('dan');
  const ids = [id, await dan.knock('lobby')];
  const replies = [];
  for (let count = 0; count < 60; count++) {
    replies.push(await ana.ask('signal', {to: ids[count % 2]!, ...answered}));
  }
  assert.equal(replies.filter(({ok}) => ok).length, 24);
  assert.equal(cem.heard.filter(({event}) => event === 'signal').length, 12);
});

test('whoever is let in hears what the one who did it has answered', async () => {
  const {ana, ben, cem, id} = await knock();
  await ben.ask('answer', {invitationId: id, response: 'accept', signal: answered});
  const {room, ...admitted} = cem.told('admitted');
  assert.deepEqual(admitted, {invitationId: id, signal: {from: ben.peerId, ...answered}});
  assert.equal(room.peers.length, 2);
  for (const member of [ana, ben]) {
    const joined = member.told('peer-joined');
    assert.equal(joined.peerId, cem.peerId);
    assert.equal(joined.invitationId, id, 'whose knock it was');
    assert.equal(joined.signal, undefined, 'that is for the newcomer alone');
  }
});

test('the caller hears what the tab that has accepted has answered', async () => {
  const {ana, ben, benToo, id} = await call();
  await benToo.ask('answer', {invitationId: id, response: 'accept', signal: answered});
  const joined = ana.told('peer-joined');
  assert.deepEqual([joined.peerId, joined.invitationId], [benToo.peerId, id]);
  assert.deepEqual(joined.signal, answered);
  assert.deepEqual(ben.told('invitation-ended'), {id, reason: 'answered-elsewhere'});
});

test('nothing of an answer leaves with a refusal', async () => {
  const {cem, ben, id} = await knock();
  await ben.ask('answer', {invitationId: id, response: 'decline', signal: answered});
  assert.deepEqual(cem.told('invitation-ended'), {id, reason: 'declined'});
  assert.equal(JSON.stringify(cem.heard).includes('v=0'), false);
  const rung = await call();
  await rung.ben.ask('answer', {invitationId: rung.id, response: 'decline', signal: answered});
  assert.equal(JSON.stringify(rung.ana.heard).includes('v=0'), false);
});

test('whoever knocks hears of the servers by which others are reached, and anew when they are back', async () => {
  const {cem} = await knock();
  await cem.drop();
  await cem.connect();
  const reply = await cem.join('lobby', {resume: true});
  assert(reply.ok && reply.outcome === 'knocking');
  assert.deepEqual(reply.ice.iceServers, [{urls: ['turn:t'], username: cem.peerId}]);
});
