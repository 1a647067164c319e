/** Who is writing at the moment, in words. */
import type {PeerState} from '../call/call-state.js';
import type {Translate} from '../strings/catalogue.js';
import {isolated} from './chat-news.js';

export function typingLine(
  peerIds: readonly string[],
  peers: readonly PeerState[],
  t: Translate,
): string {
  const [name = '', other] = peerIds.map((id) => {
    const peer = peers.find(({peerId}) => peerId === id);
    return isolated(peer?.displayName || t('guest'));
  });
  if (peerIds.length > 2) return t('typingMany');
  if (other !== undefined) return t('typingTwo', {name, other});
  return peerIds.length === 1 ? t('typingOne', {name}) : '';
}
