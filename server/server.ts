/**
 * `createRelayServer`: puts the pages, the sockets and the rules together on one HTTP server, its
 * own or another application's. Importing this does nothing; nothing listens before `listen()`.
 */
import {readFile} from 'node:fs/promises';
import {createServer, type Server as HttpServer} from 'node:http';
import {createServer as createHttpsServer} from 'node:https';
import {createAccess, makeId} from './access.js';
import {CDN_FOLDER, createApp, DEMO_FOLDER} from './app.js';
import {attachTo, type RequestListener} from './attach.js';
import {boundedClose} from './closing.js';
import type {Counts} from './guarded-entry.js';
import {networkAddresses, selfSignedCertificate, type Certificate} from './https.js';
import {createIceServers} from './ice-servers.js';
import {createLogger, type Logger} from './logger.js';
import {completeOptions, OptionError, type RelayOptionValues} from './options.js';
import {MemoryStore} from './relay/memory-store.js';
import {systemClock, type Clock} from './relay/ports.js';
import {Relay} from './relay/relay.js';
import {createSocketIo, type SocketIo} from './socket-io.js';

export {OptionError} from './options.js';
export type {RelayOptionValues} from './options.js';

export interface RelayServerOptions extends Partial<RelayOptionValues> {
  /** Live on this server: `listen()` then opens no port. Its own listeners get what is not the relay's. */
  readonly server?: HttpServer;
  /** Where the built bundle is; `dist/cdn` of this package if not given. */
  readonly cdnFolder?: string;
  /** Where the built demo is; `dist/demo` of this package if not given. */
  readonly demoFolder?: string;
  /** A pino logger to log to; without one, lines of JSON go to standard output at `logLevel`. */
  readonly logger?: Logger;
  readonly clock?: Clock;
}

export interface Listening {
  /** Where a browser on this machine finds the relay. */
  readonly url: string;
  readonly port: number;
  /** Where browsers on the same networks find it; empty if it listens on one address only. */
  readonly networkUrls: readonly string[];
}

export interface RelayServer {
  /** As `Listening.url`; `undefined` until it listens. */
  readonly url: string | undefined;
  readonly counts: Readonly<Counts>;
  /** Opens the port. Rejects with the system's error, or an `OptionError` for a bad certificate. */
  listen(): Promise<Listening>;
  /** Puts the relay on an existing server, before or after that one listens. */
  attach(server: HttpServer): void;
  /** Stops: no new connections, the clients are sent away to reconnect, the port is closed. May be called twice. */
  close(): Promise<void>;
}

/** A request's head and body have to arrive within this: slow ones hold a socket for nothing. */
const REQUEST_DEADLINE_MS = 15_000;

const NOTHING_YET: Counts = {connections: 0, requests: 0, refusals: 0};

/** @throws {OptionError} if an option is wrong */
export function createRelayServer(given: RelayServerOptions = {}): RelayServer {
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
  #isReady = false;
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

  async listen(): Promise<Listening> {
    const {server} = this.#given;
    if (server !== undefined) {
      this.attach(server);
      return this.#listening() ?? {url: '', port: 0, networkUrls: []};
    }
    this.#claim();
    const {https, port, host} = this.#options;
    const httpServer = https ? serverWith(await this.#certificate()) : createServer();
    httpServer.headersTimeout = REQUEST_DEADLINE_MS;
    httpServer.requestTimeout = REQUEST_DEADLINE_MS;
    httpServer.on('request', this.#requestListener());
    this.#serveSockets(httpServer);
    this.#bounded = boundedClose(httpServer);
    this.#httpServer = httpServer;
    await new Promise<void>((resolve, reject) => {
      httpServer.once('error', reject);
      httpServer.listen({port, ...(host === undefined ? {} : {host})}, () => {
        httpServer.off('error', reject);
        resolve();
      });
    });
    this.#isReady = true;
    const listening = this.#listening();
    if (listening === undefined) throw new Error('the server has no address');
    this.#log.info({port: listening.port}, 'relay listens');
    return listening;
  }

  attach(server: HttpServer): void {
    this.#claim();
    // Never listens itself: it is where the host's requests and upgrades for us are handed to.
    const inner = createServer();
    const {listener, detach} = attachTo(server, inner, this.#options.basePath);
    inner.on('request', this.#requestListener(listener));
    this.#serveSockets(inner);
    this.#detach = detach;
    this.#httpServer = server;
    this.#isReady = true;
    this.#log.info({}, 'relay attached');
  }

  close(): Promise<void> {
    return (this.#closed ??= this.#close());
  }

  async #close(): Promise<void> {
    this.#isReady = false;
    this.#relay.close();
    this.#detach?.();
    await this.#bounded(async () => this.#socketIo?.close());
    this.#log.info({}, 'relay closed');
  }

  #hasStarted = false;

  /** One relay lives on one server, once. */
  #claim(): void {
    if (this.#hasStarted) throw new Error('this relay has been started already');
    this.#hasStarted = true;
  }

  #requestListener(otherwise?: RequestListener): RequestListener {
    const {basePath, demo} = this.#options;
    const app = createApp({
      basePath,
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
      access: createAccess(this.#options.resumeSecret),
      clock: this.#clock,
      log: this.#log,
    });
    this.#socketIo.serve(this.#relay);
  }

  async #certificate(): Promise<Certificate> {
    const {cert, key} = this.#options;
    if (cert === undefined || key === undefined) return selfSignedCertificate();
    return {cert: await readPem('--cert', cert), key: await readPem('--key', key)};
  }

  #listening(): Listening | undefined {
    const address = this.#httpServer?.address();
    if (address === null || typeof address !== 'object') return undefined;
    const {https, host, basePath} = this.#options;
    const {port} = address;
    const urlOf = (name: string) =>
      `${https ? 'https' : 'http'}://${name.includes(':') ? `[${name}]` : name}:${port}${basePath}`;
    const isEverywhere = host === undefined || host === '::' || host === '0.0.0.0';
    return {
      url: urlOf(isEverywhere ? 'localhost' : host),
      port,
      networkUrls: isEverywhere ? networkAddresses().map(urlOf) : [],
    };
  }
}

async function readPem(option: string, path: string): Promise<string> {
  try {
    return await readFile(path, 'utf8');
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error);
    throw new OptionError(`${option} cannot be read: ${why}.`);
  }
}

function serverWith({cert, key}: Certificate): HttpServer {
  try {
    return createHttpsServer({cert, key});
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error);
    throw new OptionError(`--cert and --key do not make a certificate: ${why}.`);
  }
}
