/**
 * Whether a picture is shown whole or fills its tile: by itself whatever cuts off less than nearly half, and
 * otherwise as somebody has wished. Measures without asking the page for a layout.
 */
import {isBetterWhole} from './stage-layout.js';

export class PictureFit {
  readonly #onChange: () => void;
  readonly #boxes = new Map<HTMLVideoElement, {width: number; height: number}>();
  /** Peer ids of the pictures that are better whole, by themselves. */
  #better = new Set<string>();
  /** By peer id; one's own is ''. */
  readonly #wishes = new Map<string, boolean>();
  readonly #observer = new ResizeObserver((entries) => {
    for (const {target, contentRect} of entries) {
      this.#boxes.set(target as HTMLVideoElement, contentRect);
    }
    this.#judge();
  });

  constructor(onChange: () => void, signal: AbortSignal) {
    this.#onChange = onChange;
    signal.addEventListener('abort', () => this.observe([]), {once: true});
  }

  /** Those that there are now. */
  observe(videos: readonly HTMLVideoElement[]): void {
    for (const video of this.#boxes.keys()) {
      if (videos.includes(video)) continue;
      this.#boxes.delete(video);
      this.#observer.unobserve(video);
      video.removeEventListener('resize', this.#judge);
    }
    for (const video of videos) {
      if (this.#boxes.has(video)) continue;
      this.#boxes.set(video, {width: 0, height: 0});
      this.#observer.observe(video);
      // The picture has another size: a phone was turned.
      video.addEventListener('resize', this.#judge);
    }
  }

  isWhole(peerId: string): boolean {
    return this.#wishes.get(peerId) ?? this.#better.has(peerId);
  }

  /** As `isWhole()`, for a video that is not among those that are observed: by what it measures now. */
  isWholeIn(video: HTMLVideoElement): boolean {
    const {videoWidth, videoHeight, clientWidth, clientHeight, dataset} = video;
    const picture = {width: videoWidth, height: videoHeight};
    const box = {width: clientWidth, height: clientHeight};
    return this.#wishes.get(dataset['peer'] ?? '') ?? isBetterWhole(picture, box);
  }

  forget(peerId: string): void {
    this.#wishes.delete(peerId);
  }

  reset(): void {
    this.#wishes.clear();
  }

  toggle(peerId: string): void {
    this.#wishes.set(peerId, !this.isWhole(peerId));
    this.#onChange();
  }

  /** A box that is being resized changes with every frame, and what comes of it hardly ever. */
  readonly #judge = (): void => {
    const before = this.#better;
    this.#better = new Set(
      [...this.#boxes]
        .filter(([{videoWidth: width, videoHeight: height}, box]) =>
          isBetterWhole({width, height}, box),
        )
        .map(([{dataset}]) => dataset['peer'] ?? ''),
    );
    if ([...this.#better].join() !== [...before].join()) this.#onChange();
  };
}
