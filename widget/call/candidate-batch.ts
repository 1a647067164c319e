/**
 * Gathers local candidates for a moment, so that a connection costs the relay a few messages and
 * not dozens. The first ones leave at once, for they decide how soon the two sides are connected;
 * the stragglers (STUN, TURN) wait longer for each other. Does not know where they are sent.
 */
import {MAX_CANDIDATES_PER_SIGNAL} from '../../protocol/limits.js';
import type {Candidate} from '../../protocol/shapes.js';

const FIRST_DELAY_MS = 2;
const LONGEST_DELAY_MS = 100;

export class CandidateBatch {
  readonly #send: (candidates: Candidate[]) => void;
  #candidates: Candidate[] = [];
  #delayMs = FIRST_DELAY_MS;
  #timer: ReturnType<typeof setTimeout> | undefined;

  constructor(send: (candidates: Candidate[]) => void) {
    this.#send = send;
  }

  /** `null` is the browser's word for "that was all" and travels as an empty candidate. */
  add(candidate: RTCIceCandidate | null): void {
    this.#candidates.push(toWire(candidate));
    if (candidate === null || this.#candidates.length >= MAX_CANDIDATES_PER_SIGNAL) this.flush();
    else this.#timer ??= setTimeout(() => this.flush(), this.#delayMs);
  }

  flush(): void {
    const candidates = this.#candidates;
    this.clear();
    this.#delayMs = Math.min(this.#delayMs * 4, LONGEST_DELAY_MS);
    if (candidates.length > 0) this.#send(candidates);
  }

  /** Forgets what has not been sent. */
  clear(): void {
    clearTimeout(this.#timer);
    this.#timer = undefined;
    this.#candidates = [];
  }
}

function toWire(candidate: RTCIceCandidate | null): Candidate {
  if (candidate === null) return {candidate: ''};
  const {candidate: line, sdpMid, sdpMLineIndex, usernameFragment} = candidate;
  return {candidate: line, sdpMid, sdpMLineIndex, usernameFragment};
}
