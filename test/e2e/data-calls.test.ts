/** Row B9 of what this project must do: a data channel is open between the two, with no camera asked for. */
import assert from 'node:assert/strict';
import {describe, it} from 'node:test';
import {skipWithout} from '../support/browsers.js';
import {poll} from '../support/e2e.js';
import {call, peopleSuite, seesPeople} from '../support/people-suite.js';
import type {Visitor} from '../support/visitor.js';
import {sent} from '../support/wire-tap.js';

const BROWSERS = ['chromium', 'firefox'] as const;

describe('a call that carries data alone', {skip: skipWithout(...BROWSERS)}, () => {
  const {listed, newDirectory, end} = peopleSuite();

  async function inDataCall(): Promise<[ana: Visitor, ben: Visitor]> {
    const directory = newDirectory();
    const attributes = {media: 'data'};
    const ana = await listed('chromium', 'Ana', directory, {attributes});
    const ben = await listed('firefox', 'Ben', directory, {attributes});
    for (const each of [ana, ben]) {
      await seesPeople(each, 1);
      await each.page.evaluate(() => {
        navigator.mediaDevices.getUserMedia = () => {
          throw new Error('a device was asked for');
        };
      });
    }
    await call(ana, ben);
    await ben.finds('alertdialog', 'Ana is calling you');
    await ben.press('Accept');
    await Promise.all([ana.reaches('in-call'), ben.reaches('in-call')]);
    return [ana, ben];
  }

  it('B9: strings, JSON and bytes of any size arrive in order, with no device asked for', async () => {
    const [ana, ben] = await inDataCall();
    await ana.element(async (element) => {
      const bytes = new Uint8Array(3_000_000);
      for (let i = 0; i < bytes.length; i++) bytes[i] = i % 251;
      await Promise.all([
        element.send('first'),
        element.send({second: [2]}),
        element.send(bytes.buffer),
        element.send('last'),
      ]);
    });
    await poll(async () => (await ben.heard('message-received')).length === 4, {
      what: 'four messages',
    });
    const [first, second, third, last] = (await ben.heard('message-received')).map(
      ({detail}) => detail['data'],
    );
    assert.deepEqual([first, second, last], ['first', {second: [2]}, 'last']);
    assert.deepEqual(third, {}, 'an ArrayBuffer, as JSON shows it');
    await ben.element((element) => element.send('back'));
    await poll(async () => (await ana.heard('message-received')).length === 1, {what: 'an answer'});
    assert.deepEqual([...(await ana.heard('call-error')), ...(await ben.heard('call-error'))], []);
    assert.equal(JSON.stringify(await sent(ana)).includes('first'), false, 'nothing by the relay');
    await end(ana, ben);
  });

  it('B9: bytes are the same at the other end', async () => {
    const [ana, ben] = await inDataCall();
    await ben.element((element) => {
      element.addEventListener('message-received', ({detail}) => {
        void crypto.subtle.digest('SHA-256', detail.data as ArrayBuffer).then((digest) => {
          Object.assign(globalThis, {digest: [...new Uint8Array(digest)]});
        });
      });
    });
    const digest = await ana.element(async (element) => {
      const bytes = new Uint8Array(5_000_000);
      for (let at = 0; at < bytes.length; at += 65_536) {
        crypto.getRandomValues(bytes.subarray(at, at + 65_536));
      }
      const expected = await crypto.subtle.digest('SHA-256', bytes);
      await element.send(bytes.buffer);
      return [...new Uint8Array(expected)];
    });
    const arrived = await poll(
      () => ben.page.evaluate(() => (globalThis as unknown as {digest?: number[]}).digest),
      {what: 'all of the bytes'},
    );
    assert.deepEqual(arrived, digest);
    await end(ana, ben);
  });

  it('what is too large, or meant for nobody, is refused with its code', async () => {
    const [ana, ben] = await inDataCall();
    const codes = await ana.element(async (element) => {
      const codeOf = (sending: Promise<void>): Promise<string> =>
        sending.then(
          () => 'sent',
          (error: {code: string}) => error.code,
        );
      return [
        await codeOf(element.send(new ArrayBuffer(64 * 1024 * 1024 + 1))),
        await codeOf(element.send('x', {to: 'nobody-here'})),
      ];
    });
    assert.deepEqual(codes, ['message-too-large', 'person-not-found']);
    await ben.press('Leave');
    await ana.reaches('left');
    const afterwards = await ana.element((element) =>
      element.send('x').then(
        () => 'sent',
        (error: {code: string}) => error.code,
      ),
    );
    assert.equal(afterwards, 'not-in-room');
    await end(ana, ben);
  });
});
