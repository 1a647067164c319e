/**
 * A call as people write it by hand: two pages, each with its camera on and a WebSocket to a server that
 * passes on what it hears, and everything (connection, offer, answer, candidates) made after Accept. The
 * limit of a cold start: no library does less.
 */
import type {AddressInfo} from 'node:net';
import {once} from 'node:events';
import type {Page} from 'puppeteer-core';
import {WebSocketServer} from 'ws';
import type {RunningBrowser} from '../../test/support/browsers.js';
import type {BareCallOptions, CallFrames, FirstFrame} from './bare-call.js';
import {openWindow} from './open-window.js';

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

interface Sight {
  /** When Accept was pressed, on the side that presses it. */
  readonly acceptedAt: number | null;
  readonly frameAt: number;
  readonly width: number;
}

export interface BarePagesOptions extends BareCallOptions {
  /** Where the server is found of which this is the port. */
  readonly portOf?: (port: number) => number | Promise<number>;
}

export async function barePages(
  browser: RunningBrowser,
  {url, constraints, settleMs, prepare: prepareWindow, portOf = (port) => port}: BarePagesOptions,
): Promise<CallFrames> {
  const echo = await startEcho();
  const pages: Page[] = [];
  try {
    for (let count = 0; count < 2; count++)
      pages.push(await openWindow(browser, url, {prepare: prepareWindow}));
    const server = `ws://127.0.0.1:${await portOf(echo.port)}`;
    for (const page of pages) await page.evaluate(prepare, server, constraints);
    await new Promise((resolve) => setTimeout(resolve, settleMs));
    const [callee, caller] = pages as [Page, Page];
    const [seen, seenByCaller] = await Promise.all([
      callee.evaluate(take, true),
      caller.evaluate(take, false),
    ]);
    const since = ({frameAt, width}: Sight): FirstFrame => ({
      afterMs: frameAt - seen.acceptedAt!,
      width,
    });
    return {callee: since(seen), caller: since(seenByCaller)};
  } finally {
    for (const page of pages) await page.browserContext().close();
    echo.close();
  }
}

type Prepared = typeof globalThis & {bare: {stream: MediaStream; socket: WebSocket}};

/** Runs in the page: camera on, and a way to the other side. */
export async function prepare(url: string, constraints: MediaStreamConstraints): Promise<void> {
  const stream = await navigator.mediaDevices.getUserMedia(constraints);
  const socket = new WebSocket(url);
  await new Promise((resolve) => (socket.onopen = resolve));
  Object.assign(globalThis, {bare: {stream, socket}});
}

/** Runs in the page: presses Accept, or waits for that and offers. Resolves with the first picture of the other side. */
export function take(accepts: boolean): Promise<Sight> {
  const {stream, socket} = (globalThis as Prepared).bare;
  const wallClock = (): number => performance.timeOrigin + performance.now();
  const say = (message: unknown): void => socket.send(JSON.stringify(message));
  let acceptedAt: number | null = null;
  return new Promise((resolve) => {
    let connection: RTCPeerConnection | undefined;
    const connect = (): RTCPeerConnection => {
      const made = new RTCPeerConnection({bundlePolicy: 'max-bundle'});
      for (const track of stream.getTracks()) made.addTrack(track, stream);
      made.onicecandidate = ({candidate}) => {
        if (candidate !== null) say({candidate});
      };
      made.ontrack = ({track, streams: [remote = null]}) => {
        if (track.kind !== 'video') return;
        const video = Object.assign(document.createElement('video'), {autoplay: true, muted: true});
        video.srcObject = remote;
        video.requestVideoFrameCallback((_, {width}) => {
          resolve({acceptedAt, frameAt: wallClock(), width});
        });
        document.body.append(video);
      };
      return made;
    };
    let work = Promise.resolve();
    socket.onmessage = ({data}: MessageEvent<string>) => {
      const message = JSON.parse(data) as {
        accept?: true;
        description?: RTCSessionDescriptionInit;
        candidate?: RTCIceCandidateInit;
      };
      work = work.then(async () => {
        if (message.accept) {
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
    if (!accepts) return;
    acceptedAt = wallClock();
    say({accept: true});
  });
}
