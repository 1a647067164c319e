/**
 * The pages: the bundle for everybody's sites, the demo, and two questions that load balancers ask.
 * A Koa application that knows nothing of sockets or rooms.
 */
import type {IncomingMessage, ServerResponse} from 'node:http';
import {fileURLToPath} from 'node:url';
import Koa, {type Context, type Middleware} from 'koa';
import serveFolder from 'koa-static';
import type {Logger} from './logger.js';
import {COMMON_HEADERS, WORDS_HEADERS} from './security-headers.js';

/** Beside the compiled `dist/server/app.js`, and beside `server/app.ts` when run from source. */
function built(name: string): string {
  const beside = import.meta.url.endsWith('.ts') ? `../dist/${name}` : `../${name}`;
  return fileURLToPath(new URL(beside, import.meta.url));
}

export const CDN_FOLDER = built('cdn');
export const DEMO_FOLDER = built('demo');

export interface AppOptions {
  /** Begins and ends with a slash. */
  readonly basePath: string;
  readonly cdnFolder: string;
  /** `null`: no demo. */
  readonly demoFolder: string | null;
  readonly isReady: () => boolean;
  readonly log: Logger;
  /** Takes what is not ours, when the relay lives on another application's server. */
  readonly otherwise?: (request: IncomingMessage, response: ServerResponse) => void;
}

/** Our own pages need nothing but themselves and the relay they came from. */
const DEMO_POLICY = [
  "default-src 'self'",
  "script-src 'self'",
  "style-src 'self'",
  "connect-src 'self' ws: wss:",
  "img-src 'self' data:",
  "media-src 'self' blob:",
  "frame-ancestors 'self'",
  "base-uri 'none'",
  "form-action 'self'",
].join('; ');

const DEMO_HEADERS = {
  ...COMMON_HEADERS,
  'Content-Security-Policy': DEMO_POLICY,
  'Permissions-Policy': 'camera=(self), microphone=(self), display-capture=(self)',
} as const;

/** The bundle is made to be loaded by any page of any site. */
const CDN_HEADERS = {
  ...COMMON_HEADERS,
  'Access-Control-Allow-Origin': '*',
  'Cross-Origin-Resource-Policy': 'cross-origin',
  'Timing-Allow-Origin': '*',
} as const;

/** A changed chunk has a changed name, so this one is good for ever; a year is as long as caches count. */
const FOR_EVER = 'public, max-age=31536000, immutable';

/** Kept, but asked about each time: a new build is seen at the next load. */
const ASK_FIRST = 'no-cache';

export function createApp(options: AppOptions): Koa {
  const {cdnFolder, demoFolder, isReady, log} = options;
  const app = new Koa();
  app.silent = true;
  app.on('error', (error: Error & {status?: number}) => {
    // A reader who went away, or a nonsensical path, is no failure of ours.
    const isOurs = (error.status ?? 500) >= 500 && !isBrokenOff(error);
    log[isOurs ? 'error' : 'debug']({error}, 'an HTTP request failed');
  });

  const health = healthOf(isReady);
  app.use(failures);
  // Whoever probes a relay of its own need not know the base path. On somebody else's server the
  // root is somebody else's.
  if (options.otherwise === undefined) app.use(health);
  app.use(within(options));
  app.use(health);
  app.use(revalidation);
  app.use(folder(cdnFolder, CDN_HEADERS));
  if (demoFolder !== null) app.use(folder(demoFolder, DEMO_HEADERS));
  return app;
}

/**
 * The two questions of load balancers and service managers, and the first of pages that have lost their relay. A
 * connection that is kept is dead once the page's network is another one, and the next question would be lost in it.
 */
function healthOf(isReady: () => boolean): Middleware {
  return async (ctx, next) => {
    if (ctx.path !== '/healthz' && ctx.path !== '/readyz') return next();
    ctx.set('connection', 'close');
    if (ctx.path === '/healthz') say(ctx, 200, 'ok');
    else if (isReady()) say(ctx, 200, 'ready');
    else say(ctx, 503, 'closing');
  };
}

/** Says what went wrong, as Koa itself does, but with our headers, which it would take away. */
const failures: Middleware = async (ctx, next) => {
  try {
    await next();
  } catch (error) {
    const {
      status = 500,
      expose = false,
      message,
    } = error as {status?: number; expose?: boolean; message?: string};
    const isTheirs = expose && status >= 400 && status < 500;
    ctx.app.emit('error', error, ctx);
    if (ctx.headerSent) return;
    for (const name of ctx.res.getHeaderNames()) ctx.remove(name);
    if (isTheirs) say(ctx, status, message ?? 'This request makes no sense.');
    else say(ctx, 500, 'The relay failed to do this.');
  }
};

/** Takes the base path away from what is below it, and answers for what nobody else answers. */
function within({basePath, otherwise}: AppOptions): Middleware {
  return async (ctx, next) => {
    if (`${ctx.path}/` === basePath) {
      // With the slash, addresses relative to the page are below it. Only the path: behind a proxy
      // we do not know our own name.
      ctx.redirect(basePath + ctx.search);
      ctx.status = 308;
      ctx.set(WORDS_HEADERS);
      return;
    }
    if (ctx.path.startsWith(basePath)) {
      ctx.path = `/${ctx.path.slice(basePath.length)}`;
      await next();
      ctx.req.url = ctx.originalUrl;
    }
    if (ctx.status !== 404 || ctx.body !== undefined) return;
    if (otherwise !== undefined) {
      // As if we had never seen it.
      ctx.respond = false;
      ctx.res.statusCode = 200;
      // Outside of here, for what its listeners throw is not ours to catch.
      queueMicrotask(() => otherwise(ctx.req, ctx.res));
    } else if (ctx.method === 'GET' || ctx.method === 'HEAD') {
      const element = `${basePath}video-chat-room.js`;
      say(ctx, 404, `Nothing is here. This is a video-chat-room relay; its element is ${element}.`);
    } else {
      ctx.set('Allow', 'GET, HEAD');
      say(ctx, 405, 'Only GET and HEAD are answered here.');
    }
  };
}

/** Files of one folder, as koa-static serves them, with these headers. */
function folder(root: string, headers: Readonly<Record<string, string>>): Middleware {
  return serveFolder(root, {
    setHeaders(response, path, {size, mtimeMs}) {
      for (const [name, value] of Object.entries(headers)) response.setHeader(name, value);
      const isHashed = /[\\/]chunks[\\/]/.test(path);
      response.setHeader('Cache-Control', isHashed ? FOR_EVER : ASK_FIRST);
      // Of the file really sent: the plain, the gzip and the brotli one are told apart by their size.
      response.setHeader('ETag', `W/"${size.toString(36)}-${Math.floor(mtimeMs).toString(36)}"`);
      response.setHeader('Vary', 'Accept-Encoding');
    },
  });
}

/** Answers 304 to whoever has the same file already. */
const revalidation: Middleware = async (ctx, next) => {
  await next();
  if (ctx.status === 200 && ctx.fresh) {
    ctx.status = 304;
    ctx.body = null;
  }
};

function say(ctx: Context, status: number, words: string): void {
  ctx.status = status;
  ctx.type = 'text/plain; charset=utf-8';
  ctx.set({...WORDS_HEADERS, 'Cache-Control': 'no-store'});
  ctx.body = `${words}\n`;
}

function isBrokenOff(error: Error): boolean {
  const code = 'code' in error ? error.code : undefined;
  return code === 'ECONNRESET' || code === 'EPIPE' || code === 'ERR_STREAM_PREMATURE_CLOSE';
}
