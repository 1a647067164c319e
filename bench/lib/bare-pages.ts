/**
 * A call as people write it by hand: two pages, each with its camera on and a WebSocket to a server that
 * passes on what it hears, and everything (connection, offer, answer, candidates) made after Accept. The
 * limit of a cold start: no library does less.
 */
import type {AddressInfo} from 'node:net';
import {once} from 'node:events';
import {WebSocketServer} from 'ws';
import type {PreparedLab, Way} from './two-pages.js';

/** Passes every message on to all others. */
export async function startEcho(): Promise<{port: number; close: () => void}> {
  const server = new WebSocketServer({host: '127.0.0.1', port: 0});
  await once(server, 'listening');
  server.on('connection', (socket) => {
    socket.on('message', (data, isBinary) => {
      for (const other of server.clients)
        if (other !== socket) other.send(data, {binary: isBinary});
    });
  });
  const {port} = server.address() as AddressInfo;
  return {port, close: () => server.close()};
}

export const BARE_PAGES: Way = {startServer: startEcho, setUp};

/** Runs in the page. */
async function setUp(port: number, isCallee: boolean): Promise<void> {
  const {lab} = globalThis as PreparedLab;
  const socket = new WebSocket(`ws://127.0.0.1:${port}`);
  await new Promise((resolve) => (socket.onopen = resolve));
  const say = (message: unknown): void => socket.send(JSON.stringify(message));
  let connection: RTCPeerConnection | undefined;
  const connect = (): RTCPeerConnection => {
    const made = new RTCPeerConnection({bundlePolicy: 'max-bundle'});
    for (const track of lab.stream.getTracks()) made.addTrack(track, lab.stream);
    made.onicecandidate = ({candidate}) => {
      if (candidate !== null) say({candidate});
    };
    made.ontrack = ({track, streams: [remote = null]}) => {
      if (track.kind === 'video' && remote !== null) lab.show(remote);
    };
    return made;
  };
  let work = Promise.resolve();
  socket.onmessage = ({data}: MessageEvent<string>) => {
    const message = JSON.parse(data) as {
      call?: true;
      accept?: true;
      description?: RTCSessionDescriptionInit;
      candidate?: RTCIceCandidateInit;
    };
    work = work.then(async () => {
      if (message.call) lab.rings();
      else if (message.accept) {
        connection = connect();
        await connection.setLocalDescription();
        say({description: connection.localDescription});
      } else if (message.description) {
        connection ??= connect();
        await connection.setRemoteDescription(message.description);
        if (message.description.type === 'answer') return;
        await connection.setLocalDescription();
        say({description: connection.localDescription});
      } else await connection?.addIceCandidate(message.candidate);
    });
  };
  lab.act = () => say(isCallee ? {accept: true} : {call: true});
}
