/**
 * Who has the large place because they speak: whoever goes on speaking for a while, for a cough or a remark is no
 * reason to move. Which of several it is, is `stage-layout.ts`.
 */
import type {PeerState} from './call/call-state.js';
import {speakerOf} from './stage-layout.js';

/** A remark is over sooner. */
const TURN_MS = 1_000;

export class SpeakerTurn {
  readonly #onTurn: () => void;
  #speaker: string | null = null;
  #next: string | null = null;
  #timer: ReturnType<typeof setTimeout> | undefined;

  constructor(onTurn: () => void) {
    this.#onTurn = onTurn;
  }

  /** A peer id. */
  get speaker(): string | null {
    return this.#speaker;
  }

  /** They are in the call, and speak or not. */
  follow(peers: readonly PeerState[]): void {
    const next = speakerOf(peers, this.#speaker);
    const isThere = peers.some(({peerId}) => peerId === this.#speaker);
    if (next === this.#next && isThere) return;
    clearTimeout(this.#timer);
    this.#next = next;
    if (next === this.#speaker) return;
    const turn = (): void => {
      this.#speaker = next;
      this.#onTurn();
    };
    if (isThere) this.#timer = setTimeout(turn, TURN_MS);
    else this.#speaker = next;
  }

  reset(): void {
    clearTimeout(this.#timer);
    this.#speaker = this.#next = null;
  }
}
