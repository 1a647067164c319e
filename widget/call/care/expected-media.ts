/** Whether sound or a camera's picture should come from a peer: by its own word, and by what this link carries. */
import type {CallState} from '../call-state.js';
import type {Peer} from '../peer.js';
import {peerIn} from '../state-questions.js';

/** Screens do not count: one that stands still may send nothing for long. */
export function expectsMedia(state: CallState, peerId: string, peer: Peer): boolean {
  const known = peerIn(state, peerId);
  if (known === undefined) return false;
  const {microphoneEnabled, cameraEnabled, pictureHeight} = known;
  return (
    (microphoneEnabled && peer.senderOf('microphone') !== undefined) ||
    (cameraEnabled && pictureHeight !== 0 && peer.senderOf('camera') !== undefined)
  );
}
