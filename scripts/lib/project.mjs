/**
 * Where the project lies and how its scripts run other programs. Uses nothing but Node's own
 * modules, so that it works in a clone in which nothing has been installed yet.
 */
import {spawn} from 'node:child_process';
import {existsSync} from 'node:fs';
import {join} from 'node:path';
import {fileURLToPath} from 'node:url';

/** The folder with package.json in it. */
export const ROOT = fileURLToPath(new URL('../../', import.meta.url));

/** Something went wrong that a person can put right: shown as a sentence, without a stack. */
export class ScriptError extends Error {}

/**
 * Runs a program to its end, its output shown as it comes.
 * @param {string} command
 * @param {readonly string[]} args
 * @param {{env?: NodeJS.ProcessEnv, quiet?: boolean, allowFailure?: boolean, shell?: boolean}} [options]
 *   `quiet` keeps the output for the error message.
 * @returns {Promise<{code: number, output: string}>}
 */
export function run(command, args, options = {}) {
  return new Promise((resolve, reject) => {
    const child = spawn(command, args, {
      cwd: ROOT,
      env: options.env ?? process.env,
      shell: options.shell ?? false,
      stdio: ['ignore', options.quiet ? 'pipe' : 'inherit', options.quiet ? 'pipe' : 'inherit'],
    });
    let output = '';
    const keep = (/** @type {Buffer} */ chunk) => {
      output += String(chunk);
    };
    child.stdout?.on('data', keep);
    child.stderr?.on('data', keep);
    child.once('error', reject);
    child.once('close', (exitCode, signal) => {
      const code = exitCode ?? 1;
      if (code === 0 || options.allowFailure) return resolve({code, output});
      const how = signal ? `was ended by ${signal}` : `failed with exit code ${code}`;
      reject(new ScriptError(`${[command, ...args].join(' ')} ${how}\n${output}`.trimEnd()));
    });
  });
}

/**
 * Runs a tool of node_modules with this same Node, on every system without a shell.
 * @param {string} script path of its program below node_modules, as its package.json's `bin` says
 * @param {readonly string[]} args
 * @param {Parameters<typeof run>[2]} [options]
 */
export function runTool(script, args, options) {
  return run(process.execPath, [join(ROOT, 'node_modules', script), ...args], options);
}

/**
 * Runs npm: the very one that started us, if one did.
 * @param {readonly string[]} args
 * @param {Parameters<typeof run>[2]} [options]
 */
export function runNpm(args, options) {
  const npm = process.env['npm_execpath'];
  if (npm && existsSync(npm) && /\.c?js$/.test(npm)) {
    return run(process.execPath, [npm, ...args], options);
  }
  const windows = process.platform === 'win32';
  return run(windows ? 'npm.cmd' : 'npm', args, {...options, shell: windows});
}

/**
 * The frame around a script's main function: sentences for what a person can mend, stacks for bugs.
 * @param {() => Promise<number | void>} main resolves with the exit code, if it has one to say
 */
export async function runMain(main) {
  try {
    // Nothing said means that whatever main ran may have set an exit code of its own.
    process.exitCode = (await main()) ?? process.exitCode;
  } catch (error) {
    console.error(error instanceof ScriptError ? `\n${error.message}` : error);
    process.exitCode = 1;
  }
}
