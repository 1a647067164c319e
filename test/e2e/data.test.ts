/** What pages send each other: from one browser into the other, from the built bundle, beside a picture. */
import assert from 'node:assert/strict';
import {describe, it} from 'node:test';
import {skipWithout} from '../support/browsers.js';
import {callSuite} from '../support/call-suite.js';
import {poll} from '../support/e2e.js';
import type {Visitor} from '../support/visitor.js';

const LENGTH = 12_000_000;

/** A message that differs from place to place. */
function sendBytes(visitor: Visitor, seed: number): Promise<void> {
  return visitor.element(
    (element, length, factor) => {
      const bytes = new Uint8Array(length);
      for (let index = 0; index < length; index++) bytes[index] = (index * factor) ^ (index >> 9);
      return element.send(bytes);
    },
    LENGTH,
    seed,
  );
}

/** Resolves with how many bytes of the one message that comes are not what `sendBytes()` makes. */
async function wrongBytes(visitor: Visitor, seed: number): Promise<number> {
  const count = (): Promise<number> =>
    visitor.element(
      (_, length, factor) => {
        const {received} = globalThis as unknown as {received: unknown[]};
        const [data] = received;
        if (!(data instanceof ArrayBuffer)) return -1;
        const bytes = new Uint8Array(data);
        let wrong = Math.abs(bytes.length - length);
        for (let index = 0; index < length; index++) {
          if (bytes[index] !== (((index * factor) ^ (index >> 9)) & 0xff)) wrong++;
        }
        return wrong;
      },
      LENGTH,
      seed,
    );
  await poll(async () => (await count()) >= 0, {what: `the message in ${visitor.browser}`});
  return count();
}

describe('messages of a page', {skip: skipWithout('chromium', 'firefox')}, () => {
  const {inCall, end} = callSuite();

  it('of many frames come through from each browser to the other, while they see each other', async () => {
    const [ana, ben] = await inCall('chromium', 'firefox');
    for (const visitor of [ana, ben]) {
      await visitor.element((element) => {
        const received: unknown[] = [];
        Object.assign(globalThis, {received});
        element.addEventListener('message-received', ({detail}) => received.push(detail.data));
      });
    }
    await Promise.all([sendBytes(ana, 3), sendBytes(ben, 5)]);
    assert.equal(await wrongBytes(ben, 3), 0);
    assert.equal(await wrongBytes(ana, 5), 0);
    await ana.seesAndHears();
    await ben.seesAndHears();
    await end(ana, ben);
  });
});
