/**
 * Takes the contact sheets: opens the gallery in Chromium, in one look after another, and has one
 * picture of the whole page and where each screen is on it. Knows nothing of kept pictures, but has
 * the page that compares them.
 */
import {readFileSync} from 'node:fs';
import {basename, join} from 'node:path';
import {build} from 'esbuild';
import type {Page} from 'puppeteer-core';
import {ROOT} from '../../scripts/lib/project.mjs';
import {launchChromium} from '../support/browsers.js';
import {startStaticSite} from '../support/e2e.js';
import type {Judge, Sheet} from './judge.js';
import type {Look} from './looks.js';

const FOLDER = join(ROOT, 'test/visual');

/** Letters and colours that depend on no machine's settings. */
const SAME_EVERYWHERE = [
  '--font-render-hinting=none',
  '--disable-lcd-text',
  '--force-color-profile=srgb',
  '--force-device-scale-factor=1',
];

/** The gallery's page, complete: the fonts are in its style sheet. Also opens from a folder. */
export async function galleryFiles(): Promise<Record<string, string>> {
  const {outputFiles} = await build({
    absWorkingDir: ROOT,
    entryPoints: ['gallery.ts', 'gallery.css', 'judge.ts'].map((name) => join(FOLDER, name)),
    bundle: true,
    // One script: chunks that are there need not be waited for.
    format: 'iife',
    target: 'es2022',
    tsconfig: join(ROOT, 'tsconfig.base.json'),
    loader: {'.woff2': 'dataurl', '.ttf': 'dataurl'},
    outdir: FOLDER,
    write: false,
    logLevel: 'error',
  });
  return {
    'gallery.html': readFileSync(join(FOLDER, 'gallery.html'), 'utf8'),
    ...Object.fromEntries(outputFiles.map(({path, text}) => [basename(path), text])),
  };
}

export interface Studio {
  /** Works in a page of the same browser. */
  readonly judge: Judge;
  take(look: Look): Promise<Sheet>;
  close(): Promise<void>;
}

export async function openStudio(): Promise<Studio> {
  const files = await galleryFiles();
  const site = await startStaticSite({
    ...Object.fromEntries(Object.entries(files).map(([name, text]) => [`/${name}`, text])),
    '/judge.html': '<!doctype html><script src="judge.js"></script>',
    '/favicon.ico': '',
  });
  const browser = await launchChromium({args: SAME_EVERYWHERE});
  const context = await browser.newContext();
  // In windows of their own: pictures are encoded when a page is idle, and one that nobody sees hardly ever is.
  const court = await context.newPage({type: 'window'});
  await court.goto(`${site.origin}/judge.html`);
  const page = await context.newPage({type: 'window'});
  const devtools = await page.createCDPSession();
  await page.emulateTimezone('UTC');
  let shown = '';
  return {
    judge: {
      add: (sheet) => court.evaluate(async (sheet) => judge.add(sheet), sheet),
      compare: (...args) => court.evaluate(async (...args) => judge.compare(...args), ...args),
      pictureOf: (name) => court.evaluate(async (name) => judge.pictureOf(name), name),
    },
    async take(look) {
      const wanted = addressOf(look);
      // Puppeteer's own way of it does not know forced colours.
      await devtools.send('Emulation.setEmulatedMedia', {
        features: [
          {name: 'prefers-reduced-motion', value: 'reduce'},
          {name: 'forced-colors', value: look.isForced ? 'active' : 'none'},
          {name: 'prefers-color-scheme', value: look.theme},
        ],
      });
      if (shown !== wanted) await open(page, `${site.origin}/${wanted}`, look);
      shown = wanted;
      await page.evaluate((theme) => {
        document.documentElement.dataset['theme'] = theme;
      }, look.theme);
      return {look: look.name, ...(await pictureOf(page))};
    },
    async close() {
      await browser.close();
      await site.close();
    },
  };
}

/** Themes and colours change in place; what has been laid out in another size is opened anew. */
const addressOf = ({width, height, dir}: Look): string =>
  `gallery.html?${new URLSearchParams({
    width: String(width),
    height: String(height),
    columns: String(columnsOf(width)),
    dir,
  }).toString()}`;

/** About as wide as it is high, so that all of it is seen at a glance. */
const columnsOf = (width: number): number => Math.max(4, Math.round(4_200 / width));

/** The margins of `gallery.css`. */
async function open(page: Page, address: string, {width}: Look): Promise<void> {
  const pageWidth = columnsOf(width) * (width + 16) + 8;
  await page.setViewport({width: pageWidth, height: 1_000});
  const errors: unknown[] = [];
  const keep = (error: unknown): void => void errors.push(error);
  page.on('pageerror', keep);
  await page.goto(address);
  const height = await page.evaluate(async () => {
    await gallery;
    return document.documentElement.scrollHeight;
  });
  page.off('pageerror', keep);
  if (errors.length > 0)
    throw new AggregateError(errors, `The gallery failed: ${String(errors[0])}`);
  // All of it is in view: what is out of sight is neither laid out nor painted.
  await page.setViewport({width: pageWidth, height});
}

async function pictureOf(page: Page): Promise<Omit<Sheet, 'look'>> {
  const places = await page.evaluate(async () => (await gallery).settle());
  const png = await page.screenshot({
    encoding: 'base64',
    optimizeForSpeed: true,
    // All of it is in view. Otherwise the view is resized for the picture, and the page not settled.
    captureBeyondViewport: false,
  });
  return {png, places};
}
