/** A link that says it is connected and carries nothing is made anew; one that only takes its time is not. */
import {expect} from 'chai';
import {
  FIRST_CONNECTION_ENDS_AFTER_MS,
  OPENS_WITHIN_MS,
  RESTART_SPACING_MS,
} from '../../widget/call/care/ice-recovery.js';
import {LinkRecovery} from '../../widget/call/care/link-recovery.js';
import type {CareHost} from '../../widget/call/care/call-care.js';
import type {CallError} from '../../widget/call/call-error.js';
import type {Peer} from '../../widget/call/peer.js';
import type {Remote} from '../../widget/call/remote.js';

interface Timer {
  readonly task: () => void;
  readonly ms: number;
}

describe('link recovery', () => {
  const {setTimeout, clearTimeout} = globalThis;
  let timers: Map<number, Timer>;
  let ends: AbortController;
  let relay: {state: string};
  let said: unknown[];
  let closeLink: () => void;
  let ben: {peerId: string; present: boolean};
  let peer: {connectionState: string; link: {isOpen: boolean}};
  let replaced: number;
  let reported: string[];
  let remote: Remote;
  let recovery: LinkRecovery;

  beforeEach(() => {
    timers = new Map();
    ends = new AbortController();
    relay = {state: 'open'};
    ben = {peerId: 'ben', present: true};
    const {signal} = new AbortController();
    said = [];
    const closed = new Promise<void>((resolve) => (closeLink = resolve));
    const link = {
      isOpen: false,
      channels: [],
      closed,
      sendNow: (message: unknown) => said.push(message),
    };
    peer = Object.assign(
      {connectionState: 'connected', link},
      {
        ...{signal, wasConnected: true, beganAt: 0, restartedAt: -Infinity, connection: {}},
      },
    );
    replaced = 0;
    reported = [];
    const made = {
      ...{peer, peerId: 'ben', replaceLink: () => void replaced++},
      report: ({code}: CallError) => void reported.push(code),
    };
    remote = made as unknown as Remote;
    const state = (): object => ({status: 'in-call', peers: [ben]});
    const host = {relay, signal: ends.signal, state};
    recovery = new LinkRecovery(host as unknown as CareHost);
    let id = 0;
    Object.assign(globalThis, {
      setTimeout: (task: () => void, ms: number) => (timers.set(++id, {task, ms}), id),
      clearTimeout: (which: number) => timers.delete(which),
    });
    recovery.look(remote);
  });

  afterEach(() => Object.assign(globalThis, {setTimeout, clearTimeout}));

  function pass(): void {
    const due = [...timers];
    timers.clear();
    for (const [, {task}] of due) task();
  }

  it('replaces a link whose channel has not opened in time', () => {
    expect([...timers.values()].map(({ms}) => ms)).to.deep.equal([OPENS_WITHIN_MS]);
    pass();
    expect(replaced).to.equal(1);
  });

  it('lets one alone that has opened meanwhile', () => {
    peer.link.isOpen = true;
    pass();
    expect(replaced).to.equal(0);
  });

  it('waits for nothing on a link that is open', () => {
    peer.link.isOpen = true;
    recovery.look(remote);
    expect(timers.size).to.equal(0);
  });

  it('replaces one that the other side has closed, though it calls itself connected', async () => {
    peer.link.isOpen = true;
    pass();
    peer.link.isOpen = false;
    closeLink();
    await Promise.resolve();
    expect([...timers.values()].map(({ms}) => ms)).to.deep.equal([OPENS_WITHIN_MS]);
    pass();
    expect(replaced).to.equal(1);
  });

  it('does not wait anew for every news', () => {
    timers.clear();
    at(performance.now() + OPENS_WITHIN_MS / 2, () => recovery.look(remote));
    const [timer] = timers.values();
    expect(timer!.ms).to.be.closeTo(OPENS_WITHIN_MS / 2, 100);
  });

  it('leaves one that has broken to the other rules', () => {
    peer.connectionState = 'disconnected';
    pass();
    expect(replaced).to.equal(0);
  });

  it('does not touch the link that has taken its place', () => {
    Object.assign(remote, {peer: {...peer} as unknown as Peer});
    pass();
    expect(replaced).to.equal(0);
  });

  it('waits for the relay, without which nobody would hear of a fresh one', () => {
    relay.state = 'reconnecting';
    pass();
    expect(replaced).to.equal(0);
    relay.state = 'open';
    pass();
    expect(replaced).to.equal(1);
  });

  /** The next link to Ben, made at that moment, has not found a path. */
  function fail(isInitiator: boolean, beganAt: number): void {
    const {signal} = new AbortController();
    const next = {...peer, signal, isInitiator, wasConnected: false, beganAt};
    Object.assign(remote, {peer: {...next, connectionState: 'failed'}});
    recovery.look(remote);
  }

  /** Runs with a clock that stands still at this moment. */
  function at(ms: number, task: () => void): void {
    const {now} = performance;
    performance.now = () => ms;
    try {
      task();
    } finally {
      performance.now = now;
    }
  }

  it('makes another where the first search has failed, for Firefox could not use this one', () => {
    timers.clear();
    at(1_000, () => fail(true, 1_000));
    expect(replaced).to.equal(0);
    expect([...timers.values()].map(({ms}) => ms)).to.deep.equal([RESTART_SPACING_MS]);
    at(1_000 + RESTART_SPACING_MS, pass);
    expect([reported, replaced]).to.deep.equal([[], 1]);
  });

  it('leaves that to the side that made it', () => {
    at(1_000 + RESTART_SPACING_MS, () => fail(false, 1_000));
    expect(replaced).to.equal(0);
  });

  it('does so as soon as the other side can hear of it', () => {
    ben.present = false;
    at(1_000 + RESTART_SPACING_MS, () => fail(true, 1_000));
    expect(replaced).to.equal(0);
    ben.present = true;
    at(1_001 + RESTART_SPACING_MS, () => recovery.look(remote));
    expect(replaced).to.equal(1);
  });

  const END = FIRST_CONNECTION_ENDS_AFTER_MS;

  it('tells that there is no path, and the side that made the link makes the next', () => {
    at(END, () => fail(true, 0));
    expect([reported, replaced]).to.deep.equal([['ice-failed'], 1]);
  });

  it('tells it though there were several links, none of which had that long', () => {
    at(END / 2, () => fail(true, 0));
    at(END, () => fail(true, END / 2));
    expect(reported).to.deep.equal(['ice-failed']);
  });

  it('makes the next one by itself if the other side never does, and begins to count anew', () => {
    at(END, () => fail(false, 0));
    expect([reported, replaced]).to.deep.equal([['ice-failed'], 0]);
    at(2 * END, () => fail(false, END));
    expect(replaced).to.equal(1);
    Object.assign(remote, {
      peer: {...peer, link: {...peer.link, isOpen: true}, connectionState: 'connected'},
    });
    recovery.look(remote);
    at(3 * END, () => fail(false, 2 * END));
    expect(replaced).to.equal(1);
  });

  it('waits for somebody who is away, and does not search', () => {
    ben.present = false;
    at(END, () => fail(true, 0));
    at(2 * END, () => fail(true, END));
    expect([reported, replaced]).to.deep.equal([[], 0]);
  });

  it('ends with the call', () => {
    ends.abort();
    expect(timers.size).to.equal(0);
  });

  for (const [what, isAway, restarts] of [
    ['itself, where the relay carries the offer', () => undefined, 1],
    [
      'by asking the side that made the link, where the relay is away',
      () => (relay.state = 'reconnecting'),
      0,
    ],
    ['likewise where the other side is away from the relay', () => (ben.present = false), 0],
  ] as const) {
    it(`restarts ICE ${what}`, () => {
      let restarted = 0;
      Object.assign(peer, {
        ...{connectionState: 'failed', isInitiator: false},
        restartIce: () => {
          restarted++;
          Object.assign(peer, {restartedAt: performance.now()});
        },
      });
      isAway();
      recovery.restart(remote);
      recovery.restart(remote);
      expect(restarted).to.equal(restarts);
      expect(said).to.deep.equal(restarts === 1 ? [] : [{type: 'restart'}]);
    });
  }

  it('says an offer again that nobody has answered, or the restart would wait for ever', () => {
    let saidAgain = 0;
    Object.assign(peer, {
      ...{connectionState: 'failed', isInitiator: true},
      ...{connection: {signalingState: 'have-local-offer'}, resync: () => saidAgain++},
      restartIce: () => Object.assign(peer, {restartedAt: performance.now()}),
    });
    recovery.restart(remote);
    expect(saidAgain).to.equal(1);
  });

  it('restarts once, however the clock ticks while it does', () => {
    let restarts = 0;
    let nowMs = 1_000;
    const {now} = performance;
    performance.now = () => ++nowMs;
    try {
      Object.assign(peer, {
        connectionState: 'failed',
        restartIce: () => {
          restarts++;
          Object.assign(peer, {restartedAt: performance.now()});
        },
      });
      recovery.restart(remote);
    } finally {
      performance.now = now;
    }
    expect(restarts).to.equal(1);
  });
});
