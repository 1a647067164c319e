/** What two peers negotiate while the relay cannot carry it goes over the link itself. */
import {expect} from 'chai';
import {ChannelWatch} from '../support/channels.js';
import {framesGrow, record, until} from '../support/calls.js';
import {inPageSuite, type Person} from '../support/in-page-suite.js';

describe('signals over the link itself', () => {
  const suite = inPageSuite();
  let channels: ChannelWatch;

  beforeEach(() => (channels = new ChannelWatch()));
  afterEach(() => channels.stop());

  interface Two {
    readonly ana: Person;
    readonly ben: Person;
    readonly ends: readonly [RTCPeerConnection, RTCPeerConnection];
  }

  async function two(): Promise<Two> {
    const {ana, ben} = await suite.twoInCall({noMicrophone: true});
    const [first, second] = suite.connections.all.filter(
      ({connectionState}) => connectionState === 'connected',
    );
    return {ana, ben, ends: [first!, second!]};
  }

  /** Nobody gets through to the relay any more. */
  function loseRelay({ana, ben}: Two): void {
    suite.relay.isAway = true;
    for (const each of [ana, ben]) each.client().cut();
  }

  const ufragOf = ({remoteDescription}: RTCPeerConnection): string | undefined =>
    /a=ice-ufrag:(\S+)/.exec(remoteDescription?.sdp ?? '')?.[1];

  async function picturesFlow({ana, ben}: Two): Promise<void> {
    await framesGrow(ana.session, ben.session.self!.peerId);
    await framesGrow(ben.session, ana.session.self!.peerId);
  }

  async function isRestarted(call: Two, before: readonly (string | undefined)[]): Promise<void> {
    for (const side of [0, 1] as const) {
      await until(() => ufragOf(call.ends[side]) !== before[side], 'new credentials');
    }
    await picturesFlow(call);
    expect(suite.connections.open(), 'no new link').to.equal(2);
  }

  it('restarts ICE while the relay is away, from the side that has made the link', async () => {
    const call = await two();
    loseRelay(call);
    const before = call.ends.map(ufragOf);
    call.ends[0].restartIce();
    await isRestarted(call, before);
  });

  it('restarts ICE while the relay is away, for the other side, which asks for it', async () => {
    const call = await two();
    loseRelay(call);
    const before = call.ends.map(ufragOf);
    for (const end of call.ends) await channels.sendOver(end, 0, {type: 'restart'});
    await isRestarted(call, before);
    const offers = call.ends.filter(({localDescription}) => localDescription?.type === 'offer');
    expect(offers, 'it is not for the other side to offer').to.deep.equal([call.ends[0]]);
  });

  it('adds sections from both sides at once while the relay is away', async () => {
    const call = await two();
    loseRelay(call);
    const before = call.ends[0].getTransceivers().length;
    for (const end of call.ends) end.addTransceiver('video', {direction: 'sendonly'});
    const isDone = (end: RTCPeerConnection): boolean =>
      end.signalingState === 'stable' &&
      end.getTransceivers().filter(({currentDirection}) => currentDirection !== null).length ===
        before + 2;
    await until(() => call.ends.every(isDone), 'both sections on both sides');
    await picturesFlow(call);
    expect(suite.connections.open(), 'no new link').to.equal(2);
  });

  it('carry what the relay is asked for and cannot do, as the other one is away from it', async () => {
    const call = await two();
    call.ben.client().cut();
    await until(() => call.ana.session.peers[0]?.present === false, 'Ana hears of it');
    const asked = suite.relay.requests.length;
    const before = ufragOf(call.ends[0]);
    call.ends[0].restartIce();
    await until(() => ufragOf(call.ends[0]) !== before, 'new credentials');
    expect(suite.relay.requests.length, 'the relay is not asked').to.equal(asked);
    call.ben.client().mend();
    await until(() => call.ana.session.peers[0]?.present === true, 'Ben is back');
  });

  it('carry what was on its way to the relay when the connection broke', async () => {
    const call = await two();
    const errors = record(call.ana.session, ['call-error']);
    const before = call.ends.map(ufragOf);
    suite.relay.delayMs = 50;
    const asked = suite.relay.requests.length;
    call.ends[0].restartIce();
    await until(() => suite.relay.requests.length > asked, 'the offer on its way');
    loseRelay(call);
    for (const side of [0, 1] as const) {
      await until(() => ufragOf(call.ends[side]) !== before[side], 'new credentials');
    }
    await picturesFlow(call);
    expect(errors).to.deep.equal([]);
  });

  it('may come twice, or late: an answer that nobody waits for costs no link', async () => {
    const call = await two();
    const answer = suite.relay.requests
      .map(({payload}) => payload as {linkId: string; description?: {type: string}})
      .find(({description}) => description?.type === 'answer')!;
    const from = call.ben.session.self!.peerId;
    const answered = suite.relay.requests.length;
    const offerer = call.ends.find(({localDescription}) => localDescription?.type === 'offer')!;
    const [asker, other] = offerer === call.ends[0] ? [call.ana, call.ben] : [call.ben, call.ana];
    asker.client().deliver('signal', {
      ...answer,
      from: asker === call.ana ? from : call.ana.session.self!.peerId,
    });
    await picturesFlow(call);
    expect(suite.relay.requests.length).to.equal(answered);
    expect(suite.connections.open()).to.equal(2);
    expect(other.session.status).to.equal('in-call');
  });
});
