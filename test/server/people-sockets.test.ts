/** Directories and calls over real sockets: who hears what, with several tabs of one person, and who does not. */
import assert from 'node:assert/strict';
import {test, type TestContext} from 'node:test';
import {mint, TOKEN_SECRET} from '../support/access-tokens.js';
import {connect, startRelay, type RunningRelay, type TestClient} from '../support/relay.js';

const SIGNED = {tokenSecret: TOKEN_SECRET};

/** A tab of a signed-in person, listed unless its directory is `null`. */
async function tabOf(
  t: TestContext,
  relay: RunningRelay,
  sub: string,
  directory: string | null = 'office',
  resumeToken?: string,
) {
  const token = await mint({sub, name: sub});
  const tab = await connect(t, relay, {handshake: {token, ...(resumeToken && {resumeToken})}});
  if (directory !== null) await list(tab, directory);
  return tab;
}

async function list(tab: TestClient, directory: string): Promise<void> {
  assert.deepEqual(await tab.ask('directory', {directory}), {ok: true});
  await tab.hear('people', ({isSnapshot}) => isSnapshot);
}

async function ring(caller: TestClient, personId: string): Promise<{id: string; room: string}> {
  const reply = await caller.ask('call', {personId});
  assert(reply.ok && reply.outcome === 'calling', JSON.stringify(reply));
  return {id: reply.invitationId, room: reply.room.name};
}

/** Everything that was on its way to this client has come once this is back. */
async function namesHeard(client: TestClient): Promise<string[]> {
  await client.ask('ice-configuration', {});
  return client.heard.map(({event}) => event).filter((event) => event !== 'people');
}

test('those in a directory hear of each other; those elsewhere, or nowhere, of nobody', async (t) => {
  const relay = await startRelay(t, SIGNED);
  const ana = await tabOf(t, relay, 'ana');
  const nowhere = await tabOf(t, relay, 'nobody', null);
  const shop = await tabOf(t, relay, 'shopkeeper', 'shop');
  const tellsOf =
    (wanted: string) =>
    ({people}: {people: {personId: string}[]}) =>
      people.some(({personId}) => personId === wanted);
  const isBen = tellsOf('ben');
  // On the lists by now, so that neither is told in one message with who comes next.
  await ana.hear('people', tellsOf('ana'));
  await shop.hear('people', tellsOf('shopkeeper'));
  const ben = await tabOf(t, relay, 'ben');
  assert.deepEqual(await ana.hear('people', isBen), {
    directory: 'office',
    isSnapshot: false,
    people: [{personId: 'ben', displayName: 'ben'}],
    gone: [],
  });
  await ben.ask('directory', {directory: 'shop'});
  const {gone} = await ana.hear('people', (told) => told.gone.length > 0);
  assert.deepEqual(gone, ['ben']);
  await shop.hear('people', isBen);
  const {people} = await ben.hear('people', ({directory}) => directory === 'shop');
  assert.deepEqual(people, [{personId: 'shopkeeper', displayName: 'shopkeeper'}]);
  await nowhere.ask('ice-configuration', {});
  assert.deepEqual(nowhere.heard, []);
  const elsewhere = shop.heard.filter(
    ({payload}) => (payload as {directory: string}).directory !== 'shop',
  );
  assert.deepEqual(elsewhere, []);
});

test('all tabs of a person ring, one accepts, the others stop, strangers hear nothing', async (t) => {
  const relay = await startRelay(t, SIGNED);
  const ana = await tabOf(t, relay, 'ana');
  const anaToo = await tabOf(t, relay, 'ana', null);
  const desk = await tabOf(t, relay, 'ben');
  const phone = await tabOf(t, relay, 'ben');
  const unlisted = await tabOf(t, relay, 'ben', null);
  const cem = await tabOf(t, relay, 'cem');
  const {id, room} = await ring(ana, 'ben');
  for (const tab of [desk, phone, unlisted]) {
    assert.deepEqual((await tab.hear('invitation')).from, {
      personId: 'ana',
      displayName: 'ana',
      metadata: null,
    });
  }
  assert.deepEqual(await phone.ask('ringing', {invitationId: id}), {ok: true});
  assert.deepEqual(await desk.ask('ringing', {invitationId: id}), {ok: true});
  assert.deepEqual(await ana.hear('ringing'), {id});
  const reply = await desk.ask('answer', {invitationId: id, response: 'accept'});
  assert(reply.ok && reply.room, JSON.stringify(reply));
  assert.equal(reply.room.name, room);
  for (const tab of [phone, unlisted]) {
    assert.deepEqual(await tab.hear('invitation-ended'), {id, reason: 'answered-elsewhere'});
  }
  assert.equal((await ana.hear('peer-joined')).peerId, desk.identity.peerId);
  const link = {linkId: 'link-0001', description: {type: 'offer', sdp: ''} as const};
  const to = ana.identity.peerId;
  assert.deepEqual(await desk.ask('signal', {to, ...link}), {ok: true});
  assert.equal((await ana.hear('signal')).from, desk.identity.peerId);
  const other = await phone.ask('signal', {to, ...link});
  assert.equal(other.ok ? 'ok' : other.code, 'not-in-room');
  for (const tab of [ana, anaToo, desk, phone, unlisted, cem]) {
    assert.deepEqual(await namesHeard(tab), []);
  }
});

test('declined: the tab that declined is spared, its sisters and the caller are told', async (t) => {
  const relay = await startRelay(t, SIGNED);
  const ana = await tabOf(t, relay, 'ana');
  const desk = await tabOf(t, relay, 'ben');
  const phone = await tabOf(t, relay, 'ben');
  const {id} = await ring(ana, 'ben');
  await phone.hear('invitation');
  assert.deepEqual(await desk.ask('answer', {invitationId: id, response: 'decline'}), {ok: true});
  assert.deepEqual(await phone.hear('invitation-ended'), {id, reason: 'declined'});
  assert.deepEqual(await ana.hear('invitation-ended'), {id, reason: 'declined'});
  assert.deepEqual(await namesHeard(desk), ['invitation']);
});

test('a tab that is opened while it rings is told right after its welcome, and may accept', async (t) => {
  const relay = await startRelay(t, SIGNED);
  const ana = await tabOf(t, relay, 'ana');
  const desk = await tabOf(t, relay, 'ben');
  const {id} = await ring(ana, 'ben');
  const late = await tabOf(t, relay, 'ben', null);
  assert.equal((await late.hear('invitation')).id, id);
  const reply = await late.ask('answer', {invitationId: id, response: 'accept'});
  assert(reply.ok && reply.room, JSON.stringify(reply));
  assert.deepEqual(await desk.hear('invitation-ended'), {id, reason: 'answered-elsewhere'});
});

test('a reload on either side: the call rings on, and the older connection hears no more', async (t) => {
  const relay = await startRelay(t, SIGNED);
  const ana = await tabOf(t, relay, 'ana');
  const ben = await tabOf(t, relay, 'ben');
  const {id, room} = await ring(ana, 'ben');
  await ben.hear('invitation');

  const benAgain = await tabOf(t, relay, 'ben', null, ben.identity.resumeToken);
  assert.equal((await benAgain.hear('invitation')).id, id);
  assert.deepEqual(await ben.hear('ended'), {reason: 'replaced'});
  const anaAgain = await tabOf(t, relay, 'ana', null, ana.identity.resumeToken);
  assert.deepEqual(anaAgain.identity.kept, {room, as: 'seat'});
  const back = await anaAgain.ask('join', {room, resume: true});
  assert(back.ok && back.outcome === 'seated', JSON.stringify(back));
  assert.equal(back.room.outgoing?.id, id);

  // Its place in the directory is kept, but it hears of nobody before it has asked.
  const watcher = await tabOf(t, relay, 'watcher');
  await tabOf(t, relay, 'cem');
  await watcher.hear('people', ({people}) => people.some(({personId}) => personId === 'cem'));
  await benAgain.ask('ice-configuration', {});
  assert.equal(
    benAgain.heard.some(({event}) => event === 'people'),
    false,
  );
  await benAgain.ask('directory', {directory: 'office'});
  const {isSnapshot} = await benAgain.hear('people');
  assert.equal(isSnapshot, true);

  const reply = await benAgain.ask('answer', {invitationId: id, response: 'accept'});
  assert(reply.ok && reply.room, JSON.stringify(reply));
  assert.equal((await anaAgain.hear('peer-joined')).personId, 'ben');
  for (const older of [ana, ben]) assert.equal(older.socket.connected, false);
});

test('two who call each other at the same time are in one call', async (t) => {
  const relay = await startRelay(t, SIGNED);
  const ana = await tabOf(t, relay, 'ana');
  const ben = await tabOf(t, relay, 'ben');
  const replies = await Promise.all([
    ana.ask('call', {personId: 'ben'}),
    ben.ask('call', {personId: 'ana'}),
  ]);
  const rooms = replies.map((reply) => (reply.ok && 'room' in reply ? reply.room.name : 'none'));
  assert.equal(rooms[0], rooms[1]);
  assert.deepEqual(replies.map((reply) => (reply.ok ? reply.outcome : reply.code)).sort(), [
    'calling',
    'seated',
  ]);
});

test('who hangs up is seen to be free again', async (t) => {
  const relay = await startRelay(t, SIGNED);
  const watcher = await tabOf(t, relay, 'watcher');
  const ana = await tabOf(t, relay, 'ana');
  const ben = await tabOf(t, relay, 'ben');
  const {id} = await ring(ana, 'ben');
  await ben.ask('answer', {invitationId: id, response: 'accept'});
  const told = (status: string | undefined) =>
    watcher.hear('people', ({people}) =>
      people.some((each) => each.personId === 'ben' && each.status === status),
    );
  await told('in-call');
  await ben.ask('leave', {});
  assert.equal((await ana.hear('peer-left')).reason, 'left');
  await told(undefined);
});
