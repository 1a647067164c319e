/**
 * The one way in for what a connected client sends: count → rate limit → parse → handle →
 * acknowledge once → log. Takes anything and never throws: an exception here would end the process,
 * with everybody's calls. Knows neither Socket.IO nor the rules of rooms.
 */
import * as v from 'valibot';
import type {ErrorCode} from '../protocol/codes.js';
import {RequestSchemas, type Refusal, type Reply, type RequestName} from '../protocol/messages.js';
import type {Logger} from './logger.js';
import type {RateLimits} from './rate-limits.js';
import type {Connection} from './relay/connection.js';
import type {Relay} from './relay/relay.js';
import {refusal} from './relay/rules.js';

/** For metrics: what has come in since the start, and how many are connected now. */
export interface Counts {
  connections: number;
  requests: number;
  refusals: number;
}

export interface EntryOptions {
  readonly relay: Relay;
  readonly who: Connection;
  readonly limits: RateLimits;
  readonly counts: Counts;
  readonly log: Logger;
  /** Ends the connection of a client that does not listen to refusals. */
  readonly cutOff: () => void;
}

type Acknowledge = (reply: Reply<RequestName> | Refusal) => void;

export class GuardedEntry {
  readonly #options: EntryOptions;

  constructor(options: EntryOptions) {
    this.#options = options;
  }

  /** @param values what came with the event; the last one is a function if an answer is wanted */
  receive(event: unknown, values: readonly unknown[]): void {
    const {counts, limits, log, cutOff} = this.#options;
    counts.requests += 1;
    const acknowledge = once(values.at(-1));
    const refuse = (code: ErrorCode, message: string) => {
      counts.refusals += 1;
      log.debug({event: isRequestName(event) ? event : 'unknown', code}, 'request refused');
      acknowledge(refusal(code, message));
    };
    try {
      const name = isRequestName(event) ? event : null;
      const verdict = limits.judge(name);
      if (verdict === 'cut-off') {
        log.warn({}, 'a client that floods is cut off');
        cutOff();
      } else if (verdict === 'refuse') refuse('rate-limited', 'too many requests: slow down');
      else if (name === null) refuse('bad-request', 'there is no such request');
      else this.#handle(name, values[0], acknowledge, refuse);
    } catch (error) {
      log.error({error}, 'a request failed');
      refuse('internal', 'the relay failed to do this');
    }
  }

  #handle<Name extends RequestName>(
    name: Name,
    payload: unknown,
    acknowledge: (reply: Reply<Name> | Refusal) => void,
    refuse: (code: ErrorCode, message: string) => void,
  ): void {
    const {relay, who, log} = this.#options;
    const parsed = v.safeParse<(typeof RequestSchemas)[Name]>(RequestSchemas[name], payload, {
      abortEarly: true,
    });
    if (!parsed.success) {
      // Where, but not what: the value may be anything, and of any length.
      const path = v.getDotPath(parsed.issues[0]);
      refuse('bad-request', path === null ? 'malformed' : `malformed or missing: ${path}`);
      return;
    }
    const startedAt = performance.now();
    void relay.request(who, name, parsed.output, (reply) => {
      if (reply.ok) acknowledge(reply);
      else refuse(reply.code, reply.message);
      log.debug({event: name, tookMs: performance.now() - startedAt}, 'request');
    });
  }
}

function isRequestName(event: unknown): event is RequestName {
  // Own properties only: `constructor` and `__proto__` are no requests.
  return typeof event === 'string' && Object.hasOwn(RequestSchemas, event);
}

/** What calls `candidate` at most once, if it is a function at all. */
function once(candidate: unknown): Acknowledge {
  let isDone = false;
  return (reply) => {
    if (isDone || typeof candidate !== 'function') return;
    isDone = true;
    candidate(reply);
  };
}
