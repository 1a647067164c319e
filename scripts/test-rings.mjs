/**
 * `npm run test:rings -- --seed N --count N`: random schedules of ringing, many more of them than
 * `npm test` has time for. Installs what is missing; test/call/rings-at-random.test.ts does the rest.
 */
import {parseArgs} from 'node:util';
import {ensureDependencies} from './lib/dependencies.mjs';
import {ScriptError, run, runMain} from './lib/project.mjs';
import {ensurePrograms} from './lib/system-programs.mjs';

await runMain(async () => {
  await ensureDependencies();
  const missing = await ensurePrograms(['chromium', 'firefox']);
  if (missing.length > 0) throw new ScriptError(missing.join('\n'));
  const {values} = parseArgs({
    options: {seed: {type: 'string'}, count: {type: 'string', default: '500'}},
  });
  const seed = values.seed === undefined ? Math.floor(Math.random() * 1e6) : Number(values.seed);
  const count = Number(values.count);
  console.log(
    `${count} schedules of ringing in each browser, seeds ${seed} to ${seed + count - 1}`,
  );
  const args = ['wtr', '--files', 'test/call/rings-at-random.test.ts'];
  const env = {...process.env, SCHEDULES: JSON.stringify({seed, count})};
  const {code} = await run('npx', args, {allowFailure: true, env});
  return code;
});
