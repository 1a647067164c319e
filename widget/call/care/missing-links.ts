/**
 * Offers a link to whoever is there and has not offered one. That is for the newcomer to do, who has
 * taken us for somebody it has a link to, perhaps: one that it was making when its page, or ours, or the
 * relay went away, and of which this side knows nothing any more.
 */
import type {Remote} from '../remote.js';
import type {CareHost} from './call-care.js';
import {isReachable} from './reachable.js';

const LOOK_MS = 500;

/** An offer needs one way through the relay; should both come at once, one of them stays (`remote.ts`). */
const PATIENCE_MS = 4_000;

/** Looks for as long as the call lasts. */
export function offerMissingLinks({
  mesh,
  relay,
  state,
  signal,
}: Pick<CareHost, 'mesh' | 'relay' | 'state' | 'signal'>): void {
  /** Since when each could have been offered a link. */
  const missingSince = new WeakMap<Remote, number>();
  const looks = setInterval(() => {
    const now = performance.now();
    for (const remote of mesh.remotes) {
      const isMissing = remote.peer === null && isReachable({relay, state}, remote.peerId);
      const since = missingSince.get(remote) ?? now;
      if (!isMissing) missingSince.delete(remote);
      else if (now - since < PATIENCE_MS) missingSince.set(remote, since);
      else remote.connect();
    }
  }, LOOK_MS);
  signal.addEventListener('abort', () => clearInterval(looks), {once: true});
}
