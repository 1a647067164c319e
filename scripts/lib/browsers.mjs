/**
 * Finds the browsers of this machine and says how they are started with fake cameras. The one
 * place that knows: the unit tests' runner, the end-to-end tests and `npm test` all ask here.
 */
import {existsSync, statSync} from 'node:fs';
import {delimiter, join} from 'node:path';
import {ScriptError} from './project.mjs';

/** @typedef {'chromium' | 'firefox'} BrowserName */

/** @type {Record<BrowserName, {override: string, commands: string[], places: string[]}>} */
const BROWSERS = {
  chromium: {
    override: 'CHROMIUM_PATH',
    commands: ['chromium', 'chromium-browser', 'google-chrome-stable', 'google-chrome', 'chrome'],
    places: [
      '/Applications/Chromium.app/Contents/MacOS/Chromium',
      '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
      'C:\\Program Files\\Google\\Chrome\\Application\\chrome.exe',
      'C:\\Program Files (x86)\\Google\\Chrome\\Application\\chrome.exe',
    ],
  },
  firefox: {
    override: 'FIREFOX_PATH',
    commands: ['firefox', 'firefox-esr'],
    places: [
      '/Applications/Firefox.app/Contents/MacOS/firefox',
      'C:\\Program Files\\Mozilla Firefox\\firefox.exe',
    ],
  },
};

/**
 * Where a program of this name would be started from.
 * @param {string} command
 * @returns {string | undefined}
 */
export function findOnPath(command) {
  const extension = process.platform === 'win32' ? '.exe' : '';
  return (process.env['PATH'] ?? '')
    .split(delimiter)
    .map((folder) => join(folder, command + extension))
    .find((path) => statSync(path, {throwIfNoEntry: false})?.isFile());
}

/**
 * @param {BrowserName} name
 * @returns {string | undefined} the executable's path
 * @throws if the environment names one that is not there: a typo must not test another browser
 */
export function findBrowser(name) {
  const {override, commands, places} = BROWSERS[name];
  const wanted = process.env[override];
  if (wanted) {
    if (!existsSync(wanted))
      throw new ScriptError(`${override} is ${wanted}, which does not exist.`);
    return wanted;
  }
  for (const command of commands) {
    const path = findOnPath(command);
    if (path !== undefined) return path;
  }
  return places.find((path) => existsSync(path));
}

/**
 * Chromium's command line for calls between pages of this machine.
 * @param {{fakeDevices: boolean, allowPermissions: boolean}} options `fakeDevices: false` leaves
 *   the machine's own devices, of which a test machine has none
 */
export function chromiumArguments({fakeDevices, allowPermissions}) {
  return [
    // Chromium refuses its sandbox to root, which is what containers run as.
    ...(process.getuid?.() === 0 ? ['--no-sandbox'] : []),
    ...(fakeDevices ? ['--use-fake-device-for-media-stream'] : []),
    ...(allowPermissions ? ['--use-fake-ui-for-media-stream'] : []),
    '--autoplay-policy=no-user-gesture-required',
    '--no-first-run',
    // Nothing leaves the machine: no updates, no lookups.
    '--disable-background-networking',
    '--disable-component-update',
    '--disable-sync',
    // Host candidates as addresses: nobody answers multicast DNS in a container. Without a granted
    // camera they would be hidden.
    '--disable-features=WebRtcHideLocalIpsWithMdns',
    // A test's page is often not the one in front; its timers and frames must go on.
    '--disable-background-timer-throttling',
    '--disable-backgrounding-occluded-windows',
    '--disable-renderer-backgrounding',
  ];
}

/**
 * Firefox's preferences for the same.
 * @param {{fakeDevices: boolean, allowPermissions: boolean}} options
 * @returns {Record<string, string | number | boolean>}
 */
export function firefoxPreferences({fakeDevices, allowPermissions}) {
  return {
    'media.navigator.streams.fake': fakeDevices,
    'media.navigator.permission.disabled': allowPermissions,
    'media.autoplay.default': 0,
    // A test machine has no loudspeaker, without which Firefox's audio clock stands still.
    'media.cubeb.force_mock_context': true,
    'media.peerconnection.ice.loopback': true,
    'media.peerconnection.ice.obfuscate_host_addresses': false,
    // The H.264 plug-in and the updates come from the network, which tests do not use.
    'media.gmp-manager.updateEnabled': false,
    'app.update.enabled': false,
    'app.normandy.enabled': false,
    'network.captive-portal-service.enabled': false,
    'network.connectivity-service.enabled': false,
    'browser.safebrowsing.update.enabled': false,
    'dom.min_background_timeout_value': 4,
    'dom.timeout.enable_budget_timer_throttling': false,
  };
}
