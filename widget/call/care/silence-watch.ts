/**
 * Notices that a link has fallen silent long before its browser says so (Chromium takes five seconds):
 * pictures and sound come many times a second, and their receivers know of it. A link that is silent
 * need not be broken (somebody has switched all off), so nothing is done here but to tell of it.
 */
import type {Peer} from '../peer.js';
import type {Remote} from '../remote.js';
import type {CareHost} from './call-care.js';
import type {ReceiverClock} from './receiver-clock.js';

const LOOK_MS = 200;

/** Jitter and what is sent again are shorter, and silence itself is said twice a second. */
const SILENT_MS = 1_000;

/** Receivers remember for so long what they have heard (W3C WebRTC section 5.3, getContributingSources). */
const FORGOTTEN_MS = 10_000;

interface Heard {
  /** By the receivers' own clock, of which only the change matters. */
  stamp: number;
  changedAt: number;
  /** A look has found nothing new since then: where looks are far apart, that nobody has looked is no silence. */
  isMissed: boolean;
  /** When something came again after a silence; `-Infinity`: it has never been silent. */
  brokenAt: number;
  /** Since when something is expected to come. */
  expectedSince: number;
  isTold: boolean;
}

export class SilenceWatch {
  readonly #heard = new WeakMap<Peer, Heard>();

  /**
   * @param onSilence It was not silent before.
   * @param onSound It was silent, and something comes again.
   */
  constructor(
    {mesh}: Pick<CareHost, 'mesh'>,
    clock: ReceiverClock,
    onSilence: (remote: Remote) => void,
    onSound: (remote: Remote) => void,
  ) {
    clock.onTick(() => {
      for (const remote of mesh.remotes) {
        const news = this.#newsOf(remote);
        if (news === 'silence') onSilence(remote);
        else if (news === 'sound') onSound(remote);
      }
    }, LOOK_MS);
  }

  /** It is connected, or connected again: nothing may come all the same. */
  listenAnew(peer: Peer): void {
    const heard = this.#heard.get(peer);
    if (heard?.isTold !== true || heard.stamp === 0) return;
    heard.expectedSince = performance.now();
    heard.isTold = false;
  }

  /** Something came from there, and nothing has for a while. */
  isSilent(peer: Peer): boolean {
    return this.#silentForMs(peer) >= SILENT_MS;
  }

  /**
   * When the last silence ended, which is this moment if it lasts: what has come by now may not have
   * been played yet. `-Infinity`: it has never been silent.
   */
  silentUntil(peer: Peer): number {
    // What comes without ever being played is silent to this clock alone.
    const lasts = this.isSilent(peer) && this.#silentForMs(peer) < FORGOTTEN_MS;
    return lasts ? performance.now() : (this.#heard.get(peer)?.brokenAt ?? -Infinity);
  }

  /** 0: it has never been heard, or was at the last look. */
  #silentForMs(peer: Peer): number {
    const heard = this.#heard.get(peer);
    return heard?.isMissed && heard.stamp !== 0 ? performance.now() - heard.changedAt : 0;
  }

  #newsOf({peer}: Remote): 'silence' | 'sound' | null {
    if (peer?.wasConnected !== true) return null;
    const now = performance.now();
    const heard = this.#heard.get(peer);
    const stamp = lastArrival(peer);
    if (heard === undefined || heard.stamp < stamp) {
      const wasSilent = heard?.isMissed === true && now - heard.changedAt >= SILENT_MS;
      const brokenAt = wasSilent ? now : (heard?.brokenAt ?? -Infinity);
      const isTold = stamp === 0;
      const fresh = {stamp, changedAt: now, isMissed: false, brokenAt, expectedSince: now, isTold};
      this.#heard.set(peer, fresh);
      return wasSilent ? 'sound' : null;
    }
    heard.isMissed = true;
    // What is not connected is known to be in trouble.
    const isNews = !heard.isTold && peer.connectionState === 'connected';
    if (!isNews || now - heard.expectedSince < SILENT_MS) return null;
    heard.isTold = true;
    return 'silence';
  }
}

/** 0: nothing has come yet, or not for `FORGOTTEN_MS`. */
function lastArrival({receivers}: Peer): number {
  const sources = receivers.flatMap((receiver) => receiver.getSynchronizationSources());
  return Math.max(0, ...sources.map(({timestamp}) => timestamp));
}
