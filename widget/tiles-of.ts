/** From the call's state to what a tile shows: who it is, what is off, whether the picture can be trusted. Knows no markup. */
import type {CallContext} from './call-surface.js';
import type {CallTools} from './call-tools.js';
import type {PeerState} from './call/call-state.js';
import type {Translate} from './strings/catalogue.js';
import type {Tile} from './views/tile.js';

export function ownTile({session, page}: CallContext, tools: CallTools | null): Tile {
  const {translate: t, media} = page();
  const {self, media: local} = session.state;
  const name = self?.displayName ?? '';
  return {
    key: self?.personId ?? 'self',
    label: name ? t('youNamed', {name}) : t('you'),
    initialsOf: name || t('you'),
    peerId: null,
    isOwn: true,
    microphoneOff: media === 'data' || local.microphoneEnabled ? null : t('microphoneOff'),
    cameraOff: local.cameraEnabled ? null : t('cameraOff'),
    veil: null,
    tools: tools?.buttons.ownTools(),
  };
}

export function peerTile({page}: CallContext, peer: PeerState, tools: CallTools | null): Tile {
  const {translate: t, media} = page();
  const name = peer.displayName || t('guest');
  return {
    key: peer.personId,
    label: name,
    initialsOf: name,
    peerId: peer.peerId,
    isOwn: false,
    microphoneOff: media === 'data' || peer.microphoneEnabled ? null : t('microphoneOff'),
    // Pictures are received by video calls only, whatever the other side has turned on.
    cameraOff:
      media === 'video' && peer.cameraEnabled
        ? (tools?.links.pictureOff(peer) ?? null)
        : t('cameraOff'),
    mark: tools?.links.mark(peer),
    tools: tools?.buttons.tools(peer),
    veil: veilOf(peer, t),
  };
}

/** The way to this peer was there, and is being looked for again. */
export function isBroken({connectionState}: PeerState): boolean {
  return connectionState === 'disconnected' || connectionState === 'failed';
}

/** The relay may have lost somebody whose picture still arrives: only a broken picture is veiled. */
export function veilOf(peer: PeerState, t: Translate): string | null {
  if (peer.connectionState === 'connected') return null;
  return t(isBroken(peer) || !peer.present ? 'reconnecting' : 'connecting');
}
