/** An ICE restart that both sides agreed on and that does not help: when a fresh link follows, and when not. */
import {expect} from 'chai';
import type {CareHost} from '../../widget/call/care/call-care.js';
import {RestartWatch} from '../../widget/call/care/restart-watch.js';
import type {Peer} from '../../widget/call/peer.js';
import type {Remote} from '../../widget/call/remote.js';
import {fakeTimers} from '../support/fake-timers.js';

describe('an ICE restart that does not help', () => {
  let clock: ReturnType<typeof fakeTimers>;
  let call: AbortController;
  let link: AbortController;
  let connection: EventTarget & {
    signalingState: RTCSignalingState;
    currentLocalDescription: {sdp: string} | null;
  };
  let peer: {
    connectionState: RTCPeerConnectionState;
    wasConnected: boolean;
    senderOf: (kind: string) => object | undefined;
  };
  let ben: Record<string, unknown>;
  let relay: EventTarget & {state: string};
  let isSilent: boolean;
  let remote: Remote;
  let replaced: number;

  beforeEach(() => {
    clock = fakeTimers();
    call = new AbortController();
    link = new AbortController();
    connection = Object.assign(new EventTarget(), {
      signalingState: 'stable' as const,
      currentLocalDescription: {sdp: 'v=0\r\na=ice-ufrag:one\r\n'},
    });
    const {signal} = link;
    peer = Object.assign(
      {connectionState: 'connected' as const, wasConnected: true, senderOf: () => ({})},
      {signal, connection},
    );
    ben = {peerId: 'ben', present: true, microphoneEnabled: true, cameraEnabled: false};
    relay = Object.assign(new EventTarget(), {state: 'open'});
    isSilent = true;
    replaced = 0;
    remote = {peerId: 'ben', peer, replaceLink: () => void replaced++} as unknown as Remote;
    const state = (): object => ({status: 'in-call', peers: [ben]});
    const host = {relay, signal: call.signal, state} as unknown as CareHost;
    new RestartWatch(host, {isSilent: (of: Peer) => of === remote.peer && isSilent}).linkChanged(
      remote,
    );
  });

  afterEach(() => clock.restore());

  function signaling(state: RTCSignalingState, fragment?: string): void {
    connection.signalingState = state;
    if (fragment !== undefined) {
      connection.currentLocalDescription = {sdp: `v=0\r\na=ice-ufrag:${fragment}\r\n`};
    }
    connection.dispatchEvent(new Event('signalingstatechange'));
  }

  /** We offer, and are answered after so long. */
  function restart(afterMs = 40, fragment = 'two'): void {
    signaling('have-local-offer');
    clock.pass(afterMs);
    signaling('stable', fragment);
  }

  function after(ms: number): number {
    clock.pass(ms);
    return replaced;
  }

  it('is followed by a fresh link of whoever offered, once', () => {
    restart();
    expect(after(999)).to.equal(0);
    expect(after(1)).to.equal(1);
    expect(after(60_000)).to.equal(1);
  });

  it('has longer where the other side is far away', () => {
    restart(600);
    expect(after(2_999)).to.equal(0);
    expect(after(1)).to.equal(1);
  });

  for (const news of ['welcome', 'peer-changed']) {
    it(`counts from when the relay could pass the offer on (${news})`, () => {
      signaling('have-local-offer');
      clock.pass(10_000);
      relay.dispatchEvent(new Event(news));
      clock.pass(40);
      signaling('stable', 'two');
      expect(after(999)).to.equal(0);
      expect(after(1)).to.equal(1);
    });
  }

  it('is left to the other side first, by whoever answered', () => {
    signaling('have-remote-offer');
    signaling('stable', 'two');
    expect(after(3_999)).to.equal(0);
    expect(after(1)).to.equal(1);
  });

  it('begins anew with the next one', () => {
    restart();
    clock.pass(900);
    restart(40, 'three');
    expect(after(999)).to.equal(0);
    expect(after(1)).to.equal(1);
  });

  it('is not what an ordinary negotiation is, nor the first connection', () => {
    restart(40, 'one');
    expect(after(10_000)).to.equal(0);
    peer.wasConnected = false;
    restart();
    expect(after(10_000)).to.equal(0);
  });

  it('has helped where something comes again, also on a link of people who send nothing', () => {
    restart();
    isSilent = false;
    expect(after(10_000), 'heard').to.equal(0);
    isSilent = true;
    ben['microphoneEnabled'] = false;
    restart(40, 'three');
    expect(after(10_000), 'nothing to be heard').to.equal(0);
    Object.assign(ben, {cameraEnabled: true, pictureHeight: 0});
    restart(40, 'four');
    expect(after(10_000), 'too weak for pictures').to.equal(0);
    ben['pictureHeight'] = null;
    peer.senderOf = (kind) => (kind === 'camera' ? undefined : {});
    restart(40, 'five');
    expect(after(10_000), 'this link carries no pictures').to.equal(0);
    peer.senderOf = () => ({});
    restart(40, 'six');
    expect(after(10_000), 'pictures should come').to.equal(1);
  });

  it('has not where the browser still looks for a path, whatever is heard', () => {
    isSilent = false;
    peer.connectionState = 'connecting';
    restart();
    expect(after(1_000)).to.equal(1);
  });

  const obstacles: [string, () => void][] = [
    ['the relay is away', () => void (relay.state = 'reconnecting')],
    ['the other one is not there', () => void (ben['present'] = false)],
    ['another link has taken its place', () => Object.assign(remote, {peer: {}})],
    ['the link was closed', () => link.abort()],
    ['the call is over', () => call.abort()],
  ];
  for (const [what, happen] of obstacles) {
    it(`leaves it at that when ${what}`, () => {
      restart();
      happen();
      expect(after(60_000)).to.equal(0);
    });
  }
});
