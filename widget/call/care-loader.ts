/**
 * Fetches what keeps a call alive (`care/`) as soon as that does not keep the first picture waiting,
 * and again for as long as it cannot be had. Tells it of the links; knows nothing of what it does.
 */
import type {CallCare, CareHost} from './care/call-care.js';
import {CallError} from './call-error.js';
import {FIRST_PICTURE_MS} from './first-picture.js';
import {loadChunk} from './load-chunk.js';
import {reconnectDelayMs} from './reconnect-policy.js';
import {unlessAborted} from './unless-aborted.js';

/** A call that has no link by then waits for somebody, or is in trouble. */
const START_MS = 3_000;

export class CareLoader {
  readonly #host: CareHost;
  #care: CallCare | undefined;
  #loading: Promise<unknown> | undefined;
  #failures = 0;
  #timer: ReturnType<typeof setTimeout> | undefined;

  constructor(host: CareHost) {
    this.#host = host;
    this.#loadIn(START_MS);
    host.signal.addEventListener('abort', () => clearTimeout(this.#timer), {once: true});
  }

  /** There is a fresh link to this peer, or the present one has another connection state. */
  linkChanged(peerId: string, state: RTCPeerConnectionState): void {
    if (this.#care) this.#care.linkChanged(peerId);
    else if (!['new', 'connecting'].includes(state)) this.#loadIn(FIRST_PICTURE_MS);
  }

  /** What this side sends, or wishes to, is not what it was. */
  look(): void {
    this.#care?.look();
  }

  /** What this side shares. */
  get localScreen(): MediaStream | null {
    return this.#care?.screen.stream ?? null;
  }

  /** Rejects with `relay-unreachable` if it needs the chunk, and that cannot be had. */
  async toggleScreenShare(force?: boolean): Promise<boolean> {
    // A browser asks for a screen only in the very moment in which somebody has pressed something.
    if (!this.#care) {
      // What is not there shares nothing. But whoever has pressed before goes first.
      if (force === false && !this.#loading) return false;
      const cause = await unlessAborted(this.load(), this.#host.signal);
      if (!this.#care) throw CallError.from(cause, 'relay-unreachable');
    }
    return this.#care.screen.toggle(force);
  }

  /** Of the links, at once; whoever waits goes on without if it cannot be had. */
  async careForLinks(): Promise<void> {
    await this.load();
    if (!this.#host.signal.aborted) this.#care?.careForLinks();
  }

  #loadIn(ms: number): void {
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => void this.load(), ms);
  }

  /** Resolves when it is there, or with the reason why it cannot be had for the moment. */
  load(): Promise<unknown> {
    clearTimeout(this.#timer);
    const {signal} = this.#host;
    this.#loading ??= loadChunk(() => import('./care/call-care.js'))
      .then(
        ({CallCare}) => {
          if (!signal.aborted) this.#care = new CallCare(this.#host);
        },
        (cause: unknown) => {
          // It comes from the relay, which may be away.
          this.#loading = undefined;
          const delayMs = reconnectDelayMs(this.#failures++, Math.random());
          if (!signal.aborted) this.#loadIn(delayMs);
          return cause;
        },
      )
      // Tried again it would fail again; whoever waits goes on without.
      .catch((cause: unknown) => this.#host.report(CallError.from(cause)));
    return this.#loading;
  }
}
