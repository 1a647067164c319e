/** Keeps the ICE configuration of a call fresh: asks the relay for new TURN credentials before the old ones run out. */
import type {IceConfiguration} from '../../protocol/messages.js';
import type {RelayConnection} from './relay-connection.js';

/** New credentials are asked for this far into the life of the old ones. */
const RENEWAL = 0.5;

export class IceRenewal {
  readonly #relay: RelayConnection;
  readonly #onRenewed: (ice: IceConfiguration) => void;
  readonly #signal: AbortSignal;
  #timer: ReturnType<typeof setTimeout> | undefined;

  /** @param signal Ends it. */
  constructor(
    relay: RelayConnection,
    onRenewed: (ice: IceConfiguration) => void,
    signal: AbortSignal,
  ) {
    this.#relay = relay;
    this.#onRenewed = onRenewed;
    this.#signal = signal;
    signal.addEventListener('abort', () => clearTimeout(this.#timer), {once: true});
  }

  /** These are in use from now on. */
  schedule({expiresInMs}: IceConfiguration): void {
    clearTimeout(this.#timer);
    if (expiresInMs === null || this.#signal.aborted) return;
    this.#timer = setTimeout(() => void this.#renew(), expiresInMs * RENEWAL);
  }

  async #renew(): Promise<void> {
    try {
      const {ice} = await this.#relay.request('ice-configuration', {});
      if (!this.#signal.aborted) this.#onRenewed(ice);
    } catch {
      // Only while the relay is away; taking the seat back brings new ones.
    }
  }
}
