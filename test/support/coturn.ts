/**
 * A real STUN and TURN server for a test, and a box in front of it that counts who asks and gives
 * them another address, as a router does.
 */
import {spawn} from 'node:child_process';
import {createSocket, type Socket} from 'node:dgram';
import {once} from 'node:events';
import {mkdtemp, rm} from 'node:fs/promises';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {findOnPath} from '../../scripts/lib/browsers.mjs';
import {poll} from './e2e.js';
import type {Teardown} from './relay.js';

/** A test's option `skip`: why there is no TURN server, or `false`. */
export function skipWithoutCoturn(): string | false {
  return findOnPath('turnserver') === undefined ? 'coturn (turnserver) not installed' : false;
}

/** coturn on the loopback interface alone; ends with the test. Resolves with its UDP port. */
export async function startTurnServer(t: Teardown, secret: string): Promise<number> {
  const port = await freeUdpPort();
  const folder = await mkdtemp(join(tmpdir(), 'turn-'));
  const server = spawn(
    findOnPath('turnserver') ?? 'turnserver',
    [
      '-n',
      '--listening-ip=127.0.0.1',
      '--relay-ip=127.0.0.1',
      `--listening-port=${port}`,
      '--use-auth-secret',
      `--static-auth-secret=${secret}`,
      '--realm=localhost',
      // Both ends of the test are on this machine.
      '--allow-loopback-peers',
      '--no-tls',
      '--no-dtls',
      '--no-cli',
      '--no-tcp-relay',
      `--userdb=${folder}/turn.db`,
      `--pidfile=${folder}/turn.pid`,
      '--log-file=stdout',
      '--simple-log',
    ],
    {stdio: ['ignore', 'pipe', 'pipe'], cwd: folder},
  );
  let output = '';
  const collect = (chunk: Buffer): void => {
    output += chunk.toString();
  };
  server.stdout.on('data', collect);
  server.stderr.on('data', collect);
  const exited = new Promise<void>((resolve) => server.once('exit', () => resolve()));
  t.after(async () => {
    server.kill('SIGKILL');
    await exited;
    await rm(folder, {recursive: true, force: true});
  });
  await poll(
    () => {
      if (server.exitCode !== null) throw new Error(`coturn ended: ${output}`);
      return answersStun(port);
    },
    {what: 'coturn to answer'},
  );
  return port;
}

async function freeUdpPort(): Promise<number> {
  const socket = await boundSocket();
  const {port} = socket.address();
  await new Promise<void>((resolve) => socket.close(() => resolve()));
  return port;
}

/** A STUN binding request (RFC 8489): whoever answers it is ready. */
async function answersStun(port: number): Promise<boolean> {
  const socket = createSocket('udp4');
  try {
    const request = Buffer.alloc(20);
    request.writeUInt16BE(0x0001, 0);
    request.writeUInt32BE(0x2112a442, 4);
    request.write('readiness-id', 8, 'latin1');
    return await new Promise<boolean>((resolve) => {
      socket.once('message', () => resolve(true));
      socket.once('error', () => resolve(false));
      setTimeout(() => resolve(false), 300);
      socket.send(request, port, '127.0.0.1');
    });
  } finally {
    socket.close();
  }
}

export interface UdpRouter {
  /** Where to send to. */
  readonly port: number;
  /** From which ports it has sent on: one for each address that has sent something. */
  readonly outerPorts: () => readonly number[];
  /** How many datagrams it has brought back. */
  readonly answers: () => number;
}

/**
 * Sends on to `target` what it gets, from a port of its own for each sender, and brings back the
 * answers: to the target every sender has another address than it has itself.
 */
export async function startUdpRouter(t: Teardown, target: number): Promise<UdpRouter> {
  const inner = createSocket('udp4');
  const outer = new Map<string, Promise<Socket>>();
  const ports: number[] = [];
  let answers = 0;
  const open = async (port: number, address: string): Promise<Socket> => {
    const socket = await boundSocket();
    ports.push(socket.address().port);
    socket.on('message', (answer) => {
      answers++;
      inner.send(answer, port, address);
    });
    return socket;
  };
  inner.on('message', (message, {port, address}) => {
    const sender = `${address}:${port}`;
    const socket = outer.get(sender) ?? open(port, address);
    outer.set(sender, socket);
    void socket.then((ready) => ready.send(message, target, '127.0.0.1'));
  });
  inner.bind(0, '127.0.0.1');
  await once(inner, 'listening');
  t.after(async () => {
    inner.close();
    for (const socket of await Promise.all(outer.values())) socket.close();
  });
  return {port: inner.address().port, outerPorts: () => ports, answers: () => answers};
}

async function boundSocket(): Promise<Socket> {
  const socket = createSocket('udp4');
  socket.bind(0, '127.0.0.1');
  await once(socket, 'listening');
  return socket;
}
