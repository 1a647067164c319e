/**
 * Closing an HTTP server in bounded time: answers on their way are let finish, idle connections are
 * not waited for, and what is still open at the deadline is cut off, upgraded connections too.
 */
import type {Server as HttpServer} from 'node:http';
import type {Socket} from 'node:net';

/** Enough for answers on their way, and for WebSockets to say goodbye. */
const CLOSE_DEADLINE_MS = 3_000;
const IDLE_SWEEP_MS = 50;

/**
 * To be called before the server listens. Returns what runs `close`, and sees to it that it ends;
 * `close` must make the server accept nothing more.
 */
export function boundedClose(server: HttpServer): (close: () => Promise<void>) => Promise<void> {
  // Node itself forgets a connection once it is upgraded.
  const open = new Set<Socket>();
  server.on('connection', (socket: Socket) => {
    open.add(socket);
    socket.once('close', () => open.delete(socket));
  });
  return async (close) => {
    // Connections that become idle only now would be kept for a next request that is not wanted.
    const sweep = setInterval(() => server.closeIdleConnections(), IDLE_SWEEP_MS);
    const cutOff = setTimeout(() => {
      for (const socket of open) socket.destroy();
    }, CLOSE_DEADLINE_MS);
    try {
      await close();
    } finally {
      clearInterval(sweep);
      clearTimeout(cutOff);
    }
  };
}
