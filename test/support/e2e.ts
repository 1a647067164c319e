/**
 * What end-to-end tests share: waiting for something to become so, and a web site of an origin
 * other than the relay's for pages that embed the widget.
 */
import {createServer} from 'node:http';
import type {AddressInfo} from 'node:net';
import {extname} from 'node:path';
import {setTimeout as delay} from 'node:timers/promises';

const POLL_INTERVAL_MS = 50;
const DEFAULT_DEADLINE_MS = 20_000;

export interface PollOptions {
  /** Named when it does not come: "Waited 20 s for …". */
  what: string;
  deadlineMs?: number;
}

/**
 * Asks again and again until the answer is truthy, and resolves with it. An error of `ask` counts
 * as "not yet" and is the cause of the rejection when the deadline has passed.
 */
export async function poll<Answer>(
  ask: () => Answer | Promise<Answer>,
  {what, deadlineMs = DEFAULT_DEADLINE_MS}: PollOptions,
): Promise<Exclude<Answer, false | 0 | '' | null | undefined>> {
  const deadline = performance.now() + deadlineMs;
  let last: unknown;
  let cause: unknown;
  for (;;) {
    try {
      const answer = await ask();
      cause = undefined;
      if (isTruthy(answer)) return answer;
      last = answer;
    } catch (error) {
      cause = error;
    }
    if (performance.now() > deadline) {
      const answer = cause === undefined ? `; the last answer was ${JSON.stringify(last)}` : '';
      throw new Error(`Waited ${deadlineMs / 1000} s for ${what}${answer}`, {cause});
    }
    await delay(POLL_INTERVAL_MS);
  }
}

function isTruthy<Answer>(
  answer: Answer,
): answer is Exclude<Answer, false | 0 | '' | null | undefined> {
  return Boolean(answer);
}

const CONTENT_TYPES: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.json': 'application/json',
};

export interface StaticSite {
  /** `http://127.0.0.1:PORT` */
  readonly origin: string;
  readonly port: number;
  close(): Promise<void>;
}

/**
 * Serves a few files from memory on a free port, which makes it another origin than any relay.
 * @param files by path, e.g. `{'/': '<!doctype html>…'}`
 * @param headers sent with each, e.g. a Content-Security-Policy
 */
export async function startStaticSite(
  files: Readonly<Record<string, string>>,
  headers: Readonly<Record<string, string>> = {},
): Promise<StaticSite> {
  const server = createServer((request, response) => {
    const {pathname} = new URL(request.url ?? '/', 'http://site');
    const body = files[pathname];
    if (body === undefined) {
      response.writeHead(404).end();
      return;
    }
    const type = CONTENT_TYPES[extname(pathname) || '.html'] ?? 'application/octet-stream';
    response.writeHead(200, {'content-type': type, ...headers}).end(body);
  });
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject).listen(0, '127.0.0.1', resolve);
  });
  // A TCP server's address is never a string, and it is listening.
  const {port} = server.address() as AddressInfo;
  return {
    origin: `http://127.0.0.1:${port}`,
    port,
    close: () =>
      new Promise((resolve, reject) => {
        server.close((error) => (error ? reject(error) : resolve()));
        server.closeAllConnections();
      }),
  };
}
