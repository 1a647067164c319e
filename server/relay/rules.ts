/**
 * Who may do what in a room, and what becomes of a peer's places when its connection comes or goes:
 * one function a request, each over drafts and returning the answer. No stores, no sockets, no
 * waiting. Ringing people is `calls.ts`.
 */
import type {ErrorCode} from '../../protocol/codes.js';
import {
  DEFAULT_CAPACITY,
  DEFAULT_RING_TIMEOUT_MS,
  MAX_KNOCKS_PER_ROOM,
} from '../../protocol/limits.js';
import type {ParsedRequest, Refusal, RelayEvent, Reply} from '../../protocol/messages.js';
import type {Connection} from './connection.js';
import {KNOCK_LIMITS, mayAsk} from './invitation-limits.js';
import {tabOf} from './person.js';
import type {Address, Delivery} from './ports.js';
import {isHere, knockOf, seatOf, type Occupant, type Room} from './room.js';
import type {RoomDraft} from './room-draft.js';
import type {Transaction} from './transaction.js';

export type Kept = RelayEvent<'welcome'>['kept'];

export function refusal(code: ErrorCode, message: string): Refusal {
  return {ok: false, code, message};
}

/** The answer to what needs no other. */
export const DONE = {ok: true} as const;

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
    return {ok: true, outcome: 'knocking', invitationId: id, expiresInMs, ice: draft.iceFor(who)};
  }
  if (request.resume) return refusal('not-in-room', 'nothing is kept for this peer in this room');
  if (draft.room === undefined) {
    draft.open(request.room, capacity, occupant);
    return seated();
  }
  if (draft.room.kind === 'call' || draft.room.seats.length >= draft.room.capacity) {
    return refusal('room-full', 'every seat of this room is taken');
  }
  if (draft.room.knocks.length >= MAX_KNOCKS_PER_ROOM) {
    return refusal('room-full', 'too many are waiting at the door of this room');
  }
  if (!mayAsk(draft.room.pastKnocks, who.peerId, draft.nowMs, KNOCK_LIMITS)) {
    return refusal('rate-limited', 'too many knocks at this room: wait a minute');
  }
  const ringTimeoutMs = request.ringTimeoutMs ?? DEFAULT_RING_TIMEOUT_MS;
  const {id} = draft.knock({...occupant, capacity, expiresAtMs: draft.nowMs + ringTimeoutMs});
  const expiresInMs = ringTimeoutMs;
  return {ok: true, outcome: 'knocking', invitationId: id, expiresInMs, ice: draft.iceFor(who)};
}

/** A place is the connection's own, or only kept. */
export function mayEnd({presence}: Occupant, who: Connection): boolean {
  return presence.kind === 'away' || presence.connectionId === who.id;
}

/**
 * Give the seat up or take the knock back: the connection's own, or a kept one. Carried out even if
 * the connection has ended since, for hanging up and closing the page come together.
 * @param only What is meant is this room, in which the peer may not be any more.
 */
export function leave(draft: RoomDraft | undefined, who: Connection, only?: string): void {
  if (draft === undefined || (only !== undefined && draft.room?.name !== only)) return;
  const seat = seatOf(draft.room, who.peerId);
  if (seat !== undefined && mayEnd(seat, who)) draft.vacate(seat, 'left');
  const knock = knockOf(draft.room, who.peerId);
  if (knock !== undefined && mayEnd(knock, who)) draft.endKnock(knock, 'cancelled');
}

/** A member answers a knock; the first answer wins. */
export function answerKnock(
  draft: RoomDraft | undefined,
  who: Connection,
  {invitationId, response, signal}: ParsedRequest<'answer'>,
): Reply<'answer'> | Refusal {
  // Of another room or of none: nobody learns more than that it is not, or no longer, open to them.
  const knock = isSeatedThrough(draft?.room, who)
    ? draft?.room?.knocks.find(({id}) => id === invitationId)
    : undefined;
  if (!draft || !knock) return refusal('invitation-over', 'no such invitation is open');
  if (response === 'accept') draft.admit(knock, who.peerId, signal);
  else draft.endKnock(knock, 'answered-elsewhere', 'declined', who.peerId);
  return DONE;
}

/** The new name and metadata of somebody who sits in a room, knocks at one or is listed. */
export async function applyProfile(tx: Transaction, who: Connection): Promise<void> {
  const draft = await tx.roomOf(who.peerId);
  const seat = seatOf(draft?.room, who.peerId);
  if (seat && isHere(seat, who.id)) draft?.changeSeat(seat, seat.presence, who.profile);
  const knock = knockOf(draft?.room, who.peerId);
  if (knock && isHere(knock, who.id)) draft?.changeKnock(knock, knock.presence, who.profile);
  const person = await tx.person(who.personId);
  const tab = tabOf(person.person, who.peerId);
  if (tab && isHere(tab, who.id)) person.changeTab(tab, tab.presence, who.profile);
}

interface Routed {
  readonly reply: Reply<'signal'> | Refusal;
  readonly deliveries?: readonly Delivery[];
}

/** What this signal becomes for its receiver: nothing while that one is away. */
export function route(
  room: Room | undefined,
  who: Connection,
  request: ParsedRequest<'signal'>,
): Routed {
  const {to, ...content} = request;
  const others = otherEndOf(room, who, to);
  if (others !== undefined) {
    if (!who.maySignalAlong(to)) {
      return {reply: refusal('rate-limited', 'so much is not said along with a knock or call')};
    }
    const payload = {...content, from: to};
    return {reply: DONE, deliveries: others.map((each) => ({to: each, event: 'signal', payload}))};
  }
  if (!isSeatedThrough(room, who)) return {reply: refusal('not-in-room', NOT_SEATED)};
  const receiver = seatOf(room, request.to);
  if (receiver === undefined || receiver.peerId === who.peerId) {
    return {reply: refusal('not-in-room', 'the receiver is not in the same room')};
  }
  if (receiver.presence.kind === 'away') return {reply: DONE};
  return {
    reply: DONE,
    deliveries: [{to: {peer: to}, event: 'signal', payload: {...content, from: who.peerId}}],
  };
}

/** Who is asked by this open knock or call, if it is this connection's own; or who asks, if it is asked. */
function otherEndOf(
  room: Room | undefined,
  who: Connection,
  invitationId: string,
): Address[] | undefined {
  const knock = room?.knocks.find(({id}) => id === invitationId);
  const isSeated = isSeatedThrough(room, who);
  if (room && knock) {
    if (isSeated) return addressesOf([knock]);
    return knock.peerId === who.peerId && isHere(knock, who.id)
      ? addressesOf(room.seats)
      : undefined;
  }
  if (room?.ring?.id !== invitationId) return undefined;
  if (isSeated) return [{person: room.ring.to.personId}];
  return room.ring.to.personId === who.personId ? addressesOf(room.seats) : undefined;
}

/** Of those who are there. */
function addressesOf(occupants: readonly Occupant[]): Address[] {
  return occupants
    .filter(({presence}) => presence.kind === 'here')
    .map(({peerId}) => ({peer: peerId}));
}

/** A connection is gone: the peer's places are kept for a while, unless a newer connection holds them. */
export async function drop(tx: Transaction, who: Connection): Promise<void> {
  await letGo(tx, who, (occupant) => isHere(occupant, who.id));
}

/** A new connection of the peer: an older one holds its places no longer, this one not before it asks for them. */
export async function takeOver(tx: Transaction, who: Connection): Promise<Kept> {
  await letGo(tx, who, ({presence}) => presence.kind === 'here');
  const room = (await tx.roomOf(who.peerId))?.room;
  if (room === undefined) return null;
  return {room: room.name, as: seatOf(room, who.peerId) === undefined ? 'knock' : 'seat'};
}

/** Marks those places of a peer as kept which it held until now. */
async function letGo(
  tx: Transaction,
  {peerId, personId}: Connection,
  wasHeld: (occupant: Occupant) => boolean,
): Promise<void> {
  const draft = await tx.roomOf(peerId);
  const seat = seatOf(draft?.room, peerId);
  if (draft && seat && wasHeld(seat)) draft.changeSeat(seat, draft.awayFromNow());
  const knock = knockOf(draft?.room, peerId);
  if (draft && knock && wasHeld(knock)) draft.changeKnock(knock, draft.awayFromNow());
  const person = await tx.person(personId);
  const tab = tabOf(person.person, peerId);
  if (tab && wasHeld(tab)) person.changeTab(tab, person.awayFromNow());
}

function isSeatedThrough(room: Room | undefined, who: Connection): boolean {
  const seat = seatOf(room, who.peerId);
  return seat !== undefined && isHere(seat, who.id);
}
