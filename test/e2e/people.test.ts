/** Rows B1, B2, B3 and B5 of what this project must do: who people are, and who sees whom. */
import assert from 'node:assert/strict';
import {Writable} from 'node:stream';
import {describe, it} from 'node:test';
import {pino} from 'pino';
import type {Page} from 'puppeteer-core';
import {skipWithout} from '../support/browsers.js';
import {poll} from '../support/e2e.js';
import {call, namesOf, peopleSuite, personIdOf, seesPeople} from '../support/people-suite.js';
import {Visitor} from '../support/visitor.js';

const BROWSERS = ['chromium', 'firefox'] as const;

/** Long enough for a page to be loaded anew, short enough for a test to wait for its end. */
const SEAT_GRACE_S = 6;

/** What the relay has logged. */
const logged: Record<string, unknown>[] = [];
const logger = pino(
  {level: 'info'},
  new Writable({
    write(line: Buffer, _encoding, done) {
      logged.push(JSON.parse(String(line)) as Record<string, unknown>);
      done();
    },
  }),
);

describe('people in real browsers', {skip: skipWithout(...BROWSERS)}, () => {
  const {together, listed, newDirectory, end} = peopleSuite({seatGrace: SEAT_GRACE_S, logger});

  for (const browser of BROWSERS) {
    it(`B1: a person stays the same over a reload, without a cookie (${browser})`, async () => {
      const [ana, ben] = await together([browser, 'Ana'], ['chromium', 'Ben']);
      assert(ana && ben, 'two people');
      const before = await personIdOf(ana);
      await ana.page.reload({waitUntil: 'load'});
      await ana.listen();
      await poll(async () => (await personIdOf(ana)) === before, {what: 'the same person'});
      await seesPeople(ana, 1);
      assert.deepEqual(await ana.page.browserContext().cookies(), []);
      await end(ana, ben);
    });

    it(`B2: nobody sees a person who is reloaded leave and come back (${browser})`, async () => {
      const [ana, ben] = await together([browser, 'Ana'], [browser, 'Ben']);
      assert(ana && ben, 'two people');
      const told = (await ben.heard('people-changed')).length;
      const peerId = await ana.element((element) => element.self?.peerId);
      for (let i = 0; i < 3; i++) {
        await ana.page.reload({waitUntil: 'load'});
        await ana.listen();
        await seesPeople(ana, 1);
      }
      assert.equal(await ana.element((element) => element.self?.peerId), peerId, 'the same seat');
      await ben.element((element) => (element.displayName = 'Benjamin'));
      await poll(async () => (await namesOf(ana))[0] === 'Benjamin', {what: 'a later change'});
      assert.deepEqual((await ben.heard('people-changed')).slice(told), [], 'not a word of Ana');
      await end(ana, ben);
    });
  }

  it('B1: whoever does not come back is gone, and leaves no ghost', async () => {
    const [ana, ben, cem] = await together(
      ['chromium', 'Ana'],
      ['firefox', 'Ben'],
      ['chromium', 'Cem'],
    );
    assert(ana && ben && cem, 'three people');
    await end(cem);
    for (const each of [ana, ben]) await seesPeople(each, 1);
    await ben.element((element) => element.removeAttribute('directory'));
    await seesPeople(ana, 0);
    assert.deepEqual(await namesOf(ben), []);
    await end(ana, ben);
  });

  it('B1: a duplicated tab is somebody new instead of fighting over the seat', async () => {
    const directory = newDirectory();
    const ana = await listed('chromium', 'Ana', directory);
    const [popup] = await Promise.all([
      new Promise<Page>((resolve) => {
        ana.page.once('popup', (page) => resolve(page!));
      }),
      // A window that a page opens begins with a copy of its session storage, as a duplicated tab does.
      ana.page.evaluate(() => void window.open(location.href)),
    ]);
    const twin = await Visitor.on(popup, 'chromium');
    await seesPeople(twin, 1);
    await seesPeople(ana, 1);
    assert.notEqual(await personIdOf(twin), await personIdOf(ana));
    assert.deepEqual(await ana.heard('call-error'), [], 'nobody was replaced');
    await end(twin, ana);
  });

  it('B3: every page load has a connection id of its own, in the log beside the peer', async () => {
    const [ana, ben] = await together(['chromium', 'Ana'], ['firefox', 'Ben']);
    assert(ana && ben, 'two people');
    const peerId = await ana.element((element) => element.self?.peerId);
    const connections = (): unknown[] =>
      logged
        .filter((line) => line['msg'] === 'connected' && line['peerId'] === peerId)
        .map((line) => line['connectionId']);
    assert.equal(connections().length, 1);
    await ana.page.reload({waitUntil: 'load'});
    await poll(() => connections().length === 2, {what: 'the second connection'});
    assert.equal(new Set(connections()).size, 2);
    const text = JSON.stringify(logged);
    assert.equal(text.includes('eyJ'), false, 'no token is logged');
    await ana.listen();
    await end(ana, ben);
  });

  it('B5: the people of one directory, live, with their status; nobody elsewhere', async () => {
    const [ana, ben, cem] = await together(
      ['chromium', 'Ana'],
      ['firefox', 'Ben'],
      ['chromium', 'Cem'],
    );
    assert(ana && ben && cem, 'three people');
    const dan = await listed('chromium', 'Dan', newDirectory());
    assert.deepEqual(await namesOf(dan), []);
    assert.deepEqual(await namesOf(cem), ['Ana', 'Ben'], 'in order');
    const statuses = (): Promise<string[]> =>
      cem.element((element) => element.people.map(({status}) => status));
    assert.deepEqual(await statuses(), ['available', 'available']);
    await call(ana, ben);
    await ben.press('Accept');
    await ben.reaches('in-call');
    await poll(async () => (await statuses()).every((status) => status === 'in-call'), {
      what: 'both to be in a call',
    });
    await ana.press('Leave');
    await poll(async () => (await statuses()).every((status) => status === 'available'), {
      what: 'both to be available again',
    });
    await ben.element((element) => {
      element.displayName = 'Aaron';
      element.metadata = {team: 'red'};
    });
    await poll(async () => (await namesOf(cem)).join() === 'Aaron,Ana', {what: 'the new order'});
    assert.deepEqual(await cem.element((element) => element.people[0]?.metadata), {team: 'red'});
    await end(ana, ben, cem, dan);
  });
});
