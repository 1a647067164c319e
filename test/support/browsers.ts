/**
 * Starts real browsers for end-to-end tests: Chromium and Firefox, each with a profile of its own
 * that goes with it, fake cameras, and nothing left running after `close()`. Where the executables
 * are and what makes their devices fake is told in scripts/lib/browsers.mjs.
 */
import {
  launch as launchWithPuppeteer,
  type Browser,
  type BrowserContext,
  type Page,
} from 'puppeteer-core';
import {
  chromiumArguments,
  findBrowser,
  firefoxPreferences,
  type BrowserName,
} from '../../scripts/lib/browsers.mjs';
import {poll} from './e2e.js';

export type {BrowserName} from '../../scripts/lib/browsers.mjs';

export const BROWSER_NAMES: readonly BrowserName[] = ['chromium', 'firefox'];

/** A test that reads `about:blank` for longer than this has hung. */
const PROTOCOL_TIMEOUT_MS = 60_000;
const CLOSE_TIMEOUT_MS = 10_000;

/** A browser that finds PulseAudio installed starts it, and what that plays would be a microphone to Firefox. */
const NO_SOUND = {PULSE_SERVER: 'unix:/dev/null'};

export interface LaunchOptions {
  /** A fake camera and microphone; without them the machine has none. Default: true. */
  fakeDevices?: boolean;
  /** Pages get the devices without asking; otherwise every request is denied. Default: true. */
  allowPermissions?: boolean;
  /** Names that stand for this machine: an origin of one of them is not a secure context. */
  hosts?: readonly string[];
  /** Accept the relay's self-signed certificate. */
  acceptInsecureCerts?: boolean;
  /** More of Chromium's command line. */
  args?: readonly string[];
  /** More of Firefox's preferences. */
  prefs?: Readonly<Record<string, string | number | boolean>>;
  /** More of its environment. */
  env?: Readonly<Record<string, string>>;
  /** What starts the browser, if that is not the browser itself. */
  executablePath?: string;
  /** Where the test's commands are taken; otherwise any free port. */
  debuggingPort?: number;
}

/** A browser that a test started. */
export interface RunningBrowser {
  readonly name: BrowserName;
  /** The executable's process; its children are in the process group of the same number. */
  readonly pid: number;
  /** A page of the browser's default profile. */
  newPage(): Promise<Page>;
  /** A profile apart (cookies, storage, locks), as another person would have. */
  newContext(): Promise<BrowserContext>;
  /** Ends every process of the browser and removes its profile. May be called twice. */
  close(): Promise<void>;
}

/** The installed browsers' executables. */
export function findBrowsers(): Partial<Record<BrowserName, string>> {
  const found = BROWSER_NAMES.map((name) => [name, findBrowser(name)] as const);
  return Object.fromEntries(found.filter(([, path]) => path !== undefined));
}

/**
 * A test's option `skip`: the reason if a browser that it needs is not installed, else `false`.
 * Under `CI` never: then `npm test` has refused to begin without them.
 */
export function skipWithout(...names: readonly BrowserName[]): string | false {
  const missing = names.filter((name) => findBrowser(name) === undefined);
  return missing.length > 0 ? `${missing.join(' and ')} not installed` : false;
}

export function launchChromium(options: LaunchOptions = {}): Promise<RunningBrowser> {
  const {fakeDevices = true, allowPermissions = true, hosts = [], args = []} = options;
  const mapped = hosts.map((host) => `MAP ${host} 127.0.0.1`).join(', ');
  return launch('chromium', options, {
    args: [
      ...chromiumArguments({fakeDevices, allowPermissions}),
      ...(mapped ? [`--host-resolver-rules=${mapped}`] : []),
      // Answers every permission question with no; without it a question waits for a person.
      ...(allowPermissions ? [] : ['--deny-permission-prompts']),
      ...args,
    ],
  });
}

export function launchFirefox(options: LaunchOptions = {}): Promise<RunningBrowser> {
  const {fakeDevices = true, allowPermissions = true, hosts = [], prefs = {}} = options;
  const DENY = 2;
  return launch('firefox', options, {
    extraPrefsFirefox: {
      ...firefoxPreferences({fakeDevices, allowPermissions}),
      ...(hosts.length > 0 ? {'network.dns.localDomains': hosts.join(',')} : {}),
      ...(allowPermissions
        ? {}
        : {'permissions.default.camera': DENY, 'permissions.default.microphone': DENY}),
      ...prefs,
    },
  });
}

/** Starts the browser of that name. */
export function launchBrowser(name: BrowserName, options?: LaunchOptions): Promise<RunningBrowser> {
  return name === 'chromium' ? launchChromium(options) : launchFirefox(options);
}

async function launch(
  name: BrowserName,
  {
    acceptInsecureCerts = false,
    executablePath = findBrowser(name),
    debuggingPort,
    env = {},
  }: LaunchOptions,
  own: {args?: string[]; extraPrefsFirefox?: Record<string, unknown>},
): Promise<RunningBrowser> {
  if (executablePath === undefined) throw new Error(`${name} is not installed`);
  const browser = await launchWithPuppeteer({
    browser: name === 'firefox' ? 'firefox' : 'chrome',
    executablePath,
    headless: true,
    acceptInsecureCerts,
    protocolTimeout: PROTOCOL_TIMEOUT_MS,
    env: {...process.env, ...NO_SOUND, ...env},
    ...(debuggingPort === undefined ? {} : {debuggingPort}),
    ...own,
  });
  const pid = browser.process()?.pid;
  if (pid === undefined) throw new Error(`${name} has no process`);
  let closing: Promise<void> | undefined;
  return {
    name,
    pid,
    newPage: () => browser.newPage(),
    newContext: () => browser.createBrowserContext(),
    close: () => (closing ??= close(browser, pid)),
  };
}

async function close(browser: Browser, pid: number): Promise<void> {
  try {
    await browser.close();
    await poll(() => !isGroupAlive(pid), {
      deadlineMs: CLOSE_TIMEOUT_MS,
      what: 'the end of the browser’s processes',
    });
  } finally {
    if (isGroupAlive(pid)) process.kill(-pid, 'SIGKILL');
  }
}

/** Whether any process of a browser is left: puppeteer starts each in a process group of its own. */
export function isGroupAlive(pid: number): boolean {
  try {
    process.kill(-pid, 0);
    return true;
  } catch {
    return false;
  }
}
