/** One signed-in person in three tabs: all ring, one answers, two stop; and only one of them sounds. */
import assert from 'node:assert/strict';
import {describe, it} from 'node:test';
import {mint} from '../support/access-tokens.js';
import {skipWithout} from '../support/browsers.js';
import {poll} from '../support/e2e.js';
import {
  endOf,
  endsOf,
  namesOf,
  peopleSuite,
  personIdOf,
  ring,
  seesPeople,
} from '../support/people-suite.js';
import type {Visitor} from '../support/visitor.js';

const BROWSERS = ['chromium', 'firefox'] as const;

describe('one person in several tabs', {skip: skipWithout(...BROWSERS)}, () => {
  const {listed, newDirectory, end} = peopleSuite();

  async function anaAndThreeTabsOfBen(): Promise<[ana: Visitor, tabs: Visitor[]]> {
    const directory = newDirectory();
    const ana = await listed('chromium', 'Ana', directory);
    // Somebody else each time: the last one may be kept in a call for a while.
    const sub = `ben@${directory}.example.org`;
    const attributes = {token: await mint({sub, name: 'Ben'})};
    const tabs: Visitor[] = [];
    // Two in one browser, one on another device.
    for (const [browser, apart] of [
      ['chromium', false],
      ['chromium', false],
      ['firefox', true],
    ] as const) {
      tabs.push(await listed(browser, 'ignored', directory, {attributes, apart}));
    }
    for (const tab of tabs) {
      await seesPeople(tab, 1);
      assert.equal(await personIdOf(tab), sub);
    }
    await seesPeople(ana, 1);
    assert.deepEqual(await namesOf(ana), ['Ben'], 'one person, by the name of the token');
    return [ana, tabs];
  }

  it('three tabs of one signed-in person: all ring, one answers, two stop', async () => {
    const [ana, tabs] = await anaAndThreeTabsOfBen();
    const [first, second, third] = tabs as [Visitor, Visitor, Visitor];
    await ring(ana, first, 'Ana');
    for (const tab of tabs) await tab.finds('alertdialog', 'Ana is calling you');
    await third.press('Accept');
    await Promise.all([ana.seesAndHears(), third.seesAndHears()]);
    for (const tab of [first, second]) {
      assert.equal(await endOf(tab), 'answered-elsewhere');
      assert.equal(await tab.has('alertdialog', 'Ana is calling you'), false);
      assert.equal(await tab.status(), 'idle');
    }
    assert.deepEqual(await endsOf(third), []);
    await end(ana, ...tabs);
  });

  it('declined in one tab, it is declined in all', async () => {
    const [ana, tabs] = await anaAndThreeTabsOfBen();
    await ring(ana, tabs[0]!, 'Ana');
    for (const tab of tabs) await tab.finds('alertdialog', 'Ana is calling you');
    await tabs[1]!.press('Decline');
    for (const each of [ana, ...tabs]) assert.equal(await endOf(each), 'declined');
    await end(ana, ...tabs);
  });

  it('two that press Accept at once: one is in the call, the other is told', async () => {
    const [ana, tabs] = await anaAndThreeTabsOfBen();
    await ring(ana, tabs[0]!, 'Ana');
    for (const tab of tabs) await tab.finds('alertdialog', 'Ana is calling you');
    const accept = (tab: Visitor): Promise<string> =>
      tab.element((element) =>
        element.accept().then(
          () => 'accepted',
          (error: {code: string}) => error.code,
        ),
      );
    const answers = await Promise.all([accept(tabs[0]!), accept(tabs[2]!)]);
    assert.deepEqual(answers.toSorted(), ['accepted', 'invitation-over']);
    await ana.reaches('in-call');
    const statuses = (): Promise<string[]> => Promise.all(tabs.map((tab) => tab.status()));
    await poll(
      async () => (await statuses()).filter((status) => status === 'in-call').length === 1,
      {
        what: 'one of them to be in the call',
      },
    );
    for (const tab of tabs) assert.equal(await tab.has('alertdialog', 'Ana is calling you'), false);
    await ana.seesAndHears();
    await end(ana, ...tabs);
  });
});
