/** Perfect negotiation between two real connections, over a channel whose delay the test sets. */
import {expect} from 'chai';
import {PerfectNegotiation} from '../../widget/call/perfect-negotiation.js';
import {until} from '../support/calls.js';

interface Side {
  readonly connection: RTCPeerConnection;
  readonly negotiation: PerfectNegotiation;
  readonly errors: unknown[];
  offers: number;
  answers: number;
}

describe('perfect negotiation', () => {
  let over: AbortController;
  let sides: Side[];

  beforeEach(() => {
    over = new AbortController();
    sides = [];
  });

  afterEach(() => {
    over.abort();
    for (const {connection} of sides) connection.close();
  });

  /** Two sides, the first one polite; `delayMs` each way, in order. */
  function pair(delayMs: number, passive: 'none' | 'second' = 'none'): [Side, Side] {
    const make = (polite: boolean, isPassive: boolean, other: () => Side): Side => {
      const connection = new RTCPeerConnection();
      const later = (task: () => void) => setTimeout(() => over.signal.aborted || task(), delayMs);
      const side: Side = {
        connection,
        errors: [],
        offers: 0,
        answers: 0,
        negotiation: new PerfectNegotiation({
          connection,
          polite,
          passive: isPassive,
          sendDescription: ({type, sdp}) => {
            if (type === 'offer') side.offers++;
            else side.answers++;
            later(() => void other().negotiation.receiveDescription({type, sdp}));
          },
          onError: (error) => side.errors.push(error),
          signal: over.signal,
        }),
      };
      connection.addEventListener('icecandidate', ({candidate}) => {
        const copy = candidate?.toJSON() ?? {candidate: ''};
        later(() => other().negotiation.receiveCandidate(copy));
      });
      sides.push(side);
      return side;
    };
    const first: Side = make(true, false, () => second);
    const second: Side = make(false, passive === 'second', () => first);
    return [first, second];
  }

  /**
   * As calls are: audio and video are agreed upon without a collision, by the first side's offer.
   * (Chromium cannot undo an offer with a connection's very first section of another kind: it
   * refuses to number the header extensions anew.)
   */
  async function connectedPair(delayMs: number): Promise<[Side, Side]> {
    const both = pair(delayMs, 'second');
    for (const {connection} of both) connection.createDataChannel('x', {negotiated: true, id: 0});
    both[0].connection.addTransceiver('audio');
    both[0].connection.addTransceiver('video');
    await settled(both);
    return both;
  }

  async function settled([first, second]: [Side, Side]): Promise<void> {
    const isStable = () =>
      [first, second].every(
        ({connection}) =>
          connection.signalingState === 'stable' && connection.connectionState === 'connected',
      );
    await until(isStable, 'both sides stable and connected').catch((error: unknown) => {
      const states = [first, second].map(({connection, errors}) => [
        connection.signalingState,
        connection.connectionState,
        errors.map(String),
      ]);
      throw new Error(`${String(error)}: ${JSON.stringify(states)}`, {cause: error});
    });
    expect(first.errors).to.deep.equal([]);
    expect(second.errors).to.deep.equal([]);
  }

  /** Media sections that go both ways, counted on both sides. */
  function sections([first, second]: [Side, Side]): number[] {
    return [first, second].map(({connection}) => connection.getTransceivers().length);
  }

  for (const delayMs of [0, 5, 40]) {
    it(`settles two offers that cross, ${delayMs} ms each way`, async () => {
      const both = await connectedPair(delayMs);
      // Both ask for something at the same moment.
      both[0].connection.addTransceiver('video');
      both[1].connection.addTransceiver('video');
      await until(
        () => sections(both).every((count) => count === 4),
        `both sections on both sides, have ${sections(both).join()}`,
      );
      await settled(both);
      expect(both.every(({offers}) => offers >= 1)).to.equal(true);
    });
  }

  it('never collides at the first offer: the passive side waits for it', async () => {
    const both = pair(5, 'second');
    for (const {connection} of both) connection.createDataChannel('x', {negotiated: true, id: 0});
    both[0].connection.addTransceiver('audio');
    await settled(both);
    expect(both.map(({offers}) => offers)).to.deep.equal([1, 0]);
    expect(sections(both)).to.deep.equal([1, 1]);
  });

  it('makes up for what a passive side asked before the first offer', async () => {
    const both = pair(5, 'second');
    both[1].connection.addTransceiver('video');
    both[0].connection.createDataChannel('x', {negotiated: true, id: 0});
    both[1].connection.createDataChannel('x', {negotiated: true, id: 0});
    await until(() => sections(both).join() === '1,1', 'the section of the passive side');
    await settled(both);
  });

  it('restarts ICE from both sides at once', async () => {
    const both = await connectedPair(10);
    const ufrag = () => /a=ice-ufrag:(\S+)/.exec(both[0].connection.localDescription!.sdp)![1];
    const before = ufrag();
    for (const {connection} of both) connection.restartIce();
    await until(() => ufrag() !== before, 'new credentials');
    await settled(both);
  });

  it('sends an unanswered offer again, and only such a one', async () => {
    const both = pair(0, 'second');
    let isCut = true;
    const [first, second] = both;
    const {negotiation} = second;
    const receiveDescription = negotiation.receiveDescription.bind(negotiation);
    const receiveCandidate = negotiation.receiveCandidate.bind(negotiation);
    negotiation.receiveDescription = async (it) => (isCut ? undefined : receiveDescription(it));
    negotiation.receiveCandidate = (it) => (isCut ? undefined : receiveCandidate(it));
    first.connection.createDataChannel('x', {negotiated: true, id: 0});
    second.connection.createDataChannel('x', {negotiated: true, id: 0});
    await until(
      () => first.offers === 1 && first.connection.iceGatheringState === 'complete',
      'the offer and the candidates that are lost',
    );
    await new Promise((resolve) => setTimeout(resolve));
    isCut = false;
    expect(first.negotiation.resend()).to.equal(true);
    await settled(both);
    expect(first.negotiation.resend()).to.equal(false);
  });

  it('answers once what comes twice while it is being answered, also a first offer', async () => {
    const both = pair(5, 'second');
    const {negotiation} = both[1];
    const receive = negotiation.receiveDescription.bind(negotiation);
    let doubled = 0;
    negotiation.receiveDescription = async (description) => {
      const first = receive(description);
      if (description.type === 'offer') {
        doubled++;
        // As a relay that is back delivers it: not in the same moment, and not much later.
        for (let turns = 0; turns < 3; turns++) {
          await Promise.resolve();
          void receive(description);
        }
      }
      await first;
    };
    for (const {connection} of both) connection.createDataChannel('x', {negotiated: true, id: 0});
    both[0].connection.addTransceiver('audio');
    await settled(both);
    both[0].connection.restartIce();
    await until(() => both[1].answers === 2, 'a second answer');
    await settled(both);
    expect([doubled, both[0].offers, both[1].answers, both[1].offers]).to.deep.equal([2, 2, 2, 0]);
  });

  it('goes on answering the newer of two offers once, though the older one is answered meanwhile', async () => {
    const applied: (() => void)[] = [];
    const connection = {
      ...{signalingState: 'stable', localDescription: {type: 'answer', sdp: ''}},
      addEventListener: () => undefined,
      setRemoteDescription: () => new Promise<void>((resolve) => applied.push(resolve)),
      setLocalDescription: () => Promise.resolve(),
    };
    const answers: unknown[] = [];
    const negotiation = new PerfectNegotiation({
      connection: connection as unknown as RTCPeerConnection,
      ...{polite: true, passive: true, signal: over.signal},
      sendDescription: (description) => answers.push(description),
      onError: (error) => answers.push(error),
    });
    const offer = (version: number): Promise<void> =>
      negotiation.receiveDescription({type: 'offer', sdp: `v=0\r\no=- 1 ${version} IN IP4 0\r\n`});
    const older = offer(2);
    void offer(3);
    applied[0]!();
    await older;
    void offer(3);
    expect([applied.length, answers.length]).to.deep.equal([2, 1]);
  });

  type Step = (connection: RTCPeerConnection, random: (below: number) => number) => void;

  const changeSections: Step = (connection, random) => {
    // None is stopped: a section used again for another kind, with offers crossing, is beyond
    // Chromium ("Transceiver type does not match"), and no call does it.
    const live = connection.getTransceivers();
    const pick = live[random(live.length)];
    switch (random(2)) {
      case 0:
        if (live.length < 8) connection.addTransceiver(random(2) ? 'audio' : 'video');
        return;
      case 1:
        if (pick !== undefined) pick.direction = random(2) ? 'inactive' : 'sendrecv';
    }
  };

  // Apart from each other, for Firefox cannot answer an offer that adds a section while a restart
  // of its own waits ("Partial ICE restart is unsupported"); the mesh makes a new link then.
  const schedules: [string, Step][] = [
    ['sections', changeSections],
    ['ICE restarts', (connection) => connection.restartIce()],
  ];
  for (const [what, step] of schedules) {
    it(`settles ${what} from both sides in any order (seeded)`, async () => {
      const seed = Date.now() % 1_000_000;
      let x = seed;
      // A linear congruential generator (Numerical Recipes); its high bits are the random ones.
      const random = (below: number): number => {
        x = (Math.imul(x, 1_664_525) + 1_013_904_223) >>> 0;
        return Math.floor((x / 2 ** 32) * below);
      };
      const both = await connectedPair(3);
      for (let count = 0; count < 40; count++) {
        step(both[random(2)]!.connection, random);
        if (random(3) === 0) await new Promise((resolve) => setTimeout(resolve, random(12)));
      }
      try {
        await settled(both);
        const live = both.map(
          ({connection}) => connection.getTransceivers().filter(({mid}) => mid !== null).length,
        );
        expect(live[0]).to.equal(live[1]);
      } catch (error) {
        throw new Error(`seed ${seed}: ${String(error)}`, {cause: error});
      }
    });
  }
});
