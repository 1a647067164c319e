/** When a relay that was lost is dialled again. Knows nothing of what is said to it. */
import {reconnectDelayMs} from './reconnect-policy.js';
import {relayAnswers} from './relay-answers.js';

/** A relay that may be back is asked anew after so long: the question may be what was lost while the network came back. */
const NEXT_QUESTION_MS = 1_000;

/** And the first few may go by connections that browsers keep for requests, or still make, which are as dead as the lost one. */
const EARLY_QUESTION_MS = 250;
const EARLY_QUESTIONS = 4;

/** After so many it is asked half as often: it may be too busy to answer. */
const HASTY_QUESTIONS = 16;

/** So long an answer is good: a slow network needs its time. */
const QUESTION_MS = 6_000;

/** After so many refusals it is dialled unasked: a page's policy may allow WebSockets alone. */
const MAX_REFUSALS = 8;

/**
 * Dials when the relay has answered a question by the web. Who fails to open a WebSocket is made to wait
 * with the next one by Firefox, longer each time, up to a minute (RFC 6455 section 7.2.3).
 */
export class Redialling {
  readonly #relayUrl: string;
  readonly #dial: () => void;
  #failures = 0;
  /** Questions in a row that failed at once: not for silence. */
  #refusals = 0;
  #timer: ReturnType<typeof setTimeout> | undefined;
  /** A question that began before the last dial, or on another network, is answered too late. */
  #round = 0;

  constructor(relayUrl: string, dial: () => void) {
    this.#relayUrl = relayUrl;
    this.#dial = dial;
  }

  /** Attempts in a row that have failed. */
  get failures(): number {
    return this.#failures;
  }

  /** The connection was lost, or an attempt has failed. */
  failed(isAsked: boolean, waitedMs = 0): void {
    clearTimeout(this.#timer);
    const delayMs = reconnectDelayMs(this.#failures++, Math.random()) - waitedMs;
    const timer = setTimeout(() => {
      if (isAsked && this.#refusals < MAX_REFUSALS) void this.#ask(timer);
      else this.#go();
    }, delayMs);
    this.#timer = timer;
  }

  /** The network is another one. */
  now(): void {
    this.stop();
    this.failed(true, Infinity);
  }

  /** It is there, or nobody wants it any more. */
  stop(): void {
    clearTimeout(this.#timer);
    this.#timer = undefined;
    this.#failures = 0;
    this.#round++;
  }

  async #ask(timer: ReturnType<typeof setTimeout>): Promise<void> {
    const round = this.#round;
    const next = setTimeout(() => {
      if (this.#timer === timer) this.failed(true, Infinity);
    }, patienceMs(this.#failures));
    const isThere = await relayAnswers(this.#relayUrl, QUESTION_MS);
    clearTimeout(next);
    if (isThere) {
      if (this.#round === round) this.#go();
    } else if (this.#timer === timer) {
      this.#refusals++;
      this.failed(true);
    }
  }

  #go(): void {
    this.#refusals = 0;
    clearTimeout(this.#timer);
    this.#timer = undefined;
    this.#round++;
    this.#dial();
  }
}

function patienceMs(failures: number): number {
  if (failures <= EARLY_QUESTIONS) return EARLY_QUESTION_MS;
  return failures < HASTY_QUESTIONS ? NEXT_QUESTION_MS : 2 * NEXT_QUESTION_MS;
}
