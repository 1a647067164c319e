/** Ends the small beginning of our picture (`first-picture.ts`), once for each link. */
import {setScale} from '../first-picture.js';
import type {Peer} from '../peer.js';

/** By then the first pictures have come through, and the estimate has grown. */
const LIFT_AFTER_MS = 700;

export class PictureLift {
  readonly #signal: AbortSignal;
  readonly #seen = new WeakSet<Peer>();

  constructor({signal}: {readonly signal: AbortSignal}) {
    this.#signal = signal;
  }

  /** This link may have become connected. */
  look(peer: Peer): void {
    if (peer.connectionState !== 'connected' || this.#seen.has(peer)) return;
    this.#seen.add(peer);
    const timer = setTimeout(() => {
      const sender = peer.senderOf('camera');
      if (sender !== undefined) setScale(sender, 1);
    }, LIFT_AFTER_MS);
    for (const over of [peer.signal, this.#signal]) {
      over.addEventListener('abort', () => clearTimeout(timer), {once: true});
    }
  }
}
