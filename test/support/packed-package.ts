/**
 * The package as npm would publish it: packed, unpacked and put where a project that depends on it
 * would have it. Nothing is installed; the dependencies are found in this project's node_modules.
 */
import {execFile} from 'node:child_process';
import {mkdtemp, mkdir, readFile, readdir, rename, rm} from 'node:fs/promises';
import {join, relative} from 'node:path';
import {promisify} from 'node:util';
import {ROOT, runNpm} from '../../scripts/lib/project.mjs';

const execute = promisify(execFile);

export interface Manifest {
  readonly name: string;
  readonly version: string;
  readonly bin: Readonly<Record<string, string>>;
  readonly exports: Readonly<Record<string, string | Readonly<Record<string, string>>>>;
  readonly dependencies: Readonly<Record<string, string>>;
  readonly unpkg: string;
  readonly jsdelivr: string;
  readonly customElements: string;
  readonly sideEffects: readonly string[];
}

export interface PackedPackage {
  /** A project's folder, in whose node_modules the package lies. */
  readonly consumer: string;
  /** The unpacked package. */
  readonly folder: string;
  /** Its files, relative to it, with `/`. */
  readonly files: readonly string[];
  readonly manifest: Manifest;
  remove(): Promise<void>;
}

export async function packPackage(): Promise<PackedPackage> {
  // Below the project, so that Node finds the dependencies on its way up.
  await mkdir(join(ROOT, '.cache'), {recursive: true});
  const consumer = await mkdtemp(join(ROOT, '.cache', 'consumer-'));
  await runNpm(['pack', '--ignore-scripts', '--pack-destination', consumer], {quiet: true});
  const tarball = (await readdir(consumer)).find((name) => name.endsWith('.tgz'));
  if (tarball === undefined) throw new Error('npm pack made no tarball');
  await execute('tar', ['-xzf', tarball], {cwd: consumer});
  const folder = join(consumer, 'node_modules', 'video-chat-room');
  await mkdir(join(consumer, 'node_modules'));
  await rename(join(consumer, 'package'), folder);
  const entries = await readdir(folder, {recursive: true, withFileTypes: true});
  return {
    consumer,
    folder,
    files: entries
      .filter((entry) => entry.isFile())
      .map((entry) => relative(folder, join(entry.parentPath, entry.name)).replaceAll('\\', '/')),
    manifest: JSON.parse(await readFile(join(folder, 'package.json'), 'utf8')) as Manifest,
    remove: () => rm(consumer, {recursive: true, force: true}),
  };
}

/** Runs Node in the consuming project, with nothing of ours loaded before. */
export async function runNode(
  {consumer}: PackedPackage,
  ...args: readonly string[]
): Promise<{stdout: string; stderr: string}> {
  const env = {...process.env, NODE_OPTIONS: '', NODE_TEST_CONTEXT: ''};
  return execute(process.execPath, args, {cwd: consumer, env, timeout: 30_000});
}
