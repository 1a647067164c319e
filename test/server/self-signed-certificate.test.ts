/**
 * The certificate that the relay makes for itself is one that TLS stacks accept: Node's own reader,
 * OpenSSL's checks and a real handshake say so.
 */
import assert from 'node:assert/strict';
import {X509Certificate, createPrivateKey} from 'node:crypto';
import {once} from 'node:events';
import type {AddressInfo} from 'node:net';
import {describe, it} from 'node:test';
import {connect, createServer, type TLSSocket} from 'node:tls';
import {createSelfSignedCertificate} from '../../server/self-signed-certificate.js';

const DAY_MS = 24 * 60 * 60 * 1000;
const HOSTS = ['localhost', 'relay.example', '127.0.0.1', '::1', '2001:db8::8:800:200c:417a'];

function create(validityMs = 365 * DAY_MS) {
  return createSelfSignedCertificate({commonName: 'a relay – ours', hosts: HOSTS, validityMs});
}

describe('the self-signed certificate', () => {
  const {cert, key} = create();
  const certificate = new X509Certificate(cert);

  it('vouches for itself with its own key', () => {
    assert.equal(certificate.verify(certificate.publicKey), true);
    assert.equal(certificate.checkPrivateKey(createPrivateKey(key)), true);
    assert.equal(certificate.issuer, certificate.subject);
    assert.equal(certificate.subject, 'CN=a relay – ours');
  });

  it('is good for the names and addresses asked for, and for no others', () => {
    assert.equal(certificate.checkHost('localhost'), 'localhost');
    assert.equal(certificate.checkHost('relay.example'), 'relay.example');
    assert.equal(certificate.checkHost('other.example'), undefined);
    for (const address of HOSTS.slice(2)) assert.equal(certificate.checkIP(address), address);
    assert.equal(certificate.checkIP('127.0.0.2'), undefined);
  });

  it('is a server’s, not an authority’s', () => {
    assert.equal(certificate.ca, false);
    assert.deepEqual(certificate.keyUsage, ['1.3.6.1.5.5.7.3.1']);
  });

  it('is valid from a little before now for as long as asked', () => {
    const [from, to] = [certificate.validFrom, certificate.validTo].map((text) => Date.parse(text));
    assert.ok(from !== undefined && to !== undefined);
    assert.ok(from < Date.now());
    assert.ok(Math.abs(to - (Date.now() + 365 * DAY_MS)) < 60_000);
  });

  it('may be valid beyond 2049, where certificates write the year in full', () => {
    const far = new X509Certificate(create(30 * 365 * DAY_MS).cert);
    assert.ok(new Date(far.validTo).getFullYear() >= 2050);
  });

  it('has a number and a key of its own each time', () => {
    const other = new X509Certificate(create().cert);
    assert.notEqual(other.serialNumber, certificate.serialNumber);
    assert.equal(other.verify(certificate.publicKey), false);
  });

  it('carries a TLS connection of a client that trusts it', async () => {
    const server = createServer({cert, key}, (socket: TLSSocket) => void socket.end('hello'));
    server.listen(0, '127.0.0.1');
    await once(server, 'listening');
    try {
      const {port} = server.address() as AddressInfo;
      const client = connect({host: '127.0.0.1', port, servername: 'localhost', ca: cert});
      const [data] = (await once(client, 'data')) as [Buffer];
      assert.equal(data.toString(), 'hello');
      assert.equal(client.authorized, true);
    } finally {
      server.close();
    }
  });
});
