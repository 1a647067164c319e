/** The switch that blurs what is behind a person: what the camera of the moment does, and what somebody chooses. */
import {blurOf, setBlur} from './call/camera-blur.js';
import {rememberBlur} from './call/device-choice.js';

export class BackgroundBlur {
  readonly #onChange: () => void;
  #track: MediaStreamTrack | null = null;

  constructor(onChange: () => void) {
    this.#onChange = onChange;
  }

  /** `null`: this camera cannot, or cannot be told to. */
  get isOn(): boolean | null {
    return this.#track && blurOf(this.#track);
  }

  /** The camera of the moment. */
  follow(track: MediaStreamTrack | null): void {
    if (track === this.#track) return;
    // The system has a switch of its own.
    this.#track?.removeEventListener('configurationchange', this.#onChange);
    this.#track = track;
    track?.addEventListener('configurationchange', this.#onChange);
  }

  /** From now on, and for the cameras to come. Rejects with what the camera says against it. */
  async set(isOn: boolean): Promise<void> {
    if (!this.#track) return;
    await setBlur(this.#track, isOn);
    rememberBlur(isOn);
    this.#onChange();
  }
}
