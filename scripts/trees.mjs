/**
 * `npm run trees`: writes anew what assistive technology is told of every screen, for a change of the
 * screens that is meant. Installs what is missing; test/e2e/screens-spoken.test.ts does the rest.
 */
import {ensureDependencies} from './lib/dependencies.mjs';
import {ScriptError, run, runMain} from './lib/project.mjs';
import {ensurePrograms} from './lib/system-programs.mjs';

await runMain(async () => {
  await ensureDependencies();
  const missing = await ensurePrograms(['chromium']);
  if (missing.length > 0) throw new ScriptError(missing.join('\n'));
  const args = ['--import=tsx', '--test', 'test/e2e/screens-spoken.test.ts'];
  const env = {...process.env, UPDATE_TREES: 'true'};
  const {code} = await run(process.execPath, args, {allowFailure: true, env});
  return code;
});
