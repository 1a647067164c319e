/** Whether anything arrives over a link, by its statistics: a connection may say `connected` for many seconds after the last packet. */
import type {Peer} from '../peer.js';

/** Media and its reports come many times in this time. A connection over which nothing is sent may be taken for dead, which costs a restart that nobody notices. */
const WATCHED_MS = 800;

/** What grows when something has come, whatever it is. */
const COUNTERS = ['bytesReceived', 'packetsReceived', 'responsesReceived', 'requestsReceived'];

/** Resolves after a while; with `true` as well if the link is closed before that. */
export async function isGrowing(peer: Peer): Promise<boolean> {
  try {
    const before = await arrivedOver(peer);
    await pause(WATCHED_MS, peer.signal);
    return (await arrivedOver(peer)) > before;
  } catch {
    return true;
  }
}

async function arrivedOver(peer: Peer): Promise<number> {
  let sum = 0;
  (await peer.getStats()).forEach((entry: Record<string, unknown>) => {
    for (const name of COUNTERS) sum += Number(entry[name] ?? 0);
  });
  return sum;
}

function pause(ms: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    const timer = setTimeout(resolve, ms);
    const end = (): void => {
      clearTimeout(timer);
      resolve();
    };
    signal.addEventListener('abort', end, {once: true});
  });
}
