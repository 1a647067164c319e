/**
 * Notices that the network may be another than a moment ago: the browser says so, the machine has
 * slept, or a link has fallen silent. Then the relay's socket is not believed any more, links without
 * a connection restart ICE at once, and those with one do if nothing comes over them. A browser that
 * says `offline` is not believed either: what works goes on.
 */
import type {Remote} from '../remote.js';
import {isGrowing} from './arrivals.js';
import type {CareHost} from './call-care.js';
import {expectsMedia} from './expected-media.js';
import type {IceRenewal} from './ice-renewal.js';
import type {RelayCheck} from './relay-check.js';

const TICK_MS = 2_000;

/** A timer that is late by so much has slept. (Or its page is hidden and idle, and then one question more is asked.) */
const JUMP_MS = 5_000;

export interface NetworkWatchParts {
  readonly relayCheck: RelayCheck;
  readonly iceRenewal: IceRenewal;
  /** The link of this remote will not find back by itself. */
  readonly restart: (remote: Remote) => void;
}

export class NetworkWatch {
  readonly #host: Pick<CareHost, 'mesh' | 'signal' | 'state'>;
  readonly #parts: NetworkWatchParts;

  constructor(host: Pick<CareHost, 'mesh' | 'signal' | 'state'>, parts: NetworkWatchParts) {
    this.#host = host;
    this.#parts = parts;
    const {mesh, signal} = host;
    const changed = (): void => void this.suspect(mesh.remotes);
    const {connection} = navigator as {connection?: EventTarget};
    window.addEventListener('online', changed, {signal});
    window.addEventListener('pageshow', changed, {signal});
    document.addEventListener('resume', changed, {signal});
    connection?.addEventListener('change', changed, {signal});
    let tickedAt = Date.now();
    const ticks = setInterval(() => {
      // The day's clock, for the other one may stand still while the machine sleeps.
      const sinceMs = Date.now() - tickedAt;
      tickedAt = Date.now();
      if (sinceMs > TICK_MS + JUMP_MS) changed();
    }, TICK_MS);
    signal.addEventListener('abort', () => clearInterval(ticks), {once: true});
  }

  /**
   * The relay, and the links to these, may be gone without a word.
   * @param isNews The network may be another. A silence alone is none: it may be the other side's.
   */
  async suspect(remotes: readonly Remote[], isNews = true): Promise<void> {
    const {relayCheck, iceRenewal, restart} = this.#parts;
    const checked = relayCheck.now(isNews);
    // A restart with credentials that have run out would find nothing.
    if (iceRenewal.isDue) await checked;
    await Promise.all(
      remotes.map(async (remote) => {
        const {peer} = remote;
        if (peer === null) return;
        const isMedia = expectsMedia(this.#host.state(), remote.peerId, peer);
        if (peer.connectionState === 'connected' && (await isGrowing(peer, isMedia))) return;
        // Another link may have taken its place meanwhile.
        if (!this.#host.signal.aborted && remote.peer === peer) restart(remote);
      }),
    );
  }
}
