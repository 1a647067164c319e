/**
 * `npm run bench`: builds, then runs the benchmarks of bench/ one after the other, or those named
 * (`npm run bench -- size`). The sizes come first, for they are there at once. What the benchmarks
 * share is in bench/lib.
 */
import {basename} from 'node:path';
import {ensureDependencies} from './lib/dependencies.mjs';
import {ScriptError, run, runMain} from './lib/project.mjs';
import {listFiles} from './lib/stale.mjs';
import {ensurePrograms} from './lib/system-programs.mjs';

/** @typedef {import('./lib/system-programs.mjs').Program} Program */

/** @type {readonly Program[]} */
const BROWSERS = ['chromium', 'firefox'];
/**
 * What a benchmark needs of the system, where it is not the browsers. `recovery` needs `ip` as well, and says so
 * itself where there is none to be had.
 * @type {Readonly<Record<string, readonly Program[]>>}
 */
const NEEDED = {size: [], directory: []};

await runMain(async () => {
  const wanted = process.argv.slice(2);
  await ensureDependencies();
  const isBenchmark = (/** @type {string} */ path) => /^bench\/[^/]+\.ts$/.test(path);
  const benchmarks = listFiles(['bench'], isBenchmark);
  const nameOf = (/** @type {string} */ path) => basename(path, '.ts');
  benchmarks.sort((a, b) => Number(nameOf(b) === 'size') - Number(nameOf(a) === 'size'));
  const names = benchmarks.map(nameOf);
  const unknown = wanted.filter((name) => !names.includes(name));
  if (unknown.length > 0) {
    throw new ScriptError(
      `No benchmark called ${unknown.join(', ')}. There are: ${names.join(', ')}.`,
    );
  }
  const chosen = wanted.length > 0 ? wanted : names;
  const needed = new Set(chosen.flatMap((name) => NEEDED[name] ?? BROWSERS));
  const missing = await ensurePrograms([...needed]);
  if (missing.length > 0) throw new ScriptError(missing.join('\n'));
  if (chosen.includes('recovery')) await ensurePrograms(['ip']);
  const {build} = await import('./build.mjs');
  await build();
  let worst = 0;
  for (const [index, path] of benchmarks.entries()) {
    if (wanted.length > 0 && !wanted.includes(names[index] ?? '')) continue;
    const {code} = await run(process.execPath, ['--import=tsx', path], {allowFailure: true});
    worst = Math.max(worst, code);
  }
  return worst;
});
