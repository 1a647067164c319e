/**
 * Lets one build at a time write to `dist`: `npm start` in one terminal and `npm test` in another
 * are ordinary. A lock whose process is gone is taken over.
 */
import {existsSync, mkdirSync, readFileSync, rmSync, writeFileSync} from 'node:fs';
import {join} from 'node:path';
import {setTimeout as delay} from 'node:timers/promises';
import {ROOT} from './project.mjs';

const LOCK_FILE = join(ROOT, '.cache', 'build.lock');
const RETRY_MS = 200;

/**
 * @template T
 * @param {() => Promise<T>} work
 * @returns {Promise<T>}
 */
export async function withBuildLock(work) {
  mkdirSync(join(ROOT, '.cache'), {recursive: true});
  for (let told = false; !tryLock(); told = true) {
    if (!told) console.log('Another build is running in this folder; waiting for it …');
    await delay(RETRY_MS);
  }
  try {
    return await work();
  } finally {
    rmSync(LOCK_FILE, {force: true});
  }
}

function tryLock() {
  try {
    // 'wx' fails if the file exists: the one atomic way to say who came first.
    writeFileSync(LOCK_FILE, String(process.pid), {flag: 'wx'});
    return true;
  } catch {
    if (existsSync(LOCK_FILE) && !isRunning(Number(readFileSync(LOCK_FILE, 'utf8')))) {
      rmSync(LOCK_FILE, {force: true});
    }
    return false;
  }
}

/** @param {number} pid */
function isRunning(pid) {
  // The file is empty for the instant between its creation and its text.
  if (pid === 0) return true;
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
}
