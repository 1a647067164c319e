/** Row A8: a call that may use nothing but TURN, through a real coturn with credentials of the relay. */
import assert from 'node:assert/strict';
import {spawn} from 'node:child_process';
import {createSocket} from 'node:dgram';
import {mkdtemp, rm} from 'node:fs/promises';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {describe, it, type TestContext} from 'node:test';
import {findOnPath} from '../../scripts/lib/browsers.mjs';
import {BROWSER_NAMES, launchBrowser, skipWithout} from '../support/browsers.js';
import {poll} from '../support/e2e.js';
import {startEmbedding} from '../support/embed.js';
import {Visitor} from '../support/visitor.js';

const SECRET = 'known to the relay and to coturn alone';

const skip =
  skipWithout('chromium', 'firefox') ||
  (findOnPath('turnserver') === undefined ? 'coturn (turnserver) not installed' : false);

describe('TURN', {skip}, () => {
  for (const browser of BROWSER_NAMES) {
    it(`A8: ${browser} calls ${browser} through TURN alone`, async (t) => {
      const port = await startTurnServer(t, SECRET);
      const embedding = await startEmbedding(t, {
        turnUrl: [`turn:127.0.0.1:${port}?transport=udp`],
        turnSecret: SECRET,
      });
      const running = await launchBrowser(browser);
      t.after(() => running.close());
      const attributes = {
        room: 'turn',
        'ice-transport-policy': 'relay',
        'auto-accept': true,
      } as const;
      const ana = await Visitor.open(running, embedding.page(attributes));
      await ana.press('Join');
      await ana.reaches('waiting');
      const ben = await Visitor.open(running, embedding.page(attributes));
      await ben.press('Join');
      await ben.reaches('in-call');
      for (const visitor of [ana, ben]) {
        await visitor.seesAndHears();
        const [flow] = Object.values(await visitor.flow());
        assert.deepEqual(flow?.pair, ['relay', 'relay']);
      }
    });
  }

  it('A8: a call is told in words when TURN turns it away', async (t) => {
    const port = await startTurnServer(t, 'quite another secret');
    const embedding = await startEmbedding(t, {
      turnUrl: [`turn:127.0.0.1:${port}?transport=udp`],
      turnSecret: SECRET,
    });
    const running = await launchBrowser('chromium');
    t.after(() => running.close());
    const attributes = {
      room: 'turn',
      'ice-transport-policy': 'relay',
      'auto-accept': true,
    } as const;
    const ana = await Visitor.open(running, embedding.page(attributes));
    await ana.press('Join');
    await ana.reaches('waiting');
    const ben = await Visitor.open(running, embedding.page(attributes));
    await ben.press('Join');
    await ben.reaches('in-call');
    await poll(
      async () =>
        (await ben.heard('call-error')).some(({detail}) => detail['code'] === 'ice-failed'),
      {what: 'ice-failed to be told', deadlineMs: 90_000},
    );
    assert.equal(await ben.status(), 'in-call');
  });
});

/** coturn on the loopback interface alone; ends with the test. Resolves with its UDP port. */
async function startTurnServer(t: TestContext, secret: string): Promise<number> {
  const port = await freeUdpPort();
  const folder = await mkdtemp(join(tmpdir(), 'turn-'));
  const executable = findOnPath('turnserver')!;
  const server = spawn(
    executable,
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
  const socket = createSocket('udp4');
  await new Promise<void>((resolve) => socket.bind(0, '127.0.0.1', resolve));
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
