/** Signals: to one peer of the same room only, with the sender's name put on by the relay. */
import assert from 'node:assert/strict';
import {test} from 'node:test';
import {codeOf, World} from '../support/relay-world.js';

async function threeInOneAndOneElsewhere() {
  const world = new World();
  const ana = await world.member('ana', 'lobby', undefined, 3);
  const ben = await world.member('ben', 'lobby', ana);
  const cem = await world.member('cem', 'lobby', ana);
  const dan = await world.member('dan', 'other');
  for (const person of [ana, ben, cem, dan]) person.forget();
  return {world, ana, ben, cem, dan};
}

test('a description reaches its receiver and nobody else', async () => {
  const {ana, ben, cem, dan} = await threeInOneAndOneElsewhere();
  assert.deepEqual(await ana.signal(ben, 'v=0 hello'), {ok: true});
  assert.deepEqual(ben.told('signal'), {
    from: ana.peerId,
    linkId: 'link-0001',
    description: {type: 'offer', sdp: 'v=0 hello'},
  });
  for (const other of [ana, cem, dan]) assert.deepEqual(other.heard, []);
});

test('candidates travel likewise, the empty one at their end too', async () => {
  const {ana, ben} = await threeInOneAndOneElsewhere();
  const candidates = [{candidate: 'candidate:1', sdpMid: '0', sdpMLineIndex: 0}, {candidate: ''}];
  await ana.ask('signal', {to: ben.peerId, linkId: 'link-0001', candidates});
  assert.deepEqual(ben.told('signal'), {from: ana.peerId, linkId: 'link-0001', candidates});
});

test('signals of one sender arrive in the order in which they were sent', async () => {
  const {ana, ben} = await threeInOneAndOneElsewhere();
  const sent = Array.from({length: 50}, (_, i) => `v=${i}`);
  await Promise.all(sent.map((sdp) => ana.signal(ben, sdp)));
  const arrived = ben.heard.map(
    ({payload}) => (payload as {description: {sdp: string}}).description.sdp,
  );
  assert.deepEqual(arrived, sent);
});

test('across rooms, to strangers, to oneself, from outside: refused, in the same words', async () => {
  const {world, ana, dan} = await threeInOneAndOneElsewhere();
  const nobody = await world.person('nob');
  const refusals = [await ana.signal(dan), await ana.signal(nobody), await ana.signal(ana)];
  for (const refused of refusals) {
    assert.equal(codeOf(refused), 'not-in-room');
    assert.deepEqual(refused, refusals[0], 'tells nothing of who exists');
  }
  assert.equal(codeOf(await nobody.signal(ana)), 'not-in-room');
  assert.deepEqual([...ana.heard, ...dan.heard, ...nobody.heard], []);
});

test('a knocker neither sends nor receives', async () => {
  const world = new World();
  const ana = await world.member('ana', 'lobby');
  const ben = await world.person('ben');
  await ben.knock('lobby');
  assert.equal(codeOf(await ben.signal(ana)), 'not-in-room');
  assert.equal(codeOf(await ana.signal(ben)), 'not-in-room');
});

test('to somebody who is away: accepted and dropped', async () => {
  const {ana, ben} = await threeInOneAndOneElsewhere();
  await ben.drop();
  assert.deepEqual(await ana.signal(ben), {ok: true});
  await ben.connect();
  await ben.sit('lobby');
  assert.equal(ben.events.includes('signal'), false);
});
