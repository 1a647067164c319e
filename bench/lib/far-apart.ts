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

/** Candidates that a page may have: a few connections, on a machine of a few addresses. */
const POOL = 24;

export class FarApart {
  readonly #distance: Distance;
  readonly #closers: (() => unknown)[] = [];
  #links = 0;
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
    const proxies = await Promise.all(Array.from({length: POOL}, () => this.#open()));
    await page.exposeFunction('leadTo', (farPort: number, address: string, port: number) => {
      proxies.find((proxy) => proxy.port === farPort)!.lead({address, port});
    });
    await page.evaluateOnNewDocument(
      moveCandidates,
      proxies.map(({port}) => port),
    );
  }

  async close(): Promise<void> {
    this.#isClosed = true;
    for (const step of this.#closers) await step();
  }

  /** A port that is far away, before it is known of what. */
  async #open(): Promise<{port: number; lead: (target: Target) => void}> {
    // A packet passes one proxy on its way, whoever has sent it.
    const [there, back] = [this.#link(), this.#link()];
    let lead!: (target: Target) => void;
    const target = new Promise<Target>((resolve) => (lead = resolve));
    const inner = await this.#bind();
    const outer = new Map<string, Promise<Socket>>();
    inner.on('message', (message, from) => {
      const sender = `${from.address} ${from.port}`;
      const socket =
        outer.get(sender) ??
        this.#bind().then((made) =>
          made.on('message', (answer) => {
            back.carry(answer.length + HEADER_BYTES, () => {
              if (!this.#isClosed) inner.send(answer, from.port, from.address);
            });
          }),
        );
      outer.set(sender, socket);
      there.carry(message.length + HEADER_BYTES, () => {
        void Promise.all([socket, target]).then(([ready, {address, port}]) => {
          if (!this.#isClosed) ready.send(message, port, address);
        });
      });
    });
    return {port: inner.address().port, lead};
  }

  #link(): WeakLink {
    const link = new WeakLink(++this.#links);
    link.set({delayMs: this.#distance.roundTripMs / 2, loss: this.#distance.loss});
    this.#closers.push(() => link.close());
    return link;
  }

  /** At every address of the machine: which one a candidate has is not known before. */
  async #bind(): Promise<Socket> {
    const socket = createSocket('udp4');
    socket.on('error', () => undefined);
    socket.bind(0);
    await once(socket, 'listening');
    this.#closers.push(() => socket.close());
    return socket;
  }
}

interface Target {
  readonly address: string;
  readonly port: number;
}

/**
 * Runs in the page before anything of its own does. A candidate is moved where it is gathered, at once: whoever is
 * told of it hears where it is far away, and nobody loses time with that.
 */
function moveCandidates(free: number[]): void {
  const {leadTo} = globalThis as unknown as {
    leadTo: (farPort: number, address: string, port: number) => Promise<void>;
  };
  /** The ports that are far, by address and port. */
  const ports = new Map<string, number>();
  const farPortOf = (address: string, port: number): number => {
    const place = `${address} ${port}`;
    const known = ports.get(place);
    if (known !== undefined) return known;
    const farPort = free.pop();
    if (farPort === undefined) throw new Error('More candidates than there are far ports.');
    ports.set(place, farPort);
    void leadTo(farPort, address, port);
    return farPort;
  };
  /** `null`: over TCP, or by a name, there is no way that is far. */
  const moved = (candidate: string): string | null => {
    const words = candidate.split(' ');
    if (words[2]?.toLowerCase() !== 'udp' || !/^[\d.]+$/.test(words[4] ?? '')) return null;
    words[5] = String(farPortOf(words[4]!, Number(words[5])));
    return words.join(' ');
  };
  const tellMoved = (event: RTCPeerConnectionIceEvent): void => {
    const {candidate, target} = event;
    // One that was dispatched here; the word that there are no more.
    if (!event.isTrusted || !candidate?.candidate) return;
    event.stopImmediatePropagation();
    const there = moved(candidate.candidate);
    if (there === null) return;
    const {sdpMid, sdpMLineIndex, usernameFragment} = candidate;
    const told = new RTCIceCandidate({candidate: there, sdpMid, sdpMLineIndex, usernameFragment});
    target!.dispatchEvent(new RTCPeerConnectionIceEvent(event.type, {candidate: told}));
  };
  const {prototype} = RTCPeerConnection;
  for (const name of [
    'localDescription',
    'currentLocalDescription',
    'pendingLocalDescription',
  ] as const) {
    const {get} = Object.getOwnPropertyDescriptor(prototype, name)!;
    Object.defineProperty(prototype, name, {
      get(this: RTCPeerConnection) {
        const description = get!.call(this) as RTCSessionDescription | null;
        if (!description) return null;
        const {type, sdp} = description;
        const lines = sdp.replace(/^a=(candidate:.*)\r\n/gm, (_, candidate: string) => {
          const there = moved(candidate);
          return there === null ? '' : `a=${there}\r\n`;
        });
        return new RTCSessionDescription({type, sdp: lines});
      },
    });
  }
  globalThis.RTCPeerConnection = new Proxy(RTCPeerConnection, {
    construct(target, [configuration]: [RTCConfiguration?]) {
      const connection = new target(configuration);
      // Before anybody else listens.
      connection.addEventListener('icecandidate', tellMoved);
      return connection;
    },
  });
}
