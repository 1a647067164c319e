/**
 * `npm run gallery`: every screen in every look, as contact sheets to look at; `-- --update` keeps what
 * they look like now for the tests to compare with. Installs what is missing; test/visual/run.ts does
 * the rest.
 */
import {ensureDependencies} from './lib/dependencies.mjs';
import {ScriptError, run, runMain} from './lib/project.mjs';
import {ensurePrograms} from './lib/system-programs.mjs';

await runMain(async () => {
  await ensureDependencies();
  const missing = await ensurePrograms(['chromium']);
  if (missing.length > 0) throw new ScriptError(missing.join('\n'));
  const args = ['--import=tsx', 'test/visual/run.ts', ...process.argv.slice(2)];
  const {code} = await run(process.execPath, args, {allowFailure: true});
  return code;
});
