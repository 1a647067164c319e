/**
 * Makes an invitation heard and seen by somebody who looks elsewhere: ring and ring-back tones, the
 * page's title, a notification, vibration. Takes ids and texts; knows no call, no element and no
 * language. Loaded when something rings for the first time; loading it does nothing.
 */
import {onGesture, wasTouched} from './gestures.js';
import {notifyWhileHidden} from './ring-notification.js';
import {awaitTurn} from './ring-turn.js';
import {Speaker} from './speaker.js';
import {flashTitle} from './title-flash.js';
import {BUSY, ENDED, RING, RING_BACK} from './tones.js';
import {vibrateWhileSeen} from './vibration.js';

export interface RingRequest {
  /** The invitation's. */
  readonly id: string;
  /** `incoming` is for whoever is called or knocked at, `ring-back` for the caller. */
  readonly kind: 'incoming' | 'ring-back';
  /** For the title and the notification, such as "Ana is calling you"; a ring-back shows none. */
  readonly text: string;
}

/** A call that came to nothing: the other one was busy, or it was ended for another reason. */
export type Ending = 'busy' | 'ended';

interface Ring extends RingRequest {
  readonly over: AbortController;
  /** Whether this tab is the one to be heard. */
  hasTurn: boolean;
}

/**
 * Everything that rings on one element. Of several rings the oldest sounds; of several tabs with the
 * same invitation one does. While the browser allows no sound, it is asked again at every gesture.
 * No method throws, and each may be called at any time and as often as one likes.
 */
export class Ringer {
  readonly #speaker = new Speaker();
  readonly #life = new AbortController();
  /** Oldest first. */
  readonly #rings = new Map<string, Ring>();
  #heard: Ring | null = null;
  /** Ends what is heard. */
  #quiet = new AbortController();
  #isMuted = false;

  /** The signal does what `dispose()` does. */
  constructor({signal}: {readonly signal?: AbortSignal | undefined} = {}) {
    signal?.addEventListener('abort', () => this.dispose(), {signal: this.#life.signal});
    if (signal?.aborted) this.dispose();
  }

  /** No tone and no vibration; title and notification stay. Takes effect at once. */
  get isMuted(): boolean {
    return this.#isMuted;
  }

  set isMuted(isMuted: boolean) {
    if (isMuted === this.#isMuted) return;
    this.#isMuted = isMuted;
    this.#update();
  }

  /**
   * From a gesture, any time before the first ring: lets it be heard also in browsers which want a
   * gesture for every beginning of sound. Costs nothing that lasts.
   */
  prepare(): void {
    if (!this.#life.signal.aborted) this.#speaker.prepare();
  }

  /** Rings until `stop(id)`. One that rings already goes on as it is. */
  ring(request: RingRequest): void {
    const {id, kind, text} = request;
    if (this.#life.signal.aborted || this.#rings.has(id)) return;
    const over = new AbortController();
    const ring: Ring = {...request, over, hasTurn: false};
    this.#rings.set(id, ring);
    const begin = (): void => {
      ring.hasTurn = true;
      this.#update();
    };
    if (kind === 'ring-back') {
      // Only the tab that calls has it. The id is the same on both sides, which may be two tabs of
      // one browser: a turn taken here would silence the ring there.
      begin();
      return;
    }
    flashTitle(text, over.signal);
    awaitTurn(id, over.signal, () => {
      const mayChime = (): boolean => !this.#isMuted && !wasTouched();
      notifyWhileHidden({id, text, mayChime}, over.signal);
      begin();
    });
  }

  /** With an ending, that is heard where the ring was. Nothing rings under this id: nothing happens. */
  stop(id: string, ending?: Ending): void {
    const ring = this.#rings.get(id);
    if (ring === undefined) return;
    const wasHeard = this.#heard === ring;
    this.#rings.delete(id);
    ring.over.abort();
    this.#update();
    if (ending !== undefined && wasHeard && this.#heard === null) this.play(ending);
  }

  /** An ending alone, for a call that came to nothing before it rang. */
  play(ending: Ending): void {
    if (this.#life.signal.aborted || this.#isMuted) return;
    this.#speaker.play(ending === 'busy' ? BUSY : ENDED);
  }

  /** Ends everything, for good. */
  dispose(): void {
    this.#life.abort();
    const rings = [...this.#rings.values()];
    // All at once: one after the other would let each next one begin.
    this.#rings.clear();
    for (const {over} of rings) over.abort();
    this.#update();
    this.#speaker.close();
  }

  /** Lets the one that should be heard be heard, and no other. */
  #update(): void {
    const oldest = [...this.#rings.values()].find(({hasTurn}) => hasTurn);
    const heard = this.#isMuted ? null : (oldest ?? null);
    if (heard === this.#heard) return;
    this.#quiet.abort();
    this.#heard = heard;
    if (heard === null) return;
    this.#quiet = new AbortController();
    const {signal} = this.#quiet;
    const isIncoming = heard.kind === 'incoming';
    this.#speaker.play(isIncoming ? RING : RING_BACK, signal);
    onGesture(() => this.#speaker.wake(), signal);
    if (isIncoming) vibrateWhileSeen(signal);
  }
}
