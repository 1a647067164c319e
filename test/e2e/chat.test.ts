/**
 * Two people write to each other and send pictures, in two real browsers, through the built bundle
 * on a page under the strict policy that the documentation promises to be enough.
 */
import assert from 'node:assert/strict';
import {mkdtemp, readFile, rm} from 'node:fs/promises';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {describe, it} from 'node:test';
import {skipWithout} from '../support/browsers.js';
import {callSuite} from '../support/call-suite.js';
import {poll} from '../support/e2e.js';
import type {Visitor} from '../support/visitor.js';

const skip = skipWithout('chromium', 'firefox');

/** What the page's policy has blocked from now on. */
async function watchPolicy({page}: Visitor): Promise<() => Promise<string[]>> {
  await page.evaluate(() => {
    const blocked: string[] = [];
    Object.assign(globalThis, {blocked});
    document.addEventListener('securitypolicyviolation', ({violatedDirective, blockedURI}) => {
      blocked.push(`${violatedDirective}: ${blockedURI}`);
    });
  });
  return () => page.evaluate(() => (globalThis as unknown as {blocked: string[]}).blocked);
}

/** Chooses a picture of this size with the button for files. Resolves with its digest. */
function choosePicture(visitor: Visitor, name: string, width: number): Promise<string> {
  return visitor.element(
    async (element, fileName, side) => {
      const canvas = Object.assign(document.createElement('canvas'), {width: side, height: 90});
      const draw = canvas.getContext('2d')!;
      for (let at = 0; at < side; at += 10) {
        draw.fillStyle = `hsl(${at} 60% 50%)`;
        draw.fillRect(at, 0, 10, 90);
      }
      const blob = await new Promise<Blob | null>((resolve) => canvas.toBlob(resolve));
      const file = new File([blob!], fileName, {type: 'image/png'});
      const chosen = new DataTransfer();
      chosen.items.add(file);
      const input = element.shadowRoot!.querySelector<HTMLInputElement>('input[type=file]')!;
      input.files = chosen.files;
      input.dispatchEvent(new Event('change'));
      const digest = await crypto.subtle.digest('SHA-256', await file.arrayBuffer());
      return new Uint8Array(digest).join();
    },
    name,
    width,
  );
}

/** The digest of what was received under this name, and the size of the little picture of it. */
async function received(visitor: Visitor, name: string): Promise<{digest: string; width: number}> {
  return poll(
    () =>
      visitor.element(async (element, fileName) => {
        const transfer = element.transfers.find((each) => each.name === fileName);
        const selector = `canvas[data-drawn][aria-label="Picture: ${fileName}"]`;
        const canvas = element.shadowRoot!.querySelector<HTMLCanvasElement>(selector);
        if (!transfer?.file || !canvas) return null;
        const digest = await crypto.subtle.digest('SHA-256', await transfer.file.arrayBuffer());
        return {digest: new Uint8Array(digest).join(), width: canvas.width};
      }, name),
    {what: `${visitor.browser} to show ${name}`},
  );
}

async function write(visitor: Visitor, text: string): Promise<void> {
  await visitor.fill('Message', text);
  await visitor.page.keyboard.press('Enter');
}

describe('chat and files in real browsers', {skip}, () => {
  const {inCall, end} = callSuite();

  it('two people write to each other, and send each other a picture', async (t) => {
    const [ana, ben] = await inCall('chromium', 'firefox');
    const blocked = [await watchPolicy(ana), await watchPolicy(ben)];
    await ben.press('Chat');
    await write(ben, 'Hello Ana, see https://a.example/b');
    // It is told of while the chat is closed, and there when it is opened.
    await ana.seesMatch(/Ben.*: .*Hello Ana/);
    await ana.press('Chat');
    await ana.finds('log', 'Conversation');
    await ana.sees('https://a.example/b');
    await ana.page.keyboard.type('Hello Ben');
    await ben.sees('Ana');
    await ben.seesMatch(/is typing…/);
    await ana.page.keyboard.press('Enter');
    await ben.sees('Hello Ben');

    // Letter by letter, once Ana wants it.
    await ana.press('Let others read as I type', 'switch');
    assert.equal(await ana.element((element) => element.hasAttribute('live-typing')), true);
    await ana.fill('Message', 'Unfinish');
    await ben.sees('Unfinish');
    await ben.seesMatch(/not sent yet/);
    await ana.page.keyboard.type('ed 😀');
    await ben.sees('Unfinished 😀');
    assert.deepEqual(await ben.element(({drafts}) => drafts.map(({text}) => text)), [
      'Unfinished 😀',
    ]);
    await ana.page.keyboard.press('Enter');
    await poll(() => ben.element(({drafts, chat}) => drafts.length === 0 && chat.length === 3), {
      what: 'the draft to have become a message',
    });

    const fromAna = await choosePicture(ana, 'from-ana.png', 320);
    const fromBen = await choosePicture(ben, 'from-ben.png', 1000);
    assert.deepEqual(await received(ben, 'from-ana.png'), {digest: fromAna, width: 320});
    assert.deepEqual(await received(ana, 'from-ben.png'), {digest: fromBen, width: 640});
    for (const each of [ana, ben]) await each.sees('Sent');

    await t.test('and save what they got', async (step) => {
      const folder = await mkdtemp(join(tmpdir(), 'vcr-saved-'));
      step.after(() => rm(folder, {recursive: true, force: true}));
      const session = await ana.page.createCDPSession();
      await session.send('Page.setDownloadBehavior', {behavior: 'allow', downloadPath: folder});
      const sent = await ana.element(async (element) => {
        const transfer = element.transfers.find(({name}) => name === 'from-ben.png');
        return [...new Uint8Array(await transfer!.file!.arrayBuffer())];
      });
      await ana.element((element) => {
        element.shadowRoot!.querySelector<HTMLElement>('a[download="from-ben.png"]')!.click();
      });
      const path = join(folder, 'from-ben.png');
      await poll(async () => (await readFile(path)).equals(Buffer.from(sent)), {
        what: 'the picture to be on the disk',
      });
    });
    for (const read of blocked) assert.deepEqual(await read(), []);
    await end(ana, ben);
  });

  it('a file is sent from the panel of the files, and seen and saved in that of the other side', async (t) => {
    const [ana, ben] = await inCall('firefox', 'chromium');
    const blocked = [await watchPolicy(ana), await watchPolicy(ben)];
    await ana.press('Chat');
    await ana.press('Files of this call');
    await ana.sees('No files yet');
    const content = 'for the minutes\n'.repeat(20_000);
    await ana.element((element, text) => {
      const chosen = new DataTransfer();
      chosen.items.add(new File([text], 'minutes.txt', {type: 'text/plain'}));
      const input = element.shadowRoot!.querySelector<HTMLInputElement>('#panel input[type=file]')!;
      input.files = chosen.files;
      input.dispatchEvent(new Event('change'));
    }, content);
    await ana.seesMatch(/minutes\.txt\s+320 kB · Sent\s+To \u2068Ben\u2069 · /);
    await ben.press('Chat');
    await ben.press('Files of this call');
    await ben.seesMatch(/minutes\.txt\s+320 kB · Received\s+From \u2068Ana\u2069 · /);
    const folder = await mkdtemp(join(tmpdir(), 'vcr-saved-'));
    t.after(() => rm(folder, {recursive: true, force: true}));
    const session = await ben.page.createCDPSession();
    await session.send('Page.setDownloadBehavior', {behavior: 'allow', downloadPath: folder});
    await ben.element((element) => {
      element.shadowRoot!.querySelector<HTMLElement>('#panel a[download="minutes.txt"]')!.click();
    });
    const path = join(folder, 'minutes.txt');
    await poll(async () => (await readFile(path, 'utf8')) === content, {
      what: 'the file to be on the disk',
    });
    for (const read of blocked) assert.deepEqual(await read(), []);
    await end(ana, ben);
  });

  it('a call with media="data" asks for no device, and is a conversation', async () => {
    const [ana, ben] = await inCall('firefox', 'chromium', {media: 'data'});
    for (const each of [ana, ben]) {
      await each.finds('log', 'Conversation');
      assert.equal(await each.has('button', 'Turn camera off'), false);
      assert.equal(await each.has('button', 'Turn microphone off'), false);
      const tracks = await each.element((element) => element.localStream?.getTracks().length);
      assert.equal(tracks, 0);
    }
    await write(ben, 'No camera needed');
    await ana.sees('No camera needed');
    await write(ana, 'Indeed');
    await ben.sees('Indeed');
    await ben.press('Leave');
    await ben.reaches('left');
    await ana.reaches('waiting');
    // What was said stays, and nothing can be sent to nobody.
    await ana.sees('No camera needed');
    await ana.sees('Nobody else is here at the moment.');
    await end(ana, ben);
  });
});
