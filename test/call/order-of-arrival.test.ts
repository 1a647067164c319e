/** Replies and events are taken in as the relay sent them, also when they come in one moment. */
import {expect} from 'chai';
import {until} from '../support/calls.js';
import {FakeSocket, welcome} from '../support/fake-socket.js';

const CREDENTIALS = {resumeToken: undefined, token: undefined, displayName: '', metadata: null};

describe('what comes behind a reply in the same moment', () => {
  const Original = globalThis.WebSocket;

  afterEach(() => {
    globalThis.WebSocket = Original;
  });

  it('is told after whoever asked has taken the reply in, in its order', async () => {
    globalThis.WebSocket = FakeSocket as unknown as typeof WebSocket;
    // Engine.IO looks for the constructor once, when it is loaded.
    const {SocketIoSignaling} = await import('../../widget/call/socket-io-signaling.js');
    const signaling = new SocketIoSignaling('http://localhost:1', () => CREDENTIALS);
    const opened = signaling.open();
    await until(() => FakeSocket.latest?.onmessage, 'it dials');
    const socket = FakeSocket.latest!;
    const say = (frame: string): void => socket.onmessage!({data: frame});
    await welcome(socket);
    await opened;

    const told: string[] = [];
    signaling.addEventListener('ringing', ({detail}) => told.push(`ringing ${detail.id}`));
    signaling.addEventListener('invitation-ended', ({detail}) => told.push(`ended ${detail.id}`));
    const asked = (async () => {
      await signaling.request('leave', {});
      // Layers of the core, each of which awaits the next.
      for (let hop = 0; hop < 10; hop++) await Promise.resolve();
      told.push('reply');
    })();
    await until(() => socket.sent.some((frame) => frame.startsWith('420')), 'it asks');
    say('430[{"ok":true}]');
    say('42["ringing",{"id":"a"}]');
    say('42["invitation-ended",{"id":"b","reason":"declined"}]');
    await asked;
    await until(() => told.length === 3, 'everything is told');
    expect(told).to.deep.equal(['reply', 'ringing a', 'ended b']);
    say('42["ringing",{"id":"c"}]');
    await until(() => told.length === 4, 'and what comes later at once');
    signaling.close();
  });
});
