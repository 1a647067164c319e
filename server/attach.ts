/**
 * Lends another application's HTTP server to the relay: requests and upgrades for the relay are
 * handed to an inner server that never listens, all others go where they went before. Knows
 * neither Koa nor Socket.IO.
 */
import type {IncomingMessage, Server as HttpServer, ServerResponse} from 'node:http';
import type {Duplex} from 'node:stream';

export type RequestListener = (request: IncomingMessage, response: ServerResponse) => void;

export interface Attachment {
  /** For requests that turn out not to be the relay's: the host's own listeners. */
  readonly listener: RequestListener;
  /** Leaves the host as it was. */
  readonly detach: () => void;
}

export function attachTo(host: HttpServer, inner: HttpServer, basePath: string): Attachment {
  // Several listeners would all answer the same request, so ours goes before the host's own,
  // which are asked for whatever the relay has no answer to.
  const own = host.listeners('request') as RequestListener[];
  host.removeAllListeners('request');

  const listener: RequestListener = (request, response) => {
    if (own.length === 0) {
      response.statusCode = 404;
      response.end();
    }
    for (const each of own) each.call(host, request, response);
  };
  const onRequest: RequestListener = (request, response) => {
    inner.emit('request', request, response);
  };
  const onUpgrade = (request: IncomingMessage, socket: Duplex, head: Buffer) => {
    if (request.url?.startsWith(`${basePath}socket.io/`) === true) {
      inner.emit('upgrade', request, socket, head);
    } else if (host.listenerCount('upgrade') === 1) {
      // Without us Node itself would have ended it.
      socket.destroy();
    }
  };
  host.on('request', onRequest);
  host.on('upgrade', onUpgrade);
  return {
    listener,
    detach() {
      host.off('request', onRequest);
      host.off('upgrade', onUpgrade);
      for (const each of own) host.on('request', each);
    },
  };
}
