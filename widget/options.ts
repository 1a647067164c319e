/**
 * Between attributes and the call core's options: a wrong value is never an error on somebody's
 * page, it is the default. Knows the attributes' spelling, not when an option takes effect.
 */
import type {ComplexAttributeConverter} from 'lit';
import {MAX_CAPACITY, MAX_ROOM_NAME_LENGTH, MIN_CAPACITY} from '../protocol/limits.js';
import type {CallMedia, Preconnect} from './call/call-options.js';

export const DEFAULT_RING_TIMEOUT = 60;

/** Where the relay is, as seen from the page; empty if there cannot be one. */
export function toRelayUrl(value: string): string {
  try {
    const {href} = new URL(value, document.baseURI);
    return /^https?:/.test(href) ? href : '';
  } catch {
    return '';
  }
}

/** What a call may carry; anything else is `video`. */
export function toMedia(value: unknown): CallMedia {
  return value === 'audio' || value === 'data' ? value : 'video';
}

/** On unless it is turned off in so many words. */
export function toResume(value: unknown): boolean {
  return !/^(off|false)$/.test(String(value));
}

export function toIceTransportPolicy(value: unknown): RTCIceTransportPolicy {
  return value === 'relay' ? 'relay' : 'all';
}

/** Anything that is not known says nothing before Accept. */
export function toPreconnect(value: unknown): Preconnect {
  return value === 'ringing' || value === 'ringing-relay' ? value : 'warm';
}

/** A whole number of seats within what any relay allows. */
export function toCapacity(value: unknown): number {
  const seats = Math.floor(Number(value));
  return seats >= MIN_CAPACITY && seats <= MAX_CAPACITY ? seats : MIN_CAPACITY;
}

/** Seconds; the core keeps them within the protocol's limits. */
export function toRingTimeout(value: unknown): number {
  const seconds = Number(value);
  return value !== null && value !== '' && seconds > 0 && Number.isFinite(seconds)
    ? seconds
    : DEFAULT_RING_TIMEOUT;
}

/** An attribute whose wrong values read as the default. */
export function attributeOf<Value>(
  read: (value: unknown) => Value,
): ComplexAttributeConverter<Value> {
  return {fromAttribute: (value) => read(value), toAttribute: (value) => String(value)};
}

/**
 * The room name that a typed one stands for: two keyboards may write the same name differently
 * (Unicode NFC), and nobody sees a space at the end. A removed attribute is no name.
 */
export function roomNameOf(typed: string | null | undefined): string {
  return (typed ?? '').trim().normalize('NFC');
}

export function isRoomNameTooLong(room: string): boolean {
  return [...room].length > MAX_ROOM_NAME_LENGTH;
}
