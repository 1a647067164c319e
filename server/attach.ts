/**
 * Lends another application's HTTP server to the relay: requests and upgrades for the relay are
 * handed to an inner server that never listens, all others go where they would go without it.
 * Knows neither Koa nor Socket.IO.
 */
import type {IncomingMessage, Server as HttpServer, ServerResponse} from 'node:http';
import type {Duplex} from 'node:stream';
import {WORDS_HEADERS} from './security-headers.js';

export type RequestListener = (request: IncomingMessage, response: ServerResponse) => void;

export interface Attachment {
  /** For requests that turn out not to be the relay's: the host's own listeners, as they are then. */
  readonly passOn: RequestListener;
  /** Leaves the host as it was. */
  readonly detach: () => void;
}

/** Which paths are the relay's; said of the whole address, of which only the path counts. */
export type Claims = (url: string | undefined) => boolean;

type Emit = (event: string | symbol, ...values: unknown[]) => boolean;
type UpgradeListener = (request: IncomingMessage, socket: Duplex, head: Buffer) => void;

/**
 * The listeners that are on a host only because Node asks whether there is one before it reports
 * an upgrade at all. There is one for each relay on that host.
 */
const placeholders = new WeakSet<object>();

export function attachTo(host: HttpServer, inner: HttpServer, claims: Claims): Attachment {
  // Listeners all hear of the same request, and those that are added later cannot be known. So the
  // relay is asked before any of them, at the one place which every event passes.
  const wasOwn = Object.hasOwn(host, 'emit');
  const before = host.emit as Emit;
  let isAttached = true;

  const passOn: RequestListener = (request, response) => {
    if (before.call(host, 'request', request, response)) return;
    response.writeHead(404, WORDS_HEADERS).end();
  };

  const emit: Emit = (event, ...values) => {
    if (!isAttached) return before.call(host, event, ...values);
    if (event === 'request') {
      const [request, response] = values as [IncomingMessage, ServerResponse];
      if (claims(request.url)) inner.emit('request', request, response);
      else passOn(request, response);
      return true;
    }
    if (event === 'upgrade' && claims((values[0] as IncomingMessage).url)) {
      return inner.emit('upgrade', ...values);
    }
    return before.call(host, event, ...values);
  };

  const placeholder: UpgradeListener = (_request, socket) => {
    const isNobodys = host.listeners('upgrade').every((each) => placeholders.has(each));
    if (!isNobodys || !socket.writable) return;
    socket.on('error', () => undefined);
    socket.end('HTTP/1.1 404 Not Found\r\nConnection: close\r\nContent-Length: 0\r\n\r\n');
  };

  placeholders.add(placeholder);
  host.on('upgrade', placeholder);
  host.emit = emit as HttpServer['emit'];
  return {
    passOn,
    detach() {
      isAttached = false;
      host.off('upgrade', placeholder);
      // Somebody who has wrapped it since keeps calling ours, which does nothing any more.
      if (host.emit !== (emit as HttpServer['emit'])) return;
      if (wasOwn) host.emit = before as HttpServer['emit'];
      else Reflect.deleteProperty(host, 'emit');
    },
  };
}

/** The files that the relay has below its base path, and the two questions that it answers there. */
const OWN_FILE = /^(video-chat-room\.js(\.map)?|chunks\/\w[\w.-]*|healthz|readyz)$/;

/** Two dots as a whole step, or a character that no file name has. */
const SUSPICIOUS = /(^|[\\/])\.\.([\\/]|$)|\0/;

/** @param withPages whether everything below the base path is to be looked for, as the demo needs */
export function claimsBelow(basePath: string, withPages: boolean): Claims {
  return (url = '') => {
    const path = url.replace(/[?#].*$/s, '');
    if (withPages && `${path}/` === basePath) return true;
    if (!path.startsWith(basePath)) return false;
    const rest = path.slice(basePath.length);
    if (rest.startsWith('socket.io/') || OWN_FILE.test(rest)) return true;
    return withPages && isDecodable(rest);
  };
}

function isDecodable(path: string): boolean {
  try {
    return !SUSPICIOUS.test(decodeURIComponent(path));
  } catch {
    return false;
  }
}
