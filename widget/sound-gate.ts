/**
 * Browsers refuse to play sound before the first gesture on a page. This notices the refusal once,
 * and plays everything that was refused as soon as somebody presses something. Until then the picture
 * moves without its sound.
 */
export class SoundGate {
  readonly #refused = new Set<HTMLVideoElement>();
  readonly #onChange: () => void;
  readonly #onBlocked: () => void;
  #isTold = false;

  constructor(onChange: () => void, onBlocked: () => void) {
    this.#onChange = onChange;
    this.#onBlocked = onBlocked;
  }

  get isBlocked(): boolean {
    return this.#refused.size > 0;
  }

  readonly play = (video: HTMLVideoElement): void => {
    video.muted = false;
    video.play().then(
      () => {
        if (this.#refused.delete(video)) this.#onChange();
      },
      (reason: unknown) => {
        // Anything else is a stream that went away; its successor fires its own event.
        if (!(reason instanceof DOMException) || reason.name !== 'NotAllowedError') return;
        this.#refused.add(video);
        video.muted = true;
        video.play().catch(() => undefined);
        if (!this.#isTold) this.#onBlocked();
        this.#isTold = true;
        this.#onChange();
      },
    );
  };

  /** Called from a gesture. */
  unblock(): void {
    for (const video of this.#refused) {
      if (video.isConnected) this.play(video);
      else this.#refused.delete(video);
    }
  }

  reset(): void {
    this.#refused.clear();
    this.#isTold = false;
  }
}
