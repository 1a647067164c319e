/** What the relay says of the others in a room, by the ids that the page knows. Decides nothing. */
import type {RelayEvent} from '../../protocol/messages.js';
import type {PeerView} from '../../protocol/shapes.js';
import type {PeerMesh} from './peer-mesh.js';
import type {RelayConnection} from './relay-connection.js';

export interface RoomNews {
  joined(peer: PeerView): void;
  left(peer: RelayEvent<'peer-left'>): void;
  changed(peer: PeerView): void;
}

/**
 * Passes the news on, and signals to the links.
 * @param signal Ends it.
 */
export function followRoom(
  relay: RelayConnection,
  mesh: () => PeerMesh | null,
  {joined, left, changed}: RoomNews,
  signal: AbortSignal,
): void {
  const options = {signal};
  const pageId = (relayId: string): string => mesh()?.relayReturn?.toPage(relayId) ?? relayId;
  relay.addEventListener('peer-joined', ({detail}) => joined(seenIn(mesh(), detail)), options);
  relay.addEventListener('peer-changed', ({detail}) => changed(seenIn(mesh(), detail)), options);
  relay.addEventListener(
    'peer-left',
    ({detail}) => left({...detail, peerId: pageId(detail.peerId)}),
    options,
  );
  relay.addEventListener(
    'signal',
    ({detail}) => {
      if (mesh()?.relayReturn?.takeProof(detail) === true) return;
      mesh()?.receive({...detail, from: pageId(detail.from)});
    },
    options,
  );
}

/** The relay may have another name for somebody whom the page knows. */
export function seenIn(mesh: PeerMesh | null, peer: PeerView): PeerView {
  return mesh?.relayReturn?.seen(peer) ?? peer;
}
