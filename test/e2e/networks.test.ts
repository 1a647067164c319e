/** Networks that are not what one would wish: WebSocket blocked, relay below a path, https by hand. */
import assert from 'node:assert/strict';
import {createServer, request as forward} from 'node:http';
import type {AddressInfo} from 'node:net';
import {describe, it, type TestContext} from 'node:test';
import {launchBrowser, skipWithout, type BrowserName} from '../support/browsers.js';
import {startEmbedding} from '../support/embed.js';
import {startRelay} from '../support/relay.js';
import {Visitor} from '../support/visitor.js';

const skip = skipWithout('chromium', 'firefox');

/** A proxy that lets HTTP through and cuts every WebSocket off, as some companies' do. */
async function startDeafProxy(
  t: TestContext,
  target: string,
): Promise<{url: string; cut: () => number}> {
  let cut = 0;
  const server = createServer((incoming, outgoing) => {
    const onward = forward(
      new URL(incoming.url ?? '/', target),
      {method: incoming.method, headers: incoming.headers},
      (answer) => {
        outgoing.writeHead(answer.statusCode ?? 502, answer.headers);
        answer.pipe(outgoing);
      },
    );
    onward.on('error', () => outgoing.destroy());
    outgoing.on('close', () => onward.destroy());
    incoming.pipe(onward);
  });
  server.on('upgrade', (_request, socket) => {
    cut++;
    socket.destroy();
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  t.after(
    () =>
      new Promise<void>((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  );
  const {port} = server.address() as AddressInfo;
  return {url: `http://127.0.0.1:${port}`, cut: () => cut};
}

describe('difficult networks', {skip}, () => {
  for (const name of ['chromium', 'firefox'] as const satisfies BrowserName[]) {
    it(`calls through long polling where WebSocket is blocked, in ${name}`, async (t) => {
      const embedding = await startEmbedding(
        t,
        {},
        {connect: 'http://127.0.0.1:* ws://127.0.0.1:*'},
      );
      const proxy = await startDeafProxy(t, embedding.relayUrl);
      const browser = await launchBrowser(name);
      t.after(() => browser.close());
      const page = {room: 'polling', 'relay-url': proxy.url, 'auto-accept': true} as const;
      const ana = await Visitor.open(browser, embedding.page(page));
      await ana.press('Join');
      await ana.reaches('waiting');
      const ben = await Visitor.open(browser, embedding.page(page));
      await ben.press('Join');
      await ben.reaches('in-call');
      await ana.seesAndHears();
      await ben.seesAndHears();
      assert.ok(proxy.cut() > 0, 'WebSocket was tried first');
      await ben.press('Leave');
      await ana.reaches('waiting');
    });
  }

  for (const name of ['chromium', 'firefox'] as const satisfies BrowserName[]) {
    it(`connects where the page’s policy allows the relay but no WebSocket, in ${name}`, async (t) => {
      const embedding = await startEmbedding(t, {}, {webSocket: false});
      const browser = await launchBrowser(name);
      t.after(() => browser.close());
      const ana = await Visitor.open(browser, embedding.page({room: 'policy', media: 'data'}));
      await ana.press('Join');
      await ana.reaches('waiting');
    });
  }

  it('A1: calls over https with a certificate that the relay made itself, below a path', async (t) => {
    const relay = await startRelay(t, {https: true, basePath: '/calls/'});
    const url = relay.url.replace(/\[::\]|0\.0\.0\.0/, '127.0.0.1');
    assert.match(url, /^https:.*\/calls\/$/, 'the relay tells its address');
    for (const name of ['chromium', 'firefox'] as const) {
      const browser = await launchBrowser(name, {acceptInsecureCerts: true});
      t.after(() => browser.close());
      const ana = await Visitor.open(browser, `${url}?room=secure-${name}`);
      await ana.press('Join');
      await ana.reaches('waiting');
      const ben = await Visitor.open(browser, `${url}?room=secure-${name}`);
      await ben.press('Join');
      await ana.finds('alertdialog', 'Some user is calling you');
      await ana.press('Accept');
      await ana.seesAndHears();
      await ben.seesAndHears();
      assert.deepEqual([...ana.pageErrors, ...ben.pageErrors], [], 'no errors in the pages');
    }
  });
});
