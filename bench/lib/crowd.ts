/**
 * Many real clients of one directory, and a count of what each is told of the others. They share a
 * process with whoever measures; of the relay they know its address.
 */
import {io, type Socket} from 'socket.io-client';
import {PROTOCOL_VERSION} from '../../protocol/limits.js';
import type {
  ClientToRelayEvents,
  RelayEvent,
  RelayToClientEvents,
} from '../../protocol/messages.js';

/** As people are: a name, nothing else. All of the same length, so that bytes can be compared. */
export const nameOf = (n: number): string => `Person ${String(n).padStart(5, '0')}`;

export class Visitor {
  readonly socket: Socket<RelayToClientEvents, ClientToRelayEvents>;
  readonly known = new Map<string, RelayEvent<'people'>['people'][number]>();
  personId = '';
  /** Of `people` alone. */
  messages = 0;
  bytes = 0;
  readonly #crowd: Crowd;

  constructor(crowd: Crowd, url: string, displayName: string) {
    this.#crowd = crowd;
    this.socket = io(url, {
      auth: {protocol: PROTOCOL_VERSION, displayName},
      transports: ['websocket'],
      reconnection: false,
      forceNew: true,
    });
    this.socket.on('people', ({isSnapshot, people, gone}) => {
      this.messages += 1;
      if (isSnapshot) this.known.clear();
      for (const entry of people) this.known.set(entry.personId, entry);
      for (const personId of gone) this.known.delete(personId);
      this.known.delete(this.personId);
      this.#crowd.onNews();
    });
    this.socket.on('disconnect', (reason) => this.#crowd.onLoss(reason));
    this.socket.io.engine.on('packet', ({data}: {data?: unknown}) => {
      if (typeof data !== 'string' || !data.startsWith('2["people"')) return;
      // One more for the type of the Engine.IO packet.
      this.bytes += Buffer.byteLength(data) + 1;
    });
  }

  async welcomed(): Promise<void> {
    const {personId} = await new Promise<RelayEvent<'welcome'>>((resolve, reject) => {
      this.socket.once('welcome', resolve);
      this.socket.once('connect_error', reject);
    });
    this.personId = personId;
  }

  async enter(directory: string): Promise<void> {
    const reply = await this.socket.emitWithAck('directory', {directory});
    if (!reply.ok) throw new Error(`not listed: ${reply.code}`);
  }
}

export class Crowd {
  readonly visitors: Visitor[] = [];
  readonly #url: string;
  #wake: () => void = () => {};
  #lost: string | undefined;

  constructor(url: string) {
    this.#url = url;
  }

  onNews(): void {
    this.#wake();
  }

  /** Whoever is away is told nothing, and there would be no end to the waiting. */
  onLoss(reason: string): void {
    if (reason === 'io client disconnect') return;
    this.#lost ??= reason;
    this.#wake();
  }

  /** Connects so many more, a few at a time. */
  async connect(count: number): Promise<Visitor[]> {
    const added: Visitor[] = [];
    while (added.length < count) {
      const some: Visitor[] = [];
      while (some.length < 50 && added.length + some.length < count) {
        const name = nameOf(this.visitors.length + some.length);
        some.push(new Visitor(this, this.#url, name));
      }
      await Promise.all(some.map((visitor) => visitor.welcomed()));
      this.visitors.push(...some);
      added.push(...some);
    }
    return added;
  }

  /** Until it is so for every visitor; returns after how many milliseconds it was. */
  async until(isSo: (visitor: Visitor) => boolean): Promise<number> {
    const begun = performance.now();
    const deadline = AbortSignal.timeout(120_000);
    while (!this.visitors.every(isSo)) {
      await new Promise<void>((resolve, reject) => {
        this.#wake = resolve;
        deadline.onabort = () => reject(new Error('it never came to that'));
      });
      if (this.#lost !== undefined) throw new Error(`a client lost its connection: ${this.#lost}`);
    }
    return performance.now() - begun;
  }

  reset(): void {
    for (const visitor of this.visitors) visitor.messages = visitor.bytes = 0;
  }

  get messages(): number {
    return this.visitors.reduce((sum, {messages}) => sum + messages, 0);
  }

  get bytes(): number {
    return this.visitors.reduce((sum, {bytes}) => sum + bytes, 0);
  }

  close(): void {
    for (const {socket} of this.visitors) socket.disconnect();
  }
}
