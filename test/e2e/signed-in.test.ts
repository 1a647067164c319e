/** People whom the site's own server vouches for, by access tokens. */
import assert from 'node:assert/strict';
import {describe, it} from 'node:test';
import {createSigningKey, mint, startKeysServer} from '../support/access-tokens.js';
import {launchBrowser, skipWithout} from '../support/browsers.js';
import {poll} from '../support/e2e.js';
import {startEmbedding} from '../support/embed.js';
import {namesOf, peopleSuite, personIdOf, seesPeople} from '../support/people-suite.js';
import {Visitor} from '../support/visitor.js';

/** In the page, from the very beginning. */
function noteErrors(): void {
  const codes: string[] = [];
  Object.assign(globalThis, {codes});
  addEventListener('call-error', (event) => {
    codes.push((event as CustomEvent<{error: {code: string}}>).detail.error.code);
  });
}

describe('signed-in people', {skip: skipWithout('chromium', 'firefox')}, () => {
  const {listed, newDirectory, address, end} = peopleSuite();

  it('are known by the subject and the name of their token, whatever the page says', async () => {
    const directory = newDirectory();
    const ana = await listed('chromium', 'Ana', directory);
    const attributes = {token: await mint({sub: 'auth0|5f7c', name: 'Benjamin Gül', directory})};
    const ben = await listed('firefox', 'Somebody else', directory, {attributes});
    await seesPeople(ana, 1);
    assert.deepEqual(await namesOf(ana), ['Benjamin Gül']);
    assert.equal(await personIdOf(ben), 'auth0|5f7c');
    await ana.element((element) => element.call('auth0|5f7c'));
    await ben.press('Accept');
    await ana.seesAndHears();
    assert.equal(await ana.element((element) => element.peers[0]?.personId), 'auth0|5f7c');
    await end(ana, ben);
  });

  it('a tab that is signed out is somebody else on the next page', async () => {
    const directory = newDirectory();
    const token = await mint({sub: 'cem@example.org', name: 'Cem'});
    const cem = await listed('chromium', '', directory, {attributes: {token}});
    assert.equal(await personIdOf(cem), 'cem@example.org');
    // The same tab, and so the same storage; the page that comes next has no token.
    await cem.page.goto(address({directory}), {waitUntil: 'load'});
    await cem.listen();
    await poll(() => cem.element((element) => element.self !== null), {what: 'a connection'});
    assert.notEqual(await personIdOf(cem), 'cem@example.org');
    await end(cem);
  });

  it('a token that is not good is refused once, and said so', async (t) => {
    const {page} = await startEmbedding(t, {tokenSecret: 'x'.repeat(40)});
    const chromium = await launchBrowser('chromium');
    t.after(() => chromium.close());
    const token = await mint({sub: 'eve'});
    const eve = await Visitor.open(chromium, page({directory: 'office', token}), {
      prepare: noteErrors,
    });
    const codes = (): Promise<string[]> =>
      eve.page.evaluate(() => (globalThis as unknown as {codes: string[]}).codes);
    await poll(async () => (await codes()).length > 0, {what: 'the refusal'});
    assert.equal(await eve.element((element) => element.signaling), 'closed');
    assert.deepEqual(await codes(), ['unauthorized']);
    assert.deepEqual(eve.pageErrors, []);
  });

  it('a relay that cannot check tokens for a moment is asked again', async (t) => {
    const key = await createSigningKey('ES256', 'one');
    const keys = await startKeysServer(t, [key.publicKey]);
    keys.answer((_request, response) => response.writeHead(503).end());
    const {page} = await startEmbedding(t, {jwksUrl: keys.url});
    const firefox = await launchBrowser('firefox');
    t.after(() => firefox.close());
    const token = await key.mint({sub: 'fay', name: 'Fay'});
    const fay = await Visitor.open(firefox, page({directory: 'office', token}));
    await poll(() => keys.requests > 0, {what: 'the keys to be asked for'});
    keys.serve([key.publicKey]);
    await poll(async () => (await personIdOf(fay)) === 'fay', {what: 'Fay to be known'});
    assert.deepEqual(fay.pageErrors, []);
  });
});
