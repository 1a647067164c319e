/**
 * What tabs do in `calls-model.test.ts`: each asks the relay for something, and in the instant of the
 * answer compares it with the facts as they were and changes them. Whether others act at the same
 * time makes no difference to it.
 */
import assert from 'node:assert/strict';
import type {ParsedRequest, Refusal, Reply, RequestName} from '../../protocol/messages.js';
import type {RoomView} from '../../protocol/shapes.js';
import type {Connection} from '../../server/relay/connection.js';
import type {Call, Tab} from './calls-facts.js';
import type {CallsModel} from './calls-model.js';

export const DIRECTORIES = ['office', 'shop'];
export const ROOMS = ['one', 'two'];

export type Deed =
  | {readonly do: 'list'; readonly directory: number}
  | {readonly do: 'call'; readonly whom: number; readonly ringMs: number}
  | {readonly do: 'answer'; readonly which: number; readonly accept: boolean}
  | {readonly do: 'ringing'; readonly which: number}
  | {readonly do: 'join'; readonly room: number}
  | {readonly do: 'leave-room'; readonly which: number}
  | {readonly do: 'reload'; readonly isProper: boolean}
  | {readonly do: 'rename'; readonly label: string}
  | {readonly do: 'leave' | 'drop' | 'resume'};

export class Steps {
  readonly #model: CallsModel;

  constructor(model: CallsModel) {
    this.#model = model;
  }

  async take(tab: Tab, deed: Deed): Promise<void> {
    if (deed.do === 'reload') return this.#reload(tab, deed.isProper);
    if (!tab.isConnected) return;
    switch (deed.do) {
      case 'drop':
        return tab.drop();
      case 'list':
        return this.#list(tab, DIRECTORIES[deed.directory] ?? null);
      case 'call':
        return this.#call(tab, this.#personId(deed.whom), deed.ringMs);
      case 'answer':
        return this.#answer(tab, pick(this.#asked(tab), deed.which), deed.accept);
      case 'ringing':
        return this.#ringing(tab, pick([...this.#model.calls.keys()], deed.which));
      case 'join':
        return this.#join(tab, ROOMS[deed.room] as string);
      case 'resume':
        return this.#resume(tab);
      case 'rename':
        return this.#rename(tab, deed.label);
      case 'leave':
        this.#cancels(tab);
        return this.#ask(tab, 'leave', {}, (reply, by) => {
          assert.deepEqual(reply, {ok: true});
          this.#model.sit(tab, null, by);
        });
      case 'leave-room':
        return this.#leaveRoom(tab, pick(this.#roomsOf(tab), deed.which) as string);
    }
  }

  #personId(which: number): string {
    return [...new Set(this.#model.tabs.map(({personId}) => personId))][which] as string;
  }

  /** Mostly what the tab shows, but it may try anything. */
  #asked(tab: Tab): string[] {
    const shown = [...tab.calls, ...tab.knocks];
    return shown.length > 0 ? shown : [...this.#model.calls.keys()];
  }

  /** Mostly the one in which it sits by now; but it may sit in another, or in none, when it is heard. */
  #roomsOf(tab: Tab): string[] {
    const room = tab.seat?.call.room;
    return room === undefined ? [...this.#model.rooms] : [room, room, ...this.#model.rooms];
  }

  #leaveRoom(tab: Tab, room: string): Promise<void> {
    this.#cancels(tab);
    return this.#ask(tab, 'leave', {room}, (reply, by) => {
      assert.deepEqual(reply, {ok: true});
      if (tab.seat?.call.room === room) this.#model.sit(tab, null, by);
    });
  }

  /** What is done now may end the call that this tab makes. */
  #cancels(tab: Tab): void {
    this.#model.deeds.add(`${tab.peerId} cancelled`);
  }

  #ask<Name extends RequestName>(
    tab: Tab,
    name: Name,
    request: ParsedRequest<Name>,
    heed: (reply: Reply<Name> | Refusal, by: Connection) => void,
  ): Promise<void> {
    const {connection} = tab;
    return this.#model.world.relay.request(connection, name, request, (reply) => {
      this.#model.guard(() => {
        const isHere = tab.isConnected && tab.through === connection;
        if (!reply.ok && reply.code === 'aborted') {
          assert(!isHere, `${name} was aborted without reason`);
          return;
        }
        heed(reply, connection);
        // It is gone since, so what it has got is only kept.
        if (!isHere) this.#model.keep(tab, connection);
      });
    });
  }

  async #reload(tab: Tab, isProper: boolean): Promise<void> {
    const directory = tab.listed?.directory ?? null;
    await tab.connect();
    if (!isProper) return;
    await Promise.all([this.#resume(tab), this.#list(tab, directory)]);
  }

  #list(tab: Tab, directory: string | null): Promise<void> {
    tab.moves.push(directory);
    return this.#ask(tab, 'directory', {directory}, (reply, by) => {
      assert.deepEqual(reply, {ok: true});
      this.#model.list(tab, directory, by);
      tab.moves.splice(tab.moves.indexOf(directory), 1);
    });
  }

  #rename(tab: Tab, label: string): Promise<void> {
    return this.#ask(tab, 'profile', {displayName: label, metadata: null}, (reply, by) => {
      assert.deepEqual(reply, {ok: true});
      if (tab.through !== by) return;
      tab.label = label;
      if (tab.listed?.by === by) tab.listed.label = label;
    });
  }

  #call(tab: Tab, personId: string, ringTimeoutMs: number): Promise<void> {
    const model = this.#model;
    this.#cancels(tab);
    model.deeds.add(`${personId} and ${tab.personId} accepted`);
    return this.#ask(tab, 'call', {personId, ringTimeoutMs}, (reply, by) => {
      const directory =
        (tab.listed?.untilMs ?? 0) > model.nowMs ? tab.listed?.directory : undefined;
      const isKnown = directory !== undefined && model.isListed(personId, directory);
      assert.equal(
        !reply.ok && reply.code === 'person-not-found',
        !isKnown || personId === tab.personId,
        `${tab.name} finds ${personId}`,
      );
      if (!reply.ok) {
        if (reply.code !== 'person-not-found') assert.equal(reply.code, 'rate-limited');
        if (reply.code === 'rate-limited') model.checkDeserved(tab.personId, personId);
        return;
      }
      const crossing = model.openTo(tab.personId).find(({from}) => from === personId);
      if (reply.outcome !== 'seated') assert.equal(crossing, undefined, 'crossing calls are one');
      if (reply.outcome === 'busy') {
        assert(model.isBusy(personId), 'free, and yet busy');
        assert.equal(model.calls.has(reply.invitationId), false);
        return;
      }
      const {invitationId: id, room} = reply;
      if (reply.outcome === 'seated') {
        const theirs = model.calls.get(id);
        assert.deepEqual([theirs?.from, theirs?.to], [personId, tab.personId]);
        return this.#seated(tab, theirs as Call, room, by);
      }
      const again = model.calls.get(id);
      if (again?.caller !== undefined) {
        assert.equal(again.caller, tab, 'in the place of another caller');
        assert(model.isOpen(again), 'a call that is over');
        if (tab.seat !== null) Object.assign(tab.seat, {untilMs: Infinity, by});
        tab.outgoing = {id, isRinging: room.outgoing?.isRinging ?? false};
        return;
      }
      const call = model.callOf(id, {from: tab.personId, to: personId});
      call.expiresAtMs = model.nowMs + ringTimeoutMs;
      this.#calling(tab, call, room, by);
    });
  }

  #calling(tab: Tab, call: Call, room: RoomView, by: Connection): void {
    const model = this.#model;
    assert.equal(model.isInCall(call.to), false, 'rung while in a call');
    const rivals = model.openTo(call.to).filter((each) => each !== call);
    assert.deepEqual(rivals, [], 'rung twice');
    model.sit(tab, call, by);
    Object.assign(call, {caller: tab, room: room.name, directory: tab.listed?.directory});
    model.rooms.add(room.name);
    model.rang(tab.personId, call.to);
    if (tab.through === by) tab.outgoing = {id: call.id, isRinging: false};
    assert.deepEqual([room.kind, room.peers, room.outgoing?.id], ['call', [], call.id]);
  }

  /** The other seat of a call is this tab's. */
  #seated(tab: Tab, call: Call, room: RoomView, by: Connection): void {
    const model = this.#model;
    assert.equal(call.isAnswered, false, 'answered twice');
    assert(call.end === 'accepted' || model.isOpen(call), 'a call that is over');
    model.sit(tab, call, by);
    Object.assign(call, {isAnswered: true, end: 'accepted'});
    this.#answered(tab, call, by);
    if (tab.through === by) tab.hasCompany = true;
    assert.deepEqual([room.name, room.kind, room.outgoing], [call.room, 'call', null]);
    assert.deepEqual(
      room.peers.map(({peerId}) => peerId),
      [call.caller?.peerId],
    );
  }

  async #answer(tab: Tab, id: string | undefined, accept: boolean): Promise<void> {
    if (id === undefined) return;
    const model = this.#model;
    if (accept) this.#cancels(tab);
    model.deeds.add(`${id} ${accept ? 'accepted' : 'declined'}`);
    const request = {invitationId: id, response: accept ? 'accept' : 'decline'} as const;
    await this.#ask(tab, 'answer', request, (reply, by) => {
      const call = model.calls.get(id);
      if (call === undefined) return void tab.knocks.delete(id);
      if (!reply.ok) {
        assert.equal(reply.code, 'invitation-over');
        assert(!model.isOpen(call) || call.to !== tab.personId, 'open, and yet over');
        return;
      }
      assert.equal(call.to, tab.personId, 'answered by a stranger');
      if (accept) return this.#seated(tab, call, reply.room as RoomView, by);
      assert.equal(call.isAnswered, false, 'answered twice');
      assert(call.end === 'declined' || model.isOpen(call), 'a call that is over');
      Object.assign(call, {isAnswered: true, end: 'declined'});
      this.#answered(tab, call, by);
    });
  }

  #answered(tab: Tab, {id}: Call, by: Connection): void {
    const wasShown = tab.calls.delete(id);
    if (tab.through === by) assert(wasShown, 'told of an end that was its own doing');
  }

  async #ringing(tab: Tab, id: string | undefined): Promise<void> {
    if (id === undefined) return;
    await this.#ask(tab, 'ringing', {invitationId: id}, (reply) => {
      const call = this.#model.calls.get(id) as Call;
      assert.equal(reply.ok, call.to === tab.personId && this.#model.isOpen(call));
    });
  }

  #join(tab: Tab, room: string): Promise<void> {
    this.#cancels(tab);
    const request = {room, resume: false, ringTimeoutMs: 12_000};
    return this.#ask(tab, 'join', request, (reply, by) => {
      this.#model.sit(tab, null, by);
      if (!reply.ok) {
        assert(['room-full', 'rate-limited'].includes(reply.code), reply.code);
      } else if (reply.outcome === 'knocking') this.#model.knocks.add(reply.invitationId);
      else for (const {id} of reply.room.invitations) tab.knocks.add(id);
    });
  }

  /** The way back into a call. */
  async #resume(tab: Tab): Promise<void> {
    const {seat} = tab;
    const name = seat?.call.room;
    if (!tab.isConnected || !seat || name === undefined) return;
    await this.#ask(tab, 'join', {room: name, resume: true}, (reply, by) => {
      if (tab.seat !== seat) return;
      const {call} = seat;
      const isKept =
        this.#model.hasSeat(tab) && (this.#model.isOpen(call) || call.end === 'accepted');
      assert.equal(reply.ok, isKept, 'what is kept can be taken back, nothing else can');
      if (!reply.ok || reply.outcome !== 'seated') {
        tab.seat = null;
        return;
      }
      Object.assign(seat, {untilMs: Infinity, by});
      tab.hasCompany = reply.room.peers.length > 0;
      const {outgoing} = reply.room;
      tab.outgoing = outgoing && {id: outgoing.id, isRinging: outgoing.isRinging};
      assert.equal(outgoing?.id, this.#model.isOpen(call) ? call.id : undefined);
    });
  }
}

function pick<Item>(items: readonly Item[], which: number): Item | undefined {
  return items[which % Math.max(1, items.length)];
}
