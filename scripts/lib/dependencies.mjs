/**
 * Makes sure that the machine has what the project's commands need before anything of npm is
 * imported: a Node that is new enough, and the very packages that package-lock.json names.
 */
import {existsSync, readFileSync} from 'node:fs';
import {join} from 'node:path';
import {ROOT, ScriptError, runNpm} from './project.mjs';

/** Same as `engines` in package.json; the architecture test compares the two. */
export const MINIMUM_NODE = '20.19';

/** @param {string} [version] the running Node's, e.g. `20.19.0` */
export function checkNodeVersion(version = process.versions.node) {
  const [major = 0, minor = 0] = version.split('.').map(Number);
  const [minimumMajor = 0, minimumMinor = 0] = MINIMUM_NODE.split('.').map(Number);
  if (major > minimumMajor || (major === minimumMajor && minor >= minimumMinor)) return;
  throw new ScriptError(
    `This project needs Node ${MINIMUM_NODE} or newer, and this is Node ${version}.\n` +
      'Install a newer one (https://nodejs.org), then run the same command again.',
  );
}

/** Runs `npm ci` unless node_modules already is what package-lock.json says. */
export async function ensureDependencies() {
  checkNodeVersion();
  const reason = whyInstall();
  if (reason === undefined) return;
  console.log(`Installing the packages (${reason}) …`);
  await runNpm(['ci', '--no-audit', '--no-fund']);
}

/**
 * npm leaves a copy of what it installed in node_modules; it is compared package by package.
 * @returns {string | undefined} what does not match, in words
 */
function whyInstall() {
  const installedLockPath = join(ROOT, 'node_modules', '.package-lock.json');
  if (!existsSync(installedLockPath)) return 'none are there yet';
  const wanted = readPackages(join(ROOT, 'package-lock.json'));
  const installed = readPackages(installedLockPath);
  for (const [path, {version, optional}] of Object.entries(wanted)) {
    // Optional ones are the builds for other systems; npm installs only this system's.
    if (path === '' || optional) continue;
    if (installed[path]?.version !== version) return `${path} is not at ${version}`;
    if (!existsSync(join(ROOT, path, 'package.json'))) return `${path} is not there`;
  }
  return undefined;
}

/**
 * @param {string} path
 * @returns {Record<string, {version?: string, optional?: boolean}>}
 */
function readPackages(path) {
  return JSON.parse(readFileSync(path, 'utf8')).packages;
}
