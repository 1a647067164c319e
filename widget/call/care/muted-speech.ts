/**
 * Listens to a microphone that is muted, and to no other, and tells when somebody speaks into it.
 * What is heard goes no further than this: a copy of the track ends in a measuring instrument.
 */
import type {CareHost} from './call-care.js';

export type SpeechHost = Pick<CareHost, 'signal' | 'options' | 'tell'> & {
  readonly media: Pick<CareHost['media'], 'tracks'>;
};

/** Often enough that no syllable falls between two looks. */
const SAMPLE_MS = 200;

/** The rest of a sentence after which somebody has muted is no mistake. */
const GRACE_MS = 2_000;

/** Whoever does not mind is not to be told all the time. */
const SPACING_MS = 20_000;

/** Speech, with the browser's gain control, is about -25 dB; a quiet room, with its noise suppression, below -50. */
const SPEECH_LEVEL = 0.015;

/** A cough or a key is over sooner. */
const SPEECH_SAMPLES = 4;

export class MutedSpeech {
  readonly #host: SpeechHost;
  #track: MediaStreamTrack | null = null;
  #stop: () => void = () => undefined;
  #toldAt = -Infinity;

  constructor(host: SpeechHost) {
    this.#host = host;
    host.signal.addEventListener('abort', () => this.#listenTo(null), {once: true});
    this.update();
  }

  /** What is captured, or whether it is muted, may have changed. */
  update(): void {
    const {media, options} = this.#host;
    const {microphone} = media.tracks;
    const isMuted = microphone?.enabled === false && microphone.readyState === 'live';
    this.#listenTo(isMuted && !options().noMuteReminder ? microphone : null);
  }

  #listenTo(track: MediaStreamTrack | null): void {
    if (track === this.#track) return;
    this.#stop();
    this.#stop = () => undefined;
    this.#track = track;
    if (track !== null) this.#start(track);
  }

  #start(track: MediaStreamTrack): void {
    const copy = track.clone();
    copy.enabled = true;
    let context: AudioContext | undefined;
    let analyser: AnalyserNode;
    try {
      context = new AudioContext({latencyHint: 'playback'});
      analyser = new AnalyserNode(context, {fftSize: 2048});
      context.createMediaStreamSource(new MediaStream([copy])).connect(analyser);
    } catch {
      // No Web Audio, no device for it, or one of another sample rate: nobody is reminded.
      copy.stop();
      context?.close().catch(() => undefined);
      return;
    }
    // Refused before the first gesture; whoever has muted has made one.
    context.resume().catch(() => undefined);
    const samples = new Float32Array(analyser.fftSize);
    const speech = new SpeechDetector();
    const since = performance.now();
    const timer = setInterval(() => {
      if (this.#host.options().noMuteReminder) return this.#listenTo(null);
      analyser.getFloatTimeDomainData(samples);
      const isSpeech = speech.hear(levelOf(samples));
      const now = performance.now();
      if (!isSpeech || now - since < GRACE_MS || now - this.#toldAt < SPACING_MS) return;
      this.#toldAt = now;
      this.#host.tell({type: 'muted-speech-heard', detail: {}});
    }, SAMPLE_MS);
    this.#stop = () => {
      clearInterval(timer);
      copy.stop();
      context.close().catch(() => undefined);
    };
  }
}

/** From levels, one after the other, to whether somebody is speaking: a pause between two words does not end it. */
export class SpeechDetector {
  #loud = 0;

  hear(level: number): boolean {
    this.#loud = level > SPEECH_LEVEL ? this.#loud + 1 : Math.max(0, this.#loud - 1);
    this.#loud = Math.min(this.#loud, SPEECH_SAMPLES);
    return this.#loud === SPEECH_SAMPLES;
  }
}

/** Root mean square. */
export function levelOf(samples: Float32Array): number {
  return Math.sqrt(samples.reduce((sum, sample) => sum + sample * sample, 0) / samples.length);
}
