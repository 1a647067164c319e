/**
 * Who may be listed where, and who may ring whom: one function a request, each over a transaction.
 * Pure but for its drafts; no stores, no sockets, no waiting for people.
 */
import {DEFAULT_RING_TIMEOUT_MS, MAX_TABS_PER_PERSON} from '../../protocol/limits.js';
import type {ParsedRequest, Refusal, Reply} from '../../protocol/messages.js';
import type {Answered, InvitationView} from '../../protocol/shapes.js';
import type {Connection} from './connection.js';
import {CALL_LIMITS, mayAsk} from './invitation-limits.js';
import {isListedIn, isSeatedInCall, tabOf} from './person.js';
import type {PersonDraft} from './person-draft.js';
import {callView, type Occupant, type Ring} from './room.js';
import type {RoomDraft} from './room-draft.js';
import {DONE, leave, mayEnd, refusal} from './rules.js';
import type {Transaction} from './transaction.js';

const NOT_OPEN = refusal('invitation-over', 'no such call is open');

/** A call is a room of its own. */
const ROOM_ONLY = refusal('unauthorized', 'the access token is for one room only');

/** Be listed in a directory, in another one, or in none. */
export async function list(
  tx: Transaction,
  who: Connection,
  {directory}: ParsedRequest<'directory'>,
): Promise<Reply<'directory'> | Refusal> {
  const {scope} = who;
  if (directory !== null && scope.directory !== null && scope.directory !== directory) {
    return refusal('unauthorized', 'the access token is for another directory');
  }
  const draft = await tx.person(who.personId);
  const tab = tabOf(draft.person, who.peerId);
  if (directory === null) {
    if (tab !== undefined && mayEnd(tab, who)) draft.unlist(tab, 'left');
    return DONE;
  }
  // Its successor may be listed already; a place must not go back to a dead connection.
  if (who.isOver) return refusal('aborted', 'the connection is over');
  if (tab === undefined && (draft.person?.tabs.length ?? 0) >= MAX_TABS_PER_PERSON) {
    return refusal('rate-limited', 'this person is listed too often');
  }
  draft.list({...occupantOf(who), directory});
  return DONE;
}

/** Ring somebody of one's own directory. */
export async function call(
  tx: Transaction,
  who: Connection,
  {personId, ringTimeoutMs = DEFAULT_RING_TIMEOUT_MS}: ParsedRequest<'call'>,
): Promise<Reply<'call'> | Refusal> {
  if (who.isOver) return refusal('aborted', 'the connection is over');
  if (who.scope.room !== null) return ROOM_ONLY;
  const caller = await tx.person(who.personId);
  const callee = await tx.person(personId);
  const directory = tabOf(caller.person, who.peerId)?.directory;
  if (directory === undefined || caller === callee || !isListedIn(callee.person, directory)) {
    return refusal('person-not-found', 'nobody of that id is in the directory of this peer');
  }
  const theirs = tx.roomRinging(caller);
  const theirRing = theirs?.room?.ring;
  if (theirs && theirRing && theirs.room?.seats[0]?.personId === personId) {
    // Both call each other: theirs came first, and ours answers it.
    const room = await sitDown(tx, who, caller, theirs, theirRing);
    return {ok: true, outcome: 'seated', invitationId: theirRing.id, room};
  }
  const own = await tx.roomOf(who.peerId);
  const ours = own?.room?.ring;
  if (own && ours?.to.personId === personId) {
    const [seat] = own.room?.seats ?? [];
    if (seat) own.changeSeat(seat, occupantOf(who).presence, who.profile);
    return {ok: true, outcome: 'calling', invitationId: ours.id, room: own.viewFor(who.peerId)};
  }
  if (await isBusy(tx, callee)) {
    return {ok: true, outcome: 'busy', invitationId: tx.context.makeId(), to: callee.view};
  }
  if (!mayAsk(callee.person?.pastCalls ?? [], who.personId, tx.context.nowMs, CALL_LIMITS)) {
    return refusal('rate-limited', 'too many calls to this person: wait a minute');
  }
  leave(own, who);
  const name = tx.context.makeId();
  const draft = await tx.room(name);
  const whom = {to: callee.view, directory};
  const ring = draft.openCall(name, occupantOf(who), whom, ringTimeoutMs);
  callee.ring(name, who.personId);
  const room = draft.viewFor(who.peerId);
  return {ok: true, outcome: 'calling', invitationId: ring.id, room};
}

/** A tab of the one who is called says that it rings. */
export async function confirm(
  tx: Transaction,
  who: Connection,
  {invitationId}: ParsedRequest<'ringing'>,
): Promise<Reply<'ringing'> | Refusal> {
  const draft = tx.roomRinging(await tx.person(who.personId));
  const ring = draft?.room?.ring;
  if (!draft || ring?.id !== invitationId) return NOT_OPEN;
  draft.confirmRing(ring);
  return DONE;
}

/** A tab of the one who is called answers; `undefined` if it is not a call to them that is meant. */
export async function answerCall(
  tx: Transaction,
  who: Connection,
  {invitationId, response, signal}: ParsedRequest<'answer'>,
): Promise<Reply<'answer'> | Refusal | undefined> {
  const callee = await tx.person(who.personId);
  const draft = tx.roomRinging(callee);
  const ring = draft?.room?.ring;
  if (!draft || ring?.id !== invitationId) return undefined;
  if (who.isOver) return refusal('aborted', 'the connection is over');
  if (response === 'accept' && who.scope.room !== null) return ROOM_ONLY;
  if (response === 'accept') {
    return {ok: true, room: await sitDown(tx, who, callee, draft, ring, signal)};
  }
  draft.endRing('declined', occupantOf(who));
  return DONE;
}

/** The call that waits for this person's answer, for a tab that has just connected. */
export async function openCall(
  tx: Transaction,
  personId: string,
): Promise<InvitationView | undefined> {
  const room = tx.roomRinging(await tx.person(personId))?.room;
  return room && callView(room, tx.context.nowMs);
}

/** Takes the other seat of a call; the present room, whichever it is, is left in the same instant. */
async function sitDown(
  tx: Transaction,
  who: Connection,
  callee: PersonDraft,
  draft: RoomDraft,
  ring: Ring,
  answered?: Answered,
): Promise<ReturnType<RoomDraft['viewFor']>> {
  leave(await tx.roomOf(who.peerId), who);
  const caller = draft.room?.seats[0];
  draft.acceptRing(ring, occupantOf(who), answered);
  if (caller) callee.forgetCallsOf(caller.personId);
  callee.endRing();
  return draft.viewFor(who.peerId);
}

/** Being rung, calling, or in a call, with any tab. An ordinary room does not count: one may be called out of it. */
async function isBusy(tx: Transaction, draft: PersonDraft): Promise<boolean> {
  if (tx.roomRinging(draft) !== undefined) return true;
  for (const name of draft.person?.calls ?? []) {
    // Time may have ended it.
    if (isSeatedInCall((await tx.room(name)).room, draft.personId)) return true;
  }
  return false;
}

function occupantOf(who: Connection): Occupant & {presence: {kind: 'here'}} {
  const presence = {kind: 'here', connectionId: who.id} as const;
  return {peerId: who.peerId, personId: who.personId, ...who.profile, presence};
}
