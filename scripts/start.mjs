/**
 * `npm start`: from a fresh clone to a running relay with its demo. Installs and builds only what
 * is missing or stale, then becomes the relay itself, so that signals, exit code and arguments
 * (`npm start -- --https`) need no passing on.
 */
import {join} from 'node:path';
import {pathToFileURL} from 'node:url';
import {ensureDependencies} from './lib/dependencies.mjs';
import {ROOT, runMain} from './lib/project.mjs';

const COMMAND = join(ROOT, 'dist', 'server', 'cli.js');

await runMain(async () => {
  await ensureDependencies();
  const {build} = await import('./build.mjs');
  await build();
  process.argv[1] = COMMAND;
  await import(pathToFileURL(COMMAND).href);
});
