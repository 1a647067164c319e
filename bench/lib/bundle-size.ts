/**
 * Measures the script tag's bundle as a page loads it: what the idle element costs (the entry and
 * its static imports), and what a first call adds to that (every chunk imported on the way, but for
 * those that the budget file lists as loaded on demand).
 */
import {readFileSync} from 'node:fs';
import {dirname, join, relative, resolve} from 'node:path';
import {brotliCompressSync, gzipSync} from 'node:zlib';
import {ROOT} from '../../scripts/lib/project.mjs';

const CDN_FOLDER = join(ROOT, 'dist', 'cdn');
const ENTRY = join(CDN_FOLDER, 'video-chat-room.js');

export interface Budgets {
  readonly idle: {readonly gzip: number};
  readonly firstCall: {readonly gzip: number};
  /** Accept to the first picture, as a ratio to a bare call. */
  readonly callSetup: {readonly ratio: number};
  /** What a thousand people in one directory are sent. */
  readonly directory: {
    readonly messagesForEachWhenAllEnter: number;
    readonly bytesForEachWhenAllEnter: number;
    readonly bytesForNewcomer: number;
    readonly messagesForOneChange: number;
    readonly bytesForOneChange: number;
  };
  /** While a file is under way: a chat message there and back, and what a page's heap grows by. */
  readonly files: {readonly chatMs: number; readonly heapBytes: number};
  /** Names of chunks, without their hash, that no first call loads. */
  readonly onDemandChunks: readonly string[];
}

export type Stage = 'idle' | 'first call' | 'on demand';

export interface ChunkSize {
  /** Path below dist/cdn. */
  readonly file: string;
  readonly stage: Stage;
  /** The chunks that it imports, at once or later. */
  readonly imports: readonly string[];
  readonly raw: number;
  readonly gzip: number;
  readonly brotli: number;
}

export function readBudgets(): Budgets {
  return JSON.parse(readFileSync(join(ROOT, 'bench', 'budgets.json'), 'utf8')) as Budgets;
}

/** Every chunk that the entry leads to, in the order in which a page could need them. */
export function measureBundle({onDemandChunks}: Budgets): ChunkSize[] {
  const idle = follow([ENTRY], 'static');
  const all = follow([ENTRY], 'all');
  const isOnDemand = (file: string): boolean =>
    onDemandChunks.includes(file.replace(/^.*\/|-[0-9a-f]+\.js$/g, ''));
  const onFirstCall = follow(
    [...all].filter((file) => !isOnDemand(file)),
    'static',
  );
  return [...all].map((file) => {
    const content = readFileSync(file);
    const later = onFirstCall.has(file) ? 'first call' : 'on demand';
    return {
      file: relative(CDN_FOLDER, file),
      stage: idle.has(file) ? 'idle' : later,
      imports: importsOf(file, 'all').map((imported) => relative(CDN_FOLDER, imported)),
      raw: content.length,
      gzip: gzipSync(content, {level: 9}).length,
      brotli: brotliCompressSync(content).length,
    };
  });
}

/** The bytes that a page has loaded at a stage, that of the stages before it included. */
export function totalOf(
  chunks: readonly ChunkSize[],
  stages: readonly Stage[],
  encoding: 'gzip' | 'brotli',
): number {
  return chunks
    .filter(({stage}) => stages.includes(stage))
    .reduce((total, chunk) => total + chunk[encoding], 0);
}

/** The files reached from some, over static imports only or over dynamic ones too. */
function follow(files: readonly string[], kind: 'static' | 'all'): Set<string> {
  const reached = new Set(files);
  for (const file of reached) for (const imported of importsOf(file, kind)) reached.add(imported);
  return reached;
}

/** Rollup's output has its imports in one form, so that they can be read without a parser. */
function importsOf(file: string, kind: 'static' | 'all'): string[] {
  const found = readFileSync(file, 'utf8').matchAll(
    /(?:\b(?:from|import)\s*|\b(import\())["'](\.{1,2}\/[^"']+\.js)["']/g,
  );
  return [...found]
    .filter(([, dynamic]) => kind === 'all' || dynamic === undefined)
    .map(([, , specifier = '']) => resolve(dirname(file), specifier));
}
