/** Clients that mean harm in directories and with calls: whatever they send, the relay lives and people are left in peace. */
import assert from 'node:assert/strict';
import {test} from 'node:test';
import {MAX_PERSON_ID_LENGTH, MAX_TABS_PER_PERSON} from '../../protocol/limits.js';
import type {Refusal} from '../../protocol/messages.js';
import {FakeClock} from '../support/fake-clock.js';
import {mint, TOKEN_SECRET} from '../support/access-tokens.js';
import {connect, startRelay, type TestClient} from '../support/relay.js';

const codeOf = (reply: unknown) => (reply as Refusal).code;

async function heardSince(client: TestClient): Promise<string[]> {
  await client.ask('ice-configuration', {});
  return client.heard.map(({event}) => event).filter((event) => event !== 'people');
}

test('wrong shapes of every request are answered with bad-request', async (t) => {
  const relay = await startRelay(t, {clock: new FakeClock()});
  const long = 'x'.repeat(MAX_PERSON_ID_LENGTH + 1);
  const cases: Record<string, unknown[]> = {
    directory: [
      undefined,
      null,
      [],
      {},
      {directory: 7},
      {directory: ''},
      {directory: ' '},
      {directory: ['office']},
      {directory: {toString: 'office'}},
      {directory: 'x'.repeat(65)},
      {directory: 'of\u0000fice'},
      {directory: Buffer.from('office')},
    ],
    call: [
      null,
      {},
      {personId: ''},
      {personId: null},
      {personId: [1]},
      {personId: long},
      {personId: '🌟'.repeat(MAX_PERSON_ID_LENGTH + 1)},
      {personId: 'a\u202Eb'},
      {personId: 'ben', ringTimeoutMs: 0},
      {personId: 'ben', ringTimeoutMs: 1e12},
      {personId: 'ben', ringTimeoutMs: '60000'},
    ],
    ringing: [null, {}, {invitationId: 'short'}, {invitationId: {}}, {invitationId: long}],
    answer: [{invitationId: 'made-up-id'}, {invitationId: 'made-up-id', response: 'maybe'}],
  };
  for (const [name, payloads] of Object.entries(cases)) {
    const client = await connect(t, relay);
    for (const payload of payloads) {
      const said = `${name} ${JSON.stringify(payload)}`;
      assert.equal(codeOf(await client.raw(name, payload)), 'bad-request', said);
    }
    assert.equal((await client.ask('leave', {})).ok, true, 'and it can still behave');
  }
});

test('names that mean something to a program are names', async (t) => {
  const relay = await startRelay(t, {tokenSecret: TOKEN_SECRET});
  const names = ['__proto__', 'constructor', 'toString', 'peer:x', 'directory:office', '🌟', '—'];
  for (const name of names) {
    const enter = async (sub: string) => {
      const client = await connect(t, relay, {handshake: {token: await mint({sub})}});
      assert.deepEqual(await client.ask('directory', {directory: name}), {ok: true}, name);
      return client;
    };
    const ana = await enter(`ana of ${name}`);
    const odd = await enter(name);
    const {people} = await ana.hear('people', (told) =>
      told.people.some(({personId}) => personId === name),
    );
    assert.deepEqual(people.at(-1), {personId: name});
    const reply = await ana.ask('call', {personId: name});
    assert(reply.ok && reply.outcome === 'calling', JSON.stringify(reply));
    assert.equal((await odd.hear('invitation')).id, reply.invitationId);
  }
});

test('whoever is listed nowhere, or elsewhere, rings nobody', async (t) => {
  const relay = await startRelay(t);
  const ben = await connect(t, relay);
  await ben.ask('directory', {directory: 'office'});
  const {personId} = ben.identity;
  const stranger = await connect(t, relay);
  const tries = async () => codeOf(await stranger.ask('call', {personId}));
  assert.equal(await tries(), 'person-not-found');
  await stranger.ask('directory', {directory: 'shop'});
  assert.equal(await tries(), 'person-not-found');
  await stranger.ask('directory', {directory: 'office'});
  await stranger.ask('directory', {directory: null});
  assert.equal(await tries(), 'person-not-found');
  assert.equal(codeOf(await stranger.ask('call', {personId: 'nobody'})), 'person-not-found');
  assert.deepEqual(await heardSince(ben), []);
});

test('an id that was guessed, or overheard, opens nothing', async (t) => {
  const relay = await startRelay(t);
  const [ana, ben, thief] = [
    await connect(t, relay),
    await connect(t, relay),
    await connect(t, relay),
  ];
  for (const client of [ana, ben, thief]) await client.ask('directory', {directory: 'office'});
  const reply = await ana.ask('call', {personId: ben.identity.personId});
  assert(reply.ok && reply.outcome === 'calling', JSON.stringify(reply));
  const {invitationId, room} = reply;
  for (const id of [invitationId, room.name, ana.identity.peerId, '__proto__', 'x'.repeat(64)]) {
    for (const response of ['accept', 'decline'] as const) {
      const answer = await thief.ask('answer', {invitationId: id, response});
      assert.equal(codeOf(answer), 'invitation-over', id);
    }
    assert.equal(codeOf(await thief.ask('ringing', {invitationId: id})), 'invitation-over', id);
  }
  assert.equal(codeOf(await thief.ask('join', {room: room.name})), 'room-full');
  assert.equal(codeOf(await thief.ask('join', {room: room.name, resume: true})), 'not-in-room');
  assert.equal(
    codeOf(await ana.ask('answer', {invitationId, response: 'accept'})),
    'invitation-over',
  );
  assert.deepEqual(await heardSince(ana), []);
  assert.deepEqual(await heardSince(ben), ['invitation']);
  assert.equal((await ben.ask('answer', {invitationId, response: 'accept'})).ok, true);
});

test('calling again and again rings ten times, whatever the caller does in between', async (t) => {
  const clock = new FakeClock();
  const relay = await startRelay(t, {tokenSecret: TOKEN_SECRET, clock});
  const ben = await connect(t, relay, {handshake: {token: await mint({sub: 'ben'})}});
  await ben.ask('directory', {directory: 'office'});
  const token = await mint({sub: 'pest'});
  const outcomes: string[] = [];
  for (let i = 0; i < 15; i++) {
    // As a new peer each time.
    const pest = await connect(t, relay, {handshake: {token}});
    await pest.ask('directory', {directory: 'office'});
    const reply = await pest.ask('call', {personId: 'ben'});
    outcomes.push(reply.ok ? reply.outcome : reply.code);
    await pest.ask('leave', {});
    pest.socket.disconnect();
  }
  assert.deepEqual(outcomes, [
    ...Array.from({length: 10}, () => 'calling'),
    ...Array.from({length: 5}, () => 'rate-limited'),
  ]);
  const rings = (await heardSince(ben)).filter((event) => event === 'invitation');
  assert.equal(rings.length, 10);
});

test('a flood of requests is slowed down, and everybody else is served', async (t) => {
  const relay = await startRelay(t, {clock: new FakeClock()});
  const ben = await connect(t, relay);
  await ben.ask('directory', {directory: 'office'});
  const flood = await connect(t, relay);
  const requests = Array.from({length: 300}, (_, i) =>
    i % 2 === 0
      ? flood.raw('directory', {directory: i % 4 === 0 ? 'office' : null})
      : flood.raw('call', {personId: ben.identity.personId}),
  );
  const replies = await Promise.all(requests);
  const limited = replies.filter((reply) => codeOf(reply) === 'rate-limited');
  assert(limited.length >= 240, `${limited.length} of 300 were refused`);
  const other = await connect(t, relay);
  assert.deepEqual(await other.ask('directory', {directory: 'office'}), {ok: true});
  const calls = (await heardSince(ben)).filter((event) => event === 'invitation');
  assert(calls.length <= 20, `it rang ${calls.length} times`);
});

test('the list of a directory, which is dear to answer, is not given without end', async (t) => {
  const relay = await startRelay(t, {clock: new FakeClock()});
  const flood = await connect(t, relay);
  const replies = [];
  for (let i = 0; i < 25; i++) {
    replies.push(await flood.ask('directory', {directory: i % 2 === 0 ? 'office' : 'shop'}));
  }
  assert.equal(replies.filter(({ok}) => ok).length, 15);
  assert.equal(codeOf(replies.at(-1)), 'rate-limited');
  assert.deepEqual(await flood.ask('leave', {}), {ok: true}, 'all else is as it was');
});

test('one person cannot fill a directory, and is one in it', async (t) => {
  const relay = await startRelay(t, {tokenSecret: TOKEN_SECRET});
  const watcher = await connect(t, relay);
  await watcher.ask('directory', {directory: 'office'});
  const token = await mint({sub: 'many', name: 'many'});
  const codes: string[] = [];
  for (let i = 0; i < MAX_TABS_PER_PERSON + 3; i++) {
    const tab = await connect(t, relay, {handshake: {token, metadata: 'x'.repeat(1_000)}});
    const reply = await tab.ask('directory', {directory: 'office'});
    codes.push(reply.ok ? 'ok' : reply.code);
  }
  assert.equal(codes.filter((code) => code === 'ok').length, MAX_TABS_PER_PERSON);
  assert.deepEqual(codes.slice(-3), ['rate-limited', 'rate-limited', 'rate-limited']);
  const {people} = await watcher.hear('people', (told) =>
    told.people.some(({personId}) => personId === 'many'),
  );
  assert.deepEqual(
    people.filter(({personId}) => personId === 'many'),
    [{personId: 'many', displayName: 'many', metadata: 'x'.repeat(1_000)}],
  );
});

test('a directory of the largest entries is told in messages, and costs nobody the connection', async (t) => {
  const relay = await startRelay(t, {tokenSecret: TOKEN_SECRET});
  const metadata = '🌟'.repeat(254);
  const count = 110;
  const enter = async (i: number) => {
    const sub = String(i).padStart(4, '0') + '🌟'.repeat(MAX_PERSON_ID_LENGTH - 4);
    const handshake = {token: await mint({sub, name: '🌟'.repeat(80)}), metadata};
    const client = await connect(t, relay, {handshake});
    assert.equal((await client.ask('directory', {directory: 'office'})).ok, true);
    return client;
  };
  const first = await enter(0);
  for (let i = 1; i <= count; i++) await enter(i);
  const known = new Set<string>();
  const take = () => {
    for (const {event, payload} of first.heard.splice(0)) {
      if (event !== 'people') continue;
      const {people} = payload as {people: {personId: string}[]};
      assert(people.length <= 100, 'not too many at once');
      for (const {personId} of people) known.add(personId);
    }
    // Itself included.
    return known.size === count + 1;
  };
  await first.until(take, 'to know everybody');
  const last = await enter(count + 1);
  const snapshot = await last.hear('people', ({isSnapshot}) => isSnapshot);
  assert.equal(snapshot.people.length, 100);
  assert(first.socket.connected && last.socket.connected, 'both are still there');
});
