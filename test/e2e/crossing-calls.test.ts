/** Both call each other within the same few milliseconds, a hundred times: always one call. */
import assert from 'node:assert/strict';
import {describe, it} from 'node:test';
import {skipWithout} from '../support/browsers.js';
import {poll} from '../support/e2e.js';
import {peopleSuite, personIdOf, seesPeople} from '../support/people-suite.js';
import type {Visitor} from '../support/visitor.js';

const BROWSERS = ['chromium', 'firefox'] as const;
const TIMES = 100;

/** Three requests each a time, and the relay lets a connection have ten a second for long. */
const SPACING_MS = 330;

/** Those who are later are later by this at most. */
const APART_MS = 10;

describe('crossing calls', {skip: skipWithout(...BROWSERS)}, () => {
  const {listed, newDirectory, end} = peopleSuite();

  it(`A calls B and B calls A within ${APART_MS} ms, ${TIMES} times: one call, no prompt left`, async () => {
    const directory = newDirectory();
    const attributes = {media: 'data'};
    const ana = await listed('chromium', 'Ana', directory, {attributes});
    const ben = await listed('firefox', 'Ben', directory, {attributes});
    const both = [ana, ben];
    const ids = new Map<Visitor, string>();
    for (const each of both) {
      await seesPeople(each, 1);
      ids.set(each, await personIdOf(each));
    }
    let at = 0;
    for (let i = 0; i < TIMES; i++) {
      at = Math.max(Date.now() + 150, at + SPACING_MS);
      const callAt = (caller: Visitor, callee: Visitor, timeMs: number): Promise<void> =>
        caller.element(
          (element, id, when) =>
            new Promise<void>((resolve, reject) => {
              // Busy for the last moment: a timer alone would be late by more than we mean.
              setTimeout(
                () => {
                  while (Date.now() < when);
                  element.call(id).then(resolve, reject);
                },
                when - Date.now() - 20,
              );
            }),
          ids.get(callee)!,
          timeMs,
        );
      // Now the one, now the other is first, and now both are at once.
      const apartMs = ((i % 5) - 2) * (APART_MS / 2);
      await Promise.all([callAt(ana, ben, at), callAt(ben, ana, at + apartMs)]);
      await Promise.all(both.map((each) => each.reaches('in-call')));
      const seen = await Promise.all(
        both.map((each) =>
          each.element(async (element) => {
            await element.updateComplete;
            return {
              peers: element.peers.map(({personId}) => personId),
              incoming: element.incoming.length,
              room: element.currentRoom,
              prompts: element.shadowRoot!.querySelectorAll('[role=alertdialog]').length,
            };
          }),
        ),
      );
      const [one, other] = seen;
      assert.equal(one?.room, other?.room, 'one room');
      assert.deepEqual(one?.peers, [ids.get(ben)]);
      assert.deepEqual(other?.peers, [ids.get(ana)]);
      for (const {incoming, prompts} of seen) assert.deepEqual([incoming, prompts], [0, 0]);
      const leaver = both[i % 2]!;
      await leaver.element((element) => element.leave());
      await Promise.all(both.map((each) => each.reaches('left')));
    }
    for (const each of both) {
      assert.deepEqual(await each.heard('call-error'), []);
      assert.deepEqual(await each.heard('call-ended'), [], 'every call was accepted');
      await poll(() => each.element((element) => element.people[0]?.status === 'available'), {
        what: 'the other to be available again',
      });
    }
    await end(...both);
  });
});
