/** The relay goes and comes back with empty memory, over real sockets: people who talk do not notice. */
import assert from 'node:assert/strict';
import {describe, it} from 'node:test';
import {launchBrowser, skipWithout} from '../support/browsers.js';
import {poll} from '../support/e2e.js';
import {startEmbedding} from '../support/embed.js';
import {startRelay} from '../support/relay.js';
import {Visitor} from '../support/visitor.js';

const RESUME_SECRET = 'the same before and after the restart';

describe('a relay that is restarted', {skip: skipWithout('chromium', 'firefox')}, () => {
  it('finds a call between Chromium and Firefox as it left it', async (t) => {
    const embedding = await startEmbedding(t, {}, {connect: 'http://127.0.0.1:* ws://127.0.0.1:*'});
    const before = await startRelay(t, {resumeSecret: RESUME_SECRET});
    const page = {room: 'restart', 'relay-url': `http://127.0.0.1:${before.port}`} as const;
    const chromium = await launchBrowser('chromium');
    t.after(() => chromium.close());
    const firefox = await launchBrowser('firefox');
    t.after(() => firefox.close());
    const ana = await Visitor.open(chromium, embedding.page(page));
    await ana.press('Join');
    await ana.reaches('waiting');
    const ben = await Visitor.open(firefox, embedding.page(page));
    await ben.press('Join');
    await ana.press('Accept');
    await ana.seesAndHears();
    await ben.seesAndHears();
    const told = await Promise.all([ana, ben].map(async (each) => (await each.heard()).length));

    await before.server.close();
    for (const each of [ana, ben]) {
      await poll(() => each.element((element) => element.signaling === 'reconnecting'), {
        what: 'the relay to be missed',
      });
      await each.seesAndHears();
    }
    await startRelay(t, {resumeSecret: RESUME_SECRET, port: before.port});
    for (const each of [ana, ben]) {
      await poll(
        () => each.element(({signaling, peers}) => signaling === 'open' && peers[0]?.present),
        {what: 'both to be seated again'},
      );
      await each.seesAndHears();
    }
    const news = await Promise.all(
      [ana, ben].map(async (each, index) =>
        (await each.heard()).slice(told[index]).map(({type}) => type),
      ),
    );
    assert.deepEqual(
      news.flat().filter((type) => !type.startsWith('call-')),
      [],
      'nobody left, nobody joined',
    );
    assert.equal(await ana.has('alertdialog', 'Some user is calling you'), false, 'no prompt');
  });
});
