/**
 * The relay itself: takes what a connection asks, lets the rules decide on a draft of the room,
 * stores it, and only then tells everybody. It knows no sockets and no HTTP, and holds no state of
 * rooms of its own: all of that is in the store.
 *
 * What is said follows what is stored, at once and in the same order: nothing is awaited between a
 * commit and its deliveries, so that nobody hears of the second change before the first.
 */
import type {ParsedRequest, Refusal, Reply, RequestName} from '../../protocol/messages.js';
import {Connection, type ConnectionDetails} from './connection.js';
import type {Clock, Deliver, IceFor, Log, MakeId} from './ports.js';
import {roomDeadlineMs} from './room.js';
import {RoomDraft} from './room-draft.js';
import {
  answer,
  applyProfile,
  drop,
  enter,
  leave,
  refusal,
  route,
  takeOver,
  type Kept,
} from './rules.js';
import type {Store} from './store.js';
import {Sweeper} from './sweeper.js';

export interface RelayOptions {
  readonly store: Store;
  readonly deliver: Deliver;
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
  #isClosed = false;

  constructor(options: RelayOptions) {
    this.#options = options;
    this.#sweeper = new Sweeper(options.clock, () => this.#sweep());
  }

  /**
   * A peer has connected. `welcome` is called once, with what is kept for it, before any of its
   * requests is looked at; from then on deliveries to the peer are meant for this connection.
   */
  connect(details: ConnectionDetails, welcome: (kept: Kept) => void): Connection {
    const who = new Connection(details);
    void this.#enqueue(who, async () => {
      let isWelcome = false;
      await this.#changeRoomOf(
        who.peerId,
        (draft) => takeOver(draft, who.peerId),
        (kept) => {
          isWelcome = true;
          welcome(kept);
        },
      );
      if (!isWelcome) welcome(null);
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
  disconnect(who: Connection): Promise<void> {
    who.isOver = true;
    return this.#enqueue(who, () =>
      this.#changeRoomOf(who.peerId, (draft) => drop(draft, who.peerId, who.id)),
    );
  }

  /** From now on nothing happens by itself, and a lost connection changes nothing: the relay stops. */
  close(): void {
    this.#isClosed = true;
    this.#sweeper.close();
  }

  readonly #handlers: Handlers = {
    join: async (who, request, respond) => {
      const {store, maxPeers} = this.#options;
      if (who.scope.room !== null && who.scope.room !== request.room) {
        return respond(refusal('unauthorized', 'the access token is for another room'));
      }
      const elsewhere = (await store.readByPeer(who.peerId))?.room.name;
      if (elsewhere !== undefined && elsewhere !== request.room && !request.resume && !who.isOver) {
        await this.#change(elsewhere, (draft) => leave(draft, who));
      }
      const rule = (draft: RoomDraft) => enter(draft, who, request, maxPeers);
      await this.#change(request.room, rule, respond);
    },
    leave: async (who, _request, respond) => {
      await this.#changeRoomOf(who.peerId, (draft) => leave(draft, who));
      respond({ok: true});
    },
    answer: async (who, request, respond) => {
      const name = (await this.#options.store.readByPeer(who.peerId))?.room.name;
      if (name === undefined) respond(refusal('not-in-room', 'this peer is in no room'));
      else await this.#change(name, (draft) => answer(draft, who, request), respond);
    },
    signal: async (who, request, respond) => {
      const room = (await this.#options.store.readByPeer(who.peerId))?.room;
      const {reply, delivery} = route(room, who, request);
      if (delivery !== undefined) this.#options.deliver(delivery);
      respond(reply);
    },
    profile: async (who, request, respond) => {
      who.profile = request;
      await this.#changeRoomOf(who.peerId, (draft) => applyProfile(draft, who));
      respond({ok: true});
    },
    'ice-configuration': async (who, _request, respond) => {
      respond({ok: true, ice: this.#options.iceFor(who.peerId)});
    },
  };

  /** `#change` of the room the peer is in, if it is in one. */
  async #changeRoomOf<Result>(
    peerId: string,
    rule: (draft: RoomDraft) => Result,
    respond?: (result: Result) => void,
  ): Promise<void> {
    const name = (await this.#options.store.readByPeer(peerId))?.room.name;
    if (name !== undefined) await this.#change(name, rule, respond);
  }

  /** Reads the room, lets the rule decide, stores the outcome; anew if somebody was quicker. */
  async #change<Result>(
    name: string,
    rule: (draft: RoomDraft) => Result,
    respond?: (result: Result) => void,
  ): Promise<void> {
    const {store, deliver, log, clock, seatGraceMs, makeId, iceFor} = this.#options;
    for (let attempt = 0; attempt < MAX_ATTEMPTS; attempt++) {
      const stored = await store.read(name);
      const draft = new RoomDraft(stored?.room, {nowMs: clock.now(), seatGraceMs, makeId, iceFor});
      const result = rule(draft);
      const room = draft.finish();
      if (room !== stored?.room && !(await store.commit(name, stored?.version, room))) continue;
      for (const delivery of draft.deliveries) deliver(delivery);
      respond?.(result);
      for (const {message, fields} of draft.notes) log.info(fields, message);
      if (room !== undefined) this.#sweeper.expect(roomDeadlineMs(room));
      return;
    }
    throw new Error('a room could not be changed: every attempt was overtaken');
  }

  /** Lets time take effect on every room that it has something in store for. */
  async #sweep(): Promise<number | undefined> {
    const {store, clock, log} = this.#options;
    try {
      for (const name of await store.due(clock.now())) await this.#change(name, () => undefined);
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
