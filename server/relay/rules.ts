/**
 * Who may do what in a room: one function a request, each taking a draft of the room and returning
 * the answer. Pure but for the draft; no stores, no sockets, no waiting.
 */
import type {ErrorCode} from '../../protocol/codes.js';
import {
  DEFAULT_CAPACITY,
  DEFAULT_RING_TIMEOUT_MS,
  MAX_KNOCKS_PER_ROOM,
} from '../../protocol/limits.js';
import type {ParsedRequest, Refusal, RelayEvent, Reply} from '../../protocol/messages.js';
import type {Connection} from './connection.js';
import {mayKnock} from './knock-limits.js';
import type {Delivery} from './ports.js';
import {isHere, knockOf, seatOf, type Occupant, type Room} from './room.js';
import type {RoomDraft} from './room-draft.js';
import type {Transaction} from './transaction.js';

export type Kept = RelayEvent<'welcome'>['kept'];

export function refusal(code: ErrorCode, message: string): Refusal {
  return {ok: false, code, message};
}

const NOT_SEATED = 'this connection has no seat in a room';

/** Enter a room; another one that the peer is in is left, whatever comes of it. */
export async function join(
  tx: Transaction,
  who: Connection,
  request: ParsedRequest<'join'>,
  maxPeers: number,
): Promise<Reply<'join'> | Refusal> {
  if (who.scope.room !== null && who.scope.room !== request.room) {
    return refusal('unauthorized', 'the access token is for another room');
  }
  const elsewhere = await tx.roomOf(who.peerId);
  const isMove = elsewhere?.room?.name !== request.room && !request.resume && !who.isOver;
  if (isMove) leave(elsewhere, who);
  return enter(await tx.room(request.room), who, request, maxPeers);
}

/** Take a seat, take a kept seat or knock back, or knock. */
function enter(
  draft: RoomDraft,
  who: Connection,
  request: ParsedRequest<'join'>,
  maxPeers: number,
): Reply<'join'> | Refusal {
  // Its successor may already be in the room; a place must not go back to a dead connection.
  if (who.isOver) return refusal('aborted', 'the connection is over');
  const presence = {kind: 'here', connectionId: who.id} as const;
  const occupant = {peerId: who.peerId, personId: who.personId, ...who.profile, presence};
  const capacity = Math.min(request.capacity ?? DEFAULT_CAPACITY, maxPeers);
  const seated = () => ({ok: true, outcome: 'seated', room: draft.viewFor(who.peerId)}) as const;

  const seat = seatOf(draft.room, who.peerId);
  if (seat !== undefined) {
    draft.changeSeat(seat, presence, who.profile);
    return seated();
  }
  const kept = knockOf(draft.room, who.peerId);
  if (kept !== undefined) {
    draft.changeKnock(kept, presence, who.profile);
    const {id, expiresInMs} = draft.viewOf(kept);
    return {ok: true, outcome: 'knocking', invitationId: id, expiresInMs};
  }
  if (request.resume) return refusal('not-in-room', 'nothing is kept for this peer in this room');
  if (draft.room === undefined) {
    draft.open(request.room, capacity, occupant);
    return seated();
  }
  if (draft.room.seats.length >= draft.room.capacity) {
    return refusal('room-full', 'every seat of this room is taken');
  }
  if (draft.room.knocks.length >= MAX_KNOCKS_PER_ROOM) {
    return refusal('room-full', 'too many are waiting at the door of this room');
  }
  if (!mayKnock(draft.room.pastKnocks, who.peerId, draft.nowMs)) {
    return refusal('rate-limited', 'too many knocks at this room: wait a minute');
  }
  const ringTimeoutMs = request.ringTimeoutMs ?? DEFAULT_RING_TIMEOUT_MS;
  const {id} = draft.knock({...occupant, capacity, expiresAtMs: draft.nowMs + ringTimeoutMs});
  return {ok: true, outcome: 'knocking', invitationId: id, expiresInMs: ringTimeoutMs};
}

/**
 * Give the seat up or take the knock back: the connection's own, or a kept one. Carried out even if
 * the connection has ended since, for hanging up and closing the page come together.
 */
export function leave(draft: RoomDraft | undefined, who: Connection): void {
  if (draft === undefined) return;
  const mayEnd = ({presence}: Occupant) =>
    presence.kind === 'away' || presence.connectionId === who.id;
  const seat = seatOf(draft.room, who.peerId);
  if (seat !== undefined && mayEnd(seat)) draft.vacate(seat, 'left');
  const knock = knockOf(draft.room, who.peerId);
  if (knock !== undefined && mayEnd(knock)) draft.endKnock(knock, 'cancelled');
}

/** A member answers a knock; the first answer wins. */
export function answer(
  draft: RoomDraft | undefined,
  who: Connection,
  {invitationId, response}: ParsedRequest<'answer'>,
): Reply<'answer'> | Refusal {
  if (draft === undefined || !isSeatedThrough(draft.room, who)) {
    return refusal('not-in-room', NOT_SEATED);
  }
  // Of another room or of none: a member learns no more than that it is not, or no longer, open here.
  const knock = draft.room?.knocks.find(({id}) => id === invitationId);
  if (knock === undefined) return refusal('invitation-over', 'no such knock is open');
  if (response === 'accept') draft.admit(knock, who.peerId);
  else draft.endKnock(knock, 'answered-elsewhere', 'declined', who.peerId);
  return {ok: true};
}

/** The new name and metadata of somebody who sits in the room or knocks at it. */
export function applyProfile(draft: RoomDraft | undefined, who: Connection): void {
  if (draft === undefined) return;
  const seat = seatOf(draft.room, who.peerId);
  if (seat !== undefined && isHere(seat, who.id)) {
    draft.changeSeat(seat, seat.presence, who.profile);
  }
  const knock = knockOf(draft.room, who.peerId);
  if (knock !== undefined && isHere(knock, who.id)) {
    draft.changeKnock(knock, knock.presence, who.profile);
  }
}

/** What this signal becomes for its receiver: nothing while that one is away. */
export function route(
  room: Room | undefined,
  who: Connection,
  request: ParsedRequest<'signal'>,
): {reply: Reply<'signal'> | Refusal; delivery?: Delivery} {
  if (!isSeatedThrough(room, who)) return {reply: refusal('not-in-room', NOT_SEATED)};
  const receiver = seatOf(room, request.to);
  if (receiver === undefined || receiver.peerId === who.peerId) {
    return {reply: refusal('not-in-room', 'the receiver is not in the same room')};
  }
  if (receiver.presence.kind === 'away') return {reply: {ok: true}};
  const {to, ...content} = request;
  return {
    reply: {ok: true},
    delivery: {to: {peer: to}, event: 'signal', payload: {...content, from: who.peerId}},
  };
}

/** A connection of the peer is gone: its place is kept for a while, unless a newer connection holds it. */
export function drop(draft: RoomDraft | undefined, peerId: string, connectionId: string): void {
  if (draft === undefined) return;
  const seat = seatOf(draft.room, peerId);
  if (seat !== undefined && isHere(seat, connectionId)) draft.changeSeat(seat, draft.awayFromNow());
  const knock = knockOf(draft.room, peerId);
  if (knock !== undefined && isHere(knock, connectionId)) {
    draft.changeKnock(knock, draft.awayFromNow());
  }
}

/** A new connection of the peer: an older one holds the place no longer, this one not before it joins. */
export function takeOver(draft: RoomDraft | undefined, peerId: string): Kept {
  if (draft === undefined) return null;
  const {room} = draft;
  const seat = seatOf(room, peerId);
  const knock = knockOf(room, peerId);
  const held = (seat ?? knock)?.presence;
  if (held?.kind === 'here') drop(draft, peerId, held.connectionId);
  if (room === undefined || held === undefined) return null;
  return {room: room.name, as: seat === undefined ? 'knock' : 'seat'};
}

function isSeatedThrough(room: Room | undefined, who: Connection): boolean {
  const seat = seatOf(room, who.peerId);
  return seat !== undefined && isHere(seat, who.id);
}
