/**
 * The same for TCP: a box on the way to a server (the relay, TURN over TCP) with delay, jitter and a
 * rate. A stream loses nothing, so `loss` does nothing here; paused, it looks open and carries nothing.
 */
import {once} from 'node:events';
import {connect, createServer, type AddressInfo, type Socket} from 'node:net';
import type {Teardown} from './relay.js';
import {WeakLink, type Weather} from './weak-link.js';

/** What an Ethernet packet carries of a stream: a narrow wire passes it on piece by piece. */
const SEGMENT_BYTES = 1_460;
const HEADER_BYTES = 40;

export interface TcpProxy {
  /** Where to connect to, on 127.0.0.1. */
  readonly port: number;
  readonly up: WeakLink;
  readonly down: WeakLink;
  /** Changes both directions. */
  set(weather: Partial<Weather>): void;
  /** Ends every connection at once, as a crash does (a reset). New ones are taken. */
  cut(): void;
  /** How many connections are open. */
  open(): number;
}

/** @param target The server's port on 127.0.0.1. Asked at each connection: a server may come back on another. */
export async function startTcpProxy(
  t: Teardown,
  target: number | (() => number),
  {seed = 1, weather = {}}: {seed?: number; weather?: Partial<Weather>} = {},
): Promise<TcpProxy> {
  const [up, down] = [new WeakLink(seed), new WeakLink(seed + 1)];
  const pairs = new Set<() => void>();
  const pipe = (from: Socket, to: Socket, link: WeakLink): void => {
    from.on('data', (chunk) => {
      for (let at = 0; at < chunk.length; at += SEGMENT_BYTES) {
        const segment = chunk.subarray(at, at + SEGMENT_BYTES);
        link.carry(segment.length + HEADER_BYTES, () => to.write(segment), true);
      }
      const waitMs = link.queuedMs();
      if (waitMs <= link.weather.queueMs) return;
      // The sender is told to wait, as a full buffer does.
      from.pause();
      setTimeout(() => from.resume(), waitMs).unref();
    });
    from.on('end', () => link.carry(HEADER_BYTES, () => to.end(), true));
  };
  const server = createServer({allowHalfOpen: true}, (inner) => {
    const port = typeof target === 'number' ? target : target();
    const outer = connect({port, host: '127.0.0.1', allowHalfOpen: true});
    const end = (): void => {
      pairs.delete(end);
      inner.resetAndDestroy();
      outer.resetAndDestroy();
    };
    pairs.add(end);
    let closed = 0;
    for (const socket of [inner, outer]) {
      socket.setNoDelay(true);
      socket.on('error', end);
      socket.on('close', () => ++closed === 2 && pairs.delete(end));
    }
    pipe(inner, outer, up);
    pipe(outer, inner, down);
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const set = (change: Partial<Weather>): void => {
    up.set(change);
    down.set(change);
  };
  set(weather);
  const cut = (): void => {
    for (const end of pairs) end();
  };
  t.after(async () => {
    up.close();
    down.close();
    cut();
    await new Promise((resolve) => server.close(resolve));
  });
  // A server that listens on TCP has an address of this form.
  const {port} = server.address() as AddressInfo;
  return {port, up, down, set, cut, open: () => pairs.size};
}
