/**
 * The same call with the libraries that people take for it, as their own documentation says to: PeerJS with its
 * PeerServer, and simple-peer with a WebSocket server that passes on what it hears. They are installed by the
 * first benchmark that asks for them (`bench/rivals`), for nothing else needs them.
 */
import {cpSync, existsSync, readFileSync, rmSync, writeFileSync} from 'node:fs';
import {once} from 'node:events';
import {join} from 'node:path';
import {Worker} from 'node:worker_threads';
import {ROOT, runNpm} from '../../scripts/lib/project.mjs';
import {startEcho} from './bare-pages.js';
import type {PreparedLab, Way} from './two-pages.js';

const LISTED = join(ROOT, 'bench', 'rivals');
const FOLDER = join(ROOT, '.cache', 'rivals');

/** Installs what is not there yet, in the very versions of the lock file. */
export async function loadRivals(): Promise<Record<'PeerJS' | 'simple-peer', Way>> {
  const lock = readFileSync(join(LISTED, 'package-lock.json'), 'utf8');
  // Written last: what was interrupted is begun anew.
  const installed = join(FOLDER, 'installed.json');
  if (!existsSync(installed) || readFileSync(installed, 'utf8') !== lock) {
    console.log('Installing the libraries to compare with …');
    rmSync(FOLDER, {recursive: true, force: true});
    cpSync(LISTED, FOLDER, {recursive: true});
    await runNpm(['ci', '--ignore-scripts', '--prefix', FOLDER]);
    writeFileSync(installed, lock);
  }
  return {
    PeerJS: {
      startServer: startPeerServer,
      scripts: [join(FOLDER, 'node_modules', 'peerjs', 'dist', 'peerjs.min.js')],
      setUp: setUpPeerJs,
      isHeartbeat: (frame) => frame.includes('"HEARTBEAT"'),
    },
    'simple-peer': {
      startServer: startEcho,
      scripts: [join(FOLDER, 'node_modules', 'simple-peer', 'simplepeer.min.js')],
      setUp: setUpSimplePeer,
    },
  };
}

/** In a thread of its own, for its timers go on when it is closed, and would run beside whatever is measured next. */
async function startPeerServer(): Promise<{port: number; close: () => Promise<unknown>}> {
  const worker = new Worker(PEER_SERVER, {eval: true, workerData: join(FOLDER, 'package.json')});
  const [port] = (await once(worker, 'message')) as [number];
  return {port, close: () => worker.terminate()};
}

/** It takes WebSockets once it is mounted in an application. */
const PEER_SERVER = `
const {createRequire} = require('node:module');
const {createServer} = require('node:http');
const {parentPort, workerData} = require('node:worker_threads');
const fromRivals = createRequire(workerData);
const app = fromRivals('express')();
const server = createServer(app);
app.use(fromRivals('peer').ExpressPeerServer(server));
server.listen(0, '127.0.0.1', () => parentPort.postMessage(server.address().port));
`;

interface MediaConnection {
  answer(stream: MediaStream): void;
  on(event: 'stream', listener: (remote: MediaStream) => void): void;
}

interface PeerJs {
  call(id: string, stream: MediaStream): MediaConnection;
  on(event: 'open', listener: () => void): void;
  on(event: 'call', listener: (call: MediaConnection) => void): void;
}

/** Runs in the page. */
async function setUpPeerJs(port: number, isCallee: boolean): Promise<void> {
  const {lab, Peer} = globalThis as PreparedLab & {
    Peer: new (id: string, options: Record<string, unknown>) => PeerJs;
  };
  const peer = new Peer(isCallee ? 'callee' : 'caller', {
    host: '127.0.0.1',
    port,
    path: '/',
    config: {},
  });
  await new Promise<void>((resolve) => peer.on('open', resolve));
  if (isCallee) {
    peer.on('call', (call) => {
      call.on('stream', lab.show);
      lab.act = () => call.answer(lab.stream);
      lab.rings();
    });
  } else lab.act = () => peer.call('callee', lab.stream).on('stream', lab.show);
}

interface SimplePeer {
  signal(data: unknown): void;
  on(event: 'signal', listener: (data: unknown) => void): void;
  on(event: 'stream', listener: (remote: MediaStream) => void): void;
}

/** Runs in the page. */
async function setUpSimplePeer(port: number, isCallee: boolean): Promise<void> {
  const {lab, SimplePeer} = globalThis as PreparedLab & {
    SimplePeer: new (options: {
      initiator: boolean;
      stream: MediaStream;
      config: RTCConfiguration;
    }) => SimplePeer;
  };
  const socket = new WebSocket(`ws://127.0.0.1:${port}`);
  await new Promise((resolve) => (socket.onopen = resolve));
  let peer: SimplePeer | undefined;
  /** What came while it rang. */
  const early: unknown[] = [];
  lab.act = () => {
    const made = new SimplePeer({initiator: !isCallee, stream: lab.stream, config: {}});
    made.on('signal', (data) => socket.send(JSON.stringify(data)));
    made.on('stream', lab.show);
    for (const data of early) made.signal(data);
    peer = made;
  };
  socket.onmessage = ({data}: MessageEvent<string>) => {
    const signal: unknown = JSON.parse(data);
    if (peer) peer.signal(signal);
    else {
      if (early.length === 0) lab.rings();
      early.push(signal);
    }
  };
}
