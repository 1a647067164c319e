/**
 * The real relay rules in the page, with signaling that a test can slow down, cut and mend. Every
 * message is copied as JSON and parsed as on the wire; sockets are all that is left out.
 */
import * as v from 'valibot';
import {
  RequestSchemas,
  type Refusal,
  type Reply,
  type Request,
  type RequestName,
} from '../../protocol/messages.js';
import {PROTOCOL_VERSION} from '../../protocol/limits.js';
import type {Connection} from '../../server/relay/connection.js';
import {MemoryStore} from '../../server/relay/memory-store.js';
import type {Delivery} from '../../server/relay/ports.js';
import {Relay} from '../../server/relay/relay.js';
import {CallError} from '../../widget/call/call-error.js';
import {CallSession} from '../../widget/call/call-session.js';
import type {CallOptions} from '../../widget/call/call-options.js';
import type {SignalingState} from '../../widget/call/call-state.js';
import {randomId} from '../../widget/call/identity.js';
import type {
  Signaling,
  SignalingCredentials,
  SignalingEventDetails,
} from '../../widget/call/signaling.js';
import {TypedEventTarget} from '../../widget/call/typed-event-target.js';

export interface InPageRelayOptions {
  readonly maxPeers?: number;
  readonly seatGraceMs?: number;
  readonly iceExpiresInMs?: number | null;
}

export class InPageRelay {
  /** One way, each message. */
  delayMs = 0;
  /** Requests that were made, in order: what a test counts. */
  readonly requests: {name: RequestName; payload: unknown}[] = [];
  relay: Relay;
  /** Issued before a restart with another secret: nobody is known by such a token. */
  readonly #forgottenTokens = new Set<string>();
  readonly #options: InPageRelayOptions;
  readonly #clients = new Map<string, InPageSignaling>();

  constructor(options: InPageRelayOptions = {}) {
    this.#options = options;
    this.relay = this.#start();
  }

  /**
   * Comes back with empty memory, and with another secret if it is to know nobody. Its clients are
   * back at once, unless the test has something to do before that (`mend()`).
   */
  restart({knowsTokens, isMended = true}: {knowsTokens: boolean; isMended?: boolean}): void {
    const clients = [...this.#clients.values()];
    for (const client of clients) client.cut();
    this.relay.close();
    if (!knowsTokens) for (const {token} of clients) this.#forgottenTokens.add(token);
    this.relay = this.#start();
    if (isMended) for (const client of clients) client.mend();
  }

  knows(token: string | undefined): token is string {
    return token !== undefined && !this.#forgottenTokens.has(token);
  }

  #start(): Relay {
    const {maxPeers = 8, seatGraceMs = 30_000, iceExpiresInMs = null} = this.#options;
    return new Relay({
      store: new MemoryStore(),
      deliver: (delivery) => this.#deliver(delivery),
      follow: (connectionId, directory) => {
        for (const client of this.#clients.values()) client.followIf(connectionId, directory);
      },
      clock: {
        now: () => Date.now(),
        after: (delayMs, task) => {
          const timer = setTimeout(task, delayMs);
          return () => clearTimeout(timer);
        },
      },
      makeId: randomId,
      iceFor: () => ({iceServers: [], expiresInMs: iceExpiresInMs}),
      log: {
        debug: () => undefined,
        info: () => undefined,
        error: (fields, message) => console.error(message, fields),
      },
      maxPeers,
      seatGraceMs,
    });
  }

  /** A session whose way to the relay is `client`. Sessions made for one `relayUrl` share identities as tabs do. */
  session(options: Partial<CallOptions> = {}): {
    session: CallSession;
    client: () => InPageSignaling;
  } {
    let client: InPageSignaling | undefined;
    const session = new CallSession(
      {relayUrl: `in-page:${randomId()}`, ...options},
      {
        createSignaling: (_url, credentials) => {
          client = new InPageSignaling(this, credentials);
          return client;
        },
      },
    );
    return {
      session,
      client: () => {
        if (client === undefined) throw new Error('The session has not dialled yet.');
        return client;
      },
    };
  }

  /** Every client there is, by peer id. */
  take(peerId: string, client: InPageSignaling): void {
    const previous = this.#clients.get(peerId);
    this.#clients.set(peerId, client);
    if (previous !== undefined && previous !== client) previous.replaced();
  }

  release(peerId: string, client: InPageSignaling): void {
    if (this.#clients.get(peerId) === client) this.#clients.delete(peerId);
  }

  get connected(): number {
    return this.#clients.size;
  }

  close(): void {
    this.relay.close();
  }

  #deliver({to, event, payload}: Delivery): void {
    for (const client of this.#clients.values()) {
      if (client.isMeant(to)) client.deliver(event, payload);
    }
  }
}

export class InPageSignaling extends TypedEventTarget<SignalingEventDetails> implements Signaling {
  readonly #host: InPageRelay;
  readonly #credentials: () => SignalingCredentials;
  #state: SignalingState = 'closed';
  #connection: Connection | undefined;
  #follows: string | null = null;
  token = '';
  /** Signals that the test lets fall on the floor, on their way to the relay. */
  losesSignals = false;

  constructor(host: InPageRelay, credentials: () => SignalingCredentials) {
    super();
    this.#host = host;
    this.#credentials = credentials;
  }

  get state(): SignalingState {
    return this.#state;
  }

  open(): Promise<void> {
    return new Promise((resolve, reject) => {
      this.addEventListener('welcome', () => resolve(), {once: true});
      this.addEventListener('state-changed', ({detail}) => {
        if (detail === 'closed') reject(CallError.aborted());
      });
      this.#become('reconnecting');
      this.#later(() => this.#connect());
    });
  }

  async request<Name extends RequestName>(
    name: Name,
    payload: Request<Name>,
  ): Promise<Reply<Name>> {
    const connection = this.#connection;
    if (this.#state !== 'open' || connection === undefined) {
      throw new CallError('relay-unreachable', 'cut');
    }
    const copy: unknown = JSON.parse(JSON.stringify(payload));
    this.#host.requests.push({name, payload: copy});
    const request = v.parse(RequestSchemas[name], copy);
    const reply = await new Promise<Reply<Name> | Refusal>((resolve, reject) => {
      this.#later(() => {
        if (this.losesSignals && name === 'signal') return;
        if (this.#connection !== connection) return reject(new CallError('relay-timeout', 'cut'));
        void this.#host.relay.request(connection, name, request, (answer) => {
          this.#later(() => resolve(JSON.parse(JSON.stringify(answer)) as Reply<Name>));
        });
      });
    });
    if (reply.ok) return reply;
    throw new CallError(reply.code, reply.message);
  }

  /** As Socket.IO's rooms tell who is meant. */
  isMeant(to: Delivery['to']): boolean {
    const connection = this.#connection;
    if (connection === undefined) return false;
    if ('peer' in to) return connection.peerId === to.peer;
    if ('directory' in to) return this.#follows === to.directory;
    return connection.personId === to.person && connection.peerId !== to.except;
  }

  followIf(connectionId: string, directory: string | null): void {
    if (this.#connection?.id === connectionId) this.#follows = directory;
  }

  close(): void {
    if (this.#state === 'closed') return;
    this.#hangUp();
    this.#become('closed');
  }

  /** The network goes: nothing comes or goes any more, and the relay notices. */
  cut(): void {
    this.#hangUp();
    this.#become('reconnecting');
  }

  /** The network is back. */
  mend(): void {
    if (this.#state === 'reconnecting' && this.#connection === undefined) this.#connect();
  }

  replaced(): void {
    this.deliver('ended', {reason: 'replaced'});
    this.#connection = undefined;
  }

  deliver(event: Delivery['event'], payload: unknown): void {
    const connection = this.#connection;
    const copy: unknown = JSON.parse(JSON.stringify(payload));
    this.#later(() => {
      if (this.#connection === connection || event === 'ended') this.emit(event, copy as never);
    });
  }

  #connect(): void {
    if (this.#state === 'closed') return;
    const {resumeToken, displayName, metadata} = this.#credentials();
    const ids = this.#host.knows(resumeToken) ? resumeToken.split('.') : [];
    const [peerId = randomId(), personId = randomId()] = ids;
    this.token = `${peerId}.${personId}`;
    this.#host.take(peerId, this);
    const connectionId = randomId();
    const profile = {displayName, metadata};
    const connection = this.#host.relay.connect(
      {id: connectionId, peerId, personId, ...profile},
      (kept) => {
        this.#later(() => {
          if (this.#connection !== connection) return;
          this.#become('open');
          const welcome = {protocol: PROTOCOL_VERSION, connectionId, peerId, personId, kept};
          this.emit('welcome', {...welcome, resumeToken: this.token});
        });
      },
    );
    this.#connection = connection;
    this.#follows = null;
  }

  #hangUp(): void {
    const connection = this.#connection;
    this.#connection = undefined;
    if (connection === undefined) return;
    this.#host.release(connection.peerId, this);
    void this.#host.relay.disconnect(connection);
  }

  #become(state: SignalingState): void {
    if (this.#state === state) return;
    this.#state = state;
    this.emit('state-changed', state);
  }

  #later(task: () => void): void {
    setTimeout(task, this.#host.delayMs);
  }
}
