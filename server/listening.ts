/**
 * Where a server listens, and how to wait until it does. Knows nothing of what it serves.
 */
import type {Server as HttpServer} from 'node:http';
import {Server as TlsServer} from 'node:tls';
import {networkAddresses} from './https.js';

export interface Listening {
  /** Where a browser on this machine finds the relay; empty if the server listens on no port but a path. */
  readonly url: string;
  readonly port: number;
  /** Where browsers on the same networks find it; empty if it listens on one address only. */
  readonly networkUrls: readonly string[];
}

/** @param host as it was asked for; without it the address that the server itself names */
export function listeningOf(
  server: HttpServer,
  basePath: string,
  host?: string,
): Listening | undefined {
  const address = server.address();
  if (address === null) return undefined;
  if (typeof address === 'string') return {url: '', port: 0, networkUrls: []};
  const {port} = address;
  const scheme = server instanceof TlsServer ? 'https' : 'http';
  const urlOf = (name: string) =>
    `${scheme}://${name.includes(':') ? `[${name}]` : name}:${port}${basePath}`;
  const name = host ?? address.address;
  const isEverywhere = name === '::' || name === '0.0.0.0';
  return {
    url: urlOf(isEverywhere ? 'localhost' : name),
    port,
    networkUrls: isEverywhere ? networkAddresses().map(urlOf) : [],
  };
}

/** Rejects with the reason of `signal` if that comes first. Errors of the server are its owner's. */
export function untilListening(server: HttpServer, signal: AbortSignal): Promise<void> {
  if (server.listening) return Promise.resolve();
  return new Promise((resolve, reject) => {
    const listening = () => {
      signal.removeEventListener('abort', aborted);
      resolve();
    };
    const aborted = () => {
      server.off('listening', listening);
      reject(signal.reason as Error);
    };
    server.once('listening', listening);
    signal.addEventListener('abort', aborted, {once: true});
  });
}

/** Opens the port. Rejects with the system's error, or with the reason of `signal` if that comes first. */
export async function openPort(
  server: HttpServer,
  address: {readonly port: number; readonly host?: string},
  signal: AbortSignal,
): Promise<void> {
  signal.throwIfAborted();
  let fail: (error: Error) => void = () => undefined;
  const failed = new Promise<never>((_resolve, reject) => {
    fail = reject;
    server.once('error', fail);
  });
  server.listen(address);
  try {
    await Promise.race([untilListening(server, signal), failed]);
    server.off('error', fail);
  } catch (error) {
    // A host name may still be on its way to an address.
    server.once('listening', () => server.close());
    throw error;
  }
}
