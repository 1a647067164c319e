/**
 * Measures the script tag's bundle as a page loads it: what the idle element costs (the entry and
 * its static imports), and what a first call adds to that until both see each other (every chunk
 * imported on the way, but for those that the budget file lists by name). A first call is one in a
 * room, with sound and pictures, in which nobody writes and nothing fails.
 * `test/e2e/first-load.test.ts` compares it with what browsers ask for.
 */
import {readFileSync} from 'node:fs';
import {dirname, join, relative, resolve} from 'node:path';
import {brotliCompressSync, gzipSync} from 'node:zlib';
import {ROOT} from '../../scripts/lib/project.mjs';

const CDN_FOLDER = join(ROOT, 'dist', 'cdn');
const ENTRY = join(CDN_FOLDER, 'video-chat-room.js');

/** Of a link that is connected while it rings, and of one that is only made. */
type SetupRatios = Readonly<Record<'ringing' | 'warm', number>>;

export interface Budgets {
  readonly idle: {readonly gzip: number};
  /** Until both see each other, for whoever comes into a room. */
  readonly firstCall: {readonly gzip: number};
  /** The same with what is fetched while they wait for an answer. */
  readonly ringing: {readonly gzip: number};
  /** The same for whoever waits there, and is to hear the knock. */
  readonly waiting: {readonly gzip: number};
  /** As `callSetup`, with up to 100 ms there and back between the two. */
  readonly farCalls: {readonly ratios: SetupRatios};
  /** Accept to the first picture, as a ratio to a call that two pages make by hand after Accept. */
  readonly callSetup: {
    readonly ratios: SetupRatios;
    readonly fullWidthMs: number;
    readonly gapMs: number;
    readonly messages: number;
  };
  /** Time of scripts from the load until the call is up, and the heap then, of either side. */
  readonly page: {readonly scriptMs: number; readonly heapBytes: number};
  /** Of eight people in one room, on the page's main thread. */
  readonly stage: {readonly taskMs: number; readonly clickMs: number};
  /** From a reloaded page's load event to the first picture of the other side: the median. */
  readonly reload: {readonly limitMs: number};
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
  /** How long until a call is well again when what it needs has come back. */
  readonly recovery: {
    readonly linkDownMs: number;
    readonly addressChangedMs: number;
    readonly relayReturnMs: number;
  };
  /** Names of chunks, without their hash. Those that both ends load while it rings: nobody waits for them. */
  readonly ringingChunks: readonly string[];
  /**
   * Those that whoever waits in a room loads while nobody else is there, and that count for no more than
   * `waiting`. Whoever comes loads them when somebody is connected, or never.
   */
  readonly waitingChunks: readonly string[];
  /**
   * Those that every call loads although nobody needs them yet, for they may not be had any more when
   * somebody does; five seconds after there is a link to somebody (`conversation-loader.ts`) or
   * somebody to talk to (`words-and-looks.ts`). Where it takes longer than that until both see each
   * other, they come before it. Or sooner: when somebody writes, when a call ends or fails.
   */
  readonly aheadChunks: readonly string[];
  /** Those that no first call loads, then or later. */
  readonly onDemandChunks: readonly string[];
  /** One for each language but English, of which an element loads its own. */
  readonly languageChunks: readonly string[];
  readonly language: {readonly gzip: number};
  /** Of every other chunk that is loaded later, by its name: an extra may not grow unnoticed. */
  readonly chunks: Readonly<Record<string, {readonly gzip: number}>>;
}

/** What a chunk is loaded for. Each stage is loaded after those before it. */
export type Stage =
  'idle' | 'first call' | 'ringing' | 'waiting' | 'ahead' | 'language' | 'on demand';

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
export function measureBundle(budgets: Budgets): ChunkSize[] {
  const {ringingChunks, waitingChunks, aheadChunks, onDemandChunks, languageChunks} = budgets;
  const later = [...ringingChunks, ...waitingChunks, ...aheadChunks];
  const listed = [...later, ...onDemandChunks, ...languageChunks];
  const all = [...follow([ENTRY], 'all')];
  const named = (names: readonly string[]): string[] =>
    all.filter((file) => names.includes(chunkName(file)));
  const unlisted = all.filter((file) => !listed.includes(chunkName(file)));
  const reached: [stage: Stage, files: Set<string>][] = [
    ['idle', follow([ENTRY], 'static')],
    ['first call', follow(unlisted, 'static')],
    ['ringing', follow(named(ringingChunks), 'static')],
    ['waiting', follow(named(waitingChunks), 'static')],
    ['ahead', follow(named(aheadChunks), 'static')],
    ['language', follow(named(languageChunks), 'static')],
  ];
  return all.map((file) => {
    const content = readFileSync(file);
    return {
      file: relative(CDN_FOLDER, file),
      stage: reached.find(([, files]) => files.has(file))?.[0] ?? 'on demand',
      imports: importsOf(file, 'all').map((imported) => relative(CDN_FOLDER, imported)),
      raw: content.length,
      gzip: gzipSync(content, {level: 9}).length,
      brotli: brotliCompressSync(content).length,
    };
  });
}

/** Without its folder and its hash. */
export function chunkName(file: string): string {
  return file.replace(/^.*\/|-[0-9a-f]+\.js$/g, '');
}

/** What a chunk that is loaded later may have; `undefined`: it is counted with the first call, or nobody has said. */
export function limitOf({file, stage}: ChunkSize, budgets: Budgets): number | undefined {
  const limit = stage === 'language' ? budgets.language : budgets.chunks[chunkName(file)];
  return limit?.gzip;
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
