/**
 * A picture can be decoded again only from a whole one (a key frame) on, once something of it was lost. Who
 * misses one asks for it, but if the question is lost, too, browsers ask again after three seconds at
 * the earliest. So whoever sees that a link lives again begins its picture anew, unasked, also when
 * the link has found another path.
 */
import type {Peer} from '../peer.js';
import type {Remote} from '../remote.js';
import type {CareHost} from './call-care.js';
import {beginAnew} from './picture-sender.js';
import type {ScreenDoor} from './screen-door.js';

/** The news of a link that lives again come several within a moment. */
const SPACING_MS = 400;

/** A whole picture is the largest there is: another one must not be had for a few words. */
const MISSED_SPACING_MS = 1_500;

interface Watched {
  /** It has had no connection since it had one. */
  isTroubled: boolean;
  begunAt: number;
  timer: ReturnType<typeof setTimeout> | undefined;
}

export class PictureRefresh {
  readonly #signal: AbortSignal;
  readonly #screen: Pick<ScreenDoor, 'senderOf'>;
  readonly #watched = new WeakMap<Peer, Watched>();

  constructor({signal}: Pick<CareHost, 'signal'>, screen: Pick<ScreenDoor, 'senderOf'>) {
    this.#signal = signal;
    this.#screen = screen;
  }

  /** There is a fresh link to this peer, or the present one has another connection state. */
  linkChanged(peer: Peer): void {
    const watched = this.#watch(peer);
    if (peer.connectionState !== 'connected') watched.isTroubled ||= peer.wasConnected;
    else if (watched.isTroubled) {
      watched.isTroubled = false;
      this.#soon(peer, watched);
    }
  }

  /** Something comes again from there. */
  livesAgain({peer}: Remote): void {
    if (peer !== null) this.#soon(peer, this.#watch(peer));
  }

  /** They say that they can make nothing of our pictures. A whole one may be on its way to them. */
  missed(remote: Remote): void {
    if (remote.peer === null) return;
    const {begunAt} = this.#watch(remote.peer);
    if (performance.now() - begunAt >= MISSED_SPACING_MS) this.livesAgain(remote);
  }

  #watch(peer: Peer): Watched {
    let watched = this.#watched.get(peer);
    if (watched === undefined) {
      const made: Watched = (watched = {
        isTroubled: false,
        begunAt: -Infinity,
        timer: undefined,
      });
      this.#watched.set(peer, made);
      // Not every browser tells of it. The first path is the beginning of the picture anyway.
      iceTransportOf(peer)?.addEventListener(
        'selectedcandidatepairchange',
        () => {
          if (peer.wasConnected) this.#soon(peer, made);
        },
        {signal: peer.signal},
      );
      for (const over of [peer.signal, this.#signal]) {
        over.addEventListener('abort', () => clearTimeout(made.timer), {once: true});
      }
    }
    return watched;
  }

  #soon(peer: Peer, watched: Watched): void {
    if (peer.signal.aborted || this.#signal.aborted) return;
    clearTimeout(watched.timer);
    const begin = (): void => {
      watched.begunAt = performance.now();
      for (const sender of [peer.senderOf('camera'), this.#screen.senderOf(peer)]) {
        if (sender?.track) void beginAnew(sender);
      }
    };
    const waitMs = watched.begunAt + SPACING_MS - performance.now();
    if (waitMs > 0) watched.timer = setTimeout(begin, waitMs);
    else begin();
  }
}

function iceTransportOf({connection}: Peer): RTCIceTransport | undefined {
  try {
    return connection.sctp?.transport.iceTransport;
  } catch {
    // Firefox throws for the association of a closed connection.
    return undefined;
  }
}
