/**
 * A box on the way to a UDP server (coturn) that can be as bad as a network gets: the access link of
 * whoever sends through it. Every sender has a port of its own there, so that to the server it has
 * another address, as behind a router. For several people with links of their own, start several.
 */
import {createSocket, type Socket} from 'node:dgram';
import {once} from 'node:events';
import type {Teardown} from './relay.js';
import {WeakLink, type Weather} from './weak-link.js';

/** IPv4 and UDP: what the wire carries besides the payload. */
const HEADER_BYTES = 28;

export interface UdpProxy {
  /** Where to send to, on 127.0.0.1. */
  readonly port: number;
  /** From the senders to the target, and back. Each has `counts`, and `set()` of its own. */
  readonly up: WeakLink;
  readonly down: WeakLink;
  /** Changes both directions. */
  set(weather: Partial<Weather>): void;
  /** From which ports it has sent on: one for each address that has sent something. */
  outerPorts(): readonly number[];
}

/**
 * @param target The server's port on 127.0.0.1. Asked for each packet: there may be another server later.
 * @param options.seed Which packets are lost and which are late.
 */
export async function startUdpProxy(
  t: Teardown,
  target: number | (() => number),
  {seed = 1, weather = {}}: {seed?: number; weather?: Partial<Weather>} = {},
): Promise<UdpProxy> {
  const [up, down] = [new WeakLink(seed), new WeakLink(seed + 1)];
  const inner = await boundSocket();
  const outer = new Map<string, Promise<Socket>>();
  const ports: number[] = [];
  let isClosed = false;
  const open = async (port: number, address: string): Promise<Socket> => {
    const socket = await boundSocket();
    ports.push(socket.address().port);
    socket.on('message', (answer) => {
      down.carry(answer.length + HEADER_BYTES, () => {
        if (!isClosed) inner.send(answer, port, address);
      });
    });
    return socket;
  };
  inner.on('message', (message, {port, address}) => {
    const sender = `${address}:${port}`;
    const socket = outer.get(sender) ?? open(port, address);
    outer.set(sender, socket);
    void socket.then((ready) => {
      up.carry(message.length + HEADER_BYTES, () => {
        if (!isClosed) ready.send(message, portOf(target), '127.0.0.1');
      });
    });
  });
  const set = (change: Partial<Weather>): void => {
    up.set(change);
    down.set(change);
  };
  set(weather);
  t.after(async () => {
    isClosed = true;
    up.close();
    down.close();
    inner.close();
    for (const socket of await Promise.all(outer.values())) socket.close();
  });
  return {port: inner.address().port, up, down, set, outerPorts: () => ports};
}

function portOf(target: number | (() => number)): number {
  return typeof target === 'number' ? target : target();
}

export async function boundSocket(port = 0): Promise<Socket> {
  const socket = createSocket('udp4');
  // An answer to a port that is closed meanwhile comes back as an error; it is a packet lost.
  socket.on('error', () => undefined);
  socket.bind(port, '127.0.0.1');
  await once(socket, 'listening');
  return socket;
}
