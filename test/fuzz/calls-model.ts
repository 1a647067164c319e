/**
 * What must be true of directories and calls, for `calls-model.test.ts`: what each tab is told is
 * compared with the facts, in the instant in which it is told, and everything with everything
 * between any two steps. It knows none of the relay's code.
 */
import assert from 'node:assert/strict';
import type {RelayEvent} from '../../protocol/messages.js';
import type {InvitationView, PersonEntry} from '../../protocol/shapes.js';
import type {Delivery} from '../../server/relay/ports.js';
import {CallsFacts, type Call, type Tab} from './calls-facts.js';

export class CallsModel extends CallsFacts {
  // ----------------------------------------------------------- being told

  override hear(tab: Tab, {event, payload}: Delivery): void {
    assert(!tab.isGone, `${tab.name} is away and is told ${event}`);
    // The relay has not noticed yet.
    if (!tab.isConnected) return;
    switch (event) {
      case 'people':
        return this.#learn(tab, payload);
      case 'invitation':
        if (payload.kind === 'call') return this.#ring(tab, payload);
        this.knocks.add(payload.id);
        tab.knocks.add(payload.id);
        return;
      case 'ringing':
        assert.deepEqual(tab.outgoing, {id: payload.id, isRinging: false}, 'rings, once');
        tab.outgoing.isRinging = true;
        return;
      case 'invitation-ended':
        if (this.knocks.has(payload.id)) return void tab.knocks.delete(payload.id);
        if (this.calls.has(payload.id)) return this.#hearEnd(tab, payload);
        assert.equal(payload.id.startsWith('made-'), true);
        return;
      case 'admitted':
        for (const {id} of payload.room.invitations) this.knocks.add(id);
        return;
      case 'peer-joined':
      case 'peer-left':
        if (tab.seat === null) return;
        assert.equal(tab.seat.untilMs, Infinity, `${event} to whom the seat is only kept`);
        if (event === 'peer-joined') this.#hearAccepted(tab, tab.seat.call, payload.personId);
        else {
          assert(tab.hasCompany, 'left without having been there');
          tab.hasCompany = false;
        }
        return;
      case 'peer-changed':
        assert(tab.seat === null || tab.hasCompany, 'a change of somebody who is not there');
        return;
      default:
        assert.fail(`unexpected ${event}`);
    }
  }

  #ring(tab: Tab, {id, from}: InvitationView): void {
    const call = this.callOf(id, {from: from.personId, to: tab.personId});
    assert.equal(call.end, undefined, 'it rings after its end');
    assert(!tab.calls.has(id), 'it rings twice');
    tab.calls.add(id);
  }

  #hearAccepted(tab: Tab, call: Call, personId: string): void {
    assert.equal(tab.outgoing?.id, call.id, 'somebody joins a call that nobody makes');
    assert.equal(personId, call.to, 'a stranger in the call');
    tab.outgoing = null;
    tab.hasCompany = true;
    this.#end(call, 'accepted');
  }

  #hearEnd(tab: Tab, {id, reason}: RelayEvent<'invitation-ended'>): void {
    const call = this.calls.get(id) as Call;
    if (tab.outgoing?.id === id) {
      assert.notEqual(reason, 'cancelled', 'it knows, for it was its own doing');
      tab.outgoing = null;
      tab.seat = null;
    } else assert(tab.calls.delete(id), `${tab.name} hears the end of what it does not know`);
    this.#end(call, reason === 'answered-elsewhere' ? 'accepted' : reason);
  }

  #end(call: Call, reason: string): void {
    if (call.end === undefined) this.#checkEnd(call, reason);
    assert.equal(reason, call.end ?? reason, 'the same at both ends');
    call.end = reason;
  }

  /** Is there a cause for this? */
  #checkEnd(call: Call, reason: string): void {
    if (reason === 'timeout') assert(this.nowMs >= call.expiresAtMs, 'too early');
    else if (reason === 'unreachable') {
      const staying = ({moves}: Tab) => moves.every((directory) => directory === call.directory);
      const others = this.tabs.filter(staying);
      assert(!this.isListed(call.to, call.directory, others), 'somebody is there');
    } else if (reason === 'lost') {
      const seat = call.caller?.seat;
      assert(seat?.call !== call || seat.untilMs <= this.nowMs, 'is there');
    } else {
      const doers = [call.id, call.caller?.peerId, `${call.from} and ${call.to}`];
      const hasCause = doers.some((doer) => this.deeds.has(`${doer} ${reason}`));
      assert(hasCause, `nobody has brought about: ${reason}`);
    }
  }

  #learn(tab: Tab, {directory, isSnapshot, people, gone}: RelayEvent<'people'>): void {
    assert.equal(directory, tab.follows, 'of another directory');
    if (isSnapshot) tab.people.clear();
    for (const entry of people) tab.people.set(entry.personId, entry);
    for (const personId of gone) tab.people.delete(personId);
  }

  // --------------------------------------------------- what must hold then

  /** Between any two steps. @param isDue time has taken effect on everything */
  async check(isDue: boolean): Promise<void> {
    this.guard(() => assert.deepEqual(this.world.errors, []));
    this.deeds.clear();
    for (const call of this.calls.values()) {
      if (!isDue || call.end || this.isOpen(call)) continue;
      // Then nobody was there to be told, and nobody may show it.
      call.end = 'over';
    }
    for (const tab of this.tabs) this.guard(() => this.#checkTab(tab));
    const open = [...this.calls.values()].filter((call) => this.isOpen(call));
    this.guard(() => assert.equal(new Set(open.map(({to}) => to)).size, open.length, 'rung twice'));
    await this.#checkRooms();
    if (this.problems.length > 0) throw this.problems[0];
  }

  #checkTab(tab: Tab): void {
    if (!tab.isConnected) return;
    const calls = [...this.calls.values()];
    for (const id of tab.calls) {
      assert.equal(this.calls.get(id)?.end, undefined, `${tab.name} is rung for ever`);
    }
    for (const call of calls.filter(({to}) => to === tab.personId)) {
      if (this.isOpen(call)) assert(tab.calls.has(call.id), `${tab.name} does not ring`);
    }
    if (tab.seat && this.hasSeat(tab) && tab.seat.by !== tab.through) {
      assert.equal(tab.kept?.room, tab.seat.call.room, 'has a seat, and was not told');
    }
    if (tab.outgoing) {
      assert.equal(this.calls.get(tab.outgoing.id)?.end, undefined, `${tab.name} calls for ever`);
    }
    const own = calls.find((call) => call.caller === tab && this.isOpen(call));
    if (own && tab.seat?.untilMs === Infinity) assert.equal(tab.outgoing?.id, own.id);
  }

  async #checkRooms(): Promise<void> {
    const places = new Map<string, string>();
    for (const name of this.rooms) {
      const room = (await this.world.store.readRoom(name))?.item;
      for (const {peerId} of [...(room?.seats ?? []), ...(room?.knocks ?? [])]) {
        this.guard(() => assert.equal(places.get(peerId), undefined, 'in two rooms at once'));
        places.set(peerId, name);
      }
    }
    for (const {end, room} of this.calls.values()) {
      if (!room || end === undefined || end === 'accepted') continue;
      this.guard(() => assert(![...places.values()].includes(room), 'the room of a dead call'));
    }
    for (const tab of this.tabs) {
      if (!this.hasSeat(tab)) continue;
      this.guard(() => assert.equal(places.get(tab.peerId), tab.seat?.call.room, 'its seat'));
    }
  }

  /** Once the board has had its time: everybody who follows a directory knows who is in it, and how. */
  async checkPeople(): Promise<void> {
    const truth = new Map<string, Map<string, PersonEntry>>();
    const byOrder = [...this.tabs].sort((a, b) => (a.listed?.order ?? 0) - (b.listed?.order ?? 0));
    for (const {personId, listed} of byOrder) {
      if (listed === null || listed.untilMs <= this.nowMs) continue;
      const list = truth.get(listed.directory) ?? new Map<string, PersonEntry>();
      truth.set(listed.directory, list);
      list.set(personId, await this.#entryOf(personId, listed.directory, byOrder));
    }
    for (const {isConnected, listed, people, personId, name} of this.tabs) {
      if (!isConnected || listed?.untilMs !== Infinity) continue;
      const known = new Map(people);
      const right = new Map(truth.get(listed.directory));
      for (const list of [known, right]) list.delete(personId);
      this.guard(() => assert.deepEqual(known, right, `${name} has a wrong list`));
    }
  }

  async #entryOf(personId: string, directory: string, byOrder: Tab[]): Promise<PersonEntry> {
    const own = byOrder.filter(
      (tab) => tab.personId === personId && tab.listed && tab.listed.untilMs > this.nowMs,
    );
    const shown = own.filter(({listed}) => listed?.directory === directory);
    const tab = shown.findLast(({listed}) => listed?.untilMs === Infinity) ?? shown.at(-1);
    let isInCall = this.isInCall(personId);
    for (const {peerId} of own) {
      const name = (await this.world.store.roomOf(peerId)) ?? '';
      const seats = (await this.world.store.readRoom(name))?.item.seats ?? [];
      if (seats.length > 1 && seats.some((seat) => seat.peerId === peerId)) isInCall = true;
    }
    const displayName = tab?.listed?.label ?? '';
    return {
      personId,
      ...(displayName !== '' && {displayName}),
      ...(isInCall && {status: 'in-call' as const}),
    };
  }
}
