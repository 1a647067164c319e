/**
 * The relay itself: takes what a connection asks, lets the rules decide on drafts of what is stored,
 * stores the outcome, and only then tells everybody. It knows no sockets and no HTTP, and holds no state of
 * rooms of its own: all of that is in the store.
 *
 * What is said follows what is stored, at once and in the same order: nothing is awaited between a
 * commit and its deliveries, so that nobody hears of the second change before the first.
 */
import type {ParsedRequest, Refusal, Reply, RequestName} from '../../protocol/messages.js';
import {Connection, type ConnectionDetails} from './connection.js';
import {answerCall, call, confirm, list, openCall} from './calls.js';
import {PeopleBoard} from './people-board.js';
import {personDeadlineMs} from './person.js';
import type {Clock, Deliver, Follow, IceFor, Log, MakeId} from './ports.js';
import {roomDeadlineMs, type Room} from './room.js';
import {
  answerKnock,
  applyProfile,
  DONE,
  drop,
  join,
  leave,
  refusal,
  route,
  takeOver,
  type Kept,
} from './rules.js';
import type {Store} from './store.js';
import {Sweeper} from './sweeper.js';
import {Transaction} from './transaction.js';

export interface RelayOptions {
  readonly store: Store;
  readonly deliver: Deliver;
  readonly follow: Follow;
  readonly clock: Clock;
  readonly makeId: MakeId;
  readonly iceFor: IceFor;
  readonly log: Log;
  readonly maxPeers: number;
  readonly seatGraceMs: number;
}

type Respond<Name extends RequestName> = (reply: Reply<Name> | Refusal) => void;
type Handlers = {
  readonly [Name in RequestName]: (
    who: Connection,
    request: ParsedRequest<Name>,
    respond: Respond<Name>,
  ) => Promise<void>;
};

/** A commit fails only because another one succeeded; this many in a row mean that something is broken. */
const MAX_ATTEMPTS = 100;

export class Relay {
  readonly #options: RelayOptions;
  readonly #sweeper: Sweeper;
  readonly #board: PeopleBoard;
  /** The newest connection of each peer. */
  readonly #newest = new Map<string, Connection>();
  #isClosed = false;

  constructor(options: RelayOptions) {
    this.#options = options;
    this.#sweeper = new Sweeper(options.clock, () => this.#sweep());
    this.#board = new PeopleBoard(options);
  }

  /**
   * A peer has connected. `welcome` is called once, with what is kept for it, before any of its
   * requests is looked at; from then on deliveries to the peer are meant for this connection. One
   * that has ended before that takes nothing over: an older one may still be there.
   */
  connect(details: ConnectionDetails, welcome: (kept: Kept) => void): Connection {
    const who = new Connection(details, this.#newest.get(details.peerId));
    this.#newest.set(who.peerId, who);
    void this.#enqueue(who, async () => {
      if (who.isOver) return;
      await this.#decide(
        async (tx) => ({
          kept: await takeOver(tx, who),
          invitation: await openCall(tx, who.personId),
        }),
        ({kept, invitation}) => {
          if (who.isOver) return;
          welcome(kept);
          if (invitation === undefined) return;
          const to = {peer: who.peerId};
          this.#options.deliver({to, event: 'invitation', payload: invitation});
        },
      );
    });
    return who;
  }

  /** Carries a request out and responds exactly once. Settles when that is done; never rejects. */
  request<Name extends RequestName>(
    who: Connection,
    name: Name,
    request: ParsedRequest<Name>,
    respond: Respond<Name>,
  ): Promise<void> {
    const handlers: Handlers = this.#handlers;
    const failed = () => respond(refusal('internal', 'the relay failed to do this'));
    return this.#enqueue(who, () => handlers[name](who, request, respond), failed);
  }

  /** The connection is gone. What it still asked for is done first, but gives it no place any more. */
  async disconnect(who: Connection): Promise<void> {
    who.isOver = true;
    await this.#enqueue(who, () => this.#decide((tx) => drop(tx, who)));
    if (this.#newest.get(who.peerId) === who) this.#newest.delete(who.peerId);
  }

  /** From now on nothing happens by itself, and a lost connection changes nothing: the relay stops. */
  close(): void {
    this.#isClosed = true;
    this.#sweeper.close();
    this.#board.close();
  }

  readonly #handlers: Handlers = {
    join: (who, request, respond) =>
      this.#decide((tx) => join(tx, who, request, this.#options.maxPeers), respond),
    leave: (who, {room}, respond) =>
      this.#decide(async (tx) => {
        leave(await tx.roomOf(who.peerId), who, room);
        return DONE;
      }, respond),
    directory: (who, request, respond) =>
      this.#decide(
        (tx) => list(tx, who, request),
        (reply) => {
          if (reply.ok) this.#follow(who, request.directory);
          respond(reply);
        },
      ),
    call: (who, request, respond) => this.#decide((tx) => call(tx, who, request), respond),
    ringing: (who, request, respond) => this.#decide((tx) => confirm(tx, who, request), respond),
    answer: (who, request, respond) =>
      this.#decide(
        async (tx) =>
          (await answerCall(tx, who, request)) ??
          answerKnock(await tx.roomOf(who.peerId), who, request),
        respond,
      ),
    signal: async (who, request, respond) => {
      const {store, deliver} = this.#options;
      const readRoom = async (name: string | undefined): Promise<Room | undefined> =>
        name === undefined ? undefined : (await store.readRoom(name))?.item;
      let routed = route(await readRoom(await store.roomOf(who.peerId)), who, request);
      if (!routed.reply.ok && routed.reply.code === 'not-in-room') {
        // Whoever is called is not in the room of that call yet.
        const ringing = (await store.readPerson(who.personId))?.item.ringing;
        if (ringing) routed = route(await readRoom(ringing), who, request);
      }
      for (const delivery of routed.deliveries ?? []) deliver(delivery);
      respond(routed.reply);
    },
    profile: (who, request, respond) => {
      who.profile = request;
      return this.#decide(async (tx) => {
        await applyProfile(tx, who);
        return DONE;
      }, respond);
    },
    'ice-configuration': async (who, _request, respond) => {
      respond({ok: true, ice: this.#options.iceFor(who.peerId)});
    },
  };

  /** Lets the rule decide on what is stored, and stores the outcome; anew if somebody was quicker. */
  async #decide<Result>(
    rule: (tx: Transaction) => Promise<Result>,
    respond?: (result: Result) => void,
  ): Promise<void> {
    const {store, deliver, log, clock, seatGraceMs, makeId, iceFor} = this.#options;
    for (let attempt = 0; attempt < MAX_ATTEMPTS; attempt++) {
      const tx = new Transaction(store, {nowMs: clock.now(), seatGraceMs, makeId, iceFor});
      const result = await rule(tx);
      const changes = await tx.finish();
      // Also if nothing changes: what is said must be so at the moment in which it is said.
      if (!(await store.commit(changes))) continue;
      for (const delivery of tx.outbox.deliveries) deliver(delivery);
      respond?.(result);
      for (const {message, fields} of tx.outbox.notes) log.info(fields, message);
      for (const {next} of changes.rooms) if (next) this.#sweeper.expect(roomDeadlineMs(next));
      for (const {next} of changes.people) if (next) this.#sweeper.expect(personDeadlineMs(next));
      const relisted = changes.people.filter(({next}) => next !== undefined);
      this.#board.touch(
        relisted.map(({name}) => name),
        tx.reseated,
      );
      return;
    }
    throw new Error('a decision could not be stored: every attempt was overtaken');
  }

  /** From now on the connection hears of the directory's people, after what is known of them now. */
  #follow(who: Connection, directory: string | null): void {
    const {follow, deliver} = this.#options;
    follow(who.id, directory);
    if (directory === null) return;
    for (const payload of this.#board.snapshot(directory, who.personId)) {
      deliver({to: {peer: who.peerId}, event: 'people', payload});
    }
  }

  /** Lets time take effect on everything that it has something in store for. */
  async #sweep(): Promise<number | undefined> {
    const {store, clock, log} = this.#options;
    try {
      const {rooms, people} = await store.due(clock.now());
      for (const name of rooms) await this.#decide((tx) => tx.room(name));
      for (const personId of people) await this.#decide((tx) => tx.person(personId));
      return await store.nextDeadlineMs();
    } catch (error) {
      log.error({error}, 'a sweep failed');
      // Without an answer from the store nothing else would wake the relay again.
      return clock.now() + 1_000;
    }
  }

  async #enqueue(who: Connection, task: () => Promise<void>, failed?: () => void): Promise<void> {
    try {
      await who.enqueue(async () => {
        if (!this.#isClosed) await task();
      });
    } catch (error) {
      this.#options.log.error({error, connectionId: who.id}, 'a request failed');
      failed?.();
    }
  }
}
