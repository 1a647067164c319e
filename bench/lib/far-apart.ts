/**
 * Puts distance between pages of one machine: every page as far from the servers as from each other.
 * What they say to servers goes through a TCP proxy. Between them, every candidate that a page is told
 * of leads to a UDP proxy in front of the real one, whose answers come back the same way; the pages
 * themselves know nothing of it.
 */
import {once} from 'node:events';
import {createSocket, type Socket} from 'node:dgram';
import type {Page} from 'puppeteer-core';
import {startTcpProxy} from '../../test/support/tcp-proxy.js';
import {WeakLink} from '../../test/support/weak-link.js';

const HEADER_BYTES = 28;

export interface Distance {
  /** There and back: between the two pages, and between each of them and a server. */
  readonly roundTripMs: number;
  /** Of what goes between the pages, the share that is lost, 0 to 1. */
  readonly loss: number;
}

export class FarApart {
  readonly #distance: Distance;
  readonly #closers: (() => unknown)[] = [];
  readonly #ports = new Map<string, Promise<number>>();
  #isClosed = false;

  constructor(distance: Distance) {
    this.#distance = distance;
  }

  /** Of a port on 127.0.0.1, the one that is this far away. */
  async portOf(port: number): Promise<number> {
    const delayMs = this.#distance.roundTripMs / 2;
    const t = {after: (step: unknown) => void this.#closers.push(step as () => unknown)};
    return (await startTcpProxy(t, port, {weather: {delayMs}})).port;
  }

  /** To be called before the page has loaded anything. */
  async prepare(page: Page): Promise<void> {
    await page.exposeFunction('farPortOf', (address: string, port: number) => {
      const key = `${address} ${port}`;
      const known = this.#ports.get(key) ?? this.#open(address, port);
      this.#ports.set(key, known);
      return known;
    });
    await page.evaluateOnNewDocument(moveCandidates);
  }

  async close(): Promise<void> {
    this.#isClosed = true;
    for (const step of this.#closers) await step();
  }

  async #open(address: string, port: number): Promise<number> {
    const seed = this.#ports.size * 2 + 1;
    const [there, back] = [new WeakLink(seed), new WeakLink(seed + 1)];
    // A packet passes one proxy on its way, whoever has sent it.
    for (const link of [there, back]) {
      link.set({delayMs: this.#distance.roundTripMs / 2, loss: this.#distance.loss});
      this.#closers.push(() => link.close());
    }
    const inner = await this.#bind(address);
    const outer = new Map<string, Promise<Socket>>();
    inner.on('message', (message, from) => {
      const sender = `${from.address} ${from.port}`;
      const socket =
        outer.get(sender) ??
        this.#bind(address).then((made) =>
          made.on('message', (answer) => {
            back.carry(answer.length + HEADER_BYTES, () => {
              if (!this.#isClosed) inner.send(answer, from.port, from.address);
            });
          }),
        );
      outer.set(sender, socket);
      there.carry(message.length + HEADER_BYTES, () => {
        void socket.then((ready) => {
          if (!this.#isClosed) ready.send(message, port, address);
        });
      });
    });
    return inner.address().port;
  }

  async #bind(address: string): Promise<Socket> {
    const socket = createSocket('udp4');
    socket.on('error', () => undefined);
    socket.bind(0, address);
    await once(socket, 'listening');
    this.#closers.push(() => socket.close());
    return socket;
  }
}

/** Runs in the page before anything of its own does. */
function moveCandidates(): void {
  const {farPortOf} = globalThis as unknown as {
    farPortOf: (address: string, port: number) => Promise<number>;
  };
  /** Over TCP, or by a name: there is no other way than the one that is far. */
  const moved = async (candidate: string): Promise<string | null> => {
    const words = candidate.split(' ');
    if (words[2]?.toLowerCase() !== 'udp' || !/^[\d.]+$/.test(words[4] ?? '')) return null;
    words[5] = String(await farPortOf(words[4]!, Number(words[5])));
    return words.join(' ');
  };
  const movedSdp = async (sdp: string): Promise<string> => {
    const lines: string[] = [];
    for (const line of sdp.split('\r\n')) {
      const there = line.startsWith('a=candidate:') ? await moved(line) : line;
      if (there !== null) lines.push(there);
    }
    return lines.join('\r\n');
  };
  // Of the old form with callbacks nobody here has use.
  const {setRemoteDescription, addIceCandidate} = RTCPeerConnection.prototype as {
    setRemoteDescription: (description: RTCSessionDescriptionInit) => Promise<void>;
    addIceCandidate: (candidate?: RTCIceCandidateInit) => Promise<void>;
  };
  // What a page hands over in order is handed on in order.
  const turns = new WeakMap<RTCPeerConnection, Promise<unknown>>();
  const inTurn = <T>(connection: RTCPeerConnection, work: () => Promise<T>): Promise<T> => {
    const turn = (turns.get(connection) ?? Promise.resolve()).then(work);
    turns.set(
      connection,
      turn.catch(() => undefined),
    );
    return turn;
  };
  const far: Pick<RTCPeerConnection, 'setRemoteDescription' | 'addIceCandidate'> &
    ThisType<RTCPeerConnection> = {
    setRemoteDescription(description: RTCSessionDescriptionInit) {
      return inTurn(this, async () => {
        const sdp = await movedSdp(description.sdp ?? '');
        return setRemoteDescription.call(this, {type: description.type, sdp});
      });
    },
    addIceCandidate(candidate?: RTCIceCandidateInit | null) {
      return inTurn(this, async () => {
        if (!candidate?.candidate) return addIceCandidate.call(this, candidate ?? undefined);
        const {sdpMid, sdpMLineIndex, usernameFragment} = candidate;
        const rest = {
          sdpMid: sdpMid ?? null,
          sdpMLineIndex: sdpMLineIndex ?? null,
          usernameFragment: usernameFragment ?? null,
        };
        const there = await moved(candidate.candidate);
        if (there !== null) await addIceCandidate.call(this, {candidate: there, ...rest});
      });
    },
  };
  Object.assign(RTCPeerConnection.prototype, far);
}
