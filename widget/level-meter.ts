/** How loud the own microphone is, many times a second, for as long as somebody looks. Renders nothing itself. */

/** Samples for each look: 21 ms at 48 kHz, more than a period of any voice. */
const LOOK_SIZE = 1024;

/** Ten times a second is as quick as a bar that is read needs to be. */
const INTERVAL_MS = 100;

/** What is quieter than this shows nothing, what is louder than 0 dB everything. Decibels. */
const FLOOR_DB = -60;

/** Who looks at a track, and how that is ended: one instrument for each, however many look. */
interface Instrument {
  readonly shows: Set<(share: number) => void>;
  readonly stop: () => void;
}

const instruments = new Map<MediaStreamTrack, Instrument>();

export class LevelMeter {
  readonly #show: (share: number) => void;
  #track: MediaStreamTrack | null = null;

  /** @param show gets the share of the whole scale, 0 to 1 */
  constructor(show: (share: number) => void) {
    this.#show = show;
  }

  /** `null`: nobody looks, or there is nothing to hear. */
  listenTo(track: MediaStreamTrack | null): void {
    if (track === this.#track) return;
    if (this.#track) this.#leave(this.#track);
    this.#track = track;
    if (!track) return;
    const instrument = instruments.get(track) ?? begin(track);
    instrument.shows.add(this.#show);
    instruments.set(track, instrument);
  }

  #leave(track: MediaStreamTrack): void {
    const instrument = instruments.get(track);
    instrument?.shows.delete(this.#show);
    this.#show(0);
    if (instrument?.shows.size !== 0) return;
    instruments.delete(track);
    instrument.stop();
  }
}

/**
 * Nothing of it is to be heard (Web Audio API, `AudioSinkOptions`): no loudspeaker is asked about or kept open. Browsers
 * that do not know it ignore it, and TypeScript does not know it yet.
 */
const UNHEARD = {sinkId: {type: 'none'}} as AudioContextOptions;

function begin(track: MediaStreamTrack): Instrument {
  const shows: Instrument['shows'] = new Set();
  let context: AudioContext | undefined;
  let analyser: AnalyserNode;
  try {
    context = new AudioContext(UNHEARD);
    analyser = new AnalyserNode(context, {fftSize: LOOK_SIZE});
    context.createMediaStreamSource(new MediaStream([track])).connect(analyser);
  } catch {
    // No Web Audio, no device for it, or one of another sample rate: there is no bar.
    context?.close().catch(() => undefined);
    return {shows, stop: () => undefined};
  }
  const own = context;
  // Refused before the first gesture, which a call that began by itself may have to wait for.
  const resume = (): void => void own.resume().catch(() => undefined);
  const over = new AbortController();
  for (const type of ['pointerup', 'keydown']) {
    addEventListener(type, resume, {capture: true, signal: over.signal});
  }
  resume();
  const samples = new Float32Array(analyser.fftSize);
  const timer = setInterval(() => {
    analyser.getFloatTimeDomainData(samples);
    const share = shareOf(samples);
    for (const show of shows) show(share);
  }, INTERVAL_MS);
  const stop = (): void => {
    clearInterval(timer);
    over.abort();
    own.close().catch(() => undefined);
  };
  return {shows, stop};
}

/** Of the scale from -60 to 0 dB (full scale), the share that these samples reach by their root mean square. */
export function shareOf(samples: Float32Array): number {
  let power = 0;
  for (const sample of samples) power += sample * sample;
  const decibels = 10 * Math.log10(Math.max(power / samples.length, 1e-12));
  return Math.min(Math.max(1 - decibels / FLOOR_DB, 0), 1);
}
