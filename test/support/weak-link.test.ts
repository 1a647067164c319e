/** The boxes that make links weak in tests: what they do to packets by the clock (reckoned, not waited for), and that they carry. */
import assert from 'node:assert/strict';
import type {Socket} from 'node:dgram';
import {once} from 'node:events';
import {connect, createServer, type AddressInfo} from 'node:net';
import {describe, it, type TestContext} from 'node:test';
import {poll} from './e2e.js';
import {startTcpProxy} from './tcp-proxy.js';
import {boundSocket, startUdpProxy} from './udp-proxy.js';
import {WeakLink} from './weak-link.js';

describe('a weak link, by the clock', () => {
  it('takes no time and loses nothing in clear weather', () => {
    const link = new WeakLink();
    for (const now of [0, 1, 1, 5]) assert.equal(link.arrivalOf(1_500, now), now);
    assert.deepEqual([link.counts.arrived, link.counts.lost, link.counts.overflowed], [4, 0, 0]);
  });

  it('delays every packet, and by no more than the jitter, in their order', () => {
    const link = new WeakLink(7);
    link.set({delayMs: 50, jitterMs: 30});
    let last = 0;
    const extra = Array.from({length: 200}, (_, now) => {
      const at = link.arrivalOf(100, now * 10)!;
      assert.ok(at >= last, 'nothing overtakes');
      last = at;
      return at - now * 10 - 50;
    });
    assert.ok(Math.min(...extra) >= 0 && Math.max(...extra) <= 30, extra.join());
    assert.ok(Math.max(...extra) > 25 && Math.min(...extra) < 5, 'it uses all of the range');
  });

  it('loses the share that it should, the same packets for the same seed', () => {
    const lostOf = (seed: number): string => {
      const link = new WeakLink(seed);
      link.set({loss: 0.05});
      const fates = Array.from({length: 4_000}, (_, now) => link.arrivalOf(100, now) === null);
      assert.ok(Math.abs(link.counts.lost / 4_000 - 0.05) < 0.01, `${link.counts.lost} of 4000`);
      return fates.map(Number).join('');
    };
    assert.equal(lostOf(3), lostOf(3));
    assert.notEqual(lostOf(3), lostOf(4));
  });

  it('passes on at its rate, lets a queue of some milliseconds wait, and drops the rest', () => {
    const link = new WeakLink();
    link.set({rate: 100_000, queueMs: 200});
    // 1250 bytes are 10 000 bits: 100 ms each.
    const arrivals = Array.from({length: 6}, () => link.arrivalOf(1_250, 0));
    assert.deepEqual(arrivals, [100, 200, 300, null, null, null]);
    assert.equal(link.arrivalOf(1_250, 250), 400);
    assert.equal(link.arrivalOf(1_250, 1_000), 1_100, 'an idle wire is no debt');
    assert.deepEqual([link.counts.overflowed, link.counts.lost], [3, 0]);
  });

  it('loses everything while it is paused', () => {
    const link = new WeakLink();
    link.set({isPaused: true});
    assert.equal(link.arrivalOf(100, 0), null);
    link.set({isPaused: false});
    assert.equal(link.arrivalOf(100, 1), 1);
  });
});

/** A server that sends back whatever it gets. */
async function startUdpEcho(t: TestContext): Promise<number> {
  const socket = await boundSocket();
  socket.on('message', (message, {port}) => socket.send(message, port, '127.0.0.1'));
  t.after(() => socket.close());
  return socket.address().port;
}

async function udpClient(t: TestContext): Promise<{socket: Socket; heard: string[]}> {
  const socket = await boundSocket();
  const heard: string[] = [];
  socket.on('message', (message) => heard.push(message.toString()));
  t.after(() => socket.close());
  return {socket, heard};
}

describe('the UDP proxy', () => {
  it('carries both ways, for each sender from a port of its own', async (t) => {
    const proxy = await startUdpProxy(t, await startUdpEcho(t));
    const [ana, ben] = [await udpClient(t), await udpClient(t)];
    ana.socket.send('from Ana', proxy.port);
    ben.socket.send('from Ben', proxy.port);
    await poll(() => ana.heard.length + ben.heard.length === 2, {what: 'both echoes'});
    assert.deepEqual([ana.heard, ben.heard], [['from Ana'], ['from Ben']]);
    assert.equal(new Set(proxy.outerPorts()).size, 2);
    assert.equal(proxy.down.counts.deliveredBytes, 2 * ('from Ana'.length + 28));
  });

  it('delays without changing the order, loses what it should, and is whole again', async (t) => {
    const weather = {delayMs: 5, jitterMs: 10, loss: 0.2};
    const proxy = await startUdpProxy(t, await startUdpEcho(t), {seed: 11, weather});
    const {socket, heard} = await udpClient(t);
    for (let index = 0; index < 100; index++) socket.send(String(index), proxy.port);
    const {up, down} = proxy;
    await poll(() => up.counts.arrived === 100, {what: 'all to have come'});
    await poll(() => heard.length + up.counts.lost + down.counts.lost === 100, {what: 'the rest'});
    assert.deepEqual(
      heard,
      heard.toSorted((a, b) => Number(a) - Number(b)),
    );
    assert.ok(up.counts.lost > 5 && down.counts.lost > 5, 'both directions lose');
    proxy.set({loss: 0, delayMs: 0, jitterMs: 0});
    socket.send('whole', proxy.port);
    await poll(() => heard.includes('whole'), {what: 'the last one'});
  });

  it('lets nothing through while it is paused', async (t) => {
    const proxy = await startUdpProxy(t, await startUdpEcho(t), {weather: {isPaused: true}});
    const {socket, heard} = await udpClient(t);
    socket.send('lost', proxy.port);
    await poll(() => proxy.up.counts.lost === 1, {what: 'it to be lost'});
    proxy.set({isPaused: false});
    socket.send('heard', proxy.port);
    await poll(() => heard.length > 0, {what: 'an echo'});
    assert.deepEqual(heard, ['heard']);
  });
});

describe('the TCP proxy', () => {
  async function startTcpEcho(t: TestContext): Promise<number> {
    const server = createServer((socket) => socket.on('error', () => undefined).pipe(socket));
    server.listen(0, '127.0.0.1');
    await once(server, 'listening');
    t.after(() => server.close());
    return (server.address() as AddressInfo).port;
  }

  function tcpClient(port: number): {socket: ReturnType<typeof connect>; heard: () => Buffer} {
    const socket = connect(port, '127.0.0.1');
    const chunks: Buffer[] = [];
    socket.on('data', (chunk) => chunks.push(chunk)).on('error', () => undefined);
    return {socket, heard: () => Buffer.concat(chunks)};
  }

  it('carries a stream whole and in order through delay, jitter, loss and a narrow wire', async (t) => {
    const weather = {delayMs: 5, jitterMs: 5, loss: 0.5, rate: 8_000_000, queueMs: 20};
    const proxy = await startTcpProxy(t, await startTcpEcho(t), {weather});
    const {socket, heard} = tcpClient(proxy.port);
    const sent = Buffer.from(Array.from({length: 200_000}, (_, index) => index % 251));
    socket.end(sent);
    await once(socket, 'close');
    assert.ok(heard().equals(sent), `${heard().length} of ${sent.length} bytes came back`);
    await poll(() => proxy.open() === 0, {what: 'the connection to be gone'});
  });

  it('looks open while it is paused, and loses nothing of it', async (t) => {
    const proxy = await startTcpProxy(t, await startTcpEcho(t));
    const {socket, heard} = tcpClient(proxy.port);
    socket.write('before ');
    await poll(() => heard().toString() === 'before ', {what: 'an echo'});
    proxy.set({isPaused: true});
    socket.write('meanwhile');
    await poll(() => proxy.up.counts.held === 1, {what: 'it to wait'});
    assert.equal(heard().toString(), 'before ');
    assert.equal(proxy.open(), 1);
    proxy.set({isPaused: false});
    await poll(() => heard().toString() === 'before meanwhile', {what: 'the rest'});
    socket.end();
    await once(socket, 'close');
  });

  it('cuts what is open and takes who comes again', async (t) => {
    const proxy = await startTcpProxy(t, await startTcpEcho(t));
    const first = tcpClient(proxy.port);
    first.socket.write('first');
    await poll(() => first.heard().length > 0, {what: 'an echo'});
    // Not `once()`: the reset is an error first.
    const closed = new Promise((resolve) => first.socket.on('close', resolve));
    proxy.cut();
    await closed;
    const second = tcpClient(proxy.port);
    second.socket.end('second');
    await once(second.socket, 'close');
    assert.equal(second.heard().toString(), 'second');
  });
});
