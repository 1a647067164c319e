/**
 * Gives a link up for a fresh one when an ICE restart that both sides have agreed on does not bring it
 * back soon. Nothing is wrong with such a restart, it is slow: Chromium stays on a silent path for
 * three seconds and a half, and tells the other side up to two and a half later which it has taken. A fresh
 * link is there after a few round trips (`docs/decisions/080-a-fresh-link-sooner.md`).
 */
import type {Peer} from '../peer.js';
import type {Remote} from '../remote.js';
import type {CareHost} from './call-care.js';
import {expectsMedia} from './expected-media.js';
import {isReachable} from './reachable.js';
import type {SilenceWatch} from './silence-watch.js';

/** On a good path a restart needs no more. */
const LEAST_PATIENCE_MS = 1_000;

/** Checks go to and fro a few times, and are repeated; offer and answer did so once, by way of the relay. */
const ROUND_TRIPS = 5;

/** Whoever answered does not know how far it is, and the other side comes first. */
const ANSWERER_PATIENCE_MS = 4_000;

interface Watched {
  /** Of the local description (RFC 8839 section 5.4): another one is another restart. */
  fragment: string | undefined;
  /** When our own offer was made, if that is the one to be answered. */
  offeredAt: number | null;
  timer: ReturnType<typeof setTimeout> | undefined;
}

export class RestartWatch {
  readonly #host: Pick<CareHost, 'relay' | 'signal' | 'state'>;
  readonly #silences: Pick<SilenceWatch, 'isSilent'>;
  readonly #watched = new WeakMap<Peer, Watched>();
  /** When one of the two was last back at the relay: what was said before is said again then. */
  #reachedAt = 0;

  constructor(
    host: Pick<CareHost, 'relay' | 'signal' | 'state'>,
    silences: Pick<SilenceWatch, 'isSilent'>,
  ) {
    this.#host = host;
    this.#silences = silences;
    const reached = (): void => void (this.#reachedAt = performance.now());
    for (const news of ['welcome', 'peer-changed'] as const) {
      host.relay.addEventListener(news, reached, {signal: host.signal});
    }
  }

  /** There may be a fresh link. */
  linkChanged(remote: Remote): void {
    const {peer} = remote;
    if (peer === null || this.#watched.has(peer)) return;
    const watched: Watched = {fragment: fragmentOf(peer), offeredAt: null, timer: undefined};
    this.#watched.set(peer, watched);
    peer.connection.addEventListener(
      'signalingstatechange',
      () => this.#onSignalingState(remote, peer, watched),
      {signal: peer.signal},
    );
    for (const over of [peer.signal, this.#host.signal]) {
      over.addEventListener('abort', () => clearTimeout(watched.timer), {once: true});
    }
  }

  #onSignalingState(remote: Remote, peer: Peer, watched: Watched): void {
    const {signalingState} = peer.connection;
    const {offeredAt} = watched;
    const now = performance.now();
    watched.offeredAt = signalingState === 'have-local-offer' ? now : null;
    const fragment = fragmentOf(peer);
    const isRestarted = signalingState === 'stable' && fragment !== watched.fragment;
    if (!isRestarted || this.#host.signal.aborted) return;
    watched.fragment = fragment;
    // Of one that never was connected the first path is to blame (`ice-recovery.ts`).
    if (!peer.wasConnected) return;
    const patienceMs =
      offeredAt === null
        ? ANSWERER_PATIENCE_MS
        : Math.max(LEAST_PATIENCE_MS, ROUND_TRIPS * (now - Math.max(offeredAt, this.#reachedAt)));
    clearTimeout(watched.timer);
    watched.timer = setTimeout(() => {
      if (remote.peer === peer && !this.#isWell(remote, peer)) this.#replace(remote);
    }, patienceMs);
  }

  /** A browser may call it connected by the old path, over which nothing comes any more. */
  #isWell({peerId}: Remote, peer: Peer): boolean {
    if (peer.connectionState !== 'connected') return false;
    return !expectsMedia(this.#host.state(), peerId, peer) || !this.#silences.isSilent(peer);
  }

  /** The other side must hear of it, or what is said over the present link would be lost for nothing. */
  #replace(remote: Remote): void {
    if (isReachable(this.#host, remote.peerId)) remote.replaceLink();
  }
}

function fragmentOf({connection}: Peer): string | undefined {
  // Firefox throws for the description of a closed connection.
  const isClosed = connection.connectionState === 'closed';
  const sdp = isClosed ? '' : connection.currentLocalDescription?.sdp;
  return /^a=ice-ufrag:(.*)$/m.exec(sdp ?? '')?.[1];
}
