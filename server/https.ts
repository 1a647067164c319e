/**
 * Where the relay is reached, and the certificate for that. Browsers give the camera only to pages
 * that came by https (or from localhost), so a phone on the same network needs one, even if it is
 * self-signed and has to be waved through once.
 */
import {networkInterfaces} from 'node:os';
import {generate} from 'selfsigned';

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
export async function selfSignedCertificate(
  addresses: readonly string[] = networkAddresses(),
): Promise<Certificate> {
  const ips = ['127.0.0.1', '::1', ...addresses];
  const pems = await generate([{name: 'commonName', value: 'video-chat-room relay'}], {
    keyType: 'ec',
    algorithm: 'sha256',
    notAfterDate: new Date(Date.now() + VALIDITY_MS),
    extensions: [
      {name: 'basicConstraints', cA: false, critical: true},
      {name: 'keyUsage', digitalSignature: true, critical: true},
      {name: 'extKeyUsage', serverAuth: true},
      {
        name: 'subjectAltName',
        altNames: [{type: 2, value: 'localhost'}, ...ips.map((ip) => ({type: 7, ip}) as const)],
      },
    ],
  });
  return {cert: pems.cert, key: pems.private};
}
