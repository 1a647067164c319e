/**
 * Sockets ↔ relay; the only file that knows Socket.IO. It says who has connected, takes the one
 * guarded entry for what they send, and carries deliveries to rooms of Socket.IO (`peer:ID`,
 * `person:ID`, `directory:NAME`), which its adapters would carry between several relays too. The
 * rules are not known here.
 */
import type {Server as HttpServer} from 'node:http';
import {Server, type Socket} from 'socket.io';
import * as v from 'valibot';
import type {ErrorCode} from '../protocol/codes.js';
import {MAX_PACKET_BYTES, PROTOCOL_VERSION} from '../protocol/limits.js';
import {
  HandshakeSchema,
  type ParsedHandshake,
  type RelayToClientEvents,
} from '../protocol/messages.js';
import {AccessRefusal} from './access-tokens.js';
import type {Access, Identity} from './access.js';
import {GuardedEntry, type Counts} from './guarded-entry.js';
import type {Logger} from './logger.js';
import {RateLimits} from './rate-limits.js';
import type {Address, Clock, Deliver, Follow} from './relay/ports.js';
import type {Relay} from './relay/relay.js';
import type {Kept} from './relay/rules.js';
import {WORDS_HEADERS} from './security-headers.js';
import {isTooMuch, type WaitingPacket} from './waiting-packets.js';

/** Payloads of clients are believed by nobody: all that comes in is `unknown` until parsed. */
type UntrustedEvents = Record<string, (...values: unknown[]) => void>;
type NoEvents = Record<string, never>;

interface SocketData {
  identity: Identity;
  handshake: ParsedHandshake;
  resumeToken: string;
}

type RelaySocket = Socket<UntrustedEvents, RelayToClientEvents, NoEvents, SocketData>;
type RelayIo = Server<UntrustedEvents, RelayToClientEvents, NoEvents, SocketData>;

export interface SocketIoOptions {
  readonly httpServer: HttpServer;
  /** Of the form `/socket.io` or `/base/socket.io`. */
  readonly path: string;
  readonly access: Access;
  readonly clock: Clock;
  readonly log: Logger;
}

export interface SocketIo {
  readonly counts: Readonly<Counts>;
  readonly deliver: Deliver;
  readonly follow: Follow;
  /** Lets connections in. */
  serve(relay: Relay): void;
  /** Ends every connection in the way that clients answer by connecting anew, here or elsewhere. */
  close(): Promise<void>;
}

/** A dead connection is found within 10 s: soon enough to tell the others, rare enough for a phone's radio. */
const PING_INTERVAL_MS = 4_500;
const PING_TIMEOUT_MS = 4_500;

/** Absolute: whoever has not shown a good handshake by then is gone, whatever else it sends. */
const HANDSHAKE_DEADLINE_MS = 10_000;

/** A client needs one; more on the same connection are guesses. */
const MAX_HANDSHAKES_PER_CONNECTION = 5;

export function createSocketIo(options: SocketIoOptions): SocketIo {
  const {httpServer, path, access, log} = options;
  const counts: Counts = {connections: 0, requests: 0, refusals: 0};
  const io: RelayIo = new Server(httpServer, {
    path,
    serveClient: false,
    transports: ['websocket', 'polling'],
    cors: {origin: '*'},
    maxHttpBufferSize: MAX_PACKET_BYTES,
    // Compression contexts cost far more memory than the few messages of a call could save; and
    // compressing secrets next to names that others choose gives the secrets away by their length.
    perMessageDeflate: false,
    httpCompression: false,
    pingInterval: PING_INTERVAL_MS,
    pingTimeout: PING_TIMEOUT_MS,
    connectTimeout: HANDSHAKE_DEADLINE_MS,
  });
  // Not a Socket.IO request at all, or a transport that broke off; told apart by its number.
  io.engine.on('connection_error', ({code}: {code: number}) => {
    log.debug({code}, 'connection refused');
  });

  // Its answers, refusals among them, are written without asking anybody.
  httpServer.prependListener('request', ({url = ''}, response) => {
    if (!url.startsWith(`${path}/`)) return;
    for (const [name, value] of Object.entries(WORDS_HEADERS)) response.setHeader(name, value);
  });

  const handshakes = new WeakMap<object, number>();
  io.use((socket, next) => {
    const attempt = (handshakes.get(socket.conn) ?? 0) + 1;
    handshakes.set(socket.conn, attempt);
    if (attempt > MAX_HANDSHAKES_PER_CONNECTION) {
      socket.conn.close();
      return;
    }
    readHandshake(socket.handshake.auth, access).then(
      (data) => {
        socket.data = data;
        next();
      },
      (error: unknown) => {
        counts.refusals += 1;
        const refused = toRefusal(error);
        const {code, message} = refused.data;
        if (code === 'internal') log.error({error}, 'a handshake failed');
        else log.debug({code, reason: message}, 'handshake refused');
        next(refused);
      },
    );
  });

  return {
    counts,
    deliver({to, event, payload}) {
      const room = roomFor(to);
      const audience =
        'person' in to && to.except !== undefined
          ? io.to(room).except(peerRoom(to.except))
          : io.to(room);
      // That name and payload belong together was checked where the delivery was made.
      (audience as unknown as {emit(event: string, payload: object): void}).emit(event, payload);
      for (const id of io.of('/').adapter.rooms.get(room) ?? []) {
        const socket = io.of('/').sockets.get(id);
        if (socket !== undefined) dropIfStuck(socket, log);
      }
    },
    follow(connectionId, directory) {
      const socket = io.of('/').sockets.get(connectionId);
      for (const room of socket?.rooms ?? []) {
        if (room.startsWith(DIRECTORY_PREFIX)) void socket?.leave(room);
      }
      if (directory !== null) void socket?.join(DIRECTORY_PREFIX + directory);
    },
    serve(relay) {
      io.on('connection', (socket) => admit(io, socket, relay, options, counts));
    },
    async close() {
      await io.close();
    },
  };
}

function admit(
  io: RelayIo,
  socket: RelaySocket,
  relay: Relay,
  options: SocketIoOptions,
  counts: Counts,
): void {
  const {identity, handshake, resumeToken} = socket.data;
  const {peerId, personId, name: lockedName, scope, preconnect} = identity;
  const {displayName, metadata} = handshake;
  const log = options.log.child({connectionId: socket.id, peerId});
  const room = peerRoom(peerId);

  const welcome = (kept: Kept) => {
    if (!socket.connected) return;
    // Whoever holds this peer's connection so far has been replaced; told so, it does not come back.
    const others = io.in(room).except(socket.id);
    others.emit('ended', {reason: 'replaced'});
    others.disconnectSockets(true);
    // In this order, and in one go: nothing reaches this connection before its welcome.
    const connectionId = socket.id;
    socket.emit('welcome', {
      protocol: PROTOCOL_VERSION,
      connectionId,
      peerId,
      personId,
      resumeToken,
      kept,
      ...(preconnect && {preconnect}),
    });
    void socket.join([room, personRoom(identity.personId)]);
  };
  const known = {id: socket.id, peerId, personId, lockedName, scope};
  const who = relay.connect({...known, displayName, metadata}, welcome);

  const entry = new GuardedEntry({
    relay,
    who,
    limits: new RateLimits(options.clock),
    counts,
    log,
    cutOff: () => socket.disconnect(true),
  });
  socket.onAny((event: unknown, ...values: unknown[]) => {
    entry.receive(event, values);
    dropIfStuck(socket, log);
  });
  // Also what a client gets by sending an event of that name: unheard, it would end the process.
  socket.on('error', () => log.debug({}, 'an error on the socket'));
  socket.once('disconnect', (reason) => {
    counts.connections -= 1;
    log.info({reason}, 'disconnected');
    void relay.disconnect(who);
  });
  counts.connections += 1;
  log.info({transport: socket.conn.transport.name}, 'connected');
  // The first HTTP request is not looked at again, and would be held for as long as the call lasts.
  (socket.conn as unknown as {request: unknown}).request = null;
}

/** Ends a connection whose client takes nothing; what waits for it is thrown away. */
function dropIfStuck({conn}: RelaySocket, log: Logger): void {
  // Private in its types only: there is no other way to see how much waits.
  const {writeBuffer} = conn as unknown as {writeBuffer: readonly WaitingPacket[]};
  if (!isTooMuch(writeBuffer)) return;
  log.warn({}, 'a client that reads nothing is cut off');
  conn.close(true);
}

const DIRECTORY_PREFIX = 'directory:';

function peerRoom(peerId: string): string {
  return `peer:${peerId}`;
}

function personRoom(personId: string): string {
  return `person:${personId}`;
}

/** Socket.IO's room in which those are who are meant. */
function roomFor(to: Address): string {
  if ('peer' in to) return peerRoom(to.peer);
  return 'person' in to ? personRoom(to.person) : DIRECTORY_PREFIX + to.directory;
}

/** Reaches the client as `connect_error`; a program reads `error.data.code`. */
class HandshakeError extends Error {
  readonly data: {readonly code: ErrorCode; readonly message: string};

  constructor(code: ErrorCode, message: string) {
    super(message);
    this.data = {code, message};
  }
}

function toRefusal(error: unknown): HandshakeError {
  if (error instanceof HandshakeError) return error;
  if (error instanceof AccessRefusal) return new HandshakeError(error.code, error.message);
  return new HandshakeError('internal', 'the relay failed to do this');
}

async function readHandshake(untrusted: unknown, access: Access): Promise<SocketData> {
  const version = v.safeParse(v.object({protocol: v.number()}), untrusted);
  if (!version.success) throw new HandshakeError('bad-request', 'no protocol version was given');
  if (version.output.protocol !== PROTOCOL_VERSION) {
    // Before the rest is looked at: another version may well have another shape.
    throw new HandshakeError(
      'protocol-mismatch',
      `this relay speaks version ${PROTOCOL_VERSION} of the protocol`,
    );
  }
  const parsed = v.safeParse(HandshakeSchema, untrusted, {abortEarly: true});
  if (!parsed.success) {
    const path = v.getDotPath(parsed.issues[0]);
    throw new HandshakeError('bad-request', `the handshake is malformed at ${path ?? 'its root'}`);
  }
  const {resumeToken, token} = parsed.output;
  const identity = await access.identify(resumeToken, token);
  return {identity, handshake: parsed.output, resumeToken: await access.issue(identity)};
}
