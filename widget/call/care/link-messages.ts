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

/** As the relay allows. */
const SIGNALS_PER_SECOND = 50;
const SIGNALS_AT_ONCE = 200;

export class LinkMessages {
  readonly #mesh: PeerMesh;
  readonly #onPictureLoss: (remote: Remote) => void;
  readonly #buckets = new WeakMap<Remote, RateBucket>();

  constructor(mesh: PeerMesh, onPictureLoss: (remote: Remote) => void) {
    this.#mesh = mesh;
    this.#onPictureLoss = onPictureLoss;
  }

  /** Returns whether it was for care. */
  take(peerId: string, frame: Frame): boolean {
    const remote = this.#mesh.remote(peerId);
    const message = typeof frame === 'string' ? parseCareMessage(frame) : null;
    if (remote === undefined || message === null) return false;
    if (!this.#bucketOf(remote).take()) return true;
    if (message.type === 'signal') remote.peer?.receive(message);
    else if (message.type === 'restart') restart(remote);
    else if (message.type === 'picture-loss') this.#onPictureLoss(remote);
    else this.#mesh.relayReturn?.heard(peerId, message);
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
