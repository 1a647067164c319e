/**
 * `createRelayServer`: puts the pages, the sockets and the rules together on one HTTP server, its
 * own or another application's. Importing this does nothing; nothing listens before `listen()`.
 */
import {createServer, type Server as HttpServer} from 'node:http';
import {createAccess, makeId} from './access.js';
import {CDN_FOLDER, createApp, DEMO_FOLDER} from './app.js';
import {attachTo, claimsBelow, type RequestListener} from './attach.js';
import {boundedClose} from './closing.js';
import type {Counts} from './guarded-entry.js';
import {createSecureServer} from './https.js';
import {createIceServers} from './ice-servers.js';
import {listeningOf, openPort, untilListening, type Listening} from './listening.js';
import {createLogger, type Logger} from './logger.js';
import {completeOptions, refuseUnknown} from './option-checks.js';
import {OPTION_KEYS, type RelayOptionValues} from './options.js';
import {MemoryStore} from './relay/memory-store.js';
import {systemClock, type Clock} from './relay/ports.js';
import {Relay} from './relay/relay.js';
import {answerMalformed} from './security-headers.js';
import {createSocketIo, type SocketIo} from './socket-io.js';

export type {Listening} from './listening.js';
export {OptionError} from './options.js';
export type {RelayOptionValues} from './options.js';

export interface RelayServerOptions extends Partial<RelayOptionValues> {
  /** Live on this server: `listen()` then opens no port, but waits for this server to listen. */
  readonly server?: HttpServer;
  /** Where the built bundle is; `dist/cdn` of this package if not given. */
  readonly cdnFolder?: string;
  /** Where the built demo is; `dist/demo` of this package if not given. */
  readonly demoFolder?: string;
  /** A pino logger to log to; without one, lines of JSON go to standard output at `logLevel`. */
  readonly logger?: Logger;
  readonly clock?: Clock;
}

export interface RelayServer {
  /** As `Listening.url`; `undefined` until it listens. */
  readonly url: string | undefined;
  readonly counts: Readonly<Counts>;
  /**
   * Opens the port. Rejects with the system's error, or an `OptionError` for a bad certificate; it
   * may then be called again. With `server`, attaches at once and resolves when that one listens.
   */
  listen(): Promise<Listening>;
  /** Puts the relay on an existing server, before or after that one listens. @throws if it runs already, or is closed */
  attach(server: HttpServer): void;
  /**
   * Stops for good: no new connections, the clients are sent away to reconnect, the port is closed.
   * A server that it was attached to goes on as if there had been no relay. May be called twice.
   */
  close(): Promise<void>;
}

/** A request's head and body have to arrive within this: slow ones hold a socket for nothing. */
const REQUEST_DEADLINE_MS = 15_000;

const CLOSED = 'this relay is closed; create another one to start again';

const NOTHING_YET: Counts = {connections: 0, requests: 0, refusals: 0};

/** What is not on the command line. */
const PROGRAM_ONLY = ['server', 'cdnFolder', 'demoFolder', 'logger', 'clock'] as const;

/**
 * A relay, on a port of its own or on your server. Nothing listens before `listen()`.
 *
 * ```js
 * const relay = createRelayServer({port: 3000});
 * const {url} = await relay.listen();
 * // …
 * await relay.close();
 * ```
 *
 * On your server, beside an Express, Koa or any other application, whose listeners may be added
 * before or after:
 *
 * ```js
 * const server = http.createServer(app);
 * createRelayServer({basePath: '/calls/'}).attach(server);
 * server.listen(8080);
 * ```
 *
 * It then answers only Socket.IO's path, the element, its chunks, `healthz` and `readyz` below
 * `basePath` (and the demo, with `demo: true`); what it does not have, and all the rest, is your
 * application's. More in `docs/RELAY.md`.
 *
 * @throws {OptionError} if an option is wrong, or there is none of that name
 */
export function createRelayServer(given: RelayServerOptions = {}): RelayServer {
  refuseUnknown(given, [...OPTION_KEYS, ...PROGRAM_ONLY]);
  return new KoaRelayServer(given);
}

class KoaRelayServer implements RelayServer {
  readonly #given: RelayServerOptions;
  readonly #options: RelayOptionValues;
  readonly #clock: Clock;
  readonly #log: Logger;
  readonly #relay: Relay;
  /** The one that answers: ours, or the one we were attached to. */
  #httpServer: HttpServer | undefined;
  #socketIo: SocketIo | undefined;
  #detach: (() => void) | undefined;
  #bounded: ReturnType<typeof boundedClose> = (close) => close();
  #hasStarted = false;
  #isReady = false;
  readonly #closing = new AbortController();
  #closed: Promise<void> | undefined;

  constructor(given: RelayServerOptions) {
    const options = completeOptions(given);
    this.#given = given;
    this.#options = options;
    this.#clock = given.clock ?? systemClock;
    this.#log = given.logger ?? createLogger(options.logLevel);
    this.#relay = new Relay({
      store: new MemoryStore(),
      deliver: (delivery) => this.#socketIo?.deliver(delivery),
      follow: (connectionId, directory) => this.#socketIo?.follow(connectionId, directory),
      clock: this.#clock,
      makeId,
      iceFor: createIceServers(
        {
          stunUrls: options.stunUrl,
          turnUrls: options.turnUrl,
          turnSecret: options.turnSecret,
          turnTtlMs: options.turnTtl * 1000,
        },
        this.#clock,
      ),
      log: this.#log,
      maxPeers: options.maxPeers,
      seatGraceMs: options.seatGrace * 1000,
    });
  }

  get url(): string | undefined {
    return this.#listening()?.url;
  }

  get counts(): Readonly<Counts> {
    return this.#socketIo?.counts ?? NOTHING_YET;
  }

  listen(): Promise<Listening> {
    const {server} = this.#given;
    return server === undefined ? this.#open() : this.#attachAndWait(server);
  }

  attach(server: HttpServer): void {
    this.#claim();
    // Never listens itself: it is where the host's requests and upgrades for us are handed to.
    const inner = createServer();
    // To a host it is a guest: pages that nobody asked for would be in the way of the host's own.
    const hasDemo = this.#given.demo !== undefined && this.#options.demo;
    const claims = claimsBelow(this.#options.basePath, hasDemo);
    const {passOn, detach} = attachTo(server, inner, claims);
    inner.on('request', this.#requestListener(hasDemo, passOn));
    this.#serveSockets(inner);
    this.#detach = detach;
    this.#httpServer = server;
    this.#isReady = true;
    this.#log.info({}, 'relay attached');
  }

  close(): Promise<void> {
    return (this.#closed ??= this.#close());
  }

  async #open(): Promise<Listening> {
    this.#claim();
    try {
      const {https, port, host, demo} = this.#options;
      const httpServer = https ? await createSecureServer(this.#options) : createServer();
      this.#closing.signal.throwIfAborted();
      httpServer.headersTimeout = REQUEST_DEADLINE_MS;
      httpServer.requestTimeout = REQUEST_DEADLINE_MS;
      answerMalformed(httpServer);
      httpServer.on('request', this.#requestListener(demo));
      this.#serveSockets(httpServer);
      this.#bounded = boundedClose(httpServer);
      this.#httpServer = httpServer;
      const address = {port, ...(host === undefined ? {} : {host})};
      await openPort(httpServer, address, this.#closing.signal);
    } catch (error) {
      await this.#giveUp();
      throw error;
    }
    this.#isReady = true;
    const listening = this.#existing();
    this.#log.info({port: listening.port}, 'relay listens');
    return listening;
  }

  #attachAndWait(server: HttpServer): Promise<Listening> {
    try {
      this.attach(server);
    } catch (error) {
      return Promise.reject(error);
    }
    const listening = untilListening(server, this.#closing.signal).then(() => this.#existing());
    // Whoever does not care for the address does not care that there will be none, either.
    listening.catch(() => undefined);
    return listening;
  }

  /** Back to where nothing had been started: another `listen()` may have better luck. */
  async #giveUp(): Promise<void> {
    const socketIo = this.#socketIo;
    this.#socketIo = undefined;
    this.#httpServer = undefined;
    this.#bounded = (close) => close();
    this.#hasStarted = false;
    await socketIo?.close();
  }

  async #close(): Promise<void> {
    this.#isReady = false;
    this.#closing.abort(new Error(CLOSED));
    this.#relay.close();
    this.#detach?.();
    await this.#bounded(async () => this.#socketIo?.close());
    this.#httpServer = undefined;
    this.#log.info({}, 'relay closed');
  }

  /** One relay lives on one server, once. */
  #claim(): void {
    if (this.#closing.signal.aborted) throw new Error(CLOSED);
    if (this.#hasStarted) throw new Error('this relay has been started already');
    this.#hasStarted = true;
  }

  #requestListener(demo: boolean, otherwise?: RequestListener): RequestListener {
    const app = createApp({
      basePath: this.#options.basePath,
      cdnFolder: this.#given.cdnFolder ?? CDN_FOLDER,
      demoFolder: demo ? (this.#given.demoFolder ?? DEMO_FOLDER) : null,
      isReady: () => this.#isReady,
      log: this.#log,
      ...(otherwise === undefined ? {} : {otherwise}),
    });
    const callback = app.callback();
    // Koa catches everything itself; its promise says nothing more.
    return (request, response) => void callback(request, response);
  }

  #serveSockets(httpServer: HttpServer): void {
    this.#socketIo = createSocketIo({
      httpServer,
      path: `${this.#options.basePath}socket.io`,
      access: createAccess(this.#options, this.#clock, this.#log),
      clock: this.#clock,
      log: this.#log,
    });
    this.#socketIo.serve(this.#relay);
  }

  #listening(): Listening | undefined {
    const {basePath, host} = this.#options;
    const isOurs = this.#detach === undefined;
    return this.#httpServer && listeningOf(this.#httpServer, basePath, isOurs ? host : undefined);
  }

  #existing(): Listening {
    const listening = this.#listening();
    if (listening === undefined) throw new Error('the server has no address');
    return listening;
  }
}
