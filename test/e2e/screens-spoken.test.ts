/**
 * What assistive technology is told of every screen: its tree of roles, names and states, as Chromium
 * computes it, is the one that stands in `screens-spoken/`. `npm run trees` writes them anew.
 */
import assert from 'node:assert/strict';
import {mkdirSync, readFileSync, readdirSync, rmSync, writeFileSync} from 'node:fs';
import {join} from 'node:path';
import {after, before, describe, it} from 'node:test';
import {fileURLToPath} from 'node:url';
import {build} from 'esbuild';
import type {Page} from 'puppeteer-core';
import {AccessibilityTree, flat, written} from '../support/accessibility-tree.js';
import {launchChromium, skipWithout} from '../support/browsers.js';
import {startStaticSite} from '../support/e2e.js';
import type {ScreensPage} from '../support/screens-page.js';

const ROOT = fileURLToPath(new URL('../../', import.meta.url));
const TREES = join(ROOT, 'test', 'e2e', 'screens-spoken');
const fileOf = (screen: string): string => join(TREES, `${screen}.txt`);

/** What nobody would know what to do with if it had no name. */
const NAMED = [
  ...['button', 'link', 'textbox', 'searchbox', 'combobox', 'progressbar', 'image'],
  ...['alertdialog', 'dialog', 'complementary', 'region', 'group', 'log', 'heading'],
];

/** They are written instead of compared. */
const isUpdate = process.env['UPDATE_TREES'] === 'true';

const PAGE = `<!doctype html>
<html lang="en">
  <meta charset="utf-8" />
  <title>Screens</title>
  <link rel="icon" href="data:," />
  <script type="module" src="/screens.js"></script>
  <body></body>
</html>`;

describe('every screen, as it is told', {skip: skipWithout('chromium')}, () => {
  const cleanups: (() => unknown)[] = [];
  let page: Page;
  let tree: AccessibilityTree;

  before(async () => {
    const {outputFiles} = await build({
      entryPoints: [join(ROOT, 'test', 'support', 'screens-page.ts')],
      tsconfig: join(ROOT, 'tsconfig.base.json'),
      target: 'es2022',
      format: 'esm',
      bundle: true,
      write: false,
    });
    const site = await startStaticSite({'/': PAGE, '/screens.js': outputFiles[0]!.text});
    cleanups.push(() => site.close());
    const browser = await launchChromium();
    cleanups.push(() => browser.close());
    page = await browser.newPage();
    await page.goto(site.origin, {waitUntil: 'load'});
    tree = await AccessibilityTree.of(page);
  });

  after(async () => {
    for (const step of cleanups.reverse()) await step();
  });

  it('has the tree that stands in its file', async (t) => {
    const names = await page.evaluate(
      () => (globalThis as unknown as {screens: ScreensPage}).screens.names,
    );
    if (isUpdate) {
      rmSync(TREES, {recursive: true, force: true});
      mkdirSync(TREES);
    }
    for (const name of names) {
      await t.test(name, async () => {
        await page.evaluate(
          (screen) => (globalThis as unknown as {screens: ScreensPage}).screens.show(screen),
          name,
        );
        const nodes = await tree.read();
        for (const {role, name, description} of flat(nodes)) {
          if (!NAMED.includes(role)) continue;
          assert.notEqual(name, '', `a ${role} without a name`);
          assert.notEqual(description, name, `the ${role} "${name}" is told twice`);
        }
        const told = written(nodes);
        if (isUpdate) writeFileSync(fileOf(name), told);
        else assert.equal(told, readFileSync(fileOf(name), 'utf8'));
      });
    }
    const files = readdirSync(TREES).sort();
    assert.deepEqual(files, names.map((name) => `${name}.txt`).sort(), 'a file for each screen');
  });
});
