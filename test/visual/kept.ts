/**
 * The pictures that are kept in the repository, a file for each screen with all its looks, and what is
 * written for looking at below `.cache/visual/`. What is in the pictures is not known here.
 */
import {existsSync, mkdirSync, readFileSync, readdirSync, rmSync, writeFileSync} from 'node:fs';
import {basename, dirname, join} from 'node:path';
import {ROOT} from '../../scripts/lib/project.mjs';

const KEPT = join(ROOT, 'test/visual/kept');
const OUTPUT = join(ROOT, '.cache/visual');

const pathOf = (name: string): string => join(KEPT, `${name}.webp`);

export function keptNames(): string[] {
  return existsSync(KEPT) ? readdirSync(KEPT).map((file) => basename(file, '.webp')) : [];
}

/** @returns the file in base64; `null` if none is kept */
export function keptPicture(name: string): string | null {
  return existsSync(pathOf(name)) ? readFileSync(pathOf(name), 'base64') : null;
}

/** @param webp the file in base64; `null`: there is no such screen any more */
export function keep(name: string, webp: string | null): void {
  if (webp === null) rmSync(pathOf(name));
  else write(pathOf(name), Buffer.from(webp, 'base64'));
}

/** @param folder below `.cache/visual/` */
export function clearOutput(folder: string): void {
  rmSync(join(OUTPUT, folder), {recursive: true, force: true});
}

/**
 * @param path below `.cache/visual/`
 * @returns the whole path
 */
export function writeOutput(path: string, data: string | Buffer): string {
  const whole = join(OUTPUT, path);
  write(whole, data);
  return whole;
}

function write(path: string, data: string | Buffer): void {
  mkdirSync(dirname(path), {recursive: true});
  writeFileSync(path, data);
}
