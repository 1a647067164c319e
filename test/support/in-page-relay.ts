/** The real relay rules in the page, and sessions on the way to them; sockets are all that is left out. */
import type {RequestName} from '../../protocol/messages.js';
import type {IceConfiguration} from '../../protocol/shapes.js';
import {MemoryStore} from '../../server/relay/memory-store.js';
import type {Delivery} from '../../server/relay/ports.js';
import {Relay} from '../../server/relay/relay.js';
import {CallSession} from '../../widget/call/call-session.js';
import type {CallOptions} from '../../widget/call/call-options.js';
import {randomId} from '../../widget/call/identity.js';
import {InPageSignaling} from './in-page-signaling.js';

export interface InPageRelayOptions {
  readonly maxPeers?: number;
  readonly seatGraceMs?: number;
  readonly iceExpiresInMs?: number | null;
}

export class InPageRelay {
  /** One way, each message. */
  delayMs = 0;
  /** Nobody gets through to it. */
  isAway = false;
  /** What it says from now on of STUN and TURN. */
  iceServers: IceConfiguration['iceServers'] = [];
  /** Everybody's access token says so. */
  preconnects = false;
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
      iceFor: () => ({iceServers: this.iceServers, expiresInMs: iceExpiresInMs}),
      log: {
        debug: () => undefined,
        info: () => undefined,
        error: (fields, message) => console.error(message, fields),
      },
      maxPeers,
      seatGraceMs,
    });
  }

  /**
   * A session whose way to the relay is `client`. Sessions made for one `relayUrl` share identities
   * as tabs do.
   * @param personId Whose session it is, as an access token says; otherwise somebody new's.
   */
  session(
    options: Partial<CallOptions> = {},
    personId?: string,
  ): {
    session: CallSession;
    relayUrl: string;
    client: () => InPageSignaling;
  } {
    let client: InPageSignaling | undefined;
    const relayUrl = `in-page:${randomId()}`;
    const session = new CallSession(
      {relayUrl, ...options},
      {
        createSignaling: (_url, credentials) => {
          client = new InPageSignaling(this, credentials, personId);
          return client;
        },
      },
    );
    return {
      session,
      relayUrl: options.relayUrl ?? relayUrl,
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
