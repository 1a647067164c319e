/** What the relay says of the others in a room, by the ids that the page knows. Decides nothing. */
import type {RelayEvent} from '../../protocol/messages.js';
import type {PeerView, RoomView} from '../../protocol/shapes.js';
import type {PeerState} from './call-state.js';
import type {PeerMesh} from './peer-mesh.js';
import type {RelayConnection} from './relay-connection.js';
import {toPeerState} from './relay-views.js';
import {isLive} from './state-questions.js';
import type {Arrival} from './warm/warm-links.js';

export interface RoomNews {
  /** @param arrival How they have come. */
  joined(peer: PeerView, arrival?: Arrival): void;
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
  relay.addEventListener(
    'peer-joined',
    ({detail: {invitationId, signal: answer, ...peer}}) => {
      joined(seenIn(mesh(), peer), {invitationId, signal: answer});
    },
    options,
  );
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

/** Of those who are known, who is in this view of the room; and whom only their links keep. */
export function peersIn(
  mesh: PeerMesh,
  view: RoomView,
  known: readonly PeerState[],
  gone: ReadonlySet<string>,
): {seated: PeerState[]; unseated: PeerState[]} {
  const left = new Map(known.map((peer) => [peer.peerId, peer]));
  const seated = view.peers
    .map((peer) => seenIn(mesh, peer))
    // Who has said good-bye to us alone keeps a seat until the relay finds out.
    .filter(({peerId, connected}) => connected || !gone.has(peerId))
    .map((peer) => toPeerState(peer, left.get(peer.peerId)));
  for (const {peerId} of seated) left.delete(peerId);
  // The relay was restarted and does not know them yet.
  const unseated = [...left.values()].filter(isLive).map((peer) => ({...peer, present: false}));
  return {seated, unseated};
}

/** The relay may have another name for somebody whom the page knows. */
export function seenIn(mesh: PeerMesh | null, peer: PeerView): PeerView {
  return mesh?.relayReturn?.seen(peer) ?? peer;
}
