/** The relay as a guest on somebody else's server, and a relay's life: started, failed, closed. */
import assert from 'node:assert/strict';
import {mkdtemp, mkdir, rm, writeFile} from 'node:fs/promises';
import {createServer, request, type Server} from 'node:http';
import {createServer as createHttpsServer} from 'node:https';
import {connect as connectTcp, type AddressInfo} from 'node:net';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {after, before, test, type TestContext} from 'node:test';
import {selfSignedCertificate} from '../../server/https.js';
import {createRelayServer, type RelayServerOptions} from '../../server/server.js';
import {connect, onceWithin, startRelay, type Teardown} from '../support/relay.js';

let folder: string;

before(async () => {
  folder = await mkdtemp(join(tmpdir(), 'relay-attached-'));
  await mkdir(join(folder, 'cdn', 'chunks'), {recursive: true});
  await mkdir(join(folder, 'demo'));
  await writeFile(join(folder, 'cdn', 'video-chat-room.js'), '// the element');
  await writeFile(join(folder, 'cdn', 'video-chat-room.js.map'), '{}');
  await writeFile(join(folder, 'cdn', 'other.js'), '// not claimed');
  await writeFile(join(folder, 'cdn', 'chunks', 'engine-1.js'), '// a chunk');
  await writeFile(join(folder, 'demo', 'index.html'), 'the demo');
});
after(() => rm(folder, {recursive: true}));

function relayOn(t: Teardown, options: RelayServerOptions) {
  const folders = {cdnFolder: join(folder, 'cdn'), demoFolder: join(folder, 'demo')};
  const relay = createRelayServer({logLevel: 'silent', stunUrl: [], ...folders, ...options});
  t.after(() => relay.close());
  return relay;
}

async function start(t: Teardown, server: Server): Promise<string> {
  t.after(() => server.close());
  server.listen(0, '127.0.0.1');
  await onceWithin(server, 'listening');
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

/** The path goes out as it is written; `fetch` would tidy it up. */
async function textAt(origin: string, path: string, method = 'GET'): Promise<string> {
  const {hostname, port} = new URL(origin);
  const outgoing = request({hostname, port, path, method, agent: false}).end();
  const [response] = (await onceWithin(outgoing, 'response')) as [AsyncIterable<Buffer>];
  let text = '';
  for await (const part of response) text += part.toString();
  return text;
}

const theHost: Parameters<typeof createServer>[1] = (_request, response) => {
  response.end('the host');
};

for (const when of ['before', 'after'] as const) {
  test(`listeners that the host adds ${when} the relay get what is not the relay's, once`, async (t) => {
    const host = createServer();
    let asked = 0;
    const listen = () => host.on('request', () => void (asked += 1)).on('request', theHost);
    if (when === 'before') listen();
    relayOn(t, {basePath: '/calls/'}).attach(host);
    if (when === 'after') listen();
    const origin = await start(t, host);
    assert.equal(await textAt(origin, '/'), 'the host');
    assert.equal(await textAt(origin, '/calls/healthz'), 'ok\n');
    assert.equal(await textAt(origin, '/calls/video-chat-room.js'), '// the element');
    assert.equal(asked, 1);
  });
}

test('at the root, too, the relay claims no more than its own', async (t) => {
  const host = createServer(theHost);
  relayOn(t, {}).attach(host);
  const origin = await start(t, host);
  const relays: [string, string][] = [
    ['/video-chat-room.js', '// the element'],
    ['/video-chat-room.js?v=1', '// the element'],
    ['/video-chat-room.js.map', '{}'],
    ['/chunks/engine-1.js', '// a chunk'],
    ['/healthz', 'ok\n'],
    ['/readyz', 'ready\n'],
  ];
  for (const [path, text] of relays) assert.equal(await textAt(origin, path), text, path);
  const hosts = ['/', '/other.js', '/chunks/', '/chunks/gone-2.js', '/chunks/..%2fother.js'];
  for (const path of [...hosts, '/chunks/../other.js', '/%', '/chunks/%', '/socket.io', '/x/%00']) {
    assert.equal(await textAt(origin, path), 'the host', path);
  }
  assert.equal(await textAt(origin, '/video-chat-room.js', 'POST'), 'the host');
});

test("the demo is there only if it is asked for, and then too malformed addresses are the host's", async (t) => {
  const host = createServer(theHost);
  relayOn(t, {basePath: '/calls/', demo: true}).attach(host);
  const origin = await start(t, host);
  assert.equal(await textAt(origin, '/calls/'), 'the demo');
  for (const path of [
    '/',
    '/calls/%',
    '/calls/..%2fx',
    '/calls/%00',
    '/calls/nothing',
    '/healthz',
  ]) {
    assert.equal(await textAt(origin, path), 'the host', path);
  }
});

test('a host without listeners answers 404, upgrades included', async (t) => {
  const host = createServer();
  relayOn(t, {basePath: '/calls/'}).attach(host);
  relayOn(t, {basePath: '/others/'}).attach(host);
  const origin = await start(t, host);
  for (const path of ['/', '/calls/nothing', '/calls/chunks/gone-2.js']) {
    const {status, headers} = await fetch(origin + path);
    assert.equal(status, 404, path);
    assert.equal(headers.get('x-content-type-options'), 'nosniff', path);
  }
  for (const path of ['/calls/healthz', '/others/healthz']) {
    assert.equal(await textAt(origin, path), 'ok\n', path);
  }
  const socket = connectTcp(Number(new URL(origin).port), '127.0.0.1');
  socket.write('GET /ws HTTP/1.1\r\nHost: x\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n\r\n');
  const [answer] = (await onceWithin(socket, 'data')) as [Buffer];
  assert.match(answer.toString(), /^HTTP\/1\.1 404 /);
  await onceWithin(socket, 'close');
});

test("upgrades are the host's where they are not the relay's", async (t) => {
  const host = createServer(theHost);
  relayOn(t, {basePath: '/calls/'}).attach(host);
  host.on('upgrade', (_request, socket) => socket.end('HTTP/1.1 418 The host\r\n\r\n'));
  const origin = await start(t, host);
  const socket = connectTcp(Number(new URL(origin).port), '127.0.0.1');
  socket.write('GET /ws HTTP/1.1\r\nHost: x\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n\r\n');
  const [answer] = (await onceWithin(socket, 'data')) as [Buffer];
  assert.match(answer.toString(), /^HTTP\/1\.1 418 /);
  const client = await connect(t, {url: origin}, {basePath: '/calls/'});
  assert.equal((await client.ask('join', {room: 'lobby'})).ok, true);
});

test('closing leaves the host as it was', async (t) => {
  const host = createServer(theHost);
  const relay = relayOn(t, {basePath: '/calls/', server: host});
  const listening = relay.listen();
  const origin = await start(t, host);
  await listening;
  const websocket = await connect(t, {url: origin}, {basePath: '/calls/'});
  const polling = await connect(t, {url: origin}, {basePath: '/calls/', transports: ['polling']});
  assert.equal((await polling.ask('join', {room: 'lobby'})).ok, true);
  await relay.close();
  await websocket.disconnected();
  await polling.disconnected();
  assert.equal(await textAt(origin, '/calls/healthz'), 'the host');
  assert.equal(host.listening, true);
  assert.equal(host.listenerCount('upgrade'), 0);
  assert.equal(Object.hasOwn(host, 'emit'), false);
  assert.equal(relay.url, undefined);
});

async function addressOf(t: TestContext, host: Server, isEarly: boolean) {
  t.after(() => host.close());
  const relay = relayOn(t, {server: host, basePath: '/calls/', port: 4000, host: '10.0.0.1'});
  const early = isEarly ? relay.listen() : undefined;
  assert.equal(relay.url, undefined);
  host.listen(0, '127.0.0.1');
  await onceWithin(host, 'listening');
  return {relay, listening: await (early ?? relay.listen())};
}

test('the address is that of the host, as soon as it listens', async (t) => {
  for (const isEarly of [true, false]) {
    const host = createServer();
    const {relay, listening} = await addressOf(t, host, isEarly);
    const {port} = host.address() as AddressInfo;
    const url = `http://127.0.0.1:${port}/calls/`;
    assert.deepEqual(listening, {url, port, networkUrls: []});
    assert.equal(relay.url, url);
  }
  const secure = createHttpsServer(selfSignedCertificate());
  assert.match((await addressOf(t, secure, true)).listening.url, /^https:\/\/127/);
});

test('a relay that is closed cannot be started, and says so', async (t) => {
  const relay = relayOn(t, {port: 0});
  await relay.close();
  await assert.rejects(relay.listen(), /this relay is closed; create another one/);
  assert.throws(() => relay.attach(createServer()), /this relay is closed/);
  const waiting = relayOn(t, {server: createServer()});
  const listening = waiting.listen();
  await waiting.close();
  await assert.rejects(listening, /this relay is closed/);
  const starting = relayOn(t, {port: 0, host: 'localhost', https: true});
  const started = starting.listen();
  await starting.close();
  await assert.rejects(started, /this relay is closed/);
});

test('a port that was taken may be tried again; a second start may not', async (t) => {
  const other = createServer().listen(0, '127.0.0.1');
  await onceWithin(other, 'listening');
  const {port} = other.address() as AddressInfo;
  const relay = relayOn(t, {port, host: '127.0.0.1'});
  await assert.rejects(relay.listen(), {code: 'EADDRINUSE'});
  assert.equal(relay.url, undefined);
  await assert.rejects(relay.listen(), {code: 'EADDRINUSE'});
  other.close();
  await onceWithin(other, 'close');
  const {url} = await relay.listen();
  const client = await connect(t, {url});
  assert.equal((await client.ask('join', {room: 'lobby'})).ok, true);
  await assert.rejects(relay.listen(), /started already/);
  const running = await startRelay(t);
  assert.throws(() => running.server.attach(createServer()), /started already/);
});
