/**
 * Blurs what is behind a person, where the camera or the browser has that built in (Media Capture Extensions,
 * `backgroundBlur`), and nowhere else: pictures are not ours to compute. Follows the camera from one track to the next.
 */

export class BackgroundBlur {
  readonly #onChange: () => void;
  #track: MediaStreamTrack | null = null;
  /** What somebody has chosen here; it holds for the cameras to come. */
  #wish: boolean | undefined;

  constructor(onChange: () => void) {
    this.#onChange = onChange;
  }

  /** `null`: this camera cannot, or cannot be told to. */
  get isOn(): boolean | null {
    const track = this.#track;
    const can = track?.getCapabilities?.().backgroundBlur ?? [];
    if (!track || !can.includes(true) || !can.includes(false)) return null;
    return track.getSettings().backgroundBlur ?? false;
  }

  /** The camera of the moment. */
  follow(track: MediaStreamTrack | null): void {
    if (track === this.#track) return;
    // The system has a switch of its own.
    this.#track?.removeEventListener('configurationchange', this.#onChange);
    this.#track = track;
    track?.addEventListener('configurationchange', this.#onChange);
    const {isOn} = this;
    if (this.#wish === undefined || isOn === null || isOn === this.#wish) return;
    // A camera that will not goes on as it is, and the switch says so.
    this.#apply(this.#wish).catch(() => undefined);
  }

  /** Rejects with what the camera says against it. */
  async set(isOn: boolean): Promise<void> {
    await this.#apply(isOn);
    this.#wish = isOn;
  }

  async #apply(isOn: boolean): Promise<void> {
    const track = this.#track;
    // What else was asked of it still holds: whatever is left out is asked no more.
    await track?.applyConstraints({
      ...track.getConstraints(),
      backgroundBlur: {exact: isOn},
    });
    this.#onChange();
  }
}
