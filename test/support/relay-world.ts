/**
 * A relay without sockets, and people in front of it: each has a connection, remembers what it was
 * told, and asks in one call. For tests of the rules.
 */
import assert from 'node:assert/strict';
import type {
  ParsedRequest,
  Refusal,
  RelayEvent,
  RelayEventName,
  Reply,
  RequestName,
} from '../../protocol/messages.js';
import type {RoomView} from '../../protocol/shapes.js';
import type {Connection, Scope} from '../../server/relay/connection.js';
import {MemoryStore} from '../../server/relay/memory-store.js';
import type {Delivery} from '../../server/relay/ports.js';
import {Relay} from '../../server/relay/relay.js';
import type {Kept} from '../../server/relay/rules.js';
import type {Store} from '../../server/relay/store.js';
import {FakeClock, settle} from './fake-clock.js';

export const SEAT_GRACE_MS = 30_000;

export interface WorldOptions {
  readonly maxPeers?: number;
  readonly seatGraceMs?: number;
  readonly store?: Store;
}

type Told = {readonly event: RelayEventName; readonly payload: object};

export class World {
  readonly clock = new FakeClock();
  readonly store: Store;
  readonly relay: Relay;
  readonly errors: unknown[] = [];
  /** Everything said to anybody, in order. */
  readonly said: Delivery[] = [];
  readonly #people = new Map<string, Person>();
  #lastId = 0;

  constructor({maxPeers = 8, seatGraceMs = SEAT_GRACE_MS, store}: WorldOptions = {}) {
    this.store = store ?? new MemoryStore();
    this.relay = new Relay({
      store: this.store,
      deliver: (delivery) => {
        this.said.push(delivery);
        for (const person of this.#audience(delivery.to)) person.hear(delivery);
      },
      follow: (connectionId, directory) => {
        for (const person of this.#people.values()) {
          if (person.through?.id === connectionId) person.follows = directory;
        }
      },
      clock: this.clock,
      makeId: () => this.makeId('made'),
      iceFor: (peerId) => ({iceServers: [{urls: ['turn:t'], username: peerId}], expiresInMs: 9}),
      log: {debug: () => {}, info: () => {}, error: (fields) => this.errors.push(fields)},
      maxPeers,
      seatGraceMs,
    });
  }

  makeId(stem: string): string {
    return `${stem}-${String(++this.#lastId).padStart(8, '0')}`;
  }

  /** A new person with a new connection; or another tab of one that is there already. */
  async person(name: string, tabOf?: Person): Promise<Person> {
    const person = new Person(this, name, tabOf?.personId);
    await person.connect();
    return person;
  }

  /** Somebody who is listed in a directory. */
  async listed(name: string, directory = 'office', tabOf?: Person): Promise<Person> {
    const person = await this.person(name, tabOf);
    assert.deepEqual(await person.list(directory), {ok: true});
    person.forget();
    return person;
  }

  /** Somebody in the room already, having opened it or been let in by `host`. */
  async member(name: string, room: string, host?: Person, capacity = 2): Promise<Person> {
    const person = await this.person(name);
    const reply = await person.join(room, {capacity});
    if (host !== undefined) {
      assert(reply.ok && reply.outcome === 'knocking', `${name} should have knocked`);
      await host.answer(reply.invitationId, 'accept');
      person.forget();
      host.forget();
    }
    return person;
  }

  /** Who is connected and meant: a peer in any case, as it was before there were others to mean. */
  #audience(to: Delivery['to']): Person[] {
    const everybody = [...this.#people.values()];
    if ('peer' in to) return everybody.filter(({peerId}) => peerId === to.peer);
    const connected = everybody.filter(({isConnected}) => isConnected);
    if ('directory' in to) return connected.filter(({follows}) => follows === to.directory);
    return connected.filter(({personId, peerId}) => personId === to.person && peerId !== to.except);
  }

  listen(person: Person): void {
    this.#people.set(person.peerId, person);
  }
}

export class Person {
  readonly peerId: string;
  readonly personId: string;
  readonly heard: Told[] = [];
  kept: Kept | undefined;
  isConnected = false;
  /** The directory whose people it hears of. */
  follows: string | null = null;
  connection!: Connection;
  /** The connection that was welcomed last. */
  through: Connection | undefined;
  readonly #world: World;
  readonly #connections: Connection[] = [];

  readonly name: string;

  constructor(world: World, name: string, personId?: string) {
    this.name = name;
    this.#world = world;
    this.peerId = world.makeId(name.padEnd(4, '_'));
    this.personId = personId ?? world.makeId('person');
    world.listen(this);
  }

  /** Connects, or connects anew as after a reload; an older connection is then ended. */
  async connect(displayName = this.name, scope?: Scope): Promise<void> {
    const connection = this.#world.relay.connect(
      {
        id: this.#world.makeId('connection'),
        peerId: this.peerId,
        personId: this.personId,
        displayName,
        metadata: null,
        ...(scope && {scope}),
      },
      (kept) => {
        const older = this.isConnected ? this.through : undefined;
        this.kept = kept;
        this.isConnected = true;
        this.follows = null;
        if (older !== undefined) void this.#world.relay.disconnect(older);
        this.welcomed();
        this.through = connection;
      },
    );
    this.connection = connection;
    this.#connections.push(connection);
    await settle();
  }

  /** For those who want to know the moment. */
  protected welcomed(): void {}

  /** The network is gone. */
  async drop(): Promise<void> {
    this.isConnected = false;
    const {relay} = this.#world;
    await Promise.all(this.#connections.splice(0).map((each) => relay.disconnect(each)));
  }

  hear({event, payload}: Delivery): void {
    this.heard.push({event, payload});
  }

  forget(): void {
    this.heard.length = 0;
  }

  /** The events heard so far, by name. */
  get events(): string[] {
    return this.heard.map(({event}) => event);
  }

  /** The one event of this name; fails if there is none or more than one. */
  told<Name extends RelayEventName>(name: Name): RelayEvent<Name> {
    const found = this.heard.filter(({event}) => event === name);
    assert.equal(
      found.length,
      1,
      `${this.name} heard ${found.length} × ${name}: ${this.events.join(', ')}`,
    );
    return found[0]?.payload as RelayEvent<Name>;
  }

  async ask<Name extends RequestName>(
    name: Name,
    request: ParsedRequest<Name>,
    connection = this.connection,
  ): Promise<Reply<Name> | Refusal> {
    const replies: (Reply<Name> | Refusal)[] = [];
    await this.#world.relay.request(connection, name, request, (reply) => replies.push(reply));
    assert.equal(replies.length, 1, `${name} was answered ${replies.length} times`);
    return replies[0] as Reply<Name> | Refusal;
  }

  join(room: string, request: Partial<ParsedRequest<'join'>> = {}) {
    return this.ask('join', {room, resume: false, ...request});
  }

  /** Joins where a seat is sure. */
  async sit(room: string, request: Partial<ParsedRequest<'join'>> = {}): Promise<RoomView> {
    const reply = await this.join(room, request);
    assert(reply.ok && reply.outcome === 'seated', `${this.name}: ${JSON.stringify(reply)}`);
    return reply.room;
  }

  /** Joins where somebody is in already; returns the knock's id. */
  async knock(room: string, request: Partial<ParsedRequest<'join'>> = {}): Promise<string> {
    const reply = await this.join(room, request);
    assert(reply.ok && reply.outcome === 'knocking', `${this.name}: ${JSON.stringify(reply)}`);
    return reply.invitationId;
  }

  answer(invitationId: string, response: 'accept' | 'decline') {
    return this.ask('answer', {invitationId, response});
  }

  list(directory: string | null) {
    return this.ask('directory', {directory});
  }

  call(callee: Person, ringTimeoutMs?: number) {
    const {personId} = callee;
    return this.ask('call', ringTimeoutMs === undefined ? {personId} : {personId, ringTimeoutMs});
  }

  /** Calls somebody who is free; returns the call's id. */
  async ring(callee: Person, ringTimeoutMs?: number): Promise<string> {
    const reply = await this.call(callee, ringTimeoutMs);
    assert(reply.ok && reply.outcome === 'calling', `${this.name}: ${JSON.stringify(reply)}`);
    return reply.invitationId;
  }

  ringing(invitationId: string) {
    return this.ask('ringing', {invitationId});
  }

  /** @param room Only that one. */
  leave(room?: string) {
    return this.ask('leave', {room});
  }

  signal(to: Person, sdp = 'v=0', linkId = 'link-0001') {
    return this.ask('signal', {to: to.peerId, linkId, description: {type: 'offer', sdp}});
  }
}

/** The code of a refusal; fails if it was none. */
export function codeOf(reply: {ok: true} | Refusal): string {
  assert.equal(reply.ok, false, `was not refused: ${JSON.stringify(reply)}`);
  return reply.code;
}
