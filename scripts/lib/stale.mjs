/**
 * Tells whether a build step's result still is the result of its inputs. A step's inputs are
 * hashed by content, because a git checkout gives every file a new time; the hash is kept beside
 * the output, so that removing `dist` forgets it too.
 */
import {createHash} from 'node:crypto';
import {existsSync, mkdirSync, readFileSync, readdirSync, statSync, writeFileSync} from 'node:fs';
import {dirname, join, relative, sep} from 'node:path';
import {ROOT} from './project.mjs';

/**
 * Every file below some paths of the project, sorted; a path that is not there holds none.
 * @param {readonly string[]} paths files or folders, relative to the project
 * @param {(path: string) => boolean} [accept]
 * @returns {string[]} relative to the project, with `/`
 */
export function listFiles(paths, accept = () => true) {
  /** @type {string[]} */
  const files = [];
  /** @param {string} path */
  const visit = (path) => {
    const stats = statSync(path, {throwIfNoEntry: false});
    if (stats?.isDirectory()) for (const name of readdirSync(path)) visit(join(path, name));
    else if (stats) files.push(relative(ROOT, path).split(sep).join('/'));
  };
  for (const path of paths) visit(join(ROOT, path));
  return files.filter(accept).sort();
}

/** @param {readonly string[]} files relative to the project */
function hashFiles(files) {
  const hash = createHash('sha256');
  for (const file of files) {
    hash
      .update(`${file}\0`)
      .update(readFileSync(join(ROOT, file)))
      .update('\0');
  }
  return hash.digest('hex');
}

/**
 * Runs a step if its inputs changed or an output is gone, and remembers it when it went well.
 * @param {{name: string, inputs: readonly string[], outputs: () => readonly string[],
 *   build: () => Promise<void>}} step `outputs` is asked after building; paths relative to the project
 * @param {{force?: boolean}} [options]
 */
export async function buildIfStale(step, options = {}) {
  const stampPath = join(ROOT, 'dist', '.build', `${step.name}.json`);
  const hash = hashFiles(step.inputs);
  if (!options.force && isFresh(stampPath, hash)) return;
  const start = performance.now();
  process.stdout.write(`Building ${step.name} … `);
  await step.build();
  const outputs = step.outputs();
  mkdirSync(dirname(stampPath), {recursive: true});
  writeFileSync(stampPath, JSON.stringify({hash, outputs}));
  console.log(`${((performance.now() - start) / 1000).toFixed(1)} s`);
}

/**
 * @param {string} stampPath
 * @param {string} hash
 */
function isFresh(stampPath, hash) {
  if (!existsSync(stampPath)) return false;
  /** @type {{hash: string, outputs: string[]}} */
  const stamp = JSON.parse(readFileSync(stampPath, 'utf8'));
  return stamp.hash === hash && stamp.outputs.every((output) => existsSync(join(ROOT, output)));
}
