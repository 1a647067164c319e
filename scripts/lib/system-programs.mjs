/**
 * The programs that the tests need and npm does not have: two browsers, a TURN server, what makes
 * networks, and a sound server. Missing ones are installed where that takes no question (Debian and its kin, as
 * root or with a sudo that asks for no password); otherwise the caller learns in words what to
 * install.
 */
import {findBrowser, findOnPath} from './browsers.mjs';
import {run} from './project.mjs';

/**
 * @typedef {'chromium' | 'firefox' | 'turnserver' | 'ip' | 'pulseaudio'} Program
 * @type {Record<Program, {find: () => string | undefined, packages: string[], advice: string}>}
 */
const PROGRAMS = {
  chromium: {
    find: () => findBrowser('chromium'),
    packages: ['chromium', 'chromium-browser'],
    advice: 'install Chromium or Chrome, or set CHROMIUM_PATH to its executable',
  },
  firefox: {
    find: () => findBrowser('firefox'),
    packages: ['firefox-esr', 'firefox'],
    advice: 'install Firefox, or set FIREFOX_PATH to its executable',
  },
  turnserver: {
    find: () => findOnPath('turnserver'),
    packages: ['coturn'],
    advice: 'install coturn (the program turnserver), for the tests of calls through TURN',
  },
  // With its `pactl`, which is a package of its own; there is none to install on other systems.
  pulseaudio: {
    find: () =>
      process.platform === 'linux' ? findOnPath('pulseaudio') && findOnPath('pactl') : 'none',
    packages: ['pulseaudio', 'pulseaudio-utils'],
    advice:
      'install pulseaudio and pulseaudio-utils, for the tests of microphones that come and go',
  },
  // What makes networks; there is none to install where there are no network namespaces.
  ip: {
    find: () => (process.platform === 'linux' ? findOnPath('ip') : 'none'),
    packages: ['iproute2'],
    advice: 'install iproute2 (the program ip), for the tests of networks that fail',
  },
};

/**
 * @param {readonly Program[]} needed
 * @returns {Promise<string[]>} one sentence for each that still is missing
 */
export async function ensurePrograms(needed) {
  const isMissing = (/** @type {Program} */ program) => PROGRAMS[program].find() === undefined;
  const missing = needed.filter(isMissing);
  const prefix = missing.length > 0 ? await findAptCommand() : undefined;
  if (prefix) {
    console.log(`Installing ${missing.join(', ')} with apt-get …`);
    await apt(prefix, ['update']);
    for (const program of missing) {
      for (const name of PROGRAMS[program].packages) {
        await apt(prefix, ['install', '-y', '--no-install-recommends', name]);
        if (!isMissing(program)) break;
      }
    }
  }
  return missing.filter(isMissing).map((program) => `${program}: ${PROGRAMS[program].advice}`);
}

/** @returns {Promise<string[] | undefined>} how to call apt-get without a question */
async function findAptCommand() {
  if (findOnPath('apt-get') === undefined) return undefined;
  if (process.getuid?.() === 0) return ['apt-get'];
  if (findOnPath('sudo') === undefined) return undefined;
  const {code} = await run('sudo', ['-n', 'true'], {quiet: true, allowFailure: true});
  return code === 0 ? ['sudo', '-n', 'apt-get'] : undefined;
}

/**
 * A failure is not the end: the caller looks for the program itself.
 * @param {readonly string[]} prefix
 * @param {readonly string[]} args
 */
async function apt([command = 'apt-get', ...rest], args) {
  const env = {...process.env, DEBIAN_FRONTEND: 'noninteractive'};
  const options = {env, quiet: true, allowFailure: true};
  const {code, output} = await run(command, [...rest, ...args], options);
  if (code !== 0) console.error(output);
}
