/**
 * Follows every link through its troubles: restarts ICE when the policy (`ice-recovery.ts`) says so,
 * and has the link given up for a fresh one when that has not helped.
 */
import {CallError} from '../call-error.js';
import type {Peer} from '../peer.js';
import type {Remote} from '../remote.js';
import {peerIn} from '../state-questions.js';
import type {CareHost} from './call-care.js';
import {isReachable} from './reachable.js';
import {
  nextRecovery,
  OPENS_WITHIN_MS,
  RESTART_SPACING_MS,
  RESTARTS_APART_MS,
} from './ice-recovery.js';

interface Watched {
  /** When it was last seen to have no connection; `null`: it has one. */
  troubleSince: number | null;
  /** Since when nothing can be said over it; `null`: something can. */
  shutSince: number | null;
  timer: ReturnType<typeof setTimeout> | undefined;
}

/** For a path, over as many links as that takes. */
interface Search {
  /** When it was begun, or last found to take too long. */
  since: number;
  /** How many times it took too long. */
  exhausted: number;
}

type RecoveryHost = Pick<CareHost, 'relay' | 'signal' | 'state'>;

export class LinkRecovery {
  readonly #host: RecoveryHost;
  readonly #watched = new WeakMap<Peer, Watched>();
  /** Of those to whom there is no connection after a link that never had one, or was given up. */
  readonly #searches = new WeakMap<Remote, Search>();

  constructor(host: RecoveryHost) {
    this.#host = host;
  }

  /** Something says that the present link of this remote will not find back by itself. */
  restart(remote: Remote): void {
    const {peer} = remote;
    const now = performance.now();
    if (peer === null || now - peer.restartedAt < RESTARTS_APART_MS) return;
    // The trouble was there before, or the policy would take this restart for one of an earlier trouble.
    this.#watch(remote, peer).troubleSince ??= now;
    this.#restart(remote, peer);
    this.look(remote);
  }

  /** The present link of this remote may be in another state. */
  look(remote: Remote): void {
    const {peer} = remote;
    if (peer === null || peer.signal.aborted || this.#host.signal.aborted) return;
    const watched = this.#watch(remote, peer);
    clearTimeout(watched.timer);
    const now = performance.now();
    const state = peer.connectionState;
    const {wasConnected} = peer;
    if (state === 'connected') {
      this.#searches.delete(remote);
      watched.troubleSince = null;
    } else watched.troubleSince ??= wasConnected ? now : this.#searchOf(remote, peer.beganAt).since;
    if (!isShut(peer)) watched.shutSince = null;
    const since = watched.troubleSince ?? now;
    const sinceRestartMs = peer.restartedAt >= since ? now - peer.restartedAt : null;
    // Of one that never came about the first path is to blame.
    const isBeyondRestart = wasConnected && isBroken(peer);
    // Nobody would hear of a fresh link; and what is said over this one arrives if it comes back.
    const mayBeReplaced = this.#host.relay.state === 'open';
    const next = nextRecovery({
      state,
      wasConnected,
      ageMs: now - peer.beganAt,
      isBeyondRestart,
      mayBeReplaced,
      troubleMs: now - since,
      sinceRestartMs,
    });
    const lookAgain = (): void => this.look(remote);
    if (next.step === 'exhausted') {
      watched.troubleSince = now;
      watched.timer = setTimeout(lookAgain, RESTART_SPACING_MS);
      this.#giveUp(remote, peer);
    } else if (next.step === 'replace') {
      watched.timer = setTimeout(lookAgain, next.inMs || RESTART_SPACING_MS);
      const isHeard = isBeyondRestart || isReachable(this.#host, remote.peerId);
      if (next.inMs === 0 && isHeard && (isBeyondRestart || peer.isInitiator)) remote.replaceLink();
    } else if (isShut(peer)) {
      watched.shutSince ??= now;
      const leftMs = watched.shutSince + OPENS_WITHIN_MS - now;
      // Without the relay it is looked at again after a while.
      const inMs = leftMs > 0 || mayBeReplaced ? leftMs : OPENS_WITHIN_MS;
      watched.timer = setTimeout(() => this.#openOrReplace(remote, peer), inMs);
    } else if (next.step === 'restart') {
      if (next.inMs === 0) this.#restart(remote, peer);
      watched.timer = setTimeout(lookAgain, next.inMs || RESTART_SPACING_MS);
    }
  }

  /**
   * Over the link itself an ICE restart is for the side that made the link to offer. That side is in
   * control (RFC 8445 section 6.1.1), and if it had to answer it could be on the new path before its
   * answer is through: Firefox lets go of the old one then, and takes nothing over the new one on the
   * other side, which has no answer yet.
   */
  #restart({peerId}: Remote, peer: Peer): void {
    const isRelayed = isReachable(this.#host, peerId);
    if (!isRelayed && !peer.isInitiator) {
      peer.restartedAt = performance.now();
      peer.link.sendNow({type: 'restart'});
      return;
    }
    peer.restartIce();
    // It takes effect after the answer to the present offer, which may be lost, or may never have come.
    if (peer.connection.signalingState === 'have-local-offer') peer.resync();
  }

  /** Neither ICE restarts nor fresh links have helped. Told again for as long as that lasts. */
  #giveUp(remote: Remote, {isInitiator, wasConnected}: Peer): void {
    const {peerId} = remote;
    const now = performance.now();
    const search = this.#searchOf(remote, now);
    search.since = now;
    // Somebody who is away (a reload, a lost network) is being waited for, not searched.
    if (!this.#isPresent(peerId)) return;
    search.exhausted++;
    // After a good connection a fresh link is tried before people hear of it.
    if (!wasConnected || search.exhausted > 1) {
      remote.report(new CallError('ice-failed', `No path to the peer ${peerId} was found.`));
    }
    // The side that made the link makes the next one; should it never, the other does.
    if (isInitiator || search.exhausted > 1) remote.replaceLink();
  }

  #searchOf(remote: Remote, since: number): Search {
    let search = this.#searches.get(remote);
    if (search === undefined) {
      search = {since, exhausted: 0};
      this.#searches.set(remote, search);
    }
    return search;
  }

  /** The relay has a connection to this peer right now. */
  #isPresent(peerId: string): boolean {
    return peerIn(this.#host.state(), peerId)?.present === true;
  }

  /** It says that it is connected, and may say so for ever. */
  #openOrReplace(remote: Remote, peer: Peer): void {
    if (remote.peer !== peer) return;
    if (!isShut(peer)) {
      this.#watch(remote, peer).shutSince = null;
      return;
    }
    // Also where the other side is away: what nobody can be heard over is over, which the room must know.
    if (this.#host.relay.state === 'open') remote.replaceLink();
    else this.look(remote);
  }

  #watch(remote: Remote, peer: Peer): Watched {
    let watched = this.#watched.get(peer);
    if (watched === undefined) {
      const made: Watched = (watched = {troubleSince: null, shutSince: null, timer: undefined});
      this.#watched.set(peer, made);
      // The other side has closed it, whatever the connection says, and for how long.
      void peer.link.closed.then(() => this.look(remote));
      // The end of a call closes its links, but only when its good-bye was heard.
      for (const over of [peer.signal, this.#host.signal]) {
        over.addEventListener('abort', () => clearTimeout(made.timer), {once: true});
      }
    }
    return watched;
  }
}

/** Nothing can be said over it: not yet, as it seems, or not any more, for the other side has closed it. */
function isShut({connectionState, link}: Peer): boolean {
  const isClosed = link.channels[0]?.readyState === 'closed';
  return isClosed || (connectionState === 'connected' && !link.isOpen);
}

/**
 * What encrypts is broken, and no path will mend that. Firefox's ends some seconds after the
 * machine's address has changed.
 */
function isBroken({connection, connectionState}: Peer): boolean {
  // Firefox throws for the association of a closed connection.
  return connectionState === 'failed' && connection.sctp?.transport.state === 'failed';
}
