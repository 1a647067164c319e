/**
 * One room within a decision in the making: the room as it will be, and what must be said once that
 * is stored. It knows what each step means for everybody concerned, but not who may take it.
 */
import type {EndReason} from '../../protocol/codes.js';
import type {RelayEvent, RelayEventName} from '../../protocol/messages.js';
import type {Answered, IceConfiguration, InvitationView, RoomView} from '../../protocol/shapes.js';
import {recent} from './invitation-limits.js';
import type {Note, Outbox} from './outbox.js';
import type {DecisionContext} from './ports.js';
import {
  callView,
  invitationView,
  knockDeadlineMs,
  peerView,
  roomDeadlineMs,
  roomView,
  seatDeadlineMs,
  type Knock,
  type Occupant,
  type Presence,
  type Profile,
  type Ring,
  type Room,
  type Seat,
} from './room.js';

export class RoomDraft {
  readonly #context: DecisionContext;
  readonly #outbox: Outbox;
  #room: Room | undefined;
  /** Moves along the deadlines while time is made up for, so that each thing happens at its own moment. */
  #nowMs: number;

  constructor(room: Room | undefined, context: DecisionContext, outbox: Outbox) {
    this.#room = room;
    this.#context = context;
    this.#outbox = outbox;
    this.#nowMs = context.nowMs;
  }

  /** The room as it will be; `undefined` if nobody is left in it. */
  get room(): Room | undefined {
    return this.#room;
  }

  get nowMs(): number {
    return this.#context.nowMs;
  }

  /** The next moment at which time alone changes the room; `Infinity`: none. */
  get deadlineMs(): number {
    return this.#room === undefined ? Infinity : roomDeadlineMs(this.#room);
  }

  /** Does what is due at `deadlineMs`. */
  passDeadline(): void {
    const {seats, knocks, ring} = this.#existing();
    this.#nowMs = this.deadlineMs;
    const knock = knocks.find((each) => knockDeadlineMs(each) === this.#nowMs);
    const seat = seats.find((each) => seatDeadlineMs(each) === this.#nowMs);
    if (ring?.expiresAtMs === this.#nowMs) this.endRing('timeout');
    else if (knock !== undefined) this.#expire(knock);
    else if (seat !== undefined) this.vacate(seat, 'lost');
    this.#nowMs = this.#context.nowMs;
  }

  // ---------------------------------------------------------------- seats

  open(name: string, capacity: number, host: Seat): void {
    this.#open({name, kind: 'room', capacity, seats: [host], ring: null});
    this.#note('room opened', {peerId: host.peerId});
  }

  /** What `peerId` sees of the room. */
  viewFor(peerId: string): RoomView {
    return roomView(this.#existing(), peerId, this.nowMs, this.#context.iceFor(peerId));
  }

  iceFor({peerId}: {readonly peerId: string}): IceConfiguration {
    return this.#context.iceFor(peerId);
  }

  viewOf(knock: Knock): InvitationView {
    return invitationView(knock, this.nowMs);
  }

  /** Changes a seat's presence or profile and tells the others, if there is anything to tell. */
  changeSeat(seat: Seat, presence: Presence, profile: Profile = seat): void {
    const {displayName, metadata} = profile;
    const changed: Seat = {...seat, displayName, metadata, presence};
    const room = this.#existing();
    this.#room = {...room, seats: room.seats.map((each) => (each === seat ? changed : each))};
    const isNews = JSON.stringify(peerView(seat)) !== JSON.stringify(peerView(changed));
    if (isNews) this.#tellMembers('peer-changed', peerView(changed), changed.peerId);
    if (seat.presence.kind !== presence.kind) {
      this.#note(presence.kind === 'here' ? 'peer back' : 'peer away', {peerId: seat.peerId});
    }
  }

  /** Frees a seat. The last one out hands the room to whoever has knocked, or closes it. */
  vacate(seat: Seat, reason: EndReason): void {
    const room = this.#existing();
    // The caller knows, or is not there to be told.
    if (room.ring !== null) return this.endRing(reason === 'left' ? 'cancelled' : reason, seat);
    const seats = room.seats.filter((each) => each !== seat);
    this.#note('peer left', {peerId: seat.peerId, reason});
    this.#room = {...room, seats};
    if (seats.length > 0) {
      this.#tellMembers('peer-left', {peerId: seat.peerId, reason});
      return;
    }
    // Somebody who can be greeted before somebody who may never come back; else the oldest.
    const heir = room.knocks.find((knock) => knock.presence.kind === 'here') ?? room.knocks[0];
    if (heir === undefined) {
      this.#note('room closed', {});
      this.#room = undefined;
      return;
    }
    this.#room = {...room, capacity: heir.capacity, seats: []};
    this.#seatKnocker(heir);
    this.#greet(heir);
  }

  /** The presence of somebody whose connection is gone as of now. */
  awayFromNow(): Presence {
    return {kind: 'away', untilMs: this.#nowMs + this.#context.seatGraceMs};
  }

  // --------------------------------------------------------------- knocks

  knock(details: Omit<Knock, 'id'>): Knock {
    const knock: Knock = {...details, id: this.#context.makeId()};
    const room = this.#existing();
    const past = {by: knock.peerId, atMs: this.nowMs};
    const pastKnocks = [...recent(room.pastKnocks, this.nowMs), past];
    this.#room = {...room, knocks: [...room.knocks, knock], pastKnocks};
    this.#tellMembers('invitation', this.viewOf(knock));
    this.#note('knock', {peerId: knock.peerId, invitationId: knock.id});
    return knock;
  }

  changeKnock(knock: Knock, presence: Presence, profile: Profile = knock): void {
    const {displayName, metadata} = profile;
    const changed: Knock = {...knock, displayName, metadata, presence};
    const room = this.#existing();
    this.#room = {...room, knocks: room.knocks.map((each) => (each === knock ? changed : each))};
  }

  /**
   * Lets a knocker in. If that fills the room, whoever still waits at the door is told it is busy.
   * @param answered what the one who answers says to the knocker's offer
   */
  admit(knock: Knock, answererId: string, answered?: Answered): void {
    const room = this.#existing();
    this.#tellMembers('invitation-ended', {id: knock.id, reason: 'answered-elsewhere'}, answererId);
    if (room.seats.length + 1 >= room.capacity) {
      // Before the newcomer is a member, for it never knew of these prompts.
      for (const other of room.knocks) if (other !== knock) this.endKnock(other, 'busy', 'busy');
    }
    this.#seatKnocker(knock);
    this.#greet(knock, answered && {from: answererId, ...answered});
  }

  /**
   * Ends a knock that came to nothing.
   * @param reason what the members hear, but the one whose answer ended it
   * @param toKnocker what the knocker hears; nothing when it was its own doing
   */
  endKnock(knock: Knock, reason: EndReason, toKnocker?: EndReason, answererId?: string): void {
    this.#dropKnock(knock);
    this.#tellMembers('invitation-ended', {id: knock.id, reason}, answererId);
    if (toKnocker !== undefined && knock.presence.kind === 'here') {
      this.#outbox.tell({peer: knock.peerId}, 'invitation-ended', {
        id: knock.id,
        reason: toKnocker,
      });
    }
    this.#note('knock ended', {invitationId: knock.id, reason: toKnocker ?? reason});
  }

  // ---------------------------------------------------------------- calls

  /** The caller sits down in a room of its own, and everywhere at the other end it rings. */
  openCall(
    name: string,
    caller: Seat,
    {to, directory}: Pick<Ring, 'to' | 'directory'>,
    ringTimeoutMs: number,
  ): Ring {
    const ring: Ring = {
      id: this.#context.makeId(),
      to,
      directory,
      expiresAtMs: this.nowMs + ringTimeoutMs,
      isConfirmed: false,
    };
    const room = this.#open({name, kind: 'call', capacity: 2, seats: [caller], ring});
    const view = callView(room, this.nowMs);
    if (view !== undefined) this.#outbox.tell({person: to.personId}, 'invitation', view);
    this.#note('call', {peerId: caller.peerId, invitationId: ring.id});
    return ring;
  }

  /** One of their tabs says that it rings; the first time the caller is told. */
  confirmRing(ring: Ring): void {
    if (ring.isConfirmed) return;
    this.#room = {...this.#existing(), ring: {...ring, isConfirmed: true}};
    this.#tellMembers('ringing', {id: ring.id});
  }

  /** One of their tabs sits down, with this answer to the caller's offer; the others stop ringing. */
  acceptRing(ring: Ring, seat: Seat, answered?: Answered): void {
    const heard = {person: ring.to.personId, except: seat.peerId};
    this.#outbox.tell(heard, 'invitation-ended', {id: ring.id, reason: 'answered-elsewhere'});
    const signal = answered && {signal: answered};
    this.#tellMembers('peer-joined', {...peerView(seat), invitationId: ring.id, ...signal});
    const room = this.#existing();
    this.#room = {...room, ring: null, seats: [...room.seats, seat]};
    this.#note('call accepted', {peerId: seat.peerId, invitationId: ring.id});
  }

  /**
   * The call comes to nothing, for the same reason at both ends, and its room is closed.
   * @param by whose doing it is, who need not be told
   */
  endRing(reason: EndReason, by?: Occupant): void {
    const {ring} = this.#existing();
    if (ring === null) return;
    const heard = {person: ring.to.personId, ...(by && {except: by.peerId})};
    this.#outbox.tell(heard, 'invitation-ended', {id: ring.id, reason});
    this.#tellMembers('invitation-ended', {id: ring.id, reason}, by?.peerId);
    this.#note('call ended', {invitationId: ring.id, reason});
    this.#room = undefined;
  }

  // -------------------------------------------------------------- private

  #open(room: Omit<Room, 'id' | 'knocks' | 'pastKnocks'>): Room {
    this.#room = {...room, id: this.#context.makeId(), knocks: [], pastKnocks: []};
    return this.#room;
  }

  #existing(): Room {
    if (this.#room === undefined) throw new Error('the room does not exist');
    return this.#room;
  }

  #dropKnock(knock: Knock): void {
    const room = this.#existing();
    this.#room = {...room, knocks: room.knocks.filter((each) => each.id !== knock.id)};
  }

  #seatKnocker(knock: Knock): void {
    this.#dropKnock(knock);
    const {peerId, personId, displayName, metadata} = knock;
    const presence = knock.presence.kind === 'here' ? knock.presence : this.awayFromNow();
    const seat: Seat = {peerId, personId, displayName, metadata, presence};
    const room = this.#existing();
    // The members hear of the newcomer before it hears that it may speak to them.
    this.#tellMembers('peer-joined', {...peerView(seat), invitationId: knock.id});
    // Somebody who was welcome is not kept waiting for having come often.
    const pastKnocks = room.pastKnocks.filter(({by}) => by !== peerId);
    this.#room = {...room, seats: [...room.seats, seat], pastKnocks};
    this.#note('peer seated', {peerId, invitationId: knock.id});
  }

  #greet({id, peerId, presence}: Knock, signal?: RelayEvent<'admitted'>['signal']): void {
    if (presence.kind === 'away') return;
    const payload = {invitationId: id, room: this.viewFor(peerId), ...(signal && {signal})};
    this.#outbox.tell({peer: peerId}, 'admitted', payload);
  }

  #tellMembers<Name extends RelayEventName>(
    event: Name,
    payload: RelayEvent<Name>,
    exceptId?: string,
  ): void {
    for (const seat of this.#existing().seats) {
      // The away ones get the whole view when they are back; what they missed is in it.
      if (seat.peerId === exceptId || seat.presence.kind === 'away') continue;
      this.#outbox.tell({peer: seat.peerId}, event, payload);
    }
  }

  #note(message: string, fields: Note['fields']): void {
    this.#outbox.note(message, {room: this.#existing().id, ...fields});
  }

  #expire(knock: Knock): void {
    if (knock.expiresAtMs <= this.#nowMs) this.endKnock(knock, 'timeout', 'timeout');
    else this.endKnock(knock, 'lost');
  }
}
