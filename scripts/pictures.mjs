/**
 * `node scripts/pictures.mjs`: makes the pictures in docs/images anew, of the real thing: two
 * Chromiums in a call through the built relay, each with a drawn person before its camera.
 */
/// <reference lib="dom" />
import {mkdtempSync, rmSync, writeFileSync} from 'node:fs';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import puppeteer from 'puppeteer-core';
import {build} from './build.mjs';
import {chromiumArguments, findBrowser} from './lib/browsers.mjs';
import {PORTRAITS, writeFilm} from './lib/portraits.mjs';
import {ROOT, ScriptError, runMain} from './lib/project.mjs';

const IMAGES = join(ROOT, 'docs', 'images');
const VIEWPORT = {width: 800, height: 500};

/** @param {string} [film] what the camera sees */
async function launch(film) {
  const executablePath = findBrowser('chromium');
  if (executablePath === undefined) throw new ScriptError('The pictures need Chromium or Chrome.');
  return puppeteer.launch({
    executablePath,
    headless: true,
    args: [
      ...chromiumArguments({fakeDevices: true, allowPermissions: true}),
      ...(film ? [`--use-file-for-fake-video-capture=${film}`] : []),
    ],
  });
}

/**
 * A page with nothing but the element.
 * @param {import('puppeteer-core').Browser} browser
 * @param {string} url the relay's
 * @param {'light' | 'dark'} scheme
 * @param {string} name
 */
async function visit(browser, url, scheme, name) {
  const page = await browser.newPage();
  await page.setViewport(VIEWPORT);
  await page.emulateMediaFeatures([
    {name: 'prefers-color-scheme', value: scheme},
    {name: 'prefers-reduced-motion', value: 'reduce'},
  ]);
  await page.goto(url, {waitUntil: 'load'});
  await page.evaluate(async (displayName) => {
    await customElements.whenDefined('video-chat-room');
    const element = document.createElement('video-chat-room');
    element.setAttribute('room', 'sunday-lunch');
    element.setAttribute('display-name', displayName);
    const sheet = new CSSStyleSheet();
    sheet.replaceSync(
      ':root { color-scheme: light dark } body { margin: 0; background: none }' +
        'video-chat-room { block-size: 100vh; --vcr-font: system-ui, sans-serif }',
    );
    document.adoptedStyleSheets = [sheet];
    document.body.replaceChildren(element);
  }, name);
  return page;
}

/** @param {import('puppeteer-core').Page} page @param {string} name */
async function press(page, name) {
  const button = `video-chat-room >>> ::-p-aria([name="${name}"][role="button"])`;
  await page.locator(button).click();
}

/** Everybody's picture is there. @param {import('puppeteer-core').Page} page @param {number} count */
async function shows(page, count) {
  await page.waitForFunction(
    (wanted) => {
      const root = document.querySelector('video-chat-room')?.shadowRoot;
      const videos = [...(root?.querySelectorAll('video') ?? [])];
      return videos.length === wanted && videos.every(({videoWidth}) => videoWidth > 300);
    },
    {polling: 100},
    count,
  );
}

/**
 * A call begins with a coarse picture and refines it for some seconds.
 * @param {import('puppeteer-core').Page} page
 */
async function isSharp(page) {
  await page.waitForFunction(
    async () => {
      /** @type {Element & {getStats?(): Promise<Map<string, RTCStatsReport>>} | null} */
      const element = document.querySelector('video-chat-room');
      const [report] = [...((await element?.getStats?.()) ?? new Map()).values()];
      return [...(report?.values() ?? [])].some(({framesDecoded}) => framesDecoded > 200);
    },
    {polling: 200},
  );
}

/**
 * A picture of the page. The last two bits of every colour go: they hold the noise of the video's
 * compression, which nobody sees and which is most of the file.
 * @param {import('puppeteer-core').Page} page
 * @param {string} name
 */
async function take(page, name) {
  const screenshot = await page.screenshot({encoding: 'base64'});
  const calm = await page.evaluate(async (source) => {
    const image = new Image();
    image.src = `data:image/png;base64,${source}`;
    await image.decode();
    const canvas = document.createElement('canvas');
    Object.assign(canvas, {width: image.width, height: image.height});
    const context = canvas.getContext('2d');
    if (!context) throw new Error('no canvas');
    context.drawImage(image, 0, 0);
    const pixels = context.getImageData(0, 0, image.width, image.height);
    for (let at = 0; at < pixels.data.length; at++) {
      if (at % 4 < 3) pixels.data[at] = ((pixels.data[at] ?? 0) & 0xfc) | 2;
    }
    context.putImageData(pixels, 0, 0);
    return canvas.toDataURL('image/png').replace(/^.*,/, '');
  }, screenshot);
  writeFileSync(join(IMAGES, name), Buffer.from(calm, 'base64'));
}

await runMain(async () => {
  await build();
  const {createRelayServer} = await import('../dist/server/server.js');
  const relay = createRelayServer({port: 0, host: '127.0.0.1', stunUrl: [], logLevel: 'silent'});
  const {url} = await relay.listen();
  const folder = mkdtempSync(join(tmpdir(), 'pictures-'));
  const films = {ana: join(folder, 'ana.mjpeg'), ben: join(folder, 'ben.mjpeg')};
  const painter = await launch();
  const page = await painter.newPage();
  await writeFilm(page, PORTRAITS.ana, films.ana);
  await writeFilm(page, PORTRAITS.ben, films.ben);
  await painter.close();
  const [ana, ben] = await Promise.all([launch(films.ana), launch(films.ben)]);
  try {
    for (const scheme of /** @type {const} */ (['light', 'dark'])) {
      const suffix = scheme === 'dark' ? '-dark' : '';
      const host = await visit(ben, url, scheme, 'Ben Okafor');
      await press(host, 'Join');
      await shows(host, 1);
      const guest = await visit(ana, url, scheme, 'Ana Moreau');
      await press(guest, 'Join');
      await host.waitForFunction(
        () =>
          document
            .querySelector('video-chat-room')
            ?.shadowRoot?.querySelector('[role=alertdialog]'),
        {polling: 100},
      );
      await shows(guest, 1);
      if (scheme === 'light') await take(host, 'prompt.png');
      await press(host, 'Accept');
      await Promise.all([shows(host, 2), shows(guest, 2)]);
      await isSharp(host);
      await take(host, `call${suffix}.png`);
      for (const page of [guest, host]) {
        // The relay keeps the seat of a page that just goes away.
        await page.evaluate(() => {
          /** @type {Element & {leave?(): Promise<void>} | null} */
          const element = document.querySelector('video-chat-room');
          return element?.leave?.();
        });
        await page.close();
      }
    }
  } finally {
    await Promise.all([ana.close(), ben.close()]);
    await relay.close();
    rmSync(folder, {recursive: true, force: true});
  }
});
