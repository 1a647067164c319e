/**
 * Signaling over Socket.IO: the only file that imports socket.io-client. It turns packets into
 * typed events and refusals into `CallError`s, and decides nothing about calls.
 */
import {Manager, type Socket} from 'socket.io-client';
import type {ErrorCode} from '../../protocol/codes.js';
import {PROTOCOL_VERSION} from '../../protocol/limits.js';
import type {
  ClientToRelayEvents,
  Handshake,
  Refusal,
  RelayEventName,
  RelayToClientEvents,
  Reply,
  Request,
  RequestName,
} from '../../protocol/messages.js';
import {CallError} from './call-error.js';
import type {SignalingState} from './call-state.js';
import {Redialling} from './redialling.js';
import type {Signaling, SignalingCredentials, SignalingEventDetails} from './signaling.js';
import {TypedEventTarget} from './typed-event-target.js';
import {WebSocketTransport} from './web-socket-transport.js';

/** A relay that has not said `welcome` by then is not going to. Long enough for a cold phone network. */
const OPEN_DEADLINE_MS = 15_000;

/** One attempt of it: some networks swallow a WebSocket without a word, and long polling needs its time too. */
const ATTEMPT_TIMEOUT_MS = 5_000;

/** Where nobody listens, attempts fail at once: WebSocket, long polling, and each once more. */
const MAX_FAILED_ATTEMPTS = 4;

/** Every request is answered from memory; longer than this means that the connection is dead. */
const REQUEST_TIMEOUT_MS = 8_000;

export class SocketIoSignaling
  extends TypedEventTarget<SignalingEventDetails>
  implements Signaling
{
  readonly #socket: Socket<RelayToClientEvents, ClientToRelayEvents>;
  #state: SignalingState = 'closed';
  #isOpening = false;
  #isLongPollingAllowed = false;
  /** Events that wait until a reply has been taken in. */
  #held: (() => void)[] | null = null;
  readonly #redialling: Redialling;

  /**
   * @param relayUrl The relay's base URL; Socket.IO's endpoint is `socket.io/` below it.
   * @param credentials Asked before every connection, so a renewed token is used by the next one.
   */
  constructor(relayUrl: string, credentials: () => SignalingCredentials) {
    super();
    const url = toRelayUrl(relayUrl);
    const manager = new Manager(url.origin, {
      path: `${url.pathname.replace(/\/*$/, '')}/socket.io/`,
      autoConnect: false,
      transports: [WebSocketTransport],
      tryAllTransports: true,
      upgrade: false,
      // By our own policy, below.
      reconnection: false,
      timeout: ATTEMPT_TIMEOUT_MS,
    });
    this.#socket = manager.socket('/', {
      auth: (pass: (handshake: Handshake) => void) => {
        pass({protocol: PROTOCOL_VERSION, ...credentials()});
      },
    });
    this.#redialling = new Redialling(relayUrl, () => this.#socket.connect());
    this.#listen();
  }

  get state(): SignalingState {
    return this.#state;
  }

  open(): Promise<void> {
    return new Promise((resolve, reject) => {
      let lastError: unknown;
      const done = new AbortController();
      const finish = (error?: CallError): void => {
        clearTimeout(deadline);
        done.abort();
        this.#isOpening = false;
        this.#socket.off('connect_error', failed);
        if (error === undefined) return resolve();
        this.close();
        reject(error);
      };
      const failed = (error: Error): void => {
        lastError = error;
        const refusal = refusalOf(error);
        if (refusal !== null) finish(refusal);
        else if (this.#redialling.failures >= MAX_FAILED_ATTEMPTS) finish(unreachable(lastError));
      };
      const deadline = setTimeout(() => {
        finish(
          this.#socket.connected
            ? new CallError('relay-timeout', 'The relay accepted the connection but said nothing.')
            : unreachable(lastError),
        );
      }, OPEN_DEADLINE_MS);
      this.addEventListener('welcome', () => finish(), {signal: done.signal});
      this.addEventListener(
        'state-changed',
        (event) => {
          if (event.detail === 'closed') finish(CallError.aborted());
        },
        {signal: done.signal},
      );
      this.#socket.on('connect_error', failed);
      this.#isOpening = true;
      this.#become('reconnecting');
      this.#socket.connect();
    });
  }

  async request<Name extends RequestName>(
    name: Name,
    payload: Request<Name>,
  ): Promise<Reply<Name>> {
    if (this.#state !== 'open') {
      throw new CallError('relay-unreachable', `No connection to the relay for "${name}".`);
    }
    let reply: Reply<Name> | Refusal;
    try {
      // Socket.IO's types cannot follow a name that is itself a type parameter.
      const socket = this.#socket.timeout(REQUEST_TIMEOUT_MS) as unknown as {
        emit(
          event: string,
          payload: unknown,
          acknowledge: (error: Error | null, reply: Reply<Name> | Refusal) => void,
        ): void;
      };
      reply = await new Promise((resolve, reject) => {
        socket.emit(name, payload, (error, answer) => {
          this.#holdEvents();
          if (error === null) resolve(answer);
          else reject(error);
        });
      });
    } catch (cause) {
      throw new CallError('relay-timeout', `The relay did not answer "${name}".`, {cause});
    }
    if (reply.ok) return reply;
    throw new CallError(reply.code, reply.message);
  }

  redial(): void {
    if (this.#state === 'closed' || this.#isOpening) return;
    this.#become('reconnecting');
    this.#socket.disconnect();
    this.#redialling.now();
  }

  close(): void {
    if (this.#state === 'closed') return;
    this.#become('closed');
    this.#redialling.stop();
    this.#socket.disconnect();
  }

  #listen(): void {
    this.#socket.onAny((name: RelayEventName, payload: SignalingEventDetails[RelayEventName]) => {
      const event = (): void => {
        if (this.#state === 'closed') return;
        if (name === 'welcome') {
          this.#redialling.stop();
          this.#become('open');
        }
        // An event that only a newer relay knows is one that nobody listens to.
        this.emit(name, payload);
      };
      if (this.#held === null) event();
      else this.#held.push(event);
    });
    this.#socket.on('disconnect', () => {
      if (this.#state === 'closed') return;
      this.#become('reconnecting');
      // Also after the server's own disconnect: it is final only after `ended`, upon which the
      // session has closed us.
      this.#redialling.failed(!this.#isOpening);
    });
    this.#socket.on('connect_error', (error) => {
      if (this.#state === 'closed') return;
      const refusal = refusalOf(error);
      if (refusal === null) {
        void this.#allowLongPolling();
        this.#redialling.failed(!this.#isOpening);
      } else if (!this.#isOpening) {
        // A refusal of a first connection is told by `open()`; one of a reconnection by this event.
        this.close();
        this.emit('refused', refusal);
      }
    });
  }

  /**
   * A reply is taken in some microtasks after it has come. Events that came behind it in the same
   * moment (one answer of long polling brings many) wait for that: they are news about the reply.
   * Not by a timer, which a page that nobody looks at has once a minute.
   */
  #holdEvents(): void {
    if (this.#held !== null) return;
    this.#held = [];
    const {port1, port2} = new MessageChannel();
    port1.onmessage = () => {
      port1.close();
      const held = this.#held ?? [];
      this.#held = null;
      for (const event of held) event();
    };
    port2.postMessage(null);
  }

  /** From the next attempt on, what WebSocket cannot do is tried by long polling. */
  async #allowLongPolling(): Promise<void> {
    if (this.#isLongPollingAllowed) return;
    this.#isLongPollingAllowed = true;
    try {
      const {LongPolling} = await import('./long-polling.js');
      this.#socket.io.opts.transports = [WebSocketTransport, LongPolling];
    } catch {
      // The relay, which has the chunk too, is out of reach altogether.
      this.#isLongPollingAllowed = false;
    }
  }

  #become(state: SignalingState): void {
    if (this.#state === state) return;
    this.#state = state;
    this.emit('state-changed', state);
  }
}

function toRelayUrl(relayUrl: string): URL {
  const url = URL.canParse(relayUrl) ? new URL(relayUrl) : null;
  if (url !== null && /^https?:$/.test(url.protocol)) return url;
  throw new CallError('bad-request', `Not the address of a relay: ${relayUrl}`);
}

function unreachable(cause: unknown): CallError {
  return new CallError('relay-unreachable', 'The relay could not be reached.', {cause});
}

/** The relay's own refusal of a handshake; `null` where the network failed, or the relay itself, which may heal. */
function refusalOf(error: Error & {data?: unknown}): CallError | null {
  const {data} = error;
  if (typeof data !== 'object' || data === null || !('code' in data)) return null;
  if (data.code === 'internal') return null;
  // The relay's own code. One that only a newer relay knows has no text, and views say so.
  return new CallError(data.code as ErrorCode, error.message, {cause: error});
}
