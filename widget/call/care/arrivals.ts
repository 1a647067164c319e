/** Whether anything arrives over a link, by its statistics: a connection may say `connected` for many seconds after the last packet. */
import type {Peer} from '../peer.js';
import {pause} from '../pause.js';

/** Media and its reports come many times in this time. A connection over which nothing is sent may be taken for dead, which costs a restart that nobody notices. */
const WATCHED_MS = 500;

/** What grows when something has come, whatever it is. */
const COUNTERS = ['bytesReceived', 'packetsReceived', 'responsesReceived', 'requestsReceived'];

/**
 * Resolves after a while; with `true` as well if the link is closed before that.
 * @param isMedia Only sound and pictures count. After an ICE restart Chromium may answer on the path that
 *   was chosen, and send them for some more seconds over the one that is gone.
 */
export async function isGrowing(peer: Peer, isMedia: boolean): Promise<boolean> {
  try {
    const before = await arrivedOver(peer, isMedia);
    await pause(WATCHED_MS, peer.signal);
    return (await arrivedOver(peer, isMedia)) > before;
  } catch {
    return true;
  }
}

async function arrivedOver(peer: Peer, isMedia: boolean): Promise<number> {
  let sum = 0;
  (await peer.getStats()).forEach((entry: Record<string, unknown>) => {
    if (isMedia && entry['type'] !== 'inbound-rtp') return;
    for (const name of COUNTERS) sum += Number(entry[name] ?? 0);
  });
  return sum;
}
