/** Rows B4, B6, B7 and B8 of what this project must do: ringing one person, and how that can end. */
import assert from 'node:assert/strict';
import {describe, it} from 'node:test';
import {skipWithout} from '../support/browsers.js';
import {poll} from '../support/e2e.js';
import {
  call,
  endOf,
  endsOf,
  peopleSuite,
  personIdOf,
  ring,
  seesPeople,
} from '../support/people-suite.js';
import type {Visitor} from '../support/visitor.js';
import {received, sent} from '../support/wire-tap.js';

const BROWSERS = ['chromium', 'firefox'] as const;
const SEAT_GRACE_S = 6;

describe('ringing a person', {skip: skipWithout(...BROWSERS)}, () => {
  const {together, end} = peopleSuite({seatGrace: SEAT_GRACE_S});

  const two = async (): Promise<[Visitor, Visitor]> => {
    const [ana, ben] = await together(['chromium', 'Ana'], ['firefox', 'Ben']);
    assert(ana && ben, 'two people');
    return [ana, ben];
  };

  it('B4: an offer is made for a call, not for a page: it cannot go stale', async () => {
    const [ana, ben] = await two();
    const requests = [...(await sent(ana)), ...(await sent(ben))];
    assert.equal(JSON.stringify(requests).includes('v=0'), false, 'the pages have offered nothing');
    await ring(ana, ben, 'Ana');
    await ben.press('Accept');
    await Promise.all([ana.seesAndHears(), ben.seesAndHears()]);
    await ben.press('Leave');
    await ana.reaches('left');
    await ring(ben, ana, 'Ben');
    await ana.press('Accept');
    await Promise.all([ana.seesAndHears(), ben.seesAndHears()]);
    await end(ana, ben);
  });

  it('B6, B7: rings that person alone; offers and candidates go to nobody else', async () => {
    const [ana, ben, cem] = await together(
      ['chromium', 'Ana'],
      ['firefox', 'Ben'],
      ['chromium', 'Cem'],
    );
    assert(ana && ben && cem, 'three people');
    await ring(ana, ben, 'Ana');
    await poll(async () => (await ana.heard('call-ringing')).length === 1, {
      what: 'the caller to hear that it rings',
    });
    assert.equal(await ana.status(), 'calling');
    await ben.press('Accept');
    await Promise.all([ana.seesAndHears(), ben.seesAndHears()]);
    // What comes while it rings is from the call itself: nobody is in the room yet.
    const [call] = await ben.heard('call-request');
    const callId = (call!.detail as {id: string}).id;
    const peerOf = (visitor: Visitor) => visitor.element((element) => element.self?.peerId ?? '');
    for (const [one, other] of [
      [ana, ben],
      [ben, ana],
    ] as const) {
      const senders = (await received(one)).flatMap(({name, payload}) =>
        name === 'signal' ? (payload as {from: string}).from : [],
      );
      // Who is called hears the offer; the answer may have come with the acceptance.
      if (one === ben) assert.notEqual(senders.length, 0);
      const known = [await peerOf(other), callId];
      assert.deepEqual(
        senders.filter((from) => !known.includes(from)),
        [],
      );
    }
    const heard = await received(cem);
    assert.deepEqual(
      heard.map(({name}) => name).filter((name) => name !== 'people' && name !== 'welcome'),
      [],
    );
    assert.equal(JSON.stringify(heard).includes(await peerOf(ana)), false, 'nor a peer’s id');
    assert.deepEqual(await cem.heard('call-request'), []);
    await end(ana, ben, cem);
  });

  it('B8: declined', async () => {
    const [ana, ben] = await two();
    await ring(ana, ben, 'Ana');
    await ben.press('Decline');
    assert.equal(await endOf(ana), 'declined');
    assert.equal(await endOf(ben), 'declined');
    await ana.reaches('left');
    assert.equal(await ben.status(), 'idle');
    assert.equal(await ana.element((element) => element.localStream?.getTracks().length), 0);
    await end(ana, ben);
  });

  it('B8: cancelled', async () => {
    const [ana, ben] = await two();
    await ring(ana, ben, 'Ana');
    await ana.press('Cancel');
    assert.equal(await endOf(ana), 'cancelled');
    assert.equal(await endOf(ben), 'cancelled');
    assert.equal(await ben.has('alertdialog', 'Ana is calling you'), false);
    await end(ana, ben);
  });

  it('B8: no answer', async () => {
    const [ana, ben] = await two();
    await ana.element((element) => (element.ringTimeout = 2));
    await ring(ana, ben, 'Ana');
    assert.equal(await endOf(ana), 'timeout');
    assert.equal(await endOf(ben), 'timeout');
    await ana.reaches('left');
    await end(ana, ben);
  });

  it('B8: busy, with no ring', async () => {
    const [ana, ben, cem] = await together(
      ['chromium', 'Ana'],
      ['firefox', 'Ben'],
      ['chromium', 'Cem'],
    );
    assert(ana && ben && cem, 'three people');
    await ring(ana, ben, 'Ana');
    await call(cem, ben);
    assert.equal(await endOf(cem), 'busy', 'while it rings');
    await ben.press('Accept');
    await ana.reaches('in-call');
    await call(cem, ana);
    await poll(async () => (await endsOf(cem)).join() === 'busy,busy', {what: 'busy in the call'});
    assert.equal((await ben.heard('call-request')).length, 1);
    assert.deepEqual(await ana.heard('call-request'), []);
    await end(ana, ben, cem);
  });

  it('B8: unreachable, when the person’s page goes and does not come back', async () => {
    const [ana, ben] = await two();
    await ring(ana, ben, 'Ana');
    await end(ben);
    assert.equal(await endOf(ana), 'unreachable');
    await ana.reaches('left');
    await end(ana);
  });

  it('B8: lost, when the caller’s page goes and does not come back', async () => {
    const [ana, ben] = await two();
    await ring(ana, ben, 'Ana');
    await end(ana);
    assert.equal(await endOf(ben), 'lost');
    await end(ben);
  });

  it('one who is called in a room call may go on with it, or leave it by accepting', async () => {
    const [ana, ben, cem] = await together(
      ['chromium', 'Ana'],
      ['firefox', 'Ben'],
      ['chromium', 'Cem'],
    );
    assert(ana && ben && cem, 'three people');
    await ben.element((element) => element.join('lobby'));
    await cem.element((element) => element.join('lobby'));
    await ben.press('Accept');
    await cem.seesAndHears();
    await ring(ana, ben, 'Ana');
    await ben.press('Decline');
    assert.equal(await endOf(ana), 'declined');
    await cem.seesAndHears();
    await ring(ana, ben, 'Ana');
    await ben.press('Accept');
    await Promise.all([ana.seesAndHears(), ben.seesAndHears()]);
    await cem.reaches('waiting');
    await end(ana, ben, cem);
  });

  for (const browser of BROWSERS) {
    it(`reloaded while it rings, the callee rings on (${browser})`, async () => {
      const [ana, ben] = await together(['chromium', 'Ana'], [browser, 'Ben']);
      assert(ana && ben, 'two people');
      const before = await personIdOf(ben);
      await ring(ana, ben, 'Ana');
      await ben.page.reload({waitUntil: 'load'});
      await ben.listen();
      await ben.finds('alertdialog', 'Ana is calling you');
      assert.equal(await personIdOf(ben), before);
      assert.equal(await ana.status(), 'calling');
      await ben.press('Accept');
      await Promise.all([ana.seesAndHears(), ben.seesAndHears()]);
      await end(ana, ben);
    });

    it(`reloaded while it rings, the caller does not lose the call (${browser})`, async () => {
      const [ana, ben] = await together([browser, 'Ana'], ['chromium', 'Ben']);
      assert(ana && ben, 'two people');
      await ring(ana, ben, 'Ana');
      await ana.page.reload({waitUntil: 'load'});
      await ana.listen();
      await ana.reaches('calling');
      assert.equal(await ben.has('alertdialog', 'Ana is calling you'), true);
      assert.deepEqual(await endsOf(ben), []);
      await ben.press('Accept');
      await Promise.all([ana.seesAndHears(), ben.seesAndHears()]);
      await end(ana, ben);
    });
  }

  it('reloaded in the call, either side is back in it', async () => {
    const [ana, ben] = await two();
    await ring(ana, ben, 'Ana');
    await ben.press('Accept');
    await Promise.all([ana.seesAndHears(), ben.seesAndHears()]);
    for (const [one, other] of [
      [ana, ben],
      [ben, ana],
    ] as const) {
      const told = (await other.heard('peer-left')).length;
      await one.page.reload({waitUntil: 'load'});
      await one.listen();
      await one.reaches('in-call');
      await seesPeople(one, 1);
      await Promise.all([one.seesAndHears(), other.seesAndHears()]);
      assert.equal((await other.heard('peer-left')).length, told, 'nobody heard of leaving');
    }
    await end(ana, ben);
  });
});
