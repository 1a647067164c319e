/** Row A7: calls in different rooms know nothing of each other. */
import assert from 'node:assert/strict';
import {describe, it} from 'node:test';
import {launchBrowser, skipWithout} from '../support/browsers.js';
import {startEmbedding} from '../support/embed.js';
import {Visitor} from '../support/visitor.js';
import {received, tapWire} from '../support/wire-tap.js';

describe('two rooms at once', {skip: skipWithout('chromium')}, () => {
  it('A7: each page is sent signals of its own peer alone', async (t) => {
    const embedding = await startEmbedding(t);
    const chromium = await launchBrowser('chromium');
    t.after(() => chromium.close());
    const open = (room: string, name: string): Promise<Visitor> => {
      const address = embedding.page({room, 'display-name': name, 'auto-accept': true});
      return Visitor.open(chromium, address, {prepare: tapWire});
    };
    // Opened crosswise, so that neither the order nor the neighbour tells the rooms apart.
    const [ana, cleo] = [await open('attic', 'Ana'), await open('cellar', 'Cleo')];
    for (const host of [ana, cleo]) {
      await host.press('Join');
      await host.reaches('waiting');
    }
    const [dan, ben] = [await open('cellar', 'Dan'), await open('attic', 'Ben')];
    await Promise.all([ben, dan].map((guest) => guest.press('Join')));
    const all = [ana, ben, cleo, dan];
    await Promise.all(all.map((each) => each.reaches('in-call')));
    for (const each of all) await each.seesAndHears();

    const idOf = (visitor: Visitor): Promise<string> =>
      visitor.element((element) => element.self?.peerId ?? '');
    const ids = new Map<Visitor, string>();
    for (const each of all) ids.set(each, await idOf(each));
    assert.equal(new Set(ids.values()).size, 4, 'four people');
    for (const [one, other] of [
      [ana, ben],
      [ben, ana],
      [cleo, dan],
      [dan, cleo],
    ] as const) {
      const packets = await received(one);
      const senders = packets
        .filter(({name}) => name === 'signal')
        .map(({payload}) => (payload as {from: string}).from);
      const own = ids.get(other)!;
      assert.deepEqual([...new Set(senders)], [own], 'signals come from the one peer');
      const strangers = [...ids].flatMap(([who, id]) => (who === one || who === other ? [] : [id]));
      const text = JSON.stringify(packets);
      const known = strangers.filter((id) => text.includes(id));
      assert.deepEqual(known, [], 'nothing that was sent names anybody of the other room');
      assert.deepEqual(
        await one.element((element) => element.peers.map(({peerId}) => peerId)),
        [own],
        'the peers of the element',
      );
    }

    // What one room does, the other does not notice.
    const before = (await ana.heard()).length;
    await dan.press('Leave');
    await cleo.reaches('waiting');
    for (const each of [ana, ben]) await each.seesAndHears();
    assert.deepEqual((await ana.heard()).slice(before), [], 'events in the other room');
    for (const each of all) assert.deepEqual(each.pageErrors, [], 'no errors in the page');
  });
});
