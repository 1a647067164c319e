/**
 * `npm run verify`: everything that a change must pass, the quick checks first. All of them run,
 * whatever fails, so that one run shows everything there is to mend.
 */
import {mkdtempSync, readdirSync, rmSync} from 'node:fs';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {ensureDependencies} from './lib/dependencies.mjs';
import {run, runMain, runNpm, runTool} from './lib/project.mjs';

/** @type {[name: string, check: () => Promise<unknown>][]} */
const CHECKS = [
  ['format', () => runTool('prettier/bin/prettier.cjs', ['--check', '.'])],
  ['types', () => runTool('typescript/bin/tsc', ['-b', 'tsconfig.json'])],
  ['lint', () => runTool('oxlint/bin/oxlint', ['--type-aware', '--deny-warnings'])],
  ['build', async () => (await import('./build.mjs')).build()],
  ['size', () => run(process.execPath, ['scripts/bench.mjs', 'size'])],
  ['package', checkPackage],
  ['tests', () => run(process.execPath, ['scripts/test.mjs'])],
];

/** What tools that know many packages say of ours, packed as npm would publish it. */
async function checkPackage() {
  const folder = mkdtempSync(join(tmpdir(), 'video-chat-room-'));
  try {
    await runNpm(['pack', '--ignore-scripts', '--pack-destination', folder], {quiet: true});
    const tarball = join(folder, String(readdirSync(folder)[0]));
    await runTool('publint/src/cli.js', ['run', tarball, '--strict']);
    await runTool('@arethetypeswrong/cli/dist/index.js', [
      tarball,
      // Node can `require()` ES modules since 20.19, so there is no CommonJS copy to get wrong; and
      // the JSX entry is nothing but types.
      '--profile=esm-only',
      '--exclude-entrypoints=./jsx',
    ]);
  } finally {
    rmSync(folder, {recursive: true, force: true});
  }
}

await runMain(async () => {
  await ensureDependencies();
  /** @type {string[]} */
  const failed = [];
  for (const [name, check] of CHECKS) {
    console.log(`\n== ${name} ==`);
    try {
      await check();
    } catch (error) {
      failed.push(name);
      console.error(error instanceof Error ? error.message : error);
    }
  }
  console.log(failed.length > 0 ? `\nFailed: ${failed.join(', ')}` : '\nAll is well.');
  return failed.length > 0 ? 1 : 0;
});
