/**
 * What the relay's rules need from the world, as narrow interfaces: somebody to deliver, a clock,
 * a maker of ids, a log. Nothing in this folder knows about sockets, HTTP or the process.
 */
import type {RelayEvent, RelayEventName} from '../../protocol/messages.js';
import type {IceConfiguration} from '../../protocol/shapes.js';

/**
 * Whom an event is for: one peer; every connected tab of a person, but perhaps one; everybody who
 * follows a directory.
 */
export type Address =
  | {readonly peer: string}
  | {readonly person: string; readonly except?: string}
  | {readonly directory: string};

/** One event. A union over the events, so that name and payload always belong together. */
export type Delivery = {
  [Name in RelayEventName]: {
    readonly to: Address;
    readonly event: Name;
    readonly payload: RelayEvent<Name>;
  };
}[RelayEventName];

/** Carries an event to wherever they are connected; to nowhere, silently, if they are not. */
export type Deliver = (delivery: Delivery) => void;

/** From now on this connection hears what is said to `directory`, and to no other. */
export type Follow = (connectionId: string, directory: string | null) => void;

export interface Clock {
  /** Milliseconds since 1970. The wall clock, because relays that share a store compare deadlines. */
  now(): number;
  /** Runs `task` once, `delayMs` from now, and returns what takes that back. */
  after(delayMs: number, task: () => void): () => void;
}

/** The real one. Its timers keep no process alive. */
export const systemClock: Clock = {
  now: () => Date.now(),
  after(delayMs, task) {
    const timer = setTimeout(task, delayMs);
    timer.unref();
    return () => clearTimeout(timer);
  },
};

/** Makes an id that nobody can guess and that `IdSchema` accepts. */
export type MakeId = () => string;

/** STUN and TURN servers for one peer, with credentials of its own. */
export type IceFor = (peerId: string) => IceConfiguration;

/** What one decision is made with; the same for all that it looks at. */
export interface DecisionContext {
  readonly nowMs: number;
  readonly seatGraceMs: number;
  readonly makeId: MakeId;
  readonly iceFor: IceFor;
}

/** The part of a logger that the rules use: structured fields first, as pino takes them. */
export interface Log {
  debug(fields: object, message: string): void;
  info(fields: object, message: string): void;
  error(fields: object, message: string): void;
}
