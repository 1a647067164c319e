/** Links that are made while it rings: what they save after Accept, what they keep to themselves before, and that none is left over. */
import {expect} from 'chai';
import {framesGrow, next, until} from '../support/calls.js';
import {withoutCandidates} from '../../widget/call/warm/prepared-link.js';
import {FakeDevices} from '../support/fake-devices.js';
import type {Person} from '../support/in-page-suite.js';
import {isConnected, personIdOf, ringingSuite} from '../support/ringing-suite.js';

describe('a link that is made while it rings', () => {
  const {suite, open, knocking} = ringingSuite();

  /** Whoever is asked has made an answer, and knows all of its candidates. */
  const isPrepared = (count = 1): boolean =>
    open().filter(
      ({localDescription, iceGatheringState}) =>
        localDescription?.type === 'answer' && iceGatheringState === 'complete',
    ).length === count;
  /** The end of whoever is asked. */
  const answering = (): RTCPeerConnection =>
    suite.connections.all.find(({localDescription}) => localDescription?.type === 'answer')!;
  const requests = (): string[] =>
    suite.relay.requests.map(({name, payload}) =>
      name === 'signal' && 'description' in (payload as object) ? 'description' : name,
    );

  it('needs nothing but the acceptance to be connected, with pictures both ways', async () => {
    const {ana, ben} = await knocking();
    await until(isPrepared, 'an answer');
    const before = suite.relay.requests.length;
    await ana.session.accept();
    await until(() => isConnected(ana) && isConnected(ben), 'both connected');
    await framesGrow(ana.session, ben.session.self!.peerId);
    await framesGrow(ben.session, ana.session.self!.peerId);
    expect(requests().slice(before)).to.deep.equal(['answer']);
    expect(suite.connections.all.length).to.equal(2);
  });

  it('is told to the other side before a path is looked for', async () => {
    const {ana, ben} = await knocking();
    await until(isPrepared, 'an answer');
    const asked = answering();
    const {addIceCandidate} = asked as {addIceCandidate: (one?: RTCIceCandidateInit) => unknown};
    const isTold: boolean[] = [];
    Object.assign(asked, {
      addIceCandidate: (candidate: RTCIceCandidateInit) => {
        isTold.push(ana.client().asked.includes('answer'));
        return addIceCandidate.call(asked, candidate);
      },
    });
    await ana.session.accept();
    await until(() => isConnected(ana) && isConnected(ben), 'both connected');
    expect(isTold).to.include(true).and.not.to.include(false);
  });

  it('knows the servers of the moment when it is made anew, not those of when it rang', async () => {
    const {ana, ben} = await knocking();
    await until(isPrepared, 'an answer');
    await ana.session.accept();
    await until(() => isConnected(ana) && isConnected(ben), 'both connected');
    suite.relay.iceServers = [{urls: ['stun:127.0.0.1:3478']}];
    let told = 0;
    for (const connection of open()) {
      const {setConfiguration} = connection;
      connection.setConfiguration = (configuration) => {
        told += configuration?.iceServers?.length ?? 0;
        setConfiguration.call(connection, configuration);
      };
    }
    ana.client().cut();
    ana.client().mend();
    await until(() => told === 1, 'Ana has heard of it');
    await until(() => open().every(({signalingState}) => signalingState === 'stable'), 'all said');
    const before = suite.connections.all.length;
    const {payload} = suite.relay.requests.findLast(({name}) => name === 'answer')!;
    const {linkId} = (payload as {signal: {linkId: string}}).signal;
    const description = {type: 'offer', sdp: 'v=0\r\n'};
    ana.client().deliver('signal', {from: ben.session.self!.peerId, linkId, description});
    await until(() => suite.connections.all.length > before, 'a new link');
    expect(suite.connections.all[before]!.getConfiguration().iceServers).to.have.length(1);
  });

  it('of a call, too, and on the tab that accepts alone', async () => {
    const [ana, ben] = (await suite.listed(['Ana', 'Ben'])) as [Person, Person];
    const ben2 = suite.person('Ben', {directory: 'office', media: 'data'}, personIdOf(ben));
    await until(() => ben2.session.people.length === 1, 'the other tab is listed');
    await ana.session.call(personIdOf(ben));
    await until(() => isPrepared(2), 'two answers');
    const before = suite.relay.requests.length;
    await ben2.session.accept();
    await until(() => isConnected(ana) && isConnected(ben2), 'both connected');
    await until(() => open().length === 2, 'the other tab has closed its own');
    expect(requests().slice(before)).to.deep.equal(['answer']);
    expect(suite.connections.all.length).to.equal(3);
  });

  it('says nothing before Accept: nothing to the relay, and not a packet to the other side', async () => {
    const {ana, ben} = await knocking();
    await until(isPrepared, 'an answer');
    const asked = answering();
    expect(ana.client().asked).to.deep.equal(['join']);
    expect(asked.remoteDescription!.sdp).not.to.contain('a=candidate');
    const offered = suite.connections.all.find((each) => each !== asked)!.localDescription!.sdp;
    expect(offered, 'there was something to hold back').to.contain('a=candidate');
    // Whatever it would send, it would send by now.
    await new Promise((resolve) => setTimeout(resolve, 1_000));
    const kinds: string[] = [];
    (await asked.getStats()).forEach(({type}: {type: string}) => kinds.push(type));
    expect(kinds).not.to.include.members(['candidate-pair']);
    expect(kinds).not.to.include.members(['remote-candidate']);
    expect(asked.iceConnectionState).to.equal('new');
    await ben.session.leave();
  });

  for (const end of ['declined', 'taken back', 'answered by nobody'] as const) {
    it(`leaves nothing over when it is ${end}`, async () => {
      const {ana, ben} = await knocking({ringTimeout: end === 'answered by nobody' ? 2 : 60});
      await until(isPrepared, 'an answer');
      const ended = next(ben.session, 'call-ended');
      if (end === 'declined') await ana.session.decline();
      else if (end === 'taken back') await ben.session.leave();
      await ended;
      await until(() => open().length === 0, 'all are closed');
      expect(ana.session.status).to.equal('waiting');
    });
  }

  it('is not waited for: an acceptance that comes sooner makes a link as ever', async () => {
    const {ana, ben} = await knocking();
    await ana.session.accept();
    await until(() => isConnected(ana) && isConnected(ben), 'both connected');
    await until(() => open().length === 2, 'nothing is left over');
  });

  it('sends what is on when it is accepted, not what was when it was made', async () => {
    const {ana, ben} = await knocking({media: 'video'});
    await until(isPrepared, 'an answer');
    await ana.session.toggleCamera(false);
    await ben.session.toggleCamera(false);
    const cameras = (): RTCRtpSender[] =>
      open().flatMap((each) => each.getSenders().filter(({track}) => track?.kind === 'video'));
    await until(() => cameras().length === 0, 'none is left to send when it is accepted');
    await ana.session.accept();
    await until(() => isConnected(ana) && isConnected(ben), 'both connected');
    await until(() => ana.session.peers[0]?.microphoneEnabled, 'Ben has told what he sends');
    expect(ana.session.peers[0]!.cameraEnabled).to.equal(false);
    expect(cameras().length).to.equal(0);
    await ana.session.toggleCamera(true);
    await framesGrow(ben.session, ana.session.self!.peerId);
  });

  it('sends what was chosen while it rang', async () => {
    const devices = new FakeDevices(
      ['audioinput', 'built-in'],
      ['videoinput', 'lid'],
      ['videoinput', 'stick'],
    );
    try {
      const {ben} = await knocking({media: 'video'});
      await until(isPrepared, 'an answer');
      await ben.session.selectDevice('videoinput', 'stick');
      const {track} = devices.last('stick');
      await until(
        () => open().some((each) => each.getSenders().some((sender) => sender.track === track)),
        'the other camera is ready to be sent',
      );
    } finally {
      devices.restore();
    }
  });

  it('in a room of three leads to the one who accepts; the other one is offered to', async () => {
    const {ana, ben} = await knocking({media: 'data'});
    await ana.session.accept();
    await until(() => isConnected(ana) && isConnected(ben), 'two are connected');
    const cem = suite.person('Cem', {media: 'data'});
    await cem.session.join('support');
    await until(() => isPrepared(3), 'two answers more');
    await ben.session.accept();
    await until(() => [ana, ben, cem].every(isConnected), 'all are connected');
    await until(() => cem.session.peers.length === 2, 'all three');
    await until(() => open().length === 6, 'nothing is left over');
  });

  it('leads each to the right one when two are accepted in one moment', async () => {
    const ana = suite.person('Ana', {media: 'data'});
    await ana.session.join('support');
    const others = [suite.person('Ben', {media: 'data'}), suite.person('Cem', {media: 'data'})];
    for (const {session} of others) await session.join('support');
    await until(() => ana.session.incoming.length === 2 && isPrepared(2), 'two answers');
    const prepared = open();
    await Promise.all(ana.session.incoming.map(({id}) => ana.session.accept(id)));
    await until(() => isConnected(ana) && ana.session.peers.length === 2, 'Ana sees both');
    // Their own link to each other is made as ever.
    await until(() => others.every((other) => isConnected(other)), 'all are connected');
    expect(prepared.map(({connectionState}) => connectionState)).to.deep.equal(
      prepared.map(() => 'connected'),
    );
    await until(() => open().length === 6, 'nothing is left over');
  });

  it('is made anew for a caller who was reloaded while it rang', async () => {
    const [ana, ben] = (await suite.listed(['Ana', 'Ben'])) as [Person, Person];
    await ana.session.call(personIdOf(ben));
    await until(isPrepared, 'an answer');
    const own = open().filter(({localDescription}) => localDescription?.type === 'offer');
    const again = suite.reload(ana, {directory: 'office', media: 'data'}, own);
    await until(() => again.session.status === 'calling', 'it still rings');
    await until(() => isPrepared() && open().length === 2, 'an answer to the new offer');
    await ben.session.accept();
    await until(() => isConnected(again) && isConnected(ben), 'connected');
    expect(open().length).to.equal(2);
  });

  it('gives way to a call that crosses it', async () => {
    const [ana, ben] = (await suite.listed(['Ana', 'Ben'])) as [Person, Person];
    await ana.session.call(personIdOf(ben));
    await until(isPrepared, 'an answer');
    await ben.session.call(personIdOf(ana));
    await until(() => isConnected(ana) && isConnected(ben), 'connected');
    await until(() => open().length === 2, 'nothing is left over');
  });

  it('that the caller does not know any more is replaced', async () => {
    const [ana, ben] = (await suite.listed(['Ana', 'Ben'])) as [Person, Person];
    await ana.session.call(personIdOf(ben));
    await until(isPrepared, 'an answer');
    ben.client().rewrite('answer', (payload) => ({
      ...payload,
      signal: {...(payload as {signal: object}).signal, linkId: 'another-link'},
    }));
    await ben.session.accept();
    await until(() => isConnected(ana) && isConnected(ben), 'connected');
    await until(() => open().length === 2, 'nothing is left over');
  });

  it('takes what a stranger offers for what it is: nonsense costs neither the question nor the call', async () => {
    const [ana, ben] = (await suite.listed(['Ana', 'Ben'])) as [Person, Person];
    ana.client().rewrite('signal', (payload) => {
      const {description} = payload as {description?: {type: string; sdp: string}};
      return description
        ? {...payload, description: {...description, sdp: 'v=0\r\nnonsense'}}
        : payload;
    });
    await ana.session.call(personIdOf(ben));
    await until(() => requests().includes('description'), 'it is offered');
    await until(() => ben.session.incoming.length === 1, 'it rings');
    ana.client().rewrite('signal', (payload) => payload);
    await ben.session.accept();
    await until(() => isConnected(ana) && isConnected(ben), 'connected');
    await until(() => open().length === 2, 'nothing is left over');
  });
});

describe('a description without its candidates', () => {
  const line = (foundation: number): string =>
    `candidate:${foundation} 1 udp 2122260223 192.0.2.1 5000${foundation} typ host`;
  const sdp = [
    'v=0',
    'm=audio 50001 UDP/TLS/RTP/SAVPF 111',
    `a=${line(1)}`,
    `a=${line(2)}`,
    'a=end-of-candidates',
    'a=mid:0',
    'm=video 9 UDP/TLS/RTP/SAVPF 96',
    'a=mid:1',
    `a=${line(3)}`,
    '',
  ].join('\r\n');

  it('is the same but for them, and they are told with their sections', () => {
    const {description, candidates} = withoutCandidates({type: 'offer', sdp});
    expect(description).to.deep.equal({
      type: 'offer',
      sdp: [
        'v=0',
        'm=audio 50001 UDP/TLS/RTP/SAVPF 111',
        'a=mid:0',
        'm=video 9 UDP/TLS/RTP/SAVPF 96',
        'a=mid:1',
        '',
      ].join('\r\n'),
    });
    expect(candidates).to.deep.equal([
      {candidate: line(1), sdpMLineIndex: 0},
      {candidate: line(2), sdpMLineIndex: 0},
      {candidate: line(3), sdpMLineIndex: 1},
    ]);
  });

  it('is whole if it has none, or is none', () => {
    for (const whole of ['', 'nonsense', 'v=0\r\nm=audio 9\r\n']) {
      const {description, candidates} = withoutCandidates({type: 'offer', sdp: whole});
      expect([description.sdp, candidates]).to.deep.equal([whole, []]);
    }
  });
});
