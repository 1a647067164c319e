/**
 * How much one connection may ask for: token buckets for signals (a call being set up bursts), for
 * lists of people (dear to answer) and for everything else. Knows nothing of what is being asked.
 */
import type {RequestName} from '../protocol/messages.js';
import type {Clock} from './relay/ports.js';

export interface BucketOptions {
  readonly perSecond: number;
  readonly burst: number;
}

/**
 * Joining a room of 32 sends 31 offers and as many batches of candidates within a second or two;
 * a chatty network change repeats that.
 */
const SIGNALS: BucketOptions = {perSecond: 50, burst: 200};

/** People answer knocks and change names; programs that do so ten times a second are broken. */
const OTHERS: BucketOptions = {perSecond: 10, burst: 40};

/** Each is answered with the whole list, so it is by far the dearest thing to ask for; pages ask once. */
const DIRECTORIES: BucketOptions = {perSecond: 0.5, burst: 15};

/** How often one may be told to slow down: a client that goes on is not listening. */
const REFUSALS: BucketOptions = {perSecond: 5, burst: 500};

export type Verdict = 'pass' | 'refuse' | 'cut-off';

export class TokenBucket {
  readonly #options: BucketOptions;
  readonly #clock: Pick<Clock, 'now'>;
  #tokens: number;
  #filledAtMs: number;

  constructor(options: BucketOptions, clock: Pick<Clock, 'now'>) {
    this.#options = options;
    this.#clock = clock;
    this.#tokens = options.burst;
    this.#filledAtMs = clock.now();
  }

  /** Takes a token; `false` if there is none. */
  take(): boolean {
    const {perSecond, burst} = this.#options;
    const nowMs = this.#clock.now();
    // A clock that is set back gives nothing, and takes nothing away.
    const gained = (Math.max(0, nowMs - this.#filledAtMs) / 1000) * perSecond;
    this.#tokens = Math.min(burst, this.#tokens + gained);
    this.#filledAtMs = nowMs;
    if (this.#tokens < 1) return false;
    this.#tokens -= 1;
    return true;
  }
}

/** The limits of one connection. */
export class RateLimits {
  readonly #signals: TokenBucket;
  readonly #directories: TokenBucket;
  readonly #others: TokenBucket;
  readonly #refusals: TokenBucket;

  constructor(clock: Pick<Clock, 'now'>) {
    this.#signals = new TokenBucket(SIGNALS, clock);
    this.#directories = new TokenBucket(DIRECTORIES, clock);
    this.#others = new TokenBucket(OTHERS, clock);
    this.#refusals = new TokenBucket(REFUSALS, clock);
  }

  /** @param name of the request; `null` for one that we do not know */
  judge(name: RequestName | null): Verdict {
    if (this.#bucketFor(name).take()) return 'pass';
    if (!this.#refusals.take()) return 'cut-off';
    // Who goes is let go: whoever hangs up does not wait for a refusal, and the others would go on
    // waiting for somebody who is not there any more.
    return name === 'leave' ? 'pass' : 'refuse';
  }

  #bucketFor(name: RequestName | null): TokenBucket {
    if (name === 'signal') return this.#signals;
    return name === 'directory' ? this.#directories : this.#others;
  }
}
