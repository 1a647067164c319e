/** Keeps the ICE configuration of a call fresh: asks the relay for new TURN credentials before the old ones run out. */
import type {CareHost} from './call-care.js';

/** New credentials are asked for this far into the life of the old ones. */
const RENEWAL = 0.5;

/** The relay was away: it is asked again so often. */
const RETRY_MS = 5_000;

/** Taking the seat back brings new ones, of which nobody tells; and no timer takes a month. */
const LONGEST_TIMER_MS = 3_600_000;

export class IceRenewal {
  readonly #host: Pick<CareHost, 'relay' | 'mesh' | 'signal'>;
  #timer: ReturnType<typeof setTimeout> | undefined;

  constructor(host: Pick<CareHost, 'relay' | 'mesh' | 'signal'>) {
    this.#host = host;
    host.signal.addEventListener('abort', () => clearTimeout(this.#timer), {once: true});
    void this.#renewIfDue();
  }

  async #renewIfDue(): Promise<void> {
    const {relay, mesh, signal} = this.#host;
    let nextMs = this.#dueInMs;
    if (nextMs <= 0) {
      nextMs = RETRY_MS;
      try {
        const {ice} = await relay.request('ice-configuration', {});
        if (signal.aborted) return;
        mesh.setIce(ice);
        nextMs = this.#dueInMs;
      } catch {
        // Only while the relay is away.
      }
    }
    clearTimeout(this.#timer);
    if (signal.aborted) return;
    this.#timer = setTimeout(() => void this.#renewIfDue(), Math.min(nextMs, LONGEST_TIMER_MS));
  }

  /** They are past half of their life. */
  get isDue(): boolean {
    return this.#dueInMs <= 0;
  }

  get #dueInMs(): number {
    const {ice, iceSince} = this.#host.mesh;
    if (ice.expiresInMs === null) return Infinity;
    // Of the day's clock, for the other one may stand still while the machine sleeps.
    return iceSince + ice.expiresInMs * RENEWAL - Date.now();
  }
}
