/**
 * Three people in one page with real connections, over the relay's real rules in the same page: the
 * call that faults are done to. What each has made is counted, so that what is left over shows.
 */
import type {CallSession} from '../../widget/call/call-session.js';
import {InPageRelay} from '../support/in-page-relay.js';
import {NAMES, type Name} from './schedule.js';

export const ROOM = 'faults';

/** What the lab, outside the page, does for it. */
export interface Lab {
  /** The TURN server that this one sends everything through. */
  readonly turn: Readonly<Record<Name, RTCIceServer>>;
  /** Lets that one's packets through, or not. */
  setLink(who: Name, isUp: boolean): Promise<void>;
}

type Person = ReturnType<InPageRelay['session']>;

/** What there is of it in every browser. */
interface PairStats {
  readonly type: string;
  readonly nominated?: boolean;
  readonly state: string;
  readonly bytesSent?: number;
  readonly bytesReceived?: number;
}

/** Small pictures: it is links that are tested here, and three people share one machine. */
const PICTURE = {width: 160, height: 120, frameRate: 10};

export class CallInPage {
  readonly relay = new InPageRelay();
  readonly #people = new Map<Name, Person>();
  readonly #connections: {owner: Name; connection: RTCPeerConnection}[] = [];
  readonly #tracks: MediaStreamTrack[] = [];
  readonly #lab: Lab;
  readonly #isRelayed: boolean;
  readonly #undo: (() => void)[] = [];
  /** The relay is dead: whoever is cut off stays so. */
  #isRelayDead = false;

  constructor(lab: Lab, isRelayed: boolean) {
    this.#lab = lab;
    this.#isRelayed = isRelayed;
    this.#watchConnections();
    this.#watchDevices();
    for (const name of NAMES) this.#open(name);
  }

  session(name: Name): CallSession {
    return this.#of(name).session;
  }

  get sessions(): readonly CallSession[] {
    return NAMES.map((name) => this.session(name));
  }

  async join(name: Name): Promise<void> {
    await this.session(name).join(ROOM);
  }

  killRelay(knowsTokens: boolean): void {
    this.#isRelayDead = this.relay.isAway = true;
    this.relay.restart({knowsTokens, isMended: false});
  }

  reviveRelay(): void {
    this.#isRelayDead = this.relay.isAway = false;
    for (const name of NAMES) this.mendSocket(name);
  }

  /** @param isLossy Signals that were on their way are lost. */
  cutSocket(name: Name, isLossy = false): void {
    const client = this.#client(name);
    if (client?.state !== 'open') return;
    client.losesSignals = isLossy;
    client.cut();
  }

  mendSocket(name: Name): void {
    const client = this.#client(name);
    if (client === undefined || this.#isRelayDead) return;
    client.losesSignals = false;
    client.mend();
  }

  async setLink(name: Name, isUp: boolean): Promise<void> {
    await this.#lab.setLink(name, isUp);
  }

  /** The page goes without a good-bye, and another one comes in its tab, after so many milliseconds. */
  async reload(name: Name, absenceMs: number): Promise<void> {
    const {session, relayUrl} = this.#of(name);
    const client = this.#client(name);
    client?.cut();
    client?.close();
    for (const {owner, connection} of this.#connections) if (owner === name) connection.close();
    session.dispose();
    await new Promise((resolve) => setTimeout(resolve, absenceMs));
    this.#open(name, relayUrl);
    await this.join(name);
  }

  /** Everything that a fault may have left as it was made. */
  async mendAll(): Promise<void> {
    this.relay.delayMs = 0;
    this.reviveRelay();
    for (const name of NAMES) await this.setLink(name, true);
  }

  async end(): Promise<void> {
    await Promise.all(this.sessions.map((session) => session.leave()));
    for (const session of this.sessions) session.dispose();
    this.relay.close();
  }

  /** What is still there of all that was ever made. */
  leftOver(): string[] {
    const open = this.#connections.filter(
      ({connection}) => connection.connectionState !== 'closed',
    );
    const live = this.#tracks.filter(({readyState}) => readyState === 'live');
    return [
      ...open.map(({owner}) => `a connection of ${owner}`),
      ...live.map(({kind}) => `a track (${kind})`),
      ...(this.relay.connected > 0 ? [`${this.relay.connected} sockets`] : []),
    ];
  }

  /** How the connections are, for whoever has to find out what went wrong. */
  async describe(): Promise<string[]> {
    const open = this.#connections.filter(
      ({connection}) => connection.connectionState !== 'closed',
    );
    return Promise.all(
      open.map(async ({owner, connection}) => {
        const {connectionState, iceConnectionState, signalingState, sctp} = connection;
        const pairs: string[] = [];
        const stats = await connection.getStats();
        stats.forEach((stat: PairStats) => {
          if (stat.type !== 'candidate-pair' || !stat.nominated) return;
          pairs.push(`${stat.state}, ${stat.bytesSent} ↑ ${stat.bytesReceived} ↓`);
        });
        const states = `${connectionState}, ICE ${iceConnectionState}, ${signalingState}`;
        const dtls = sctp?.transport.state ?? 'none';
        return `${owner}: ${states}, DTLS ${dtls}, pairs: ${pairs.join(' | ')}`;
      }),
    );
  }

  stopWatching(): void {
    for (const undo of this.#undo) undo();
  }

  #of(name: Name): Person {
    return this.#people.get(name)!;
  }

  #client(name: Name): ReturnType<Person['client']> | undefined {
    try {
      return this.#of(name).client();
    } catch {
      // It has not dialled yet.
      return undefined;
    }
  }

  #open(name: Name, relayUrl?: string): void {
    const person = this.relay.session({
      displayName: name,
      capacity: NAMES.length,
      autoAccept: true,
      iceServers: [this.#lab.turn[name]],
      iceTransportPolicy: this.#isRelayed ? 'relay' : 'all',
      ...(relayUrl !== undefined && {relayUrl}),
    });
    this.#people.set(name, person);
  }

  /** Whose a connection is tells the name by which it asks for TURN. */
  #watchConnections(): void {
    const Original = globalThis.RTCPeerConnection;
    const all = this.#connections;
    globalThis.RTCPeerConnection = class extends Original {
      constructor(configuration?: RTCConfiguration) {
        super(configuration);
        const owner = NAMES.find((name) =>
          configuration?.iceServers?.some(({username}) => username?.endsWith(`:${name}`)),
        );
        if (owner === undefined) throw new Error('a connection of nobody');
        all.push({owner, connection: this});
      }
    };
    this.#undo.push(() => {
      globalThis.RTCPeerConnection = Original;
    });
  }

  #watchDevices(): void {
    const devices = navigator.mediaDevices;
    const screens = devices.getDisplayMedia;
    devices.getDisplayMedia = () => {
      const stream = still();
      this.#tracks.push(...stream.getTracks());
      return Promise.resolve(stream);
    };
    this.#undo.push(() => {
      devices.getDisplayMedia = screens;
    });
    const original = devices.getUserMedia;
    devices.getUserMedia = async (constraints) => {
      const video = constraints?.video ? PICTURE : false;
      const stream = await original.call(devices, {...constraints, video});
      this.#tracks.push(...stream.getTracks());
      return stream;
    };
    this.#undo.push(() => {
      devices.getUserMedia = original;
    });
  }
}

/** A screen on which nothing moves. */
function still(): MediaStream {
  const canvas = document.createElement('canvas');
  [canvas.width, canvas.height] = [320, 180];
  canvas.getContext('2d')?.fillRect(0, 0, 160, 90);
  return canvas.captureStream(5);
}
