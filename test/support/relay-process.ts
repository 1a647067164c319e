/**
 * The relay as its command, in a process of its own: it can be killed, stopped and paused as no
 * relay within the test's process can, and what comes back has an empty memory.
 */
import {spawn, type ChildProcess} from 'node:child_process';
import {once} from 'node:events';
import {fileURLToPath} from 'node:url';
import {poll} from './e2e.js';
import {spawnIn} from './network-namespaces.js';
import type {Teardown} from './relay.js';

const COMMAND = fileURLToPath(new URL('../../dist/server/cli.js', import.meta.url));

export interface RelayProcessOptions {
  /** Default: 127.0.0.1. */
  readonly host?: string;
  /** A network namespace; otherwise this machine's own network. */
  readonly namespace?: string;
  readonly args?: readonly string[];
}

export class RelayProcess {
  readonly #options: RelayProcessOptions;
  #child: ChildProcess | undefined;
  #port = 0;

  private constructor(options: RelayProcessOptions) {
    this.#options = options;
  }

  /** For as long as the test lasts. */
  static async start(t: Teardown, options: RelayProcessOptions = {}): Promise<RelayProcess> {
    const relay = new RelayProcess(options);
    t.after(() => relay.kill());
    await relay.start();
    return relay;
  }

  get url(): string {
    return `http://${this.#host}:${this.#port}`;
  }

  get port(): number {
    return this.#port;
  }

  /** Again, at the same port. It knows nothing of before. */
  async start(): Promise<void> {
    const {namespace, args = []} = this.#options;
    const all = [COMMAND, '--host', this.#host, '--port', String(this.#port)];
    all.push('--stun-url', 'none', '--log-level', 'error', ...args);
    const child =
      namespace === undefined
        ? spawn(process.execPath, all, {stdio: ['ignore', 'pipe', 'pipe']})
        : spawnIn(namespace, process.execPath, all);
    this.#child = child;
    let output = '';
    const collect = (chunk: Buffer): void => void (output += chunk.toString());
    child.stdout!.on('data', collect);
    child.stderr!.on('data', collect);
    const port = await poll(
      () => child.exitCode !== null || /Local: +http:\/\/[^\s/]+:(\d+)/.exec(output)?.[1],
      {what: 'the relay to listen'},
    );
    if (port === true) throw new Error(`The relay ended: ${output}`);
    this.#port = Number(port);
  }

  /** `kill -9`: it tells nobody. */
  async kill(): Promise<void> {
    await this.#end('SIGKILL');
  }

  /** As a service manager ends it. Resolves with its exit code. */
  stop(): Promise<number | null> {
    return this.#end('SIGTERM');
  }

  /** Its sockets stay open, and nothing is answered. */
  pause(): void {
    this.#child?.kill('SIGSTOP');
  }

  resume(): void {
    this.#child?.kill('SIGCONT');
  }

  async #end(signal: NodeJS.Signals): Promise<number | null> {
    const child = this.#child;
    if (child === undefined || child.exitCode !== null || child.signalCode !== null) return null;
    const exited = once(child, 'exit') as Promise<[number | null, string | null]>;
    child.kill(signal);
    const [code] = await exited;
    return code;
  }

  get #host(): string {
    return this.#options.host ?? '127.0.0.1';
  }
}
