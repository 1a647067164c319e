/** A client that means harm, or is merely broken: whatever it sends, the relay lives and others go on. */
import assert from 'node:assert/strict';
import {once} from 'node:events';
import {connect as connectTcp, type Socket} from 'node:net';
import {after, afterEach, before, suite, test} from 'node:test';
import {MAX_PACKET_BYTES, MAX_SDP_LENGTH} from '../../protocol/limits.js';
import type {Refusal} from '../../protocol/messages.js';
import {RateLimits, TokenBucket} from '../../server/rate-limits.js';
import {FakeClock} from '../support/fake-clock.js';
import {
  connect,
  startRelay,
  twoInARoom,
  type RunningRelay,
  type TestClient,
} from '../support/relay.js';

const MEGABYTE = 'x'.repeat(1_000_000);

/** Past the client's own encoder, which would never say such a thing. */
function sendRaw({socket}: TestClient, packet: string): void {
  const {transport} = socket.io.engine;
  (transport as unknown as {ws: {send(data: string): void}}).ws.send(packet);
}

suite('a relay under fire', () => {
  let relay: RunningRelay;
  const teardown: (() => unknown)[] = [];
  const whole = {after: (task: () => unknown) => void teardown.push(task)};
  let witness: TestClient;

  before(async () => {
    relay = await startRelay(whole);
    witness = await connect(whole, relay);
    assert.equal((await witness.ask('join', {room: 'quiet'})).ok, true);
  });

  afterEach(async () => {
    // The clock of its rate limit is real: it asks little.
    const reply = await witness.ask('ice-configuration', {});
    assert.equal(reply.ok, true, 'others go on');
    assert.deepEqual(witness.heard, [], 'and hear nothing of it');
  });

  after(async () => {
    for (const task of teardown.reverse()) await task();
  });

  const codeOf = (reply: unknown) => (reply as Refusal).code;

  test('wrong payloads of every kind are answered with bad-request', async (t) => {
    const payloads: unknown[][] = [
      [],
      [null],
      [undefined],
      [7],
      ['text'],
      [[]],
      [{}],
      [{room: null}],
      [{room: {toString: 'x'}}],
      [{room: ['lobby']}],
      [JSON.parse('{"__proto__": {"room": "lobby"}}')],
      [JSON.parse('{"constructor": {"prototype": {"room": "lobby"}}}')],
      [{room: Buffer.from('lobby')}],
      [{room: 'lobby', capacity: '2'}],
      [{room: 'lobby', capacity: 1e9}],
      [{room: 'lobby', ringTimeoutMs: -1}],
    ];
    const client = await connect(t, relay);
    for (const values of payloads) {
      const reply = await client.raw('join', ...values);
      assert.equal(codeOf(reply), 'bad-request', JSON.stringify(values));
    }
    assert.equal((await client.ask('join', {room: 'mine'})).ok, true, 'and it can still behave');
  });

  test('events that there are not are answered with bad-request, whatever their name', async (t) => {
    const client = await connect(t, relay);
    const names = [
      'nonsense',
      '',
      '__proto__',
      'constructor',
      'toString',
      'error',
      'welcome',
      '🌟',
    ];
    for (const name of names) {
      assert.equal(codeOf(await client.raw(name, {})), 'bad-request', name);
    }
  });

  test('nothing needs an acknowledgement', async (t) => {
    const client = await connect(t, relay);
    const loose = client.socket as unknown as {emit(...values: unknown[]): void};
    for (const name of ['join', 'leave', 'answer', 'signal', 'profile', 'nonsense', 'error']) {
      loose.emit(name);
      loose.emit(name, null);
      loose.emit(name, {room: 'lobby', to: 'somebody-else'});
    }
    assert.equal((await client.ask('leave', {})).ok, true);
  });

  test('functions in the wrong place and several of them do no harm', async (t) => {
    const client = await connect(t, relay);
    assert.equal(codeOf(await client.raw('join', {}, {}, 'more', null)), 'bad-request');
  });

  test('metadata that is deep, or tricky, is refused or carried as data', async (t) => {
    const client = await connect(t, relay);
    const depth = 50_000;
    const deep = `{"displayName":"x","metadata":${'['.repeat(depth)}${']'.repeat(depth)}}`;
    sendRaw(client, `42["profile",${deep}]`);
    const profile = (metadata: unknown) => client.raw('profile', {displayName: 'x', metadata});
    assert.deepEqual(await profile(JSON.parse('{"__proto__": {"a": 1}}')), {ok: true});
    assert.deepEqual(await profile(Buffer.from('bytes')), {ok: true});
    assert.equal(({} as {a?: unknown}).a, undefined);
  });

  test('a string of a megabyte costs its sender the connection, and nobody else anything', async (t) => {
    for (const transports of [['websocket'], ['polling']]) {
      const client = await connect(t, relay, {transports});
      client.socket.emit('join', {room: MEGABYTE}, () => {});
      await client.disconnected();
    }
  });

  test('a string that fits a packet but no field is refused', async (t) => {
    const client = await connect(t, relay);
    const room = 'x'.repeat(MAX_PACKET_BYTES - 1_000);
    assert.equal(codeOf(await client.raw('join', {room})), 'bad-request');
  });

  test('the largest legal offer fits a packet, even when each character is escaped to two', async (t) => {
    const client = await connect(t, relay);
    const description = {type: 'offer', sdp: '\n'.repeat(MAX_SDP_LENGTH - 500)};
    const signal = {to: 'somebody-else', linkId: 'link-0001', description};
    assert.equal(codeOf(await client.raw('signal', signal)), 'not-in-room');
  });

  test('packets that are not Socket.IO cost the connection only', async (t) => {
    const packets = [
      '4',
      '42',
      '42["join"',
      '42{}',
      '42[]',
      '42[7,{}]',
      '42["disconnect"]',
      '42["newListener",{}]',
      '43["ack"]',
      '4399[]',
      '44"error"',
      '451-["join",{"_placeholder":true,"num":9}]',
      '4599999999-["join"]',
      '49nonsense',
      '40/other,{}',
      '42/other,["join",{}]',
      '42["error",{"message":1}]',
      '42["join",{"room":"\ud800"}]',
      '9',
      '\0',
      '2probe',
      '1',
    ];
    for (const packet of packets) {
      const client = await connect(t, relay);
      sendRaw(client, packet);
      await witness.ask('ice-configuration', {});
      client.socket.disconnect();
      // Its bucket holds forty.
      if (packets.indexOf(packet) % 10 === 9) await new Promise((done) => setImmediate(done));
    }
  });

  test('HTTP that is no Engine.IO is refused', async () => {
    const socketIo = new URL('/socket.io/', relay.url);
    for (const query of [
      '',
      '?EIO=4',
      '?EIO=3&transport=polling',
      '?EIO=4&transport=carrier-pigeon',
    ]) {
      assert.equal((await fetch(new URL(query, socketIo))).status, 400, query);
    }
    const body = 'x'.repeat(MAX_PACKET_BYTES * 2);
    const foreign = new URL('?EIO=4&transport=polling&sid=nobody', socketIo);
    assert.equal((await fetch(foreign, {method: 'POST', body})).status, 400);
  });

  test('bytes that are no HTTP are answered and closed', async (t) => {
    for (const bytes of ['\0\x01\x02\r\n\r\n', 'GET /socket.io/ HTTP/1.1\r\nUpgrade: x\r\n\r\n']) {
      const socket = connectTcp(relay.port, '127.0.0.1');
      t.after(() => socket.destroy());
      socket.on('error', () => {});
      socket.end(bytes);
      socket.resume();
      await once(socket, 'close');
    }
  });
});

test('a flood is slowed down, then cut off', async (t) => {
  // A clock that stands still gives no new tokens, however slow the machine is.
  const relay = await startRelay(t, {clock: new FakeClock()});
  const client = await connect(t, relay);
  const replies = new Map<string, number>();
  for (let i = 0; i < 541; i++) {
    client.socket.emit('ice-configuration', {}, (reply) => {
      const outcome = reply.ok ? 'ok' : reply.code;
      replies.set(outcome, (replies.get(outcome) ?? 0) + 1);
    });
  }
  await client.disconnected();
  // Forty passed; whether their answers were on their way before the end is a matter of luck.
  assert.equal(replies.get('rate-limited'), 500);
});

test('a token bucket gives a burst, then its rate, and never more than its burst', () => {
  const clock = new FakeClock();
  const bucket = new TokenBucket({perSecond: 2, burst: 3}, clock);
  const takeAll = () => {
    let taken = 0;
    while (bucket.take()) taken += 1;
    return taken;
  };
  assert.equal(takeAll(), 3);
  clock.jump(499);
  assert.equal(takeAll(), 0);
  clock.jump(1);
  assert.equal(takeAll(), 1);
  clock.jump(3_600_000);
  assert.equal(takeAll(), 3);
  clock.jump(-10_000);
  assert.equal(takeAll(), 0, 'a clock set back gives nothing');
});

test('signals have a larger bucket than the rest, and neither empties the other', () => {
  const limits = new RateLimits(new FakeClock());
  assert.equal(passesOf(limits, 'signal'), 200);
  assert.equal(passesOf(limits, 'join'), 40);
  assert.equal(limits.judge(null), 'refuse', 'unknown ones are counted too');
});

test('who leaves is let go however much was asked before, unless that is a flood', () => {
  const limits = new RateLimits(new FakeClock());
  passesOf(limits, 'join');
  assert.equal(passesOf(limits, 'leave'), 499, 'one of 500 went to the join that was refused');
  assert.equal(limits.judge('leave'), 'cut-off');
});

function passesOf(limits: RateLimits, name: 'signal' | 'join' | 'leave'): number {
  let passed = 0;
  while (limits.judge(name) === 'pass') passed += 1;
  return passed;
}

test('a client that takes nothing is cut off before what waits for it grows', async (t) => {
  // A clock that stands still but for our jumps: the sender may send as much as we like.
  const clock = new FakeClock();
  const relay = await startRelay(t, {clock});
  const {host, guest} = await twoInARoom(t, relay);
  const {transport} = guest.socket.io.engine;
  const {_socket: tcp} = (transport as unknown as {ws: {_socket: Socket}}).ws;
  tcp.pause();
  // It does not read the goodbye either.
  t.after(() => tcp.destroy());
  const description = {type: 'offer', sdp: 'x'.repeat(MAX_SDP_LENGTH)} as const;
  const signal = {to: guest.identity.peerId, linkId: 'link-0001', description};
  const isAway = () => host.heard.some(({event}) => event === 'peer-changed');
  let sent = 0;
  // Far more than the network itself holds back.
  while (!isAway() && sent < 4_000) {
    clock.jump(10_000);
    await Promise.all(Array.from({length: 100}, () => host.ask('signal', signal)));
    sent += 100;
  }
  assert.equal((await host.hear('peer-changed')).connected, false);
  assert.equal(relay.server.counts.connections, 1);
  await relay.server.close();
});
