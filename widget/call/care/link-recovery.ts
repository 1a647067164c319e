/**
 * Follows every link through its troubles: restarts ICE when the policy (`ice-recovery.ts`) says so,
 * and has the link given up for a fresh one when that has not helped.
 */
import type {Peer} from '../peer.js';
import type {Remote} from '../remote.js';
import {nextRecovery, RESTART_SPACING_MS} from './ice-recovery.js';

interface Watched {
  /** When it was last seen to have no connection; `null`: it has one. */
  troubleSince: number | null;
  timer: ReturnType<typeof setTimeout> | undefined;
}

export class LinkRecovery {
  readonly #signal: AbortSignal;
  readonly #watched = new WeakMap<Peer, Watched>();

  constructor({signal}: {readonly signal: AbortSignal}) {
    this.#signal = signal;
  }

  /** The present link of this remote may be in another state. */
  look(remote: Remote): void {
    const {peer} = remote;
    if (peer === null || peer.signal.aborted || this.#signal.aborted) return;
    const watched = this.#watch(peer);
    clearTimeout(watched.timer);
    const now = performance.now();
    const state = peer.connectionState;
    const {wasConnected} = peer;
    if (state === 'connected') watched.troubleSince = null;
    else watched.troubleSince ??= wasConnected ? now : peer.madeAt;
    const since = watched.troubleSince ?? now;
    const sinceRestartMs = peer.restartedAt >= since ? now - peer.restartedAt : null;
    const next = nextRecovery({state, wasConnected, troubleMs: now - since, sinceRestartMs});
    const lookAgain = (): void => this.look(remote);
    if (next.step === 'restart') {
      if (next.inMs === 0) peer.restartIce();
      watched.timer = setTimeout(lookAgain, next.inMs || RESTART_SPACING_MS);
    } else if (next.step === 'exhausted') {
      watched.troubleSince = now;
      watched.timer = setTimeout(lookAgain, RESTART_SPACING_MS);
      remote.giveUp(wasConnected);
    }
  }

  #watch(peer: Peer): Watched {
    let watched = this.#watched.get(peer);
    if (watched === undefined) {
      const made: Watched = (watched = {troubleSince: null, timer: undefined});
      this.#watched.set(peer, made);
      // The end of a call closes its links, but only when its good-bye was heard.
      for (const over of [peer.signal, this.#signal]) {
        over.addEventListener('abort', () => clearTimeout(made.timer), {once: true});
      }
    }
    return watched;
  }
}
