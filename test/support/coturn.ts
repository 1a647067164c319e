/** A real STUN and TURN server for a test. The box in front of it is `udp-proxy.ts`. */
import {spawn} from 'node:child_process';
import {randomInt} from 'node:crypto';
import {createSocket} from 'node:dgram';
import {once} from 'node:events';
import {mkdtemp, rm} from 'node:fs/promises';
import {createServer} from 'node:net';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {findOnPath} from '../../scripts/lib/browsers.mjs';
import {poll} from './e2e.js';
import type {Teardown} from './relay.js';
import {boundSocket} from './udp-proxy.js';

/** A test's option `skip`: why there is no TURN server, or `false`. */
export function skipWithoutCoturn(): string | false {
  return findOnPath('turnserver') === undefined ? 'coturn (turnserver) not installed' : false;
}

/** coturn on the loopback interface alone; ends with the test. Resolves with its UDP port. */
export async function startTurnServer(t: Teardown, secret: string): Promise<number> {
  const port = await freePort();
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
  ).catch((error: unknown) => {
    throw new Error(`${String(error)}; it said: ${output}`, {cause: error});
  });
  return port;
}

/**
 * Free for UDP and TCP, both of which coturn listens at. Not one that the system would choose: before coturn has it,
 * it could be given to a browser, and coturn would go on trying.
 */
async function freePort(): Promise<number> {
  for (let tries = 0; tries < 20; tries++) {
    const port = randomInt(20_000, 32_000);
    try {
      (await boundSocket(port)).close();
      const server = createServer().listen(port, '127.0.0.1');
      await once(server, 'listening');
      server.close();
      return port;
    } catch {
      // Somebody has it.
    }
  }
  throw new Error('no port is free for coturn');
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
