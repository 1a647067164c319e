/**
 * The place where schedules of faults are played: a browser's page with the call in it, a TURN
 * server, and for each of the three a box on the way there that can let nothing through.
 */
import {createHmac} from 'node:crypto';
import {fileURLToPath} from 'node:url';
import {build} from 'esbuild';
import type {Page} from 'puppeteer-core';
import {launchBrowser, type BrowserName, type RunningBrowser} from '../support/browsers.js';
import {startTurnServer} from '../support/coturn.js';
import {poll, startStaticSite} from '../support/e2e.js';
import {watchForLeaks} from '../support/leak-watch.js';
import type {Teardown} from '../support/relay.js';
import {startUdpProxy, type UdpProxy} from '../support/udp-proxy.js';
import type {Lab} from './call-in-page.js';
import type {Outcome, playSchedule} from './play-schedule.js';
import {NAMES, type Name} from './schedule.js';

const SECRET = 'known to coturn and to the lab';
const SCRIPT = fileURLToPath(new URL('play-schedule.ts', import.meta.url));
/** What Firefox writes to the console of a page whose network was bad. */
const SAID_BY_FIREFOX = /WebRTC: ICE failed/;
/** The slowest schedule, with all that is waited for in it. */
const OUTCOME_DEADLINE_MS = 240_000;

interface PageGlobals {
  playSchedule: typeof playSchedule;
  setLink: Lab['setLink'];
  outcome: Outcome | null;
}

export class FaultLab {
  readonly #browser: RunningBrowser;
  readonly #url: string;
  readonly #proxies: Readonly<Record<Name, UdpProxy>>;
  #page: Page | undefined;
  readonly #pageErrors: string[] = [];

  private constructor(
    browser: RunningBrowser,
    url: string,
    proxies: Readonly<Record<Name, UdpProxy>>,
  ) {
    this.#browser = browser;
    this.#url = url;
    this.#proxies = proxies;
  }

  /** For as long as the test lasts. */
  static async start(t: Teardown, name: BrowserName): Promise<FaultLab> {
    const {outputFiles} = await build({
      entryPoints: [SCRIPT],
      bundle: true,
      write: false,
      format: 'esm',
      target: 'es2022',
      conditions: ['production'],
    });
    const site = await startStaticSite({
      '/': '<!doctype html><title>Faults</title><script type="module" src="/page.js"></script>',
      '/page.js': outputFiles[0]!.text,
    });
    t.after(() => site.close());
    const turnPort = await startTurnServer(t, SECRET);
    const proxies: [Name, UdpProxy][] = [];
    for (const who of NAMES) proxies.push([who, await startUdpProxy(t, turnPort)]);
    const browser = await launchBrowser(name);
    t.after(() => browser.close());
    return new FaultLab(browser, `${site.origin}/`, Object.fromEntries(proxies) as never);
  }

  /** Plays one schedule; several one after the other share a page, so that what stays shows. */
  async play(seed: number): Promise<Outcome> {
    const page = (this.#page ??= await this.#open());
    this.#pageErrors.length = 0;
    await page.evaluate(
      (number, turn) => {
        const globals = globalThis as unknown as PageGlobals;
        globals.outcome = null;
        const setLink = globals.setLink;
        void globals.playSchedule(number, {turn, setLink}).then(
          (outcome) => (globals.outcome = outcome),
          (error: unknown) => {
            globals.outcome = {
              wellAfterMs: 0,
              waitedFor: [],
              causes: [],
              problems: [String(error)],
            };
          },
        );
      },
      seed,
      this.#turn(),
    );
    const outcome = await poll(
      () => page.evaluate(() => (globalThis as unknown as PageGlobals).outcome),
      {what: `the outcome of seed ${seed}`, deadlineMs: OUTCOME_DEADLINE_MS},
    );
    const problems = [...outcome.problems, ...this.#pageErrors];
    if (problems.length > 0) await this.#close();
    return {...outcome, problems};
  }

  async #open(): Promise<Page> {
    const page = await this.#browser.newPage();
    page.on('pageerror', (error) => {
      if (!SAID_BY_FIREFOX.test(String(error))) this.#pageErrors.push(String(error));
    });
    await page.exposeFunction('setLink', (who: Name, isUp: boolean) => {
      this.#proxies[who].set({isPaused: !isUp});
    });
    await page.evaluateOnNewDocument('globalThis.__name = (value) => value');
    await page.evaluateOnNewDocument(watchForLeaks);
    await page.goto(this.#url, {waitUntil: 'load'});
    return page;
  }

  /** A page in which something was wrong is no place for the next one. */
  async #close(): Promise<void> {
    const page = this.#page;
    this.#page = undefined;
    for (const name of NAMES) this.#proxies[name].set({isPaused: false});
    await page?.close();
  }

  /** Credentials as a relay makes them: the name says until when, and whose. */
  #turn(): Lab['turn'] {
    const until = Math.floor(Date.now() / 1_000) + 3_600;
    const servers = NAMES.map((name) => {
      const username = `${until}:${name}`;
      const credential = createHmac('sha1', SECRET).update(username).digest('base64');
      const urls = `turn:127.0.0.1:${this.#proxies[name].port}?transport=udp`;
      return [name, {urls, username, credential}] as const;
    });
    return Object.fromEntries(servers) as unknown as Lab['turn'];
  }
}
