/**
 * What the other end-to-end tests rest on: both browsers start, have the devices they should have,
 * answer for permission as told, and leave no process behind.
 */
import assert from 'node:assert/strict';
import {after, before, describe, it} from 'node:test';
import type {Page} from 'puppeteer-core';
import {
  BROWSER_NAMES,
  isGroupAlive,
  launchBrowser,
  skipWithout,
  type RunningBrowser,
} from '../support/browsers.js';
import {startStaticSite, type StaticSite} from '../support/e2e.js';

/** Resolves with the kinds of tracks that a page gets, or with the name of the error. */
function requestDevices(page: Page): Promise<string[] | string> {
  return page.evaluate(async () => {
    try {
      const stream = await navigator.mediaDevices.getUserMedia({audio: true, video: true});
      return stream.getTracks().map(({kind, readyState}) => `${readyState} ${kind}`);
    } catch (error) {
      return (error as DOMException).name;
    }
  });
}

for (const name of BROWSER_NAMES) {
  describe(`${name}, as the tests start it`, {skip: skipWithout(name)}, () => {
    let site: StaticSite;
    before(async () => {
      site = await startStaticSite({'/': '<!doctype html><title>Test</title>'});
    });
    after(() => site.close());

    describe('with fake devices', () => {
      let browser: RunningBrowser;
      before(async () => {
        browser = await launchBrowser(name, {hosts: ['insecure.test']});
      });
      after(async () => {
        await browser.close();
        assert.equal(isGroupAlive(browser.pid), false, 'a process is left');
      });

      it('gives a page a camera and a microphone', async () => {
        const page = await browser.newPage();
        await page.goto(site.origin);
        const tracks = await requestDevices(page);
        assert.ok(Array.isArray(tracks), String(tracks));
        assert.deepEqual(tracks.toSorted(), ['live audio', 'live video']);
      });

      it('takes a host of another name for an insecure origin', async () => {
        const page = await browser.newPage();
        await page.goto(`http://insecure.test:${site.port}/`);
        assert.equal(await page.evaluate(() => window.isSecureContext), false);
      });

      it('keeps contexts apart', async () => {
        const contexts = [await browser.newContext(), await browser.newContext()];
        const [first, second] = await Promise.all(contexts.map((context) => context.newPage()));
        assert.ok(first && second, 'both pages are open');
        await Promise.all([first, second].map((page) => page.goto(site.origin)));
        await first.evaluate(() => localStorage.setItem('key', 'value'));
        assert.equal(await second.evaluate(() => localStorage.getItem('key')), null);
      });
    });

    for (const [what, options, error] of [
      ['has no camera when told so', {fakeDevices: false}, 'NotFoundError'],
      ['denies the devices when told so', {allowPermissions: false}, 'NotAllowedError'],
    ] as const) {
      it(what, async () => {
        const browser = await launchBrowser(name, options);
        try {
          const page = await browser.newPage();
          await page.goto(site.origin);
          assert.equal(await requestDevices(page), error);
        } finally {
          await browser.close();
        }
      });
    }
  });
}
