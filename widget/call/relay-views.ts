/** The relay's views of peers and knocks, as the state of a call holds them. Pure. */
import type {
  InvitationView,
  OutgoingView,
  PeerView,
  PersonView,
  RoomView,
} from '../../protocol/shapes.js';
import type {Invitation, Outgoing, PeerState, Person} from './call-state.js';

/** A call of ours as the state holds it. */
export function toOutgoing({id, isRinging, expiresInMs}: OutgoingView): Outgoing {
  return {invitationId: id, isRinging, expiresAt: Date.now() + expiresInMs};
}

/** Who somebody is, without where they are. */
export function toPerson({personId, displayName, metadata}: PersonView): Person {
  return {personId, displayName, metadata};
}

/** Whom a call is with. */
export function otherIn({outgoing, peers: [peer]}: RoomView): Person {
  return toPerson(outgoing?.to ?? peer ?? {personId: '', displayName: '', metadata: null});
}

/** A knock or call as the state holds it: its end as a time of this machine's clock. */
export function toInvitation({id, kind, from, expiresInMs}: InvitationView): Invitation {
  return {id, kind, from, expiresAt: Date.now() + expiresInMs};
}

/** A peer of the relay's list, with what we know of it ourselves. */
export function toPeerState(
  {peerId, personId, displayName, metadata, connected}: PeerView,
  known: PeerState | undefined,
): PeerState {
  return {
    connectionState: 'new',
    microphoneEnabled: false,
    cameraEnabled: false,
    screenSharing: false,
    speaking: false,
    quality: 'good',
    pictureHeight: null,
    sentHeight: null,
    lowData: false,
    ...known,
    peerId,
    personId,
    displayName,
    metadata,
    present: connected,
  };
}
