/**
 * Finds out at once whether the relay is still there, where the socket would take ten seconds to: asks
 * for the least there is to ask, and dials anew if nothing comes. What it asks for is new TURN
 * credentials, which a restart of ICE that follows has use for.
 */
import type {CareHost} from './call-care.js';
import {pause} from '../pause.js';

/** A socket that has not answered by then is taken for dead. */
const ANSWER_MS = 1_200;

/** News of a network come several at once; the connection that the first has begun may come about. */
const SPACING_MS = 1_000;

export class RelayCheck {
  readonly #host: Pick<CareHost, 'relay' | 'mesh' | 'signal'>;
  #checking: Promise<void> | null = null;
  #redialledAt = -Infinity;

  constructor(host: Pick<CareHost, 'relay' | 'mesh' | 'signal'>) {
    this.#host = host;
  }

  /**
   * Never rejects; resolves when it has answered, or is being dialled. Several who ask share one question.
   * @param isNews The network may be another: what is being dialled already is dialled anew.
   */
  async now(isNews = true): Promise<void> {
    if (this.#host.relay.state === 'open') {
      this.#checking ??= this.#check().finally(() => (this.#checking = null));
      await this.#checking;
    } else if (isNews) this.#redial();
  }

  async #check(): Promise<void> {
    const {relay, mesh, signal} = this.#host;
    const silence = pause(ANSWER_MS, signal).then(() => 'silence' as const);
    // Whatever it says, also a refusal, it is there; a connection that breaks looks after itself.
    const answer = relay.request('ice-configuration', {}).catch(() => null);
    const heard = await Promise.race([answer, silence]);
    if (signal.aborted) return;
    if (heard === 'silence') this.#redial();
    else if (heard !== null) mesh.setIce(heard.ice);
  }

  #redial(): void {
    const now = performance.now();
    if (now - this.#redialledAt < SPACING_MS || this.#host.signal.aborted) return;
    this.#redialledAt = now;
    this.#host.relay.redial();
  }
}
