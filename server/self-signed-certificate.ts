/**
 * Makes an X.509 certificate that vouches for itself, for the relay's `--https`. Node signs but does
 * not write certificates; this writes the one kind that is needed here: version 3, an elliptic-curve
 * key, names and addresses of one server. It knows nothing of networks or of where the names are from.
 *
 * RFC 5280 says what is in a certificate, X.690 how it is put into bytes (DER: tag, length, content).
 */
import {generateKeyPairSync, randomBytes, sign} from 'node:crypto';
import {isIPv4, isIPv6} from 'node:net';

export interface SelfSignedOptions {
  /** Shown by browsers as whose certificate it is. */
  readonly commonName: string;
  /** Host names and IP addresses that the certificate is good for. */
  readonly hosts: readonly string[];
  readonly validityMs: number;
}

/** Clocks of phones may be behind ours. */
const BACKDATED_MS = 60 * 60 * 1000;

const OID = {
  commonName: '2.5.4.3',
  ecdsaWithSha256: '1.2.840.10045.4.3.2',
  keyUsage: '2.5.29.15',
  subjectAltName: '2.5.29.17',
  basicConstraints: '2.5.29.19',
  extendedKeyUsage: '2.5.29.37',
  serverAuth: '1.3.6.1.5.5.7.3.1',
};

/** Tags of X.690; those of `[n]` depend on the field. */
const TAG = {
  boolean: 0x01,
  integer: 0x02,
  bitString: 0x03,
  octetString: 0x04,
  oid: 0x06,
  utf8String: 0x0c,
  utcTime: 0x17,
  generalizedTime: 0x18,
  sequence: 0x30,
  set: 0x31,
};

/** The certificate and its private key, both as PEM. A new key each time. */
export function createSelfSignedCertificate(options: SelfSignedOptions): {
  cert: string;
  key: string;
} {
  const {publicKey, privateKey} = generateKeyPairSync('ec', {namedCurve: 'P-256'});
  const toBeSigned = certificateBody(options, publicKey.export({type: 'spki', format: 'der'}));
  const certificate = sequence(
    toBeSigned,
    signatureAlgorithm(),
    bitString(sign('sha256', toBeSigned, privateKey)),
  );
  return {
    cert: toPem('CERTIFICATE', certificate),
    key: privateKey.export({type: 'pkcs8', format: 'pem'}).toString(),
  };
}

/** RFC 5280, 4.1: TBSCertificate. */
function certificateBody(options: SelfSignedOptions, publicKeyInfo: Buffer): Buffer {
  const {commonName, hosts, validityMs} = options;
  const now = Date.now();
  const attribute = sequence(oid(OID.commonName), element(TAG.utf8String, Buffer.from(commonName)));
  const name = sequence(element(TAG.set, attribute));
  const digitalSignature = element(TAG.bitString, Buffer.from([7, 0b1000_0000]));
  const extensions = sequence(
    extension(OID.basicConstraints, sequence(), {critical: true}),
    extension(OID.keyUsage, digitalSignature, {critical: true}),
    extension(OID.extendedKeyUsage, sequence(oid(OID.serverAuth))),
    extension(OID.subjectAltName, sequence(...hosts.map(generalName))),
  );
  return sequence(
    contextTag(0, element(TAG.integer, Buffer.from([2]))), // version 3
    element(TAG.integer, serialNumber()),
    signatureAlgorithm(),
    name, // the issuer
    sequence(time(now - BACKDATED_MS), time(now + validityMs)),
    name, // the subject: the same, which is what self-signed means
    publicKeyInfo,
    contextTag(3, extensions),
  );
}

/** Random, so that browsers that have seen an older one do not complain of a number used twice. */
function serialNumber(): Buffer {
  const serial = randomBytes(16);
  // Positive (no high bit) and without a leading zero, as DER wants integers.
  serial[0] = ((serial[0] ?? 0) & 0x7f) | 0x40;
  return serial;
}

function signatureAlgorithm(): Buffer {
  return sequence(oid(OID.ecdsaWithSha256));
}

function extension(id: string, value: Buffer, {critical = false} = {}): Buffer {
  const flag = critical ? [element(TAG.boolean, Buffer.from([0xff]))] : [];
  return sequence(oid(id), ...flag, element(TAG.octetString, value));
}

/** RFC 5280, 4.2.1.6: dNSName is [2], iPAddress is [7] with the address's bytes. */
function generalName(host: string): Buffer {
  if (isIPv4(host)) return element(0x87, Buffer.from(host.split('.').map(Number)));
  if (isIPv6(host)) return element(0x87, ipv6Bytes(host));
  return element(0x82, Buffer.from(host, 'ascii'));
}

function ipv6Bytes(address: string): Buffer {
  const [head = '', tail = ''] = address.replace(/%.*$/, '').split('::');
  const groups = (text: string): string[] => text.split(':').filter(Boolean);
  const missing = 8 - groups(head).length - groups(tail).length;
  const zeros = Array.from({length: missing}, () => '0');
  const all = [...groups(head), ...zeros, ...groups(tail)];
  return Buffer.from(all.map((group) => group.padStart(4, '0')).join(''), 'hex');
}

/** RFC 5280, 4.1.2.5: two digits of the year until 2049, four from then on. */
function time(date: number): Buffer {
  const digits = new Date(date).toISOString().replace(/\.\d+|[-:T]/g, '');
  return Number(digits.slice(0, 4)) < 2050
    ? element(TAG.utcTime, Buffer.from(digits.slice(2)))
    : element(TAG.generalizedTime, Buffer.from(digits));
}

function oid(text: string): Buffer {
  const [first = 0, second = 0, ...rest] = text.split('.').map(Number);
  const bytes = rest.flatMap((arc) => {
    const sevens = [arc & 0x7f];
    for (let left = arc >> 7; left > 0; left >>= 7) sevens.unshift((left & 0x7f) | 0x80);
    return sevens;
  });
  return element(TAG.oid, Buffer.from([first * 40 + second, ...bytes]));
}

function bitString(content: Buffer): Buffer {
  // No bits of the last byte are unused.
  return element(TAG.bitString, Buffer.concat([Buffer.from([0]), content]));
}

function sequence(...elements: readonly Buffer[]): Buffer {
  return element(TAG.sequence, Buffer.concat(elements));
}

function contextTag(number: number, content: Buffer): Buffer {
  return element(0xa0 | number, content);
}

function element(tag: number, content: Buffer): Buffer {
  const {length} = content;
  const long = [length >> 8, length & 0xff].filter((byte, index) => index === 1 || byte > 0);
  const size = length < 0x80 ? [length] : [0x80 | long.length, ...long];
  return Buffer.concat([Buffer.from([tag, ...size]), content]);
}

function toPem(label: string, der: Buffer): string {
  const lines = der.toString('base64').replace(/.{64}/g, '$&\n').trimEnd();
  return `-----BEGIN ${label}-----\n${lines}\n-----END ${label}-----\n`;
}
