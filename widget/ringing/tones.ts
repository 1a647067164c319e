/**
 * What a call sounds like: four tones as numbers, and the function that has the audio engine turn one into
 * samples. Each tone begins and ends in silence, so it can be repeated without a seam and be cut without a click.
 */

interface Note {
  /** When it is struck, each time the same. */
  readonly at: readonly number[];
  /** In seconds, like everything here; the softened end is part of it. */
  readonly duration: number;
  /** What sounds together, equally loud. */
  readonly hertz: readonly number[];
  /** The share of each one's octave in its loudness, which is what small loudspeakers carry best. */
  readonly octave: number;
  /** How quickly a struck note fades, per second; 0 for one that is held. */
  readonly decay: number;
  /** How long it takes to begin and to end: short is bright, shorter than 5 ms would be a click. */
  readonly edge: number;
}

export interface Tone {
  readonly duration: number;
  readonly isRepeated: boolean;
  readonly loudness: number;
  readonly notes: readonly Note[];
}

/** A fourth, which is how a call begins in most music, and low enough for ageing ears. */
const E5 = 659.26;
const A5 = 880;

/** Like a soft mallet on wood. */
function struck(hertz: number, ...at: readonly number[]): Note {
  return {at, duration: 0.9, hertz: [hertz], octave: 0.2, decay: 8, edge: 0.008};
}

function held(at: readonly number[], duration: number, hertz: readonly number[]): Note {
  return {at, duration, hertz, octave: 0, decay: 0, edge: 0.04};
}

/** Two short trills and a rest: what a telephone does, and nothing else on a computer. */
export const RING: Tone = {
  duration: 3,
  isRepeated: true,
  loudness: 0.5,
  notes: [struck(E5, 0, 0.28, 0.9, 1.18), struck(A5, 0.14, 0.42, 1.04, 1.32)],
};

/**
 * Germany's cadence, one second in five, with North America's two frequencies: either side of the
 * ocean knows it for what it is. Quiet, for it may last a minute.
 */
export const RING_BACK: Tone = {
  duration: 5,
  isRepeated: true,
  loudness: 0.16,
  notes: [held([0], 1, [440, 480])],
};

/** Three pulses of the busy tone: enough to know it by. */
export const BUSY: Tone = {
  duration: 1.4,
  isRepeated: false,
  loudness: 0.16,
  notes: [held([0, 0.5, 1], 0.25, [480, 620])],
};

/** The ring's fourth, downwards. */
export const ENDED: Tone = {
  duration: 1.2,
  isRepeated: false,
  loudness: 0.3,
  notes: [struck(A5, 0), struck(E5, 0.16)],
};

/** Half a cosine, by points between which the engine draws lines. */
const RISE = Float32Array.from({length: 33}, (_, at) => (1 - Math.cos((Math.PI * at) / 32)) / 2);

/**
 * One round of a tone, between -1 and 1. By the audio engine, beside everything else: it is asked for in the very moment
 * in which somebody is shown a prompt. Rejects where there is no engine.
 */
export async function renderTone(tone: Tone, sampleRate: number): Promise<AudioBuffer> {
  const length = Math.round(tone.duration * sampleRate);
  const context = new OfflineAudioContext(1, length, sampleRate);
  for (const note of tone.notes) {
    const {hertz, octave} = note;
    const [real, imag] = [Float32Array.of(0, 0, 0), Float32Array.of(0, 1 - octave, octave)];
    const wave = new PeriodicWave(context, {real, imag, disableNormalization: true});
    for (const at of note.at) {
      const gain = softened(context, note, at, tone.loudness / hertz.length);
      for (const frequency of hertz) {
        const sound = new OscillatorNode(context, {frequency});
        sound.setPeriodicWave(wave);
        sound.connect(gain);
        sound.start(at);
        sound.stop(at + note.duration);
      }
    }
  }
  return context.startRendering();
}

/** What lets a note through that is struck then: it begins and ends with a level slope, and fades between. */
function softened(
  context: OfflineAudioContext,
  {duration, decay, edge}: Note,
  at: number,
  loudness: number,
): GainNode {
  const gain = new GainNode(context, {gain: 0});
  gain.connect(context.destination);
  const falls = at + duration - edge;
  const left = loudness * Math.exp(-decay * (duration - 2 * edge));
  gain.gain.setValueCurveAtTime(
    RISE.map((share) => loudness * share),
    at,
    edge,
  );
  if (decay > 0) gain.gain.setTargetAtTime(0, at + edge, 1 / decay);
  gain.gain.setValueCurveAtTime(
    RISE.map((share) => left * (1 - share)),
    falls,
    edge,
  );
  return gain;
}
