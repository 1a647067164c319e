/** How loud the own microphone is, many times a second, for as long as somebody looks. Renders nothing itself. */

/** Ten times a second is as quick as a bar that is read needs to be. */
const INTERVAL_MS = 100;

/** What is quieter than this shows nothing, what is louder than 0 dB everything. Decibels. */
const FLOOR_DB = -60;

export class LevelMeter {
  readonly #show: (share: number) => void;
  #track: MediaStreamTrack | null = null;
  #stop: () => void = () => undefined;

  /** @param show gets the share of the whole scale, 0 to 1 */
  constructor(show: (share: number) => void) {
    this.#show = show;
  }

  /** `null`: nobody looks, or there is nothing to hear. */
  listenTo(track: MediaStreamTrack | null): void {
    if (track === this.#track) return;
    this.#stop();
    this.#track = track;
    this.#stop = track === null ? () => undefined : this.#begin(track);
  }

  #begin(track: MediaStreamTrack): () => void {
    let context: AudioContext | undefined;
    let analyser: AnalyserNode;
    try {
      context = new AudioContext();
      analyser = new AnalyserNode(context, {fftSize: 2048});
      context.createMediaStreamSource(new MediaStream([track])).connect(analyser);
    } catch {
      // No Web Audio, no device for it, or one of another sample rate: there is no bar.
      context?.close().catch(() => undefined);
      return () => undefined;
    }
    // Whoever has opened the panel has made a gesture.
    context.resume().catch(() => undefined);
    const own = context;
    const samples = new Float32Array(analyser.fftSize);
    const timer = setInterval(() => {
      analyser.getFloatTimeDomainData(samples);
      this.#show(shareOf(samples));
    }, INTERVAL_MS);
    return () => {
      clearInterval(timer);
      own.close().catch(() => undefined);
      this.#show(0);
    };
  }
}

/** Of the scale from -60 to 0 dB (full scale), the share that these samples reach by their root mean square. */
export function shareOf(samples: Float32Array): number {
  const power = samples.reduce((sum, sample) => sum + sample * sample, 0) / samples.length;
  const decibels = 10 * Math.log10(Math.max(power, 1e-12));
  return Math.min(Math.max(1 - decibels / FLOOR_DB, 0), 1);
}
