/** What shows only with time: a call of a minute, and fifty elements opened and closed. */
import assert from 'node:assert/strict';
import {describe, it} from 'node:test';
import {setTimeout as delay} from 'node:timers/promises';
import {launchBrowser, skipWithout} from '../support/browsers.js';
import {poll} from '../support/e2e.js';
import {startEmbedding} from '../support/embed.js';
import {Visitor} from '../support/visitor.js';

const skip = skipWithout('chromium', 'firefox');

describe('over time', {skip}, () => {
  it('a call between Chromium and Firefox goes on for a minute', async (t) => {
    const embedding = await startEmbedding(t);
    const chromium = await launchBrowser('chromium');
    t.after(() => chromium.close());
    const firefox = await launchBrowser('firefox');
    t.after(() => firefox.close());
    const page = {room: 'minute', 'auto-accept': true} as const;
    const ana = await Visitor.open(chromium, embedding.page(page));
    await ana.press('Join');
    await ana.reaches('waiting');
    const ben = await Visitor.open(firefox, embedding.page(page));
    await ben.press('Join');
    const levels: Record<string, Set<number>> = {ana: new Set(), ben: new Set()};
    const connections = async (visitor: Visitor) => Object.keys(await visitor.flow()).join();
    await ana.seesAndHears();
    const before = await connections(ana);
    // Six looks, ten seconds apart: each must find more of everything than the one before.
    for (let look = 0; look < 6; look++) {
      await delay(look === 0 ? 0 : 9_000);
      for (const [name, visitor] of [
        ['ana', ana],
        ['ben', ben],
      ] as const) {
        await visitor.seesAndHears();
        for (const {audioLevel} of Object.values(await visitor.flow()))
          levels[name]!.add(audioLevel);
      }
    }
    for (const [name, seen] of Object.entries(levels)) {
      assert.ok(seen.size > 1, `the level that ${name} hears moves: ${[...seen].join()}`);
    }
    assert.equal(await connections(ana), before);
    for (const visitor of [ana, ben]) {
      assert.deepEqual(visitor.pageErrors, []);
      assert.deepEqual(await visitor.heard('call-error'), []);
      const statuses = (await visitor.heard('status-changed')).map(({detail}) => detail['status']);
      assert.equal(statuses.at(-1), 'in-call');
    }
  });

  it('fifty elements opened, called with and closed leave nothing behind', async (t) => {
    const embedding = await startEmbedding(t);
    const chromium = await launchBrowser('chromium');
    t.after(() => chromium.close());
    const ana = await Visitor.open(
      chromium,
      embedding.page({room: 'fifty', 'auto-accept': true, media: 'data'}),
    );
    await ana.press('Join');
    await ana.reaches('waiting');
    const ben = await Visitor.open(chromium, embedding.page({}));
    await ben.page.evaluate(() => {
      const counts = {connections: 0, sockets: 0, listeners: 0};
      const openConnections = new Set<RTCPeerConnection>();
      const openSockets = new Set<WebSocket>();
      globalThis.RTCPeerConnection = class extends RTCPeerConnection {
        constructor(configuration?: RTCConfiguration) {
          super(configuration);
          counts.connections++;
          openConnections.add(this);
        }
        override close(): void {
          super.close();
          openConnections.delete(this);
        }
      };
      globalThis.WebSocket = class extends WebSocket {
        constructor(url: string | URL, protocols?: string | string[]) {
          super(url, protocols);
          counts.sockets++;
          openSockets.add(this);
          super.addEventListener('close', () => openSockets.delete(this));
        }
      };
      // What is added to the page's own long-lived objects must be taken off again.
      for (const target of [window, document, navigator.mediaDevices]) {
        const live = new Set<unknown>();
        const {addEventListener, removeEventListener} = target;
        target.addEventListener = function (
          this: EventTarget,
          ...args: Parameters<EventTarget['addEventListener']>
        ) {
          const [, listener, options] = args;
          if (!live.has(listener)) counts.listeners++;
          live.add(listener);
          const signal = typeof options === 'object' ? options?.signal : undefined;
          signal?.addEventListener('abort', () => {
            if (live.delete(listener)) counts.listeners--;
          });
          addEventListener.apply(this, args as never);
        } as never;
        target.removeEventListener = function (
          this: EventTarget,
          ...args: Parameters<EventTarget['removeEventListener']>
        ) {
          if (live.delete(args[1])) counts.listeners--;
          removeEventListener.apply(this, args as never);
        } as never;
      }
      document.querySelector('video-chat-room')!.remove();
      Object.assign(globalThis, {counts, openConnections, openSockets});
    });
    const round = (media: string): Promise<string> =>
      ben.page.evaluate(async (carried) => {
        const element = document.createElement('video-chat-room');
        element.room = 'fifty';
        element.setAttribute('media', carried);
        document.body.append(element);
        await element.join();
        if (element.status !== 'in-call') {
          await new Promise<void>((resolve) => {
            element.addEventListener('peer-joined', () => resolve(), {once: true});
          });
        }
        element.remove();
        // The element leaves when it is still out of the page a task later.
        await new Promise((resolve) => setTimeout(resolve, 0));
        return element.status;
      }, media);
    const devtools = await ben.page.createCDPSession();
    const measure = async () => {
      const left = await poll(
        () =>
          ben.page.evaluate(() => {
            const page = globalThis as unknown as {
              counts: {connections: number; sockets: number; listeners: number};
              openConnections: Set<unknown>;
              openSockets: Set<unknown>;
            };
            return page.openConnections.size === 0 && page.openSockets.size === 0
              ? {...page.counts}
              : null;
          }),
        {what: 'every connection and socket to be closed'},
      );
      // What counts is what a full collection leaves, of nodes as well as of objects.
      await devtools.send('HeapProfiler.collectGarbage');
      const {Nodes, JSEventListeners} = (await ben.page.metrics()) as Record<string, number>;
      return {...left, Nodes: Nodes!, JSEventListeners: JSEventListeners!};
    };
    // The first ones load the engine and fill caches.
    for (let i = 0; i < 5; i++) assert.equal(await round('data'), 'left');
    const early = await measure();
    for (let i = 0; i < 50; i++) assert.equal(await round(i % 10 === 0 ? 'video' : 'data'), 'left');
    const late = await measure();
    assert.ok(late.connections >= early.connections + 50, 'each had a connection of its own');
    assert.ok(late.sockets >= early.sockets + 50, 'each had a socket of its own');
    assert.equal(late.listeners, early.listeners, 'listeners on window, document and devices');
    // Fifty leaked elements would be thousands of nodes.
    assert.ok(late.Nodes - early.Nodes < 200, `nodes: ${early.Nodes} → ${late.Nodes}`);
    assert.ok(
      late.JSEventListeners - early.JSEventListeners < 50,
      `listeners: ${early.JSEventListeners} → ${late.JSEventListeners}`,
    );
    assert.deepEqual(ben.pageErrors, []);
    await poll(async () => (await ana.status()) === 'waiting', {what: 'Ana to be alone again'});
  });
});
