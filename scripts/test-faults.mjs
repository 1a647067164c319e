/**
 * `npm run test:faults -- --seed N --count N`: random faults, many more of them than `npm test` has
 * time for. Installs what is missing; test/faults/run.ts does the rest and knows the options.
 */
import {ensureDependencies} from './lib/dependencies.mjs';
import {ScriptError, run, runMain} from './lib/project.mjs';
import {ensurePrograms} from './lib/system-programs.mjs';

await runMain(async () => {
  await ensureDependencies();
  const missing = await ensurePrograms(['chromium', 'firefox', 'turnserver']);
  if (missing.length > 0) throw new ScriptError(missing.join('\n'));
  const args = ['--import=tsx', 'test/faults/run.ts', ...process.argv.slice(2)];
  const {code} = await run(process.execPath, args, {allowFailure: true});
  return code;
});
