/** The adapter with real sockets: welcome, answers, deliveries, identity, take-over, transports. */
import assert from 'node:assert/strict';
import {test} from 'node:test';
import {PROTOCOL_VERSION} from '../../protocol/limits.js';
import {EventSchemas} from '../../protocol/messages.js';
import * as v from 'valibot';
import {
  connect,
  onceWithin,
  refusedHandshake,
  startRelay,
  TestClient,
  twoInARoom,
} from '../support/relay.js';

test('the first event is a welcome, with ids and a token', async (t) => {
  const relay = await startRelay(t);
  const {identity, socket} = await connect(t, relay);
  assert.equal(v.is(EventSchemas.welcome, identity), true);
  assert.equal(identity.protocol, PROTOCOL_VERSION);
  assert.equal(identity.connectionId, socket.id);
  assert.match(identity.peerId, /^[\w-]{22}$/);
  assert.match(identity.personId, /^[\w-]{22}$/);
  assert.equal(identity.kept, null);
});

test('two people, from knocking to signals, each told what the protocol promises', async (t) => {
  const relay = await startRelay(t);
  const host = await connect(t, relay, {handshake: {displayName: 'Ana', metadata: {seat: 1}}});
  const guest = await connect(t, relay, {handshake: {displayName: 'Ben'}});
  assert.equal((await host.ask('join', {room: 'lobby'})).ok, true);
  const knock = await guest.ask('join', {room: 'lobby', ringTimeoutMs: 5_000});
  assert(knock.ok && knock.outcome === 'knocking', JSON.stringify(knock));
  const invitation = await host.hear('invitation');
  assert.equal(invitation.id, knock.invitationId);
  assert.deepEqual(invitation.from, {
    personId: guest.identity.personId,
    displayName: 'Ben',
    metadata: null,
  });
  await host.ask('answer', {invitationId: invitation.id, response: 'accept'});
  const {room} = await guest.hear('admitted');
  assert.equal(room.peers[0]?.displayName, 'Ana');
  assert.deepEqual(room.peers[0]?.metadata, {seat: 1});
  await host.hear('peer-joined');
  const offer = {type: 'offer', sdp: 'v=0\r\n'} as const;
  const to = host.identity.peerId;
  const sent = await guest.ask('signal', {to, linkId: 'link-0001', description: offer});
  assert.deepEqual(sent, {ok: true});
  assert.deepEqual(await host.hear('signal'), {
    from: guest.identity.peerId,
    linkId: 'link-0001',
    description: offer,
  });
  await guest.ask('leave', {});
  assert.equal((await host.hear('peer-left')).reason, 'left');
});

test('a sender named by the client is not believed', async (t) => {
  const relay = await startRelay(t);
  const {host, guest} = await twoInARoom(t, relay);
  await guest.raw('signal', {
    from: host.identity.peerId,
    to: host.identity.peerId,
    linkId: 'link-0001',
    description: {type: 'offer', sdp: '', extra: 'cut'},
    extra: 'cut',
  });
  assert.deepEqual(await host.hear('signal'), {
    from: guest.identity.peerId,
    linkId: 'link-0001',
    description: {type: 'offer', sdp: ''},
  });
});

test('a resume token gives the same peer back, and its seat', async (t) => {
  const relay = await startRelay(t);
  const {host, guest} = await twoInARoom(t, relay);
  guest.socket.disconnect();
  assert.equal((await host.hear('peer-changed')).connected, false);
  const {resumeToken, peerId, personId} = guest.identity;
  const again = await connect(t, relay, {handshake: {resumeToken, displayName: 'guest'}});
  assert.equal(again.identity.peerId, peerId);
  assert.equal(again.identity.personId, personId);
  assert.deepEqual(again.identity.kept, {room: 'lobby', as: 'seat'});
  const reply = await again.ask('join', {room: 'lobby', resume: true});
  assert(reply.ok && reply.outcome === 'seated', JSON.stringify(reply));
  assert.equal(reply.room.peers[0]?.peerId, host.identity.peerId);
  assert.equal((await host.hear('peer-changed')).connected, true);
  assert.equal(
    host.heard.some(({event}) => event === 'peer-left'),
    false,
  );
});

test('a token that is bad, changed or of another relay makes somebody new', async (t) => {
  const relay = await startRelay(t);
  const other = await startRelay(t);
  const {identity} = await connect(t, relay);
  const foreign = (await connect(t, other)).identity.resumeToken;
  const [head, body, signature] = identity.resumeToken.split('.');
  const unsigned = `${Buffer.from('{"alg":"none"}').toString('base64url')}.${body}.`;
  const changed = `${head}.${body}.${signature?.split('').reverse().join('')}`;
  for (const resumeToken of ['', 'x', 'a.b.c', foreign, unsigned, changed]) {
    const {peerId} = (await connect(t, relay, {handshake: {resumeToken}})).identity;
    assert.notEqual(peerId, identity.peerId);
  }
});

test('with a resume secret, a token is good at the next start too', async (t) => {
  const resumeSecret = 'a secret of thirty-two characters';
  const first = await connect(t, await startRelay(t, {resumeSecret}));
  const {resumeToken, peerId} = first.identity;
  const second = await connect(t, await startRelay(t, {resumeSecret}), {handshake: {resumeToken}});
  assert.equal(second.identity.peerId, peerId);
});

test('a second connection takes over: the first is told, ended, and its end is not noticed', async (t) => {
  const relay = await startRelay(t);
  const {host, guest} = await twoInARoom(t, relay);
  const {resumeToken} = guest.identity;
  const second = await connect(t, relay, {handshake: {resumeToken, displayName: 'guest'}});
  assert.deepEqual(await guest.hear('ended'), {reason: 'replaced'});
  await guest.disconnected();
  assert.deepEqual(second.identity.kept, {room: 'lobby', as: 'seat'});
  assert.equal((await second.ask('join', {room: 'lobby', resume: true})).ok, true);
  assert.equal((await host.hear('peer-changed')).connected, false);
  assert.equal((await host.hear('peer-changed')).connected, true);
  const to = guest.identity.peerId;
  const link = {linkId: 'link-0001', description: {type: 'offer', sdp: ''} as const};
  assert.deepEqual(await host.ask('signal', {to, ...link}), {ok: true});
  await second.hear('signal');
  assert.deepEqual(host.heard, []);
});

test('long polling alone carries a whole call', async (t) => {
  const relay = await startRelay(t);
  const host = await connect(t, relay, {transports: ['polling']});
  const guest = await connect(t, relay, {transports: ['polling']});
  await host.ask('join', {room: 'lobby'});
  const knock = await guest.ask('join', {room: 'lobby'});
  assert(knock.ok && knock.outcome === 'knocking', JSON.stringify(knock));
  await host.hear('invitation');
  await host.ask('answer', {invitationId: knock.invitationId, response: 'accept'});
  await guest.hear('admitted');
  assert.equal(host.socket.io.engine.transport.name, 'polling');
});

test('polling upgrades to WebSocket where that is possible', async (t) => {
  const relay = await startRelay(t);
  const client = await connect(t, relay, {transports: ['polling', 'websocket']});
  if (client.socket.io.engine.transport.name !== 'websocket') {
    await onceWithin(client.socket.io.engine as unknown as NodeJS.EventEmitter, 'upgrade');
  }
  assert.equal((await client.ask('join', {room: 'lobby'})).ok, true);
});

test('below a base path sockets are there, and only there', async (t) => {
  const relay = await startRelay(t, {basePath: '/calls'});
  const client = await connect(t, relay, {basePath: '/calls/'});
  assert.equal((await client.ask('join', {room: 'lobby'})).ok, true);
  const outside = await fetch(new URL('/socket.io/?EIO=4&transport=polling', relay.url));
  assert.equal(outside.status, 404);
});

test('a handshake of the wrong shape or version is refused with a code', async (t) => {
  const relay = await startRelay(t);
  const cases: [Record<string, unknown>, string][] = [
    [{protocol: PROTOCOL_VERSION + 1}, 'protocol-mismatch'],
    [{protocol: PROTOCOL_VERSION + 1, displayName: 7}, 'protocol-mismatch'],
    [{protocol: 'one'}, 'bad-request'],
    [{protocol: undefined}, 'bad-request'],
    [{displayName: 'x'.repeat(81)}, 'bad-request'],
    [{displayName: {toString: 'x'}}, 'bad-request'],
    [{metadata: 'x'.repeat(1025)}, 'bad-request'],
    [{resumeToken: 7}, 'bad-request'],
    [{resumeToken: 'x'.repeat(4097)}, 'bad-request'],
  ];
  for (const [handshake, code] of cases) {
    const refused = await refusedHandshake(t, relay, {handshake});
    assert.equal(refused.code, code, JSON.stringify(handshake));
    assert.equal(typeof refused.message, 'string');
  }
  assert.equal(relay.server.counts.connections, 0);
});

test('TURN credentials reach the peer, made for it and nobody else', async (t) => {
  const turn = {turnUrl: ['turn:turn.example:3478'], turnSecret: 'secret', turnTtl: 600};
  const relay = await startRelay(t, {stunUrl: ['stun:stun.example:3478'], ...turn});
  const client = await connect(t, relay);
  const reply = await client.ask('ice-configuration', {});
  assert(reply.ok, JSON.stringify(reply));
  assert.equal(reply.ice.expiresInMs, 600_000);
  assert.deepEqual(reply.ice.iceServers[0], {urls: ['stun:stun.example:3478']});
  assert.equal(reply.ice.iceServers[1]?.username?.split(':')[1], client.identity.peerId);
});

test('closing sends clients away in a way that makes them come back', async (t) => {
  const relay = await startRelay(t);
  const client = await connect(t, relay, {reconnection: true});
  const reason = new Promise<string>((resolve) => client.socket.once('disconnect', resolve));
  await Promise.all([relay.server.close(), relay.server.close()]);
  assert.equal(await reason, 'transport close', 'after which Socket.IO clients reconnect');
  assert.equal(client.socket.active, true);
  assert.equal(relay.server.counts.connections, 0);
});

test('fifty connections come and go and nothing of them stays', async (t) => {
  const relay = await startRelay(t, {seatGrace: 0});
  for (let round = 0; round < 5; round++) {
    const clients = await Promise.all(Array.from({length: 10}, () => connect(t, relay)));
    await Promise.all(clients.map((each, i) => each.ask('join', {room: `room-${i}`})));
    assert.equal(relay.server.counts.connections, 10);
    for (const {socket} of clients) socket.disconnect();
    const witness = new TestClient(t, relay.url);
    await witness.hear('welcome');
    // Each further answer is a turn of the relay's loop: no more are needed than there are sockets.
    for (let i = 0; i < 20 && relay.server.counts.connections > 1; i++) {
      await witness.ask('ice-configuration', {});
    }
    assert.equal(relay.server.counts.connections, 1);
    const reply = await witness.ask('join', {room: 'room-0'});
    assert(reply.ok && reply.outcome === 'seated', JSON.stringify(reply));
    assert.deepEqual(reply.room.peers, []);
    witness.socket.disconnect();
    for (;;)
      if (relay.server.counts.connections === 0) break;
      else await new Promise(setImmediate);
  }
});
