/** The pages: compression, caching, CORS, headers, health, base path, https. */
import assert from 'node:assert/strict';
import {once} from 'node:events';
import {mkdtemp, mkdir, rm, writeFile} from 'node:fs/promises';
import {createServer, request, type IncomingHttpHeaders, type IncomingMessage} from 'node:http';
import {request as requestHttps} from 'node:https';
import {connect as connectTcp, type AddressInfo} from 'node:net';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {after, before, suite, test} from 'node:test';
import {connect as connectTls, type TLSSocket} from 'node:tls';
import {brotliCompressSync, brotliDecompressSync, gunzipSync, gzipSync} from 'node:zlib';
import {createApp} from '../../server/app.js';
import {createLogger} from '../../server/logger.js';
import {OptionError} from '../../server/server.js';
import {connect, startRelay, type RunningRelay} from '../support/relay.js';

const BUNDLE = `// the bundle\n${'export {};\n'.repeat(200)}`;
const CHUNK = '// a chunk\n';

interface Answer {
  readonly status: number;
  readonly headers: IncomingHttpHeaders;
  readonly body: Buffer;
}

/** `fetch` decompresses by itself and hides what really came; this does not. */
async function get(url: string, headers: Record<string, string> = {}, method = 'GET') {
  const outgoing = url.startsWith('https')
    ? requestHttps(url, {headers, method, rejectUnauthorized: false})
    : request(url, {headers, method});
  outgoing.end();
  const [response] = (await once(outgoing, 'response')) as [IncomingMessage];
  const parts: Buffer[] = [];
  for await (const part of response) parts.push(part as Buffer);
  return {
    status: response.statusCode ?? 0,
    headers: response.headers,
    body: Buffer.concat(parts),
  } satisfies Answer;
}

suite('the pages', () => {
  const teardown: (() => unknown)[] = [];
  const whole = {after: (task: () => unknown) => void teardown.push(task)};
  let folder: string;
  let relay: RunningRelay;
  let folders: {cdnFolder: string; demoFolder: string};

  before(async () => {
    folder = await mkdtemp(join(tmpdir(), 'relay-pages-'));
    const cdnFolder = join(folder, 'cdn');
    const demoFolder = join(folder, 'demo');
    folders = {cdnFolder, demoFolder};
    await mkdir(join(cdnFolder, 'chunks'), {recursive: true});
    await mkdir(demoFolder);
    const bundle = join(cdnFolder, 'video-chat-room.js');
    await writeFile(bundle, BUNDLE);
    await writeFile(`${bundle}.br`, brotliCompressSync(BUNDLE));
    await writeFile(`${bundle}.gz`, gzipSync(BUNDLE));
    await writeFile(join(cdnFolder, 'chunks', 'engine-abc123.js'), CHUNK);
    await writeFile(join(demoFolder, 'index.html'), '<!doctype html><title>demo</title>');
    await writeFile(join(folder, 'secret.txt'), 'not for anybody');
    relay = await startRelay(whole, folders);
  });

  after(async () => {
    for (const task of teardown.reverse()) await task();
    await rm(folder, {recursive: true});
  });

  const at = (path: string) => new URL(path, relay.url).href;

  test('the bundle is compressed the way the reader understands best', async () => {
    const plain = await get(at('/video-chat-room.js'));
    assert.equal(plain.headers['content-encoding'], undefined);
    assert.equal(plain.body.toString(), BUNDLE);
    const gzip = await get(at('/video-chat-room.js'), {'Accept-Encoding': 'gzip'});
    assert.equal(gzip.headers['content-encoding'], 'gzip');
    assert.equal(gunzipSync(gzip.body).toString(), BUNDLE);
    const brotli = await get(at('/video-chat-room.js'), {'Accept-Encoding': 'gzip, deflate, br'});
    assert.equal(brotli.headers['content-encoding'], 'br');
    assert.equal(brotliDecompressSync(brotli.body).toString(), BUNDLE);
    const tags = [plain, gzip, brotli].map(({headers}) => headers.etag);
    assert.equal(new Set(tags).size, 3, 'each has a tag of its own');
    for (const {headers} of [plain, gzip, brotli]) {
      assert.match(headers['content-type'] ?? '', /javascript; charset=utf-8/);
      assert.equal(headers.vary, 'Accept-Encoding');
    }
  });

  test('any page of any site may load the bundle and its chunks', async () => {
    for (const path of ['/video-chat-room.js', '/chunks/engine-abc123.js']) {
      const {headers} = await get(at(path), {Origin: 'https://elsewhere.example'});
      assert.equal(headers['access-control-allow-origin'], '*');
      assert.equal(headers['cross-origin-resource-policy'], 'cross-origin');
      assert.equal(headers['timing-allow-origin'], '*');
      assert.equal(headers['x-content-type-options'], 'nosniff');
    }
  });

  test('hashed files are kept for ever, the others are asked about', async () => {
    const chunk = await get(at('/chunks/engine-abc123.js'));
    assert.equal(chunk.headers['cache-control'], 'public, max-age=31536000, immutable');
    assert.equal((await get(at('/video-chat-room.js'))).headers['cache-control'], 'no-cache');
    assert.equal((await get(at('/'))).headers['cache-control'], 'no-cache');
  });

  test('who has the file already is told so, by tag and by date', async () => {
    const encoding = {'Accept-Encoding': 'br'};
    const {headers} = await get(at('/video-chat-room.js'), encoding);
    const conditions: Record<string, string>[] = [
      {'If-None-Match': headers.etag ?? ''},
      {'If-Modified-Since': headers['last-modified'] ?? ''},
    ];
    for (const condition of conditions) {
      const again = await get(at('/video-chat-room.js'), {...encoding, ...condition});
      assert.equal(again.status, 304);
      assert.equal(again.body.length, 0);
      assert.equal(again.headers.etag, headers.etag);
      assert.equal(again.headers['access-control-allow-origin'], '*');
    }
    const other = await get(at('/video-chat-room.js'), {'If-None-Match': headers.etag ?? ''});
    assert.equal(other.status, 200, 'the tag of the brotli file is not that of the plain one');
  });

  test('the demo has a strict policy, and is there only if wanted', async (t) => {
    const {status, headers} = await get(at('/'));
    assert.equal(status, 200);
    assert.match(headers['content-type'] ?? '', /text\/html/);
    const policy = headers['content-security-policy'] as string;
    assert.match(policy, /default-src 'self'; script-src 'self'; style-src 'self'/);
    assert.doesNotMatch(policy, /unsafe|\*/);
    assert.match(headers['permissions-policy'] as string, /camera=\(self\)/);
    assert.equal(headers['referrer-policy'], 'strict-origin-when-cross-origin');
    const without = await startRelay(t, {...folders, demo: false});
    assert.equal((await get(without.url)).status, 404);
    assert.equal((await get(`${without.url}video-chat-room.js`)).status, 200);
  });

  test('healthy, ready', async () => {
    for (const path of ['/healthz', '/readyz']) {
      const {status, headers} = await get(at(path));
      assert.equal(status, 200);
      assert.equal(headers['cache-control'], 'no-store');
      // Kept, it would be where the next question of a page is lost that has another network by then.
      assert.equal(headers['connection'], 'close');
    }
  });

  test('not ready while closing, but healthy', async (t) => {
    let isReady = true;
    const log = createLogger('silent');
    const app = createApp({...folders, basePath: '/', isReady: () => isReady, log});
    const server = createServer((incoming, outgoing) => void app.callback()(incoming, outgoing));
    server.listen(0, '127.0.0.1');
    await once(server, 'listening');
    t.after(() => server.close());
    const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
    assert.equal((await get(`${url}/readyz`)).status, 200);
    isReady = false;
    assert.equal((await get(`${url}/readyz`)).status, 503);
    assert.equal((await get(`${url}/healthz`)).status, 200);
  });

  test('what is not there is said in words; nothing outside the folders is served', async () => {
    const missing = await get(at('/nothing'));
    assert.equal(missing.status, 404);
    assert.match(missing.body.toString(), /video-chat-room\.js/);
    assert.equal((await get(at('/'), {}, 'POST')).status, 405);
    for (const path of ['/..%2fsecret.txt', '/%2e%2e/secret.txt', '/%00', '/%', '/chunks', '//x']) {
      const {status, body} = await get(relay.url.slice(0, -1) + path);
      assert(status >= 400 && status < 500, `${path}: ${status}`);
      assert.doesNotMatch(body.toString(), /not for anybody/);
    }
  });

  test('every answer carries the headers that keep browsers from guessing', async (t) => {
    const based = await startRelay(t, {...folders, basePath: '/calls/'});
    const CASES: [path: string, status: number, method?: string][] = [
      ['/calls', 308],
      ['/calls/', 200],
      ['/calls/', 405, 'POST'],
      ['/calls/nothing', 404],
      ['/nothing', 404],
      ['/calls/healthz', 200],
      ['/calls/%', 400],
      ['/calls/%00', 400],
      ['/calls/..%2fsecret.txt', 403],
      ['/calls/socket.io/?EIO=4&transport=polling', 200],
      ['/calls/socket.io/?EIO=4&transport=carrier-pigeon', 400],
      ['/calls/socket.io/?EIO=4&transport=polling&sid=unknown', 400],
    ];
    for (const [path, expected, method] of CASES) {
      const {status, headers} = await get(new URL(based.url).origin + path, {}, method);
      assert.equal(status, expected, path);
      assert.equal(headers['x-content-type-options'], 'nosniff', path);
      assert.equal(headers['referrer-policy'], 'strict-origin-when-cross-origin', path);
      assert.match(headers['content-security-policy'] as string, /default-src/, path);
    }
    const socket = connectTcp(based.port, '127.0.0.1');
    socket.end('this is not HTTP\r\n\r\n');
    const parts: Buffer[] = [];
    for await (const part of socket) parts.push(part as Buffer);
    const answer = Buffer.concat(parts).toString();
    assert.match(answer, /^HTTP\/1\.1 400 Bad Request\r\n/);
    assert.match(answer, /\r\nX-Content-Type-Options: nosniff\r\n/);
  });

  test('below a base path everything is there, and nothing elsewhere', async (t) => {
    const based = await startRelay(t, {...folders, basePath: '/calls/here'});
    assert.match(based.url, /\/calls\/here\/$/);
    assert.equal((await get(`${based.url}video-chat-room.js`)).status, 200);
    assert.equal((await get(`${based.url}healthz`)).status, 200);
    assert.equal((await get(based.url)).status, 200);
    assert.equal((await get(new URL('/video-chat-room.js', based.url).href)).status, 404);
    for (const probe of ['/healthz', '/readyz']) {
      assert.equal((await get(new URL(probe, based.url).href)).status, 200, 'probes look there');
    }
    const bare = await get(new URL('/calls/here?room=x', based.url).href);
    assert.equal(bare.status, 308);
    assert.equal(bare.headers.location, '/calls/here/?room=x');
  });

  test('https with a certificate of its own making, for this machine', async (t) => {
    const secure = await startRelay(t, {...folders, https: true});
    assert.match(secure.url, /^https:/);
    assert.equal((await get(secure.url)).status, 200);
    const socket: TLSSocket = connectTls({port: secure.port, rejectUnauthorized: false});
    await once(socket, 'secureConnect');
    const names = socket.getPeerCertificate().subjectaltname ?? '';
    socket.destroy();
    assert.match(names, /DNS:localhost/);
    assert.match(names, /IP Address:127\.0\.0\.1/);
    const client = await connect(t, secure, {rejectUnauthorized: false});
    assert.equal((await client.ask('join', {room: 'lobby'})).ok, true);
  });

  test('certificates that are not there or make no sense are named', async (t) => {
    const missing = {cert: join(folder, 'no.pem'), key: join(folder, 'no.key')};
    await assert.rejects(startRelay(t, missing), (error) => {
      assert(error instanceof OptionError, 'an OptionError');
      return error.message.startsWith('cert cannot be read: ');
    });
    const nonsense = {cert: join(folder, 'secret.txt'), key: join(folder, 'secret.txt')};
    await assert.rejects(startRelay(t, nonsense), /: cert and key do not make a certificate/);
  });
});
