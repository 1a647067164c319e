/** What a page may give and no call can use: a typed error, and nothing is lost. */
import {expect} from 'chai';
import type {CallError} from '../../widget/call/call-error.js';
import {CallSession} from '../../widget/call/call-session.js';
import {record, until} from '../support/calls.js';
import {InPageRelay} from '../support/in-page-relay.js';

describe('bad input', () => {
  let relay: InPageRelay;

  beforeEach(() => {
    relay = new InPageRelay();
  });

  afterEach(() => {
    relay.close();
  });

  const codeOf = (promise: Promise<unknown>): Promise<string> =>
    promise.then(
      () => 'nothing',
      (error: CallError) => error.code,
    );

  const circular: Record<string, unknown> = {};
  circular['self'] = circular;

  for (const [what, metadata, code] of [
    ['too large', 'x'.repeat(2000), 'message-too-large'],
    ['circular', circular, 'bad-request'],
    ['a BigInt', 1n, 'bad-request'],
    ['a function', () => 1, 'bad-request'],
  ] as const) {
    it(`metadata that is ${what} refuses a join, and does no harm in a call`, async () => {
      const {session: ana} = relay.session({media: 'data', metadata});
      expect(await codeOf(ana.join('r'))).to.equal(code);
      expect(ana.status).to.equal('failed');
      ana.configure({metadata: {good: true}});
      await ana.join('r');
      const errors = record(ana, ['call-error']);
      ana.configure({metadata});
      expect(errors).to.have.length(1);
      expect((errors[0]![1] as {error: CallError}).error.code).to.equal(code);
      ana.configure({metadata});
      expect(errors, 'told once').to.have.length(1);
      const {session: ben} = relay.session({media: 'data'});
      await ben.join('r');
      await until(() => ana.incoming.length === 1, 'the knock');
      await ana.accept();
      await until(() => ben.status === 'in-call', 'in the call');
      expect(ben.peers[0]!.metadata).to.deep.equal({good: true});
      await Promise.all([ana.leave(), ben.leave()]);
    });
  }

  it('ICE servers that no connection takes refuse the join, before anybody is called', async () => {
    const {session} = relay.session({media: 'data', iceServers: [{urls: 'nonsense'}]});
    expect(await codeOf(session.join('r'))).to.equal('bad-request');
    expect(relay.requests).to.deep.equal([]);
    session.configure({iceServers: undefined as never});
    await session.join('r');
    await session.leave();
  });

  for (const relayUrl of ['http://[', 'ftp://relay.test/', 'javascript:1', '']) {
    it(`"${relayUrl}" is no relay`, async () => {
      const session = new CallSession({relayUrl, media: 'data'});
      expect(await codeOf(session.join('r'))).to.equal('bad-request');
      expect(session.status).to.equal('failed');
    });
  }

  it('a name of any length and kind is what the others see', async () => {
    const {session} = relay.session({media: 'data', displayName: ` ${'🌟'.repeat(100)}\u202e`});
    await session.join('r');
    expect(session.self!.displayName).to.equal('🌟'.repeat(80));
    await session.leave();
  });

  it('another relay is never shown the token of the one before', async () => {
    const {session} = relay.session({media: 'data'});
    await session.join('r');
    const {peerId} = session.self!;
    await session.leave();
    session.configure({relayUrl: 'in-page:another'});
    await session.join('r');
    // The in-page relay takes any token for what it says.
    expect(session.self!.peerId).not.to.equal(peerId);
    await session.leave();
  });

  it('eleven quick turns of the camera end where the eleventh says', async () => {
    const {session} = relay.session({noMicrophone: true});
    await session.join('r');
    await Promise.all(Array.from({length: 11}, () => session.toggleCamera()));
    expect(session.cameraEnabled).to.equal(false);
    await session.leave();
  });
});
