/**
 * What comes over a link for care: signals for that link, who the peer is to the relay now, and that it
 * can make nothing of our pictures. No more of all that than the relay would allow.
 */
import {parseCareMessage} from '../../../protocol/care-messages.js';
import type {Frame} from '../data-link.js';
import type {PeerMesh} from '../peer-mesh.js';
import {RESTARTS_APART_MS} from './ice-recovery.js';
import {RateBucket} from '../rate-bucket.js';
import type {Remote} from '../remote.js';
import type {LinkCare} from './link-care.js';

/** As the relay allows. */
const SIGNALS_PER_SECOND = 50;
const SIGNALS_AT_ONCE = 200;

export class LinkMessages {
  readonly #mesh: PeerMesh;
  readonly #links: () => Pick<LinkCare, 'pictures'> | null;
  readonly #buckets = new WeakMap<Remote, RateBucket>();

  /** @param links looks after them from then on, if it has not before; `null`: the call is over */
  constructor(mesh: PeerMesh, links: () => Pick<LinkCare, 'pictures'> | null) {
    this.#mesh = mesh;
    this.#links = links;
  }

  /** Returns whether it was for care. */
  take(peerId: string, frame: Frame): boolean {
    const remote = this.#mesh.remote(peerId);
    const message = typeof frame === 'string' ? parseCareMessage(frame) : null;
    if (remote === undefined || message === null) return false;
    if (!this.#bucketOf(remote).take()) return true;
    if (message.type === 'signal') remote.peer?.receive(message);
    else if (message.type === 'restart') restart(remote);
    else {
      const links = this.#links();
      if (message.type === 'picture-loss') links?.pictures.missed(remote);
      else if (links) this.#mesh.relayReturn?.heard(peerId, message);
    }
    return true;
  }

  #bucketOf(remote: Remote): RateBucket {
    let bucket = this.#buckets.get(remote);
    if (bucket === undefined) {
      bucket = new RateBucket(SIGNALS_PER_SECOND, SIGNALS_AT_ONCE);
      this.#buckets.set(remote, bucket);
    }
    return bucket;
  }
}

/** Asked for, and perhaps under way: both sides see the same trouble. */
function restart({peer}: Remote): void {
  if (peer?.isInitiator !== true) return;
  if (performance.now() - peer.restartedAt >= RESTARTS_APART_MS) peer.restartIce();
}
