/** Signaling to a relay in the same page, which a test can slow down, cut and mend. Every message is copied as JSON and parsed as on the wire. */
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
import type {Delivery} from '../../server/relay/ports.js';
import {CallError} from '../../widget/call/call-error.js';
import type {SignalingState} from '../../widget/call/call-state.js';
import {randomId} from '../../widget/call/identity.js';
import type {
  Signaling,
  SignalingCredentials,
  SignalingEventDetails,
} from '../../widget/call/signaling.js';
import {TypedEventTarget} from '../../widget/call/typed-event-target.js';
import type {InPageRelay} from './in-page-relay.js';

export class InPageSignaling extends TypedEventTarget<SignalingEventDetails> implements Signaling {
  readonly #host: InPageRelay;
  readonly #credentials: () => SignalingCredentials;
  readonly #personId: string | undefined;
  #state: SignalingState = 'closed';
  #connection: Connection | undefined;
  #follows: string | null = null;
  readonly #travelling: (() => void)[] = [];
  token = '';
  redialled = 0;
  /** The names of what this client has asked, in order. */
  readonly asked: RequestName[] = [];
  /** What the test makes of requests before they are sent. */
  #rewrite: {name: RequestName; change: (payload: object) => object} | undefined;
  /** Signals that the test lets fall on the floor, on their way to the relay. */
  losesSignals = false;

  constructor(host: InPageRelay, credentials: () => SignalingCredentials, personId?: string) {
    super();
    this.#host = host;
    this.#credentials = credentials;
    this.#personId = personId;
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
      this.#later(() => {
        if (!this.#host.isAway) return this.#connect();
        reject(new CallError('relay-unreachable', 'away'));
        this.close();
      });
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
    let copy: unknown = JSON.parse(JSON.stringify(payload));
    if (this.#rewrite?.name === name) copy = this.#rewrite.change(copy as object);
    this.asked.push(name);
    this.#host.requests.push({name, payload: copy});
    const request = v.parse(RequestSchemas[name], copy);
    const reply = await new Promise<Reply<Name> | Refusal>((resolve, reject) => {
      this.#later(() => {
        if (this.losesSignals && name === 'signal') return;
        if (this.#connection !== connection) return reject(new CallError('relay-timeout', 'cut'));
        void this.#host.relay.request(connection, name, request, (answer) => {
          this.#later(() => {
            // What the relay did for a connection that is gone, nobody hears of.
            if (this.#connection !== connection) reject(new CallError('relay-timeout', 'cut'));
            else resolve(JSON.parse(JSON.stringify(answer)) as Reply<Name>);
          });
        });
      });
    });
    if (reply.ok) return reply;
    throw new CallError(reply.code, reply.message);
  }

  /** From now on requests of this name, and no other, are sent as `change` makes them. */
  rewrite(name: RequestName, change: (payload: object) => object): void {
    this.#rewrite = {name, change};
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

  redial(): void {
    if (this.#state === 'closed') return;
    this.redialled++;
    this.cut();
    if (!this.#host.isAway) this.mend();
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
    const [peerId = randomId(), personId = this.#personId ?? randomId()] = ids;
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
          const preconnect = this.#host.preconnects;
          const welcome = {
            protocol: PROTOCOL_VERSION,
            connectionId,
            peerId,
            personId,
            kept,
            preconnect,
          };
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

  /** In order, as on a wire, whatever becomes of the delay meanwhile. */
  #later(task: () => void): void {
    this.#travelling.push(task);
    setTimeout(() => this.#travelling.shift()?.(), this.#host.delayMs);
  }
}
