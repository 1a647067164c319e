/**
 * Where the relay is reached, and the certificate for that. Browsers give the camera only to pages
 * that came by https (or from localhost), so a phone on the same network needs one, even if it is
 * self-signed and has to be waved through once.
 */
import {readFile} from 'node:fs/promises';
import {createServer, type Server as HttpsServer} from 'node:https';
import {networkInterfaces} from 'node:os';
import {OptionError, type RelayOptionValues} from './options.js';
import {createSelfSignedCertificate} from './self-signed-certificate.js';

export interface Certificate {
  readonly cert: string;
  readonly key: string;
}

/** Apple's systems refuse certificates of more than 825 days, even when told to trust them. */
const VALIDITY_MS = 365 * 24 * 60 * 60 * 1000;

/** This machine's addresses as others on its networks see them. IPv4: people read them out and type them. */
export function networkAddresses(): string[] {
  return Object.values(networkInterfaces())
    .flatMap((addresses) => addresses ?? [])
    .filter(({family, internal}) => family === 'IPv4' && !internal)
    .map(({address}) => address);
}

/** A certificate for localhost and this machine's addresses, made anew and kept in memory only. */
export function selfSignedCertificate(
  addresses: readonly string[] = networkAddresses(),
): Certificate {
  return createSelfSignedCertificate({
    commonName: 'video-chat-room relay',
    hosts: ['localhost', '127.0.0.1', '::1', ...addresses],
    validityMs: VALIDITY_MS,
  });
}

/** A server with the certificate that the options name, or one of its own making. @throws {OptionError} */
export async function createSecureServer({
  cert,
  key,
}: Pick<RelayOptionValues, 'cert' | 'key'>): Promise<HttpsServer> {
  if (cert === undefined || key === undefined) return createServer(selfSignedCertificate());
  const pair = {cert: await readPem('cert', cert), key: await readPem('key', key)};
  try {
    return createServer(pair);
  } catch (error) {
    throw new OptionError(
      (name) => `${name('cert')} and ${name('key')} do not make a certificate: ${why(error)}.`,
    );
  }
}

async function readPem(option: 'cert' | 'key', path: string): Promise<string> {
  try {
    return await readFile(path, 'utf8');
  } catch (error) {
    throw new OptionError((name) => `${name(option)} cannot be read: ${why(error)}.`);
  }
}

function why(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
