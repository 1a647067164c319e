/**
 * The tests that need a browser (test/call, test/widget), each file in a page of its own in
 * Chromium and in Firefox, with real RTCPeerConnections and the browsers' own fake cameras.
 *
 *   npx wtr                               all of them, in both
 *   npx wtr --files test/call/peer.test.ts
 *   BROWSER=firefox npx wtr               in one only
 */
import {esbuildPlugin} from '@web/dev-server-esbuild';
import {defaultReporter} from '@web/test-runner';
import {chromeLauncher} from '@web/test-runner-chrome';
import {browserReporter} from './scripts/lib/browser-reporter.mjs';
import {chromiumArguments, findBrowser, firefoxPreferences} from './scripts/lib/browsers.mjs';
import {RESULTS_VARIABLE} from './scripts/lib/test-results.mjs';

const DEVICES = {fakeDevices: true, allowPermissions: true};

/** Pages side by side in one browser. Media is real work: two on two cores starve each other. */
const PAGES_PER_BROWSER = 1;

const browsers = {
  chromium: () => launcher('Chromium', {args: chromiumArguments(DEVICES)}),
  firefox: () =>
    launcher('Firefox', {browser: 'firefox', extraPrefsFirefox: firefoxPreferences(DEVICES)}),
};

/**
 * A browser that is not installed is left out here; `npm test` says so, and in CI refuses.
 * @param {'Chromium' | 'Firefox'} name
 * @param {import('puppeteer-core').LaunchOptions} launchOptions
 */
function launcher(name, launchOptions) {
  const executablePath = findBrowser(name === 'Firefox' ? 'firefox' : 'chromium');
  if (executablePath === undefined) return [];
  const result = chromeLauncher({
    launchOptions: {executablePath, headless: true, ...launchOptions},
    concurrency: PAGES_PER_BROWSER,
  });
  // The launcher calls every browser Chrome.
  result.name = name;
  return [result];
}

/** `{"seed": N, "count": N}`: which random schedules are played (`test/support/schedules.ts`). */
const schedules = process.env['SCHEDULES'];

/** Set when `npm test` is who asks. */
const inSuite = Boolean(process.env[RESULTS_VARIABLE]);

/** @type {import('@web/test-runner').TestRunnerConfig} */
const config = {
  files: ['test/call/**/*.test.ts', 'test/widget/**/*.test.ts'],
  browsers: Object.entries(browsers)
    .filter(([name]) => (process.env['BROWSER'] ?? name) === name)
    .flatMap(([, create]) => create()),
  concurrentBrowsers: 2,
  // socket.io-client's development build imports CommonJS, which no browser loads.
  nodeResolve: {browser: true, exportConditions: ['production']},
  plugins: [
    esbuildPlugin({
      ts: true,
      target: 'es2022',
      tsconfig: 'tsconfig.base.json',
      define: {SCHEDULES: schedules ?? 'undefined'},
    }),
  ],
  testFramework: {config: {ui: 'bdd', timeout: '20000', forbidOnly: Boolean(process.env['CI'])}},
  reporters: [inSuite ? browserReporter() : defaultReporter()],
  staticLogging: inSuite,
  testsStartTimeout: 60_000,
  testsFinishTimeout: schedules === undefined ? 180_000 : 3_600_000,
  // lit's development build greets every page; what it warns of is wanted.
  filterBrowserLogs: ({args}) => !args.some((text) => /Lit is in dev mode/.test(String(text))),
};

export default config;
