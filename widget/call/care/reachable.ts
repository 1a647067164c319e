/** Whether a peer would hear of a fresh link: through the relay, to which both have a connection right now. */
import {peerIn} from '../state-questions.js';
import type {CareHost} from './call-care.js';

export function isReachable(
  {relay, state}: Pick<CareHost, 'relay' | 'state'>,
  peerId: string,
): boolean {
  return relay.state === 'open' && peerIn(state(), peerId)?.present === true;
}
