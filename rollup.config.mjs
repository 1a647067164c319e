/**
 * The build for pages that have no bundler: one entry to put into a script tag, with lit and
 * socket.io-client inside, and the call engine in chunks of its own that load when they are needed.
 */
import {nodeResolve} from '@rollup/plugin-node-resolve';
import {transform} from 'esbuild';
import esbuild from 'rollup-plugin-esbuild';
import {minify} from 'terser';
import {inlineLimits} from './scripts/lib/inline-limits.mjs';
import {INTERNAL_NAMES} from './scripts/lib/internal-names.mjs';
import {lazyParts} from './scripts/lib/lazy-parts.mjs';
import {minifyTemplates} from './scripts/lib/minify-templates.mjs';
import {slimLit} from './scripts/lib/slim-lit.mjs';
import {slimSocketIo} from './scripts/lib/slim-socket-io.mjs';

const ENTRY = 'widget/define.ts';

/** Browsers with everything that the widget needs (private methods, `static {}`, adopted styles). */
const TARGET = 'es2022';

const compile = esbuild({target: TARGET, tsconfig: 'tsconfig.base.json'});
// Its resolver would come before the one below and does not know the `browser` field of a package,
// by which engine.io-client swaps its transports for Node.
delete compile.resolveId;

/** @type {import('rollup').RollupOptions} */
export default {
  input: {'video-chat-room': ENTRY},
  output: {
    dir: 'dist/cdn',
    format: 'es',
    entryFileNames: '[name].js',
    chunkFileNames: 'chunks/[name]-[hash].js',
    hashCharacters: 'hex',
    sourcemap: true,
    generatedCode: {preset: 'es2015', symbols: false},
    freeze: false,
    manualChunks: chunkOf,
    plugins: [lazyParts(), {name: 'minify', renderChunk: minifyChunk}],
  },
  plugins: [
    // Without the condition `development`, so that lit's production build is taken; and never
    // `node`, which would bring socket.io-client's build with the package `debug` in it.
    nodeResolve({
      browser: true,
      exportConditions: ['production'],
      extensions: ['.ts', '.js', '.json'],
    }),
    slimLit(),
    slimSocketIo(),
    compile,
    inlineLimits(),
    minifyTemplates(),
  ],
  // Socket.IO's packages do nothing when they are loaded, but do not say so: without this their
  // index files would pull long polling and the shorthand `io` into the first call.
  treeshake: {moduleSideEffects: (id) => !/node_modules\/(?:socket|engine)\.io/.test(id)},
  onwarn(warning) {
    throw new Error(warning.message);
  },
};

/** Names that begin with an underscore are Socket.IO's own (lit's begin with `_$` and are short already). */
const RENAMED = new RegExp(`^(?:_[a-zA-Z]\\w*|${INTERNAL_NAMES.join('|')})$`);

/**
 * What stands for each of them in every chunk.
 * @type {Record<string, string | false>}
 */
let propertyNames = {};

/** Chunks are renamed one after the other, for each must know the names that the others were given. */
let lastRename = Promise.resolve({code: '', map: ''});

/**
 * Terser, for it makes the bundle two per cent smaller than esbuild does; after esbuild has
 * shortened the names, for it gives the private members of every class the same few, which is
 * another per cent.
 * @param {string} code
 */
async function minifyChunk(code) {
  const renamed = await (lastRename = lastRename.then(() => rename(code)));
  const {code: minified = '', map} = await minify(renamed.code, {
    module: true,
    ecma: 2020,
    // Tried out one by one on the compressed size: what makes it shorter before gzip (comma
    // sequences, inlined functions) often makes it longer after.
    compress: {
      passes: 5,
      unsafe_arrows: true,
      unsafe_methods: true,
      sequences: false,
      inline: 1,
      keep_fargs: false,
    },
    format: {comments: false},
    sourceMap: {asObject: true, content: renamed.map},
  });
  return {code: minified, map: /** @type {import('rollup').SourceMapInput} */ (map)};
}

/** @param {string} code */
async function rename(code) {
  const {
    code: renamed,
    map,
    mangleCache,
  } = await transform(code, {
    minifyIdentifiers: true,
    mangleProps: RENAMED,
    // Socket.IO calls a few of its own as `io['_destroy']`.
    mangleQuoted: true,
    mangleCache: propertyNames,
    target: TARGET,
    sourcemap: 'external',
  });
  propertyNames = mangleCache ?? {};
  return {code: renamed, map};
}

/** What several chunks have that come late; each alone it would be a file of its own, of a few lines. */
const BASICS = /\/call\/(?:fingerprint|pause|rate-bucket)\.ts$/;

/**
 * Puts everything that the entry imports statically into the chunk `element`, so that no chunk ever
 * imports the entry. A page may load it as `video-chat-room.js?v=2`; a chunk that imports
 * `../video-chat-room.js` would then load the whole element a second time. It also leaves the one
 * file with a fixed name so small that asking for it again costs nothing.
 * @param {string} id
 * @param {import('rollup').ManualChunkMeta} meta
 */
function chunkOf(id, {getModuleIds, getModuleInfo}) {
  const entry = [...getModuleIds()].find((moduleId) => getModuleInfo(moduleId)?.isEntry);
  if (entry === undefined || id === entry) return null;
  const reached = new Set([entry]);
  for (const moduleId of reached) {
    for (const imported of getModuleInfo(moduleId)?.importedIds ?? []) reached.add(imported);
  }
  if (reached.has(id)) return 'element';
  return BASICS.test(id.replaceAll('\\', '/')) ? 'basics' : null;
}
