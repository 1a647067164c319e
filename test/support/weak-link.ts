/**
 * What a bad network does to packets, in one direction: how long each takes, which are lost, and how
 * much may wait for a narrow wire. Seeded, so that the same losses can be had again. It knows no
 * socket; `udp-proxy.ts` and `tcp-proxy.ts` carry.
 */
import {randomFrom} from './random.js';

/** How the link is. It may change at any time, for what comes from then on. */
export interface Weather {
  /** That every packet takes, one way. */
  readonly delayMs: number;
  /** Up to this much more, at random. No packet overtakes another. */
  readonly jitterMs: number;
  /** The share that is lost, 0 to 1, each packet for itself. Does nothing to TCP. */
  readonly loss: number;
  /** Bits a second; `null`: as fast as can be. */
  readonly rate: number | null;
  /** What would have to wait longer than this for the wire finds the queue full, and is dropped. */
  readonly queueMs: number;
  /** Nothing passes. UDP is lost meanwhile, as with the cable pulled; TCP waits. */
  readonly isPaused: boolean;
}

/** A home router's buffer: enough for bursts, not so much that a call is late for ever. */
export const CLEAR: Weather = {
  delayMs: 0,
  jitterMs: 0,
  loss: 0,
  rate: null,
  queueMs: 300,
  isPaused: false,
};

/** Packets, and their bytes as the wire carries them. */
export interface LinkCounts {
  readonly arrived: number;
  readonly delivered: number;
  readonly deliveredBytes: number;
  /** By chance, or while paused. */
  readonly lost: number;
  /** Found the queue full. */
  readonly overflowed: number;
  /** Pieces of a stream that wait for the end of a pause. */
  readonly held: number;
}

/** One direction. */
export class WeakLink {
  readonly #counts = {arrived: 0, delivered: 0, deliveredBytes: 0, lost: 0, overflowed: 0};
  #weather: Weather = CLEAR;
  readonly #random: () => number;
  /** Until when the wire is busy with what it has taken. */
  #busyUntil = 0;
  #lastArrival = 0;
  readonly #travelling: {readonly at: number; readonly deliver: () => void}[] = [];
  /** What waits for the end of a pause. */
  readonly #held: (() => void)[] = [];
  #timer: ReturnType<typeof setTimeout> | undefined;

  constructor(seed = 1) {
    this.#random = randomFrom(seed);
  }

  get counts(): LinkCounts {
    return {...this.#counts, held: this.#held.length};
  }

  get weather(): Weather {
    return this.#weather;
  }

  set(weather: Partial<Weather>): void {
    this.#weather = {...this.#weather, ...weather};
    if (!this.#weather.isPaused) for (const go of this.#held.splice(0)) go();
  }

  /** How long something that comes now would wait for the wire. */
  queuedMs(now = performance.now()): number {
    return Math.max(0, this.#busyUntil - now);
  }

  /** When a packet that comes now is through, or `null`: never. Counts it. */
  arrivalOf(bytes: number, now = performance.now(), isReliable = false): number | null {
    const {delayMs, jitterMs, loss, rate, queueMs, isPaused} = this.#weather;
    this.#counts.arrived++;
    // Asked for every packet, so that what one loses does not change the luck of the next.
    const [luck, jitter] = [this.#random(), this.#random()];
    if (!isReliable && (isPaused || luck < loss)) {
      this.#counts.lost++;
      return null;
    }
    if (rate !== null) {
      if (!isReliable && this.queuedMs(now) > queueMs) {
        this.#counts.overflowed++;
        return null;
      }
      this.#busyUntil = Math.max(now, this.#busyUntil) + (bytes * 8_000) / rate;
    }
    const sent = rate === null ? now : this.#busyUntil;
    this.#lastArrival = Math.max(this.#lastArrival, sent + delayMs + jitter * jitterMs);
    return this.#lastArrival;
  }

  /**
   * Carries a packet: `deliver` is called when it is through, in the order of arrival, or never.
   * @param isReliable It is a piece of a stream: never lost, but late.
   */
  carry(bytes: number, deliver: () => void, isReliable = false): void {
    if (isReliable && this.#weather.isPaused) {
      this.#held.push(() => this.carry(bytes, deliver, true));
      return;
    }
    const at = this.arrivalOf(bytes, performance.now(), isReliable);
    if (at === null) return;
    this.#travelling.push({
      at,
      deliver: () => {
        this.#counts.delivered++;
        this.#counts.deliveredBytes += bytes;
        deliver();
      },
    });
    if (this.#timer === undefined) this.#run();
  }

  /** Whatever is under way never comes. */
  close(): void {
    clearTimeout(this.#timer);
    this.#travelling.length = this.#held.length = 0;
  }

  /** One timer for all of them: two of the same moment would fire in any order. */
  #run(): void {
    this.#timer = undefined;
    let next = this.#travelling[0];
    for (; next && next.at <= performance.now(); next = this.#travelling[0]) {
      this.#travelling.shift();
      next.deliver();
    }
    if (next) this.#timer = setTimeout(() => this.#run(), Math.max(1, next.at - performance.now()));
  }
}
