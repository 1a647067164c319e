/**
 * A room as plain frozen data, and the questions one can ask of it. Nothing here changes a room
 * (that is `room-draft.ts`) or knows who may change it (`rules.ts`).
 */
import type {
  IceConfiguration,
  InvitationView,
  OutgoingView,
  PeerView,
  PersonView,
  RoomView,
} from '../../protocol/shapes.js';
import type {PastInvitation} from './invitation-limits.js';

export interface Profile {
  readonly displayName: string;
  readonly metadata: unknown;
}

/**
 * Whether an occupant can be reached: through which connection, or until when its place is kept.
 * The connection is named so that the end of an older one cannot mark its successor as gone.
 */
export type Presence =
  | {readonly kind: 'here'; readonly connectionId: string}
  | {readonly kind: 'away'; readonly untilMs: number};

export interface Occupant extends Profile {
  readonly peerId: string;
  readonly personId: string;
  readonly presence: Presence;
}

/** A place in the call. Kept ones count: a seat is free only once its peer has left or is lost. */
export type Seat = Occupant;

/** Somebody at the door. */
export interface Knock extends Occupant {
  readonly id: string;
  readonly expiresAtMs: number;
  /** What the room will hold should this knocker become its host. */
  readonly capacity: number;
}

/** Somebody is being rung to come to this room. */
export interface Ring {
  readonly id: string;
  /** As they were called when it began. */
  readonly to: PersonView;
  /** Through which they were called: it rings for as long as they are listed there. */
  readonly directory: string;
  readonly expiresAtMs: number;
  /** One of their tabs has said that it rings. */
  readonly isConfirmed: boolean;
}

export interface Room {
  /** Names this life of the room in logs; the name itself is what lets people in, so it stays out of them. */
  readonly id: string;
  readonly name: string;
  /** `call`: made for the two ends of one call. Nobody else has a way in. */
  readonly kind: 'room' | 'call';
  readonly capacity: number;
  /** Oldest first; the first is the host. Never empty: a room without seats does not exist. */
  readonly seats: readonly Seat[];
  /** Oldest first. While there is one, there is a free seat. */
  readonly knocks: readonly Knock[];
  /** Of the last minute, answered or not: who knocks too often is not heard. */
  readonly pastKnocks: readonly PastInvitation[];
  /** While there is one, its caller sits here alone. */
  readonly ring: Ring | null;
}

export function isHere(occupant: Occupant, connectionId: string): boolean {
  return occupant.presence.kind === 'here' && occupant.presence.connectionId === connectionId;
}

export function seatOf(room: Room | undefined, peerId: string): Seat | undefined {
  return room?.seats.find((seat) => seat.peerId === peerId);
}

export function knockOf(room: Room | undefined, peerId: string): Knock | undefined {
  return room?.knocks.find((knock) => knock.peerId === peerId);
}

/** When time alone changes this occupant's lot; `Infinity`: never. */
export function seatDeadlineMs(seat: Seat): number {
  return seat.presence.kind === 'away' ? seat.presence.untilMs : Infinity;
}

export function knockDeadlineMs(knock: Knock): number {
  return Math.min(knock.expiresAtMs, seatDeadlineMs(knock));
}

/** The next moment at which time alone changes the room; `Infinity`: none. */
export function roomDeadlineMs({seats, knocks, ring}: Room): number {
  return Math.min(
    ...seats.map(seatDeadlineMs),
    ...knocks.map(knockDeadlineMs),
    ring?.expiresAtMs ?? Infinity,
  );
}

// ------------------------------------------------------------------- views

function personView({personId, displayName, metadata}: Occupant): PersonView {
  return {personId, displayName, metadata};
}

export function peerView(seat: Seat): PeerView {
  return {
    peerId: seat.peerId,
    ...personView(seat),
    connected: seat.presence.kind === 'here',
  };
}

export function invitationView(knock: Knock, nowMs: number): InvitationView {
  return {
    id: knock.id,
    kind: 'knock',
    from: personView(knock),
    expiresInMs: Math.max(0, knock.expiresAtMs - nowMs),
  };
}

/** A call as it shows at the one who is called; `undefined` if nobody is. */
export function callView({ring, seats: [caller]}: Room, nowMs: number): InvitationView | undefined {
  if (ring === null || caller === undefined) return undefined;
  const expiresInMs = Math.max(0, ring.expiresAtMs - nowMs);
  return {id: ring.id, kind: 'call', from: personView(caller), expiresInMs};
}

function outgoingView(ring: Ring | null, nowMs: number): OutgoingView | null {
  if (ring === null) return null;
  const {id, to, expiresAtMs, isConfirmed} = ring;
  return {id, to, expiresInMs: Math.max(0, expiresAtMs - nowMs), isRinging: isConfirmed};
}

export function roomView(
  room: Room,
  viewerId: string,
  nowMs: number,
  ice: IceConfiguration,
): RoomView {
  return {
    name: room.name,
    kind: room.kind,
    capacity: room.capacity,
    peers: room.seats.filter((seat) => seat.peerId !== viewerId).map(peerView),
    invitations: room.knocks.map((knock) => invitationView(knock, nowMs)),
    outgoing: outgoingView(room.ring, nowMs),
    ice,
  };
}
