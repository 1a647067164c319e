/** A browser that refuses sound before a gesture: the picture moves, a tap is asked for, and any gesture in the page will do. */
import assert from 'node:assert/strict';
import {describe, it} from 'node:test';
import {BROWSER_NAMES, launchBrowser, skipWithout} from '../support/browsers.js';
import {poll} from '../support/e2e.js';
import {startEmbedding} from '../support/embed.js';
import {Visitor} from '../support/visitor.js';

for (const browser of BROWSER_NAMES) {
  describe(`sound that ${browser} refuses`, {skip: skipWithout('chromium', browser)}, () => {
    it('begins with a gesture beside the element; the picture is there before', async (t) => {
      const embedding = await startEmbedding(t);
      const host = await launchBrowser('chromium');
      t.after(() => host.close());
      const strict = await launchBrowser(browser, {
        args: ['--autoplay-policy=document-user-activation-required'],
        prefs: {'media.autoplay.default': 1, 'media.autoplay.blocking_policy': 0},
      });
      t.after(() => strict.close());
      const room = 'quiet';
      const ana = await Visitor.open(host, embedding.page({room, 'auto-accept': true}));
      await ana.press('Join');
      await ana.reaches('waiting');

      // Whoever captures may be heard from as well: only who does neither has to touch the page.
      const address = embedding.page({
        room,
        'auto-join': true,
        'no-camera': true,
        'no-microphone': true,
      });
      const page = await (await strict.newContext()).newPage();
      // Whatever a test runs in a page is a gesture to the browser: so the page has to tell by itself.
      await page.evaluateOnNewDocument(() => {
        document.addEventListener('call-error', (event) => {
          const {error} = (event as CustomEvent<{error: {code: string}}>).detail;
          console.log(`told: ${error.code}`);
        });
      });
      const told: string[] = [];
      page.on('console', (message) => told.push(message.text()));
      await page.goto(address);
      await poll(() => told.includes('told: audio-blocked'), {what: 'the refusal to be told'});
      const ben = await Visitor.on(page, browser);
      await ben.finds('button', 'Tap to hear');
      const video = () =>
        ben.element((element) => {
          const {muted, paused, currentTime, videoWidth} =
            element.shadowRoot!.querySelector<HTMLVideoElement>('video[data-peer]')!;
          return {muted, paused, currentTime, videoWidth};
        });
      const before = await video();
      assert.equal(before.muted, true);
      await poll(async () => (await video()).currentTime > before.currentTime, {
        what: 'a picture that moves without its sound',
      });
      assert.deepEqual(
        told.filter((text) => text.startsWith('told: ')),
        ['told: audio-blocked'],
      );
      // Not on the button, and not even on the element.
      await ben.page.keyboard.press('a');
      await poll(async () => !(await ben.has('button', 'Tap to hear')), {what: 'sound'});
      const after = await video();
      assert.deepEqual([after.muted, after.paused], [false, false]);
      assert.deepEqual(ben.pageErrors, []);
    });
  });
}
