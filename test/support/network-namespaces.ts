/**
 * A small network of this machine's own: every host has a network namespace, a cable (veth) leads
 * from it to a switch (bridge), and at the switch runs whatever is to be reached, the relay above
 * all. Cables are pulled, addresses change, and no packet ever leaves the machine.
 *
 * Needs Linux, root and `ip`. Whatever a killed run has left behind is cleared away by the next one.
 */
import {execFile, spawn, type ChildProcess} from 'node:child_process';
import {once} from 'node:events';
import {chmod, mkdtemp, readdir, rm, writeFile} from 'node:fs/promises';
import {connect, createServer, type AddressInfo} from 'node:net';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {fileURLToPath} from 'node:url';
import {promisify} from 'node:util';
import {findBrowser, findOnPath, type BrowserName} from '../../scripts/lib/browsers.mjs';
import {launchBrowser, type LaunchOptions, type RunningBrowser} from './browsers.js';
import type {Teardown} from './relay.js';

const run = promisify(execFile);
const DOOR = fileURLToPath(new URL('namespace-door.mjs', import.meta.url));

/** Of every namespace of ours, followed by the process that has made it. */
const PREFIX = 'vcr-test-';

/** Namespaces have no other networks, so every one of these networks may have the same addresses. */
const addressOf = (number: number): string => `10.86.0.${number}`;
const SWITCH_ADDRESS = addressOf(1);

/**
 * A test's option `skip`: why there can be no namespaces, or `false`. Under CI never: there the
 * attempt fails and says why.
 */
export function skipWithoutNamespaces(): string | false {
  if (process.env['CI']) return false;
  if (process.platform !== 'linux') return 'network namespaces: Linux only';
  if (findOnPath('ip') === undefined) return 'network namespaces: iproute2 (ip) not installed';
  return process.getuid?.() === 0 ? false : 'network namespaces: only root may make them';
}

/** How a host is cut off. */
export type Cut =
  /** Its own interface goes down, as when Wi-Fi is switched off: the system knows. */
  | 'interface'
  /** The cable is pulled at the other end: the system may know. */
  | 'cable'
  /** Somewhere on the way nothing is passed on: only silence tells. */
  | 'silence';

export class PrivateNetwork {
  /** Where the switch's own programs listen. */
  readonly address = SWITCH_ADDRESS;
  readonly #prefix: string;
  readonly #folder: string;
  readonly #hosts: NetworkHost[] = [];

  private constructor(prefix: string, folder: string) {
    this.#prefix = prefix;
    this.#folder = folder;
  }

  /** For as long as the test lasts. */
  static async start(t: Teardown): Promise<PrivateNetwork> {
    await clearLeftovers();
    const prefix = `${PREFIX}${process.pid}-${++networks}-`;
    const network = new PrivateNetwork(prefix, await mkdtemp(join(tmpdir(), prefix)));
    t.after(() => network.#end());
    const hub = network.namespace;
    await run('ip', ['netns', 'add', hub]);
    await ip(hub, 'link set lo up', 'link add switch type bridge', 'link set switch up');
    await ip(hub, `address add ${SWITCH_ADDRESS}/24 dev switch`);
    return network;
  }

  /** The switch's. */
  get namespace(): string {
    return `${this.#prefix}hub`;
  }

  /** A new host at the switch. */
  async host(): Promise<NetworkHost> {
    const number = this.#hosts.length + 1;
    const namespace = `${this.#prefix}${number}`;
    const port = `port${number}`;
    await run('ip', ['netns', 'add', namespace]);
    const host = new NetworkHost({
      namespace,
      hub: this.namespace,
      port,
      folder: this.#folder,
      number,
    });
    this.#hosts.push(host);
    await ip(this.namespace, `link add ${port} type veth peer name eth0 netns ${namespace}`);
    await ip(this.namespace, `link set ${port} master switch`, `link set ${port} up`);
    await ip(namespace, 'link set lo up', 'link set eth0 up');
    await host.setAddress(addressOf(10 + number));
    return host;
  }

  async #end(): Promise<void> {
    await Promise.all(this.#hosts.map((host) => host.close()));
    for (const {namespace} of this.#hosts) await run('ip', ['netns', 'delete', namespace]);
    await run('ip', ['netns', 'delete', this.namespace]);
    await rm(this.#folder, {recursive: true, force: true});
  }
}

let networks = 0;

interface Place {
  readonly namespace: string;
  readonly hub: string;
  /** The interface at the switch. */
  readonly port: string;
  readonly folder: string;
  readonly number: number;
}

/** A machine with one cable. */
export class NetworkHost {
  readonly namespace: string;
  readonly #place: Place;
  readonly #closers: (() => unknown)[] = [];
  #address = '';
  #cut: Cut | null = null;

  constructor(place: Place) {
    this.namespace = place.namespace;
    this.#place = place;
  }

  get address(): string {
    return this.#address;
  }

  /** UDP packets that have left programs of this host so far, as its kernel has counted. */
  async udpSent(): Promise<number> {
    const read = async (name: string): Promise<string> => {
      const args = ['netns', 'exec', this.namespace, 'cat', `/proc/net/${name}`];
      return (await run('ip', args)).stdout;
    };
    const [names = '', counts = ''] = (await read('snmp')).match(/^Udp: .*$/gm) ?? [];
    const column = names.split(' ').indexOf('OutDatagrams');
    const [, byIp6 = ''] = /^Udp6OutDatagrams\s+(\d+)/m.exec(await read('snmp6')) ?? [];
    return Number(counts.split(' ')[column]) + Number(byIp6);
  }

  /** As when another network gives it another address: the old one is gone in the same moment. */
  async setAddress(address: string): Promise<void> {
    await ip(
      this.namespace,
      'address flush dev eth0 scope global',
      `address add ${address}/24 dev eth0`,
      `route replace default via ${SWITCH_ADDRESS}`,
    );
    this.#address = address;
  }

  /** Nothing comes or goes until `mend()`. */
  async cut(how: Cut): Promise<void> {
    await this.mend();
    const {hub, port} = this.#place;
    if (how === 'interface') await ip(this.namespace, 'link set eth0 down');
    else await ip(hub, how === 'cable' ? `link set ${port} down` : `link set ${port} nomaster`);
    this.#cut = how;
  }

  async mend(): Promise<void> {
    const {hub, port} = this.#place;
    if (this.#cut === 'cable') await ip(hub, `link set ${port} up`);
    if (this.#cut === 'silence') await ip(hub, `link set ${port} master switch`);
    if (this.#cut === 'interface') {
      await ip(this.namespace, 'link set eth0 up');
      await ip(this.namespace, `route replace default via ${SWITCH_ADDRESS}`);
    }
    this.#cut = null;
  }

  /** A browser that has no other network than this host's; the test reaches it by another way. */
  async launch(name: BrowserName, options: LaunchOptions = {}): Promise<RunningBrowser> {
    const executable = findBrowser(name);
    if (executable === undefined) throw new Error(`${name} is not installed`);
    const {folder, number} = this.#place;
    const starter = join(folder, `start-${name}-${number}`);
    await writeFile(
      starter,
      `#!/bin/sh\nexec ip netns exec ${this.namespace} '${executable}' "$@"\n`,
    );
    await chmod(starter, 0o700);
    const debuggingPort = await this.#openDoor(`${folder}/${number}-${name}`);
    const browser = await launchBrowser(name, {
      ...options,
      executablePath: starter,
      debuggingPort,
      // Nobody else is on the host's loopback interface.
      prefs: {'media.peerconnection.ice.loopback': false, ...options.prefs},
    });
    this.#closers.unshift(() => browser.close());
    return browser;
  }

  async close(): Promise<void> {
    for (const close of this.#closers.splice(0)) await close();
  }

  /** A port of this process that leads to the port of the same number in the namespace. */
  async #openDoor(path: string): Promise<number> {
    const outer = createServer((socket) => {
      const way = connect(path);
      socket.pipe(way).pipe(socket);
      socket.on('error', () => way.destroy());
      way.on('error', () => socket.destroy());
    });
    outer.listen(0, '127.0.0.1');
    await once(outer, 'listening');
    const {port} = outer.address() as AddressInfo;
    const door = spawnIn(this.namespace, process.execPath, [DOOR, path, String(port)]);
    this.#closers.push(async () => {
      outer.close();
      const ended = once(door, 'exit');
      if (door.exitCode === null && door.kill('SIGKILL')) await ended;
    });
    await once(door.stdout!, 'data');
    return port;
  }
}

/** Starts a program whose network is that of the namespace; the process is the program's own. */
export function spawnIn(
  namespace: string,
  command: string,
  args: readonly string[],
  env: NodeJS.ProcessEnv = process.env,
): ChildProcess {
  return spawn('ip', ['netns', 'exec', namespace, command, ...args], {
    stdio: ['ignore', 'pipe', 'pipe'],
    env,
  });
}

/** Several commands of `ip`, within the namespace. */
async function ip(namespace: string, ...commands: readonly string[]): Promise<void> {
  for (const command of commands) await run('ip', ['-netns', namespace, ...command.split(' ')]);
}

/** What runs have left behind whose process is gone: browsers, then namespaces, then folders. */
async function clearLeftovers(): Promise<void> {
  const isLeftOver = (name: string): boolean => {
    const [, pid] = new RegExp(`^${PREFIX}(\\d+)-`).exec(name) ?? [];
    return pid !== undefined && !isAlive(Number(pid));
  };
  const {stdout} = await run('ip', ['netns', 'list']);
  const names = stdout.split('\n').map((line) => line.split(' ')[0] ?? '');
  for (const name of names.filter(isLeftOver)) {
    const {stdout: pids} = await run('ip', ['netns', 'pids', name]);
    for (const pid of pids.split('\n').filter(Boolean)) end(Number(pid));
    await run('ip', ['netns', 'delete', name]);
  }
  for (const name of (await readdir(tmpdir())).filter(isLeftOver)) {
    await rm(join(tmpdir(), name), {recursive: true, force: true});
  }
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}

function end(pid: number): void {
  try {
    process.kill(pid, 'SIGKILL');
  } catch {
    // Gone with another one of them.
  }
}
