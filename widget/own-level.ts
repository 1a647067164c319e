/**
 * How loud the own microphone is, on its button, while somebody hears it. Begins when the first pictures are through: an
 * instrument for it takes time that those need.
 */
import type {CallContext} from './call-surface.js';
import {peersOf} from './call/call-state.js';
import {isLive} from './call/state-questions.js';
import {LevelMeter} from './level-meter.js';

/** By then a picture has its full size. */
const CALM_MS = 1_500;

export class OwnLevel {
  readonly #context: CallContext;
  readonly #meter: LevelMeter;
  /** Set while somebody is connected. */
  #calm: ReturnType<typeof setTimeout> | undefined;
  #isCalm: boolean;

  /** To be made when the first moments of the present call are over. */
  constructor(context: CallContext) {
    this.#context = context;
    this.#isCalm = peersOf(context.session.state).some(isLive);
    this.#meter = new LevelMeter((share) => this.#show(share));
  }

  /** After every rendering. */
  updated(): void {
    const {state, localStream} = this.#context.session;
    if (!peersOf(state).some(isLive)) return this.reset();
    this.#calm ??= setTimeout(() => {
      this.#isCalm = true;
      this.updated();
    }, CALM_MS);
    const [track = null] = localStream.getAudioTracks();
    this.#meter.listenTo(this.#isCalm && state.media.microphoneEnabled ? track : null);
  }

  /** Nobody hears it. */
  reset(): void {
    clearTimeout(this.#calm);
    this.#calm = undefined;
    this.#isCalm = false;
    this.#meter.listenTo(null);
  }

  /** Past every rendering: this comes ten times a second. */
  #show(share: number): void {
    const level = share.toFixed(1);
    const button = this.#context.host.shadowRoot?.querySelector<HTMLElement>(
      '.controls [part~=button-microphone]',
    );
    // Whatever is set has the browser look at the styles anew.
    if (button && button.style.getPropertyValue('--_level') !== level)
      button.style.setProperty('--_level', level);
  }
}
