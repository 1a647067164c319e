/** The command as a person or a service manager runs it: what it prints, how it ends. */
import assert from 'node:assert/strict';
import {spawn, type ChildProcessWithoutNullStreams} from 'node:child_process';
import {once} from 'node:events';
import {createServer, type AddressInfo} from 'node:net';
import {fileURLToPath} from 'node:url';
import {test} from 'node:test';
import {connect, type Teardown} from '../support/relay.js';

const CLI = fileURLToPath(new URL('../../server/cli.ts', import.meta.url));

/** Starting node with a loader takes seconds on a busy machine. */
const START_DEADLINE_MS = 30_000;

class Command {
  readonly process: ChildProcessWithoutNullStreams;
  out = '';
  err = '';
  readonly #closed: Promise<unknown[]>;

  constructor(t: Teardown, args: readonly string[], environment: Record<string, string> = {}) {
    const inherited = {PATH: process.env['PATH'] ?? ''};
    this.process = spawn(process.execPath, ['--import', 'tsx', CLI, ...args], {
      env: {...inherited, ...environment},
    });
    this.process.stdout.setEncoding('utf8').on('data', (text: string) => (this.out += text));
    this.process.stderr.setEncoding('utf8').on('data', (text: string) => (this.err += text));
    this.#closed = once(this.process, 'close', {signal: AbortSignal.timeout(START_DEADLINE_MS)});
    // A test that never asks how it ended does not mind that it was killed.
    this.#closed.catch(() => undefined);
    t.after(() => this.process.kill('SIGKILL'));
  }

  async ended(): Promise<number | null> {
    const [code] = (await this.#closed) as [number | null];
    return code;
  }

  /** The address that it prints once it listens. */
  async url(): Promise<string> {
    const signal = AbortSignal.timeout(START_DEADLINE_MS);
    for (;;) {
      const url = /Local: +(http\S+)/.exec(this.out)?.[1];
      if (url !== undefined) return url;
      assert.equal(this.process.exitCode, null, this.err);
      await once(this.process.stdout, 'data', {signal});
    }
  }
}

test('--help and --version print and end well', async (t) => {
  const help = new Command(t, ['--help']);
  const version = new Command(t, ['--version']);
  assert.equal(await help.ended(), 0);
  assert.match(help.out, /^Usage: video-chat-room/);
  assert.equal(await version.ended(), 0);
  assert.match(version.out, /^\d+\.\d+\.\d+\n$/);
});

test('a wrong option ends with code 2 and a sentence, not a stack', async (t) => {
  const wrong = new Command(t, ['--port', 'nine']);
  const environment = new Command(t, [], {VCR_MAX_PEERS: 'many'});
  assert.equal(await wrong.ended(), 2);
  assert.match(wrong.err, /^--port must be a port, .*"nine"\.\nTry --help\.\n$/);
  assert.equal(wrong.out, '');
  assert.equal(await environment.ended(), 2);
  assert.match(environment.err, /^VCR_MAX_PEERS must be/);
});

test('a certificate that cannot be read is a wrong option', async (t) => {
  const command = new Command(t, [
    '--port',
    '0',
    '--cert',
    '/no/such.pem',
    '--key',
    '/no/such.key',
  ]);
  assert.equal(await command.ended(), 2);
  assert.match(command.err, /^--cert cannot be read: /);
});

test('a port that is taken is said in words', async (t) => {
  const other = createServer().listen(0, '127.0.0.1');
  t.after(() => other.close());
  await once(other, 'listening');
  const {port} = other.address() as AddressInfo;
  const command = new Command(t, ['--port', String(port), '--host', '127.0.0.1']);
  assert.equal(await command.ended(), 1);
  assert.match(command.err, new RegExp(`Port ${port} is taken by another program`));
  assert.doesNotMatch(command.err, /\bat .*\.ts:\d+/, 'no stack');
});

test('--port 0 prints where it is; SIGTERM ends it well, with people in a call', async (t) => {
  const command = new Command(t, ['--port', '0', '--host', '127.0.0.1', '--base-path', '/calls']);
  const url = await command.url();
  assert.match(url, /^http:\/\/127\.0\.0\.1:\d+\/calls\/$/);
  assert.equal((await fetch(`${url}readyz`)).status, 200);
  const websocket = await connect(t, {url}, {basePath: '/calls/'});
  const polling = await connect(t, {url}, {basePath: '/calls/', transports: ['polling']});
  const room = 'a room that nobody else may know';
  assert.equal((await websocket.ask('join', {room})).ok, true);
  assert.equal((await polling.ask('join', {room})).ok, true);
  const ended = command.ended();
  command.process.kill('SIGTERM');
  assert.equal(await ended, 0);
  await Promise.all([websocket.disconnected(), polling.disconnected()]);
  assert.match(
    command.err,
    /"msg":"peer seated"|"msg":"room opened"/,
    'the log tells what happened',
  );
  for (const secret of [room, '127.0.0.1', websocket.identity.resumeToken]) {
    assert.equal(command.err.includes(secret), false, `the log tells ${secret}`);
  }
});

test('Ctrl-C ends it too, also when it is heard twice', async (t) => {
  const command = new Command(t, ['--port', '0', '--host', '127.0.0.1'], {VCR_LOG_LEVEL: 'silent'});
  const url = await command.url();
  // Somebody to say good-bye to, so that stopping takes more than an instant.
  await connect(t, {url});
  const ended = command.ended();
  command.process.kill('SIGINT');
  command.process.kill('SIGTERM');
  assert.equal(await ended, 0);
  assert.equal(command.err, '');
});
