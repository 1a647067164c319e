/** What a `join` or a `call` asks for, within the limits that the relay enforces. Pure. */
import {
  MAX_CAPACITY,
  MAX_RING_TIMEOUT_MS,
  MIN_CAPACITY,
  MIN_RING_TIMEOUT_MS,
} from '../../protocol/limits.js';
import type {Request} from '../../protocol/messages.js';
import type {CallOptions} from './call-options.js';
import type {CallState} from './call-state.js';

/**
 * @param state A room that is forgotten is made as it was.
 * @param atJoin The options as they were when the person joined.
 * @param now The options of this moment, for what takes effect at the next knock.
 */
export function joinRequest(
  room: string,
  state: CallState,
  atJoin: CallOptions,
  now: CallOptions,
  resume: boolean,
): Request<'join'> {
  const {capacity} = 'capacity' in state ? state : atJoin;
  return {
    room,
    capacity: clamp(Math.round(capacity), MIN_CAPACITY, MAX_CAPACITY),
    ringTimeoutMs: ringTimeoutMs(now),
    resume,
  };
}

export function ringTimeoutMs({ringTimeout}: CallOptions): number {
  return clamp(ringTimeout * 1000, MIN_RING_TIMEOUT_MS, MAX_RING_TIMEOUT_MS);
}

/** Not a number at all becomes the least. */
function clamp(value: number, least: number, most: number): number {
  return Math.min(Math.max(Number.isNaN(value) ? least : value, least), most);
}
