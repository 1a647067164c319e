/**
 * Notices that a link has fallen silent long before its browser says so (Chromium takes five seconds):
 * pictures and sound come many times a second, and their receivers know of it. A link that is silent
 * need not be broken (somebody has switched all off), so nothing is done here but to tell of it.
 */
import type {Peer} from '../peer.js';
import type {Remote} from '../remote.js';
import type {CareHost} from './call-care.js';

const LOOK_MS = 400;

/** Jitter and what is sent again are shorter, and silence itself is said twice a second. */
const SILENT_MS = 1_200;

interface Heard {
  /** By the receivers' own clock, of which only the change matters. */
  stamp: number;
  changedAt: number;
  isTold: boolean;
}

export class SilenceWatch {
  readonly #heard = new WeakMap<Peer, Heard>();

  constructor({mesh, signal}: Pick<CareHost, 'mesh' | 'signal'>, tell: (remote: Remote) => void) {
    const looks = setInterval(() => {
      for (const remote of mesh.remotes) if (this.#isSilent(remote)) tell(remote);
    }, LOOK_MS);
    signal.addEventListener('abort', () => clearInterval(looks), {once: true});
  }

  /** It was not when this was asked last. */
  #isSilent({peer}: Remote): boolean {
    if (peer?.connectionState !== 'connected') return false;
    const now = performance.now();
    const stamp = lastArrival(peer);
    const heard = this.#heard.get(peer);
    if (heard === undefined || heard.stamp < stamp) {
      this.#heard.set(peer, {stamp, changedAt: now, isTold: stamp === 0});
      return false;
    }
    if (heard.isTold || now - heard.changedAt < SILENT_MS) return false;
    heard.isTold = true;
    return true;
  }
}

/** 0: nothing has come yet, or not for ten seconds. */
function lastArrival({receivers}: Peer): number {
  const sources = receivers.flatMap((receiver) => receiver.getSynchronizationSources());
  return Math.max(0, ...sources.map(({timestamp}) => timestamp));
}
