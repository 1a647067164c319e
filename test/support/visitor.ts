/**
 * A person in a real page: finds the buttons and fields of the widget by the names that a screen
 * reader tells, presses them with the mouse, and reads what is to be seen. Works the same in
 * Chromium and Firefox, through the element's shadow root.
 */
import type {ElementHandle, Page} from 'puppeteer-core';
import type {VideoChatRoom} from '../../widget/define.js';
import type {BrowserName, RunningBrowser} from './browsers.js';
import {poll} from './e2e.js';
import {isAnew, readFlows, type Flow} from './flow.js';

const TAG = 'video-chat-room';

/** One event of the element, as a test reads it. */
export interface HeardEvent {
  readonly type: string;
  readonly detail: Record<string, unknown>;
}

const EVENTS = [
  'status-changed',
  'call-request',
  'call-ringing',
  'call-ended',
  'peer-joined',
  'peer-left',
  'message-received',
  'chat-received',
  'file-received',
  'people-changed',
  'microphone-changed',
  'camera-changed',
  'screen-share-changed',
  'device-changed',
  'muted-speech-heard',
  'call-error',
];

export class Visitor {
  readonly page: Page;
  readonly browser: BrowserName;

  private constructor(page: Page, browser: BrowserName) {
    this.page = page;
    this.browser = browser;
  }

  /**
   * Opens a page of its own profile. Errors of the page are errors of the test.
   * @param options.prepare Runs in the page before anything of the page's own does.
   */
  static async open(
    browser: RunningBrowser,
    url: string,
    {apart = true, prepare}: {apart?: boolean; prepare?: (() => void) | undefined} = {},
  ): Promise<Visitor> {
    const page = apart ? await (await browser.newContext()).newPage() : await browser.newPage();
    // What the TypeScript loader wraps named functions in; the page has no such thing.
    await page.evaluateOnNewDocument('globalThis.__name = (value) => value');
    if (prepare) await page.evaluateOnNewDocument(prepare);
    const visitor = new Visitor(page, browser.name);
    page.on('pageerror', (error) => visitor.pageErrors.push(String(error)));
    await page.goto(url, {waitUntil: 'load'});
    await visitor.listen();
    return visitor;
  }

  /** Somebody who has a page with the element open already. */
  static async on(page: Page, browser: BrowserName): Promise<Visitor> {
    await page.evaluate('globalThis.__name = (value) => value');
    const visitor = new Visitor(page, browser);
    await visitor.listen();
    return visitor;
  }

  readonly pageErrors: string[] = [];

  /** Notes down every event of the element from now on. */
  async listen(): Promise<void> {
    await this.page.waitForFunction((tag) => customElements.get(tag) !== undefined, {}, TAG);
    await this.page.evaluate(
      (tag, names) => {
        const heard: HeardEvent[] = [];
        Object.assign(globalThis, {heard});
        for (const name of names) {
          document.querySelector(tag)!.addEventListener(name, (event) => {
            const {detail} = event as CustomEvent<Record<string, unknown>>;
            const {error} = detail as {error?: {code: string; fatal: boolean}};
            const told = error === undefined ? detail : {code: error.code, fatal: error.fatal};
            heard.push({type: name, detail: JSON.parse(JSON.stringify(told)) as typeof detail});
          });
        }
      },
      TAG,
      EVENTS,
    );
  }

  heard(type?: string): Promise<HeardEvent[]> {
    return this.page.evaluate(
      (wanted) =>
        (globalThis as unknown as {heard: HeardEvent[]}).heard.filter(
          (event) => wanted === null || event.type === wanted,
        ),
      type ?? null,
    );
  }

  /** Runs `read` with the element. What it returns must be JSON. */
  element<Result, Args extends unknown[]>(
    read: (element: VideoChatRoom, ...args: Args) => Result | Promise<Result>,
    ...args: Args
  ): Promise<Result> {
    // As text: a function made here cannot take the element with it, and the page's own policy
    // forbids to make one of text there.
    const values = JSON.stringify(args).slice(1, -1);
    const call = `(${read.toString()})(document.querySelector('${TAG}')${values && `, ${values}`})`;
    return this.page.evaluate(call) as Promise<Result>;
  }

  status(): Promise<string> {
    return this.element((element) => element.status);
  }

  async reaches(status: string): Promise<void> {
    await poll(async () => (await this.status()) === status, {
      what: `${this.browser} to be ${status}`,
    }).catch(async (error: unknown) => {
      throw new Error(
        `${String(error)}; it is ${await this.status()} and shows: ${await this.text()}`,
      );
    });
  }

  /** All visible text of the widget, one line. */
  text(): Promise<string> {
    return this.page.evaluate((tag) => {
      const visible = (node: Node): string => {
        if (node.nodeType === Node.TEXT_NODE) return node.textContent ?? '';
        if (!(node instanceof Element) || node.tagName === 'STYLE') return '';
        if (!node.checkVisibility()) return '';
        return [...node.childNodes].map(visible).join(' ');
      };
      const root = document.querySelector(tag)?.shadowRoot;
      return [...(root?.childNodes ?? [])].map(visible).join(' ').replace(/\s+/g, ' ').trim();
    }, TAG);
  }

  sees(text: string): Promise<void> {
    return this.#waitForText((shown) => shown.includes(text), `"${text}"`);
  }

  /** Words may come a moment after what they tell of. */
  seesMatch(pattern: RegExp): Promise<void> {
    return this.#waitForText((shown) => pattern.test(shown), String(pattern));
  }

  /** Whether a control of this role (or tag) and accessible name can be seen. */
  async has(role: string, name: string): Promise<boolean> {
    const handle = await this.#find(role, name);
    await handle?.dispose();
    return handle !== null;
  }

  async press(name: string, role = 'button'): Promise<void> {
    const button = await this.#wait(role, name);
    await button.click();
    await button.dispose();
  }

  async fill(label: string, value: string): Promise<void> {
    const field = await this.#wait('textbox', label);
    await field.click({count: 3});
    await this.page.keyboard.press('Backspace');
    await field.type(value);
    await field.dispose();
  }

  /** Resolves once a control of this role and name can be seen. */
  async finds(role: string, name: string): Promise<void> {
    await (await this.#wait(role, name)).dispose();
  }

  /** What is received from each peer. */
  flow(): Promise<Record<string, Flow>> {
    return this.element(readFlows);
  }

  /** Sees moving pictures and hears sound of `count` peers: both grow from now on. */
  async seesAndHears(
    count = 1,
    {audio = true, deadlineMs}: {audio?: boolean; deadlineMs?: number} = {},
  ): Promise<void> {
    const before = await this.flow();
    await poll(
      async () => {
        const flows = Object.entries(await this.flow());
        const growing = flows.filter(([peerId, now]) => {
          if (isAnew(before[peerId], now)) before[peerId] = now;
          const {framesDecoded, audioReceived} = before[peerId]!;
          return (
            now.framesDecoded > framesDecoded + 3 && (!audio || now.audioReceived > audioReceived)
          );
        });
        return growing.length === count;
      },
      {
        what: `${this.browser} to see and hear ${count} other(s)`,
        ...(deadlineMs !== undefined && {deadlineMs}),
      },
    ).catch(async (error: unknown) => {
      throw new Error(
        `${String(error)}; ${JSON.stringify(await this.flow())}; ${await this.text()}`,
      );
    });
  }

  /** Tiles of others that show a picture of some size. */
  picturesOfOthers(): Promise<number> {
    return this.element((element) => {
      const videos = [...element.shadowRoot!.querySelectorAll('video')];
      return videos.filter(
        (video) =>
          video.srcObject !== element.localStream &&
          video.videoWidth > 0 &&
          video.checkVisibility(),
      ).length;
    });
  }

  async close(): Promise<void> {
    await this.page.close();
  }

  async #waitForText(fits: (shown: string) => boolean, what: string): Promise<void> {
    await poll(async () => fits(await this.text()), {
      what: `${this.browser} to show ${what}`,
    }).catch(async (error: unknown) => {
      throw new Error(`${String(error)}; it shows: ${await this.text()}`);
    });
  }

  async #wait(role: string, name: string): Promise<ElementHandle> {
    const found: {handle: ElementHandle | null} = {handle: null};
    await poll(
      async () => {
        found.handle = await this.#find(role, name);
        return found.handle !== null;
      },
      {what: `the ${role} "${name}" in ${this.browser}`},
    ).catch(async (error: unknown) => {
      throw new Error(
        `${String(error)}; it is ${await this.status()} and shows: ${await this.text()}`,
      );
    });
    return found.handle!;
  }

  async #find(role: string, name: string): Promise<ElementHandle | null> {
    const handle = await this.page.evaluateHandle(
      (tag, wantedRole, wantedName) => {
        const selectors: Record<string, string> = {
          button: 'button, [role="button"]',
          textbox: 'input, textarea',
        };
        const root = document.querySelector(tag)?.shadowRoot;
        const all = root?.querySelectorAll(selectors[wantedRole] ?? `[role="${wantedRole}"]`) ?? [];
        const nameOf = (element: Element): string => {
          const ids = element.getAttribute('aria-labelledby');
          if (ids !== null) {
            return ids
              .split(/\s+/)
              .map((id) => root!.getElementById(id)?.textContent ?? '')
              .join(' ');
          }
          const labels = (element as HTMLInputElement).labels;
          return (
            element.getAttribute('aria-label') ??
            ((labels?.length ? labels[0]!.textContent : element.textContent).trim() ||
              (element as HTMLElement).title)
          );
        };
        const clean = (text: string): string => text.replace(/\s+/g, ' ').trim();
        return (
          [...all].find(
            (element) => element.checkVisibility() && clean(nameOf(element)) === wantedName,
          ) ?? null
        );
      },
      TAG,
      role,
      name,
    );
    return handle.asElement() as ElementHandle | null;
  }
}
