/**
 * `npm run build`: everything that ships, into `dist`; only what is stale. `--force` builds all.
 *
 *   dist/{protocol,widget,server}  ES modules and declarations, for npm (tsc)
 *   dist/cdn                       the script tag's entry and its chunks, minified (Rollup)
 *   dist/demo                      the demo's pages, copied
 *   dist/custom-elements.json      the element described for tools, and docs/API.md for people
 */
import {cpSync, existsSync, readFileSync, rmSync, writeFileSync} from 'node:fs';
import {join} from 'node:path';
import {pathToFileURL} from 'node:url';
import {brotliCompressSync, constants, gzipSync} from 'node:zlib';
import {ensureDependencies} from './lib/dependencies.mjs';
import {withBuildLock} from './lib/lock.mjs';
import {ROOT, ScriptError, runMain, runTool} from './lib/project.mjs';
import {buildIfStale, listFiles} from './lib/stale.mjs';

const SOURCE_FOLDERS = ['protocol', 'widget', 'server'];
const BUILD_FILES = listFiles(['scripts/build.mjs', 'package-lock.json']);
const isSource = (/** @type {string} */ path) => /\.(?:ts|json)$/.test(path);

const MODULES = {
  name: 'modules',
  inputs: [
    ...listFiles(SOURCE_FOLDERS, isSource),
    ...listFiles(['tsconfig.base.json']),
    ...BUILD_FILES,
  ],
  outputs: () => listFiles(SOURCE_FOLDERS.map((folder) => `dist/${folder}`)),
  async build() {
    if (SOURCE_FOLDERS.every((folder) => !existsSync(join(ROOT, 'dist', folder)))) {
      // The compiler's notes say "already built"; they must not outlive what was built.
      rmSync(join(ROOT, 'dist', '.build', 'types'), {recursive: true, force: true});
    }
    await runTool('typescript/bin/tsc', ['-b', 'widget', 'server'], {quiet: true});
    removeOrphans();
  },
};

const CDN = {
  name: 'cdn',
  inputs: [
    ...listFiles(['protocol', 'widget'], isSource),
    ...listFiles(['rollup.config.mjs', 'tsconfig.base.json']),
    ...listFiles(['scripts/lib']),
    ...BUILD_FILES,
  ],
  outputs: () => listFiles(['dist/cdn']),
  async build() {
    const folder = join(ROOT, 'dist', 'cdn');
    const {rollup} = await import('rollup');
    const {default: config} = await import('../rollup.config.mjs');
    const bundle = await rollup(config);
    rmSync(folder, {recursive: true, force: true});
    if (config.output && !Array.isArray(config.output)) await bundle.write(config.output);
    await bundle.close();
    for (const file of listFiles(['dist/cdn'], (path) => path.endsWith('.js'))) {
      const content = readFileSync(join(ROOT, file));
      writeFileSync(join(ROOT, `${file}.gz`), gzipSync(content, {level: 9}));
      const params = {
        [constants.BROTLI_PARAM_QUALITY]: 11,
        [constants.BROTLI_PARAM_SIZE_HINT]: content.length,
      };
      writeFileSync(join(ROOT, `${file}.br`), brotliCompressSync(content, {params}));
    }
  },
};

const DEMO = {
  name: 'demo',
  inputs: [...listFiles(['demo']), ...BUILD_FILES],
  outputs: () => listFiles(['dist/demo']),
  async build() {
    const folder = join(ROOT, 'dist', 'demo');
    rmSync(folder, {recursive: true, force: true});
    cpSync(join(ROOT, 'demo'), folder, {recursive: true});
  },
};

const MANIFEST = {
  name: 'manifest',
  inputs: [
    ...listFiles(['protocol', 'widget'], isSource),
    ...listFiles(['custom-elements-manifest.config.mjs', 'scripts/api-docs.mjs']),
    ...BUILD_FILES,
  ],
  outputs: () => listFiles(['dist/custom-elements.json']),
  async build() {
    const {writeApiDocs} = await import('./api-docs.mjs');
    await writeApiDocs();
  },
};

/** Removes what was compiled from sources that are no longer there. */
function removeOrphans() {
  for (const file of listFiles(SOURCE_FOLDERS.map((folder) => `dist/${folder}`))) {
    const source = file.replace(/^dist\//, '').replace(/(?:\.d\.ts|\.js|\.js\.map)$/, '.ts');
    if (!existsSync(join(ROOT, source))) rmSync(join(ROOT, file));
  }
}

/**
 * Builds what is stale. Waits while another process builds.
 * @param {{force?: boolean}} [options]
 */
export async function build(options = {}) {
  await withBuildLock(async () => {
    for (const step of [MODULES, CDN, DEMO, MANIFEST]) await buildIfStale(step, options);
  });
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) {
  await runMain(async () => {
    const unknown = process.argv.slice(2).filter((argument) => argument !== '--force');
    if (unknown.length > 0) {
      throw new ScriptError(`build knows only --force, not ${unknown.join(' ')}`);
    }
    await ensureDependencies();
    await build({force: process.argv.includes('--force')});
  });
}
