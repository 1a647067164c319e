/**
 * A real relay on a free port, and clients that remember what they heard. Both end with their test.
 * Assertions that narrow a type always carry a message: to make one up, Node reads the source again,
 * and takes minutes over a transformed one.
 */
import assert from 'node:assert/strict';
import {once} from 'node:events';
import type {TestContext} from 'node:test';
import {io, type ManagerOptions, type Socket, type SocketOptions} from 'socket.io-client';
import {PROTOCOL_VERSION} from '../../protocol/limits.js';
import type {
  ClientToRelayEvents,
  Handshake,
  Refusal,
  RelayEvent,
  RelayEventName,
  RelayToClientEvents,
  Reply,
  Request,
  RequestName,
} from '../../protocol/messages.js';
import {createRelayServer, type RelayServer, type RelayServerOptions} from '../../server/server.js';

/** How long anything in these tests may take before it counts as never. */
export const DEADLINE_MS = 5_000;

export interface RunningRelay {
  readonly url: string;
  readonly port: number;
  readonly server: RelayServer;
}

/** The part of a test that tidies up after it; `node:test`'s contexts have it. */
export type Teardown = Pick<TestContext, 'after'>;

/** Starts a relay on a free port of the loopback interface, quietly, for as long as the test lasts. */
export async function startRelay(
  t: Teardown,
  options: RelayServerOptions = {},
): Promise<RunningRelay> {
  const server = createRelayServer({
    port: 0,
    host: '127.0.0.1',
    stunUrl: [],
    logLevel: 'silent',
    ...options,
  });
  t.after(() => server.close());
  const {url, port} = await server.listen();
  return {url, port, server};
}

export interface ClientOptions extends Partial<ManagerOptions & SocketOptions> {
  readonly handshake?: Partial<Handshake> | Record<string, unknown>;
  readonly basePath?: string;
}

/** A client of the relay as any program could write it. */
export class TestClient {
  readonly socket: Socket<RelayToClientEvents, ClientToRelayEvents>;
  readonly heard: {readonly event: RelayEventName; readonly payload: unknown}[] = [];
  #onNews: () => void = () => {};

  constructor(t: Teardown, url: string, options: ClientOptions = {}) {
    const {handshake, basePath = '/', ...others} = options;
    this.socket = io(new URL(url).origin, {
      path: `${basePath}socket.io/`,
      auth: {protocol: PROTOCOL_VERSION, ...handshake},
      transports: ['websocket'],
      reconnection: false,
      forceNew: true,
      ...others,
    });
    t.after(() => this.socket.disconnect());
    this.socket.onAny((event: RelayEventName, payload: unknown) => {
      this.heard.push({event, payload});
      this.#onNews();
    });
    this.socket.on('disconnect', () => this.#onNews());
  }

  /** The first event of this name that fits, heard already or yet to come; it is then used up. */
  async hear<Name extends RelayEventName>(
    name: Name,
    fits: (payload: RelayEvent<Name>) => boolean = () => true,
  ): Promise<RelayEvent<Name>> {
    const find = () =>
      this.heard.findIndex(
        ({event, payload}) => event === name && fits(payload as RelayEvent<Name>),
      );
    await this.until(() => find() >= 0, `to hear ${name}`);
    return this.heard.splice(find(), 1)[0]?.payload as RelayEvent<Name>;
  }

  /** Waits for something that follows from what is heard. */
  async until(isSo: () => boolean, what: string): Promise<void> {
    const deadline = AbortSignal.timeout(DEADLINE_MS);
    while (!isSo()) {
      await new Promise<void>((resolve, reject) => {
        this.#onNews = resolve;
        const heard = this.heard.map(({event}) => event).join(', ');
        deadline.onabort = () => reject(new Error(`waited in vain ${what}; heard: ${heard}`));
      });
    }
  }

  ask<Name extends RequestName>(
    name: Name,
    request: Request<Name>,
  ): Promise<Reply<Name> | Refusal> {
    return this.raw(name, request) as Promise<Reply<Name> | Refusal>;
  }

  /** Sends anything under any name and waits for the answer. */
  raw(name: string, ...values: unknown[]): Promise<unknown> {
    const loose = this.socket.timeout(DEADLINE_MS) as unknown as {
      emitWithAck(name: string, ...values: unknown[]): Promise<unknown>;
    };
    return loose.emitWithAck(name, ...values);
  }

  disconnected(): Promise<void> {
    return this.until(() => this.socket.disconnected, 'to be disconnected');
  }
}

/** A client that has been welcomed. */
export async function connect(
  t: Teardown,
  relay: {readonly url: string},
  options: ClientOptions = {},
): Promise<TestClient & {readonly identity: RelayEvent<'welcome'>}> {
  const client = new TestClient(t, relay.url, options);
  const identity = await client.hear('welcome');
  return Object.assign(client, {identity});
}

/** What the relay says to a handshake that it refuses. */
export async function refusedHandshake(
  t: Teardown,
  relay: {readonly url: string},
  options: ClientOptions,
): Promise<{code?: string; message?: string}> {
  const client = new TestClient(t, relay.url, {...options, autoConnect: false});
  const refused = new Promise<Error>((resolve, reject) => {
    client.socket.once('connect_error', resolve);
    client.socket.once('connect', () => reject(new Error('the handshake was accepted')));
  });
  client.socket.connect();
  const error = await refused;
  return (error as Error & {data?: {code?: string; message?: string}}).data ?? {};
}

/** Two in one room of this capacity, past their knocking. */
export async function twoInARoom(
  t: Teardown,
  relay: {readonly url: string},
  room = 'lobby',
  capacity = 2,
) {
  const host = await connect(t, relay, {handshake: {displayName: 'host'}});
  const guest = await connect(t, relay, {handshake: {displayName: 'guest'}});
  assert.equal((await host.ask('join', {room, capacity})).ok, true);
  const knock = await guest.ask('join', {room});
  assert(knock.ok && knock.outcome === 'knocking', JSON.stringify(knock));
  assert.equal(
    (await host.ask('answer', {invitationId: knock.invitationId, response: 'accept'})).ok,
    true,
  );
  await guest.hear('admitted');
  await host.hear('invitation');
  await host.hear('peer-joined');
  return {host, guest};
}

/** Waits for one event of an emitter, but not for ever. */
export async function onceWithin(emitter: NodeJS.EventEmitter, event: string): Promise<unknown[]> {
  return once(emitter, event, {signal: AbortSignal.timeout(DEADLINE_MS)});
}
