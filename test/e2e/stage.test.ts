/** What is done with the pictures of a call, in real browsers: who speaks, one's own dragged by a mouse, full screen, the call's own window. */
import assert from 'node:assert/strict';
import {describe, it} from 'node:test';
import type {Page} from 'puppeteer-core';
import {skipWithout} from '../support/browsers.js';
import {callSuite} from '../support/call-suite.js';
import {poll} from '../support/e2e.js';
import type {Visitor} from '../support/visitor.js';

interface Box {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

function boxOf(visitor: Visitor, selector: string): Promise<Box> {
  return visitor.page.evaluate((what) => {
    const found = document.querySelector('video-chat-room')!.shadowRoot!.querySelector(what)!;
    const {x, y, width, height} = found.getBoundingClientRect();
    return {x, y, width, height};
  }, selector);
}

/** From the middle of what is to be dragged, in steps, as a hand does. */
async function dragOwn(visitor: Visitor, to: {x: number; y: number}): Promise<void> {
  const {mouse} = visitor.page;
  const own = await boxOf(visitor, '[data-own]');
  await mouse.move(own.x + own.width / 2, own.y + own.height / 2);
  await mouse.down();
  await mouse.move(to.x, to.y, {steps: 6});
  await mouse.up();
}

/** The window that lies before everything: another page of the same browser, at no address. */
async function ownWindow({page}: Visitor): Promise<Page | undefined> {
  for (const other of await page.browser().pages()) {
    if (other !== page && (await other.$('video').catch(() => null)) === null) {
      const isOurs = await other
        .evaluate(() =>
          Boolean(document.body.firstElementChild?.shadowRoot?.querySelector('.stage')),
        )
        .catch(() => false);
      if (isOurs) return other;
    }
  }
  return undefined;
}

/** Runs in the page. */
function cameraButtonIsHidden(element: HTMLElement): boolean {
  const button = element.shadowRoot!.querySelector('[part~=button-camera]')!;
  return !button.checkVisibility();
}

describe('the stage of a call', {skip: skipWithout('chromium', 'firefox')}, () => {
  const {inCall, end} = callSuite();

  it('is arranged by a hand, by voices, and in a window of its own', async () => {
    const [ana, ben] = await inCall('chromium', 'firefox');
    await ana.seesAndHears(1);

    // Firefox's made-up microphone hums, and is heard in Chromium.
    await poll(() => ana.element((element) => element.peers[0]?.speaking === true), {
      what: 'Ben to be heard speaking',
    });

    for (const visitor of [ana, ben]) {
      const tiles = await boxOf(visitor, '.tiles');
      await dragOwn(visitor, {x: tiles.x + 60, y: tiles.y + 60});
      await poll(
        async () => {
          const own = await boxOf(visitor, '[data-own]');
          return own.x - tiles.x < 40 && own.y - tiles.y < 80;
        },
        {what: `the own picture in the corner (${visitor.browser})`},
      );
    }

    await ana.press('Full screen');
    await poll(() => ana.element((element) => element.matches(':fullscreen')), {
      what: 'full screen',
    });
    await ana.press('Full screen');
    await poll(() => ana.element((element) => !element.matches(':fullscreen')), {what: 'back'});

    // As a script sets it, in the script tag's own bundle.
    await ben.element((element) => (element.controls = 'chat full-screen leave'));
    await poll(() => ben.element(cameraButtonIsHidden), {what: 'no button for the camera'});
    await ben.element((element) => (element.controls = null));
    await ben.press('Full screen');
    await poll(() => ben.element((element) => element.matches(':fullscreen')), {what: 'full'});

    await ana.press('Call in its own window');
    let opened: Page | undefined;
    await poll(async () => Boolean((opened = await ownWindow(ana))), {what: 'the window'});
    await poll(
      () =>
        opened!.evaluate(() => {
          const {shadowRoot} = document.body.firstElementChild!;
          const videos = [...shadowRoot!.querySelectorAll('video')];
          return (
            videos.length === 2 && videos.every((video) => video.videoWidth > 0 && video.muted)
          );
        }),
      {what: 'both pictures in the window'},
    );
    const leave = await opened!.evaluateHandle(() =>
      document.body.firstElementChild!.shadowRoot!.querySelector<HTMLElement>('.leave')!,
    );
    await leave.click();
    await ana.reaches('left');
    await poll(async () => (await ownWindow(ana)) === undefined, {what: 'the window to be gone'});
    await ben.reaches('waiting');
    assert.equal(await ben.has('button', 'Full screen'), true, 'a way back for one left alone');
    await ben.press('Leave');
    await poll(() => ben.element((element) => !element.matches(':fullscreen')), {
      what: 'the screen to be given back with the end of the call',
    });
    await end(ana, ben);
  });
});
