/**
 * What a call sounds like: four tones as numbers, and the function that turns one into samples.
 * Knows nothing of Web Audio. Each tone begins and ends in silence, so it can be repeated without a
 * seam and be cut without a click.
 */

interface Note {
  /** When it is struck, each time the same. */
  readonly at: readonly number[];
  /** In seconds, like everything here; the softened end is part of it. */
  readonly duration: number;
  /** Each sine with its share of the loudness. */
  readonly sines: readonly (readonly [hertz: number, share: number])[];
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

/** Like a soft mallet on wood. The octave above is what small loudspeakers carry best. */
function struck(hertz: number, ...at: readonly number[]): Note {
  const sines = [
    [hertz, 0.8],
    [2 * hertz, 0.2],
  ] as const;
  return {at, duration: 0.9, sines, decay: 8, edge: 0.008};
}

function held(at: readonly number[], duration: number, hertz: readonly number[]): Note {
  const sines = hertz.map((each) => [each, 1 / hertz.length] as const);
  return {at, duration, sines, decay: 0, edge: 0.04};
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

/** One round of a tone, between -1 and 1. */
export function renderTone(tone: Tone, sampleRate: number): Float32Array<ArrayBuffer> {
  const samples = new Float32Array(Math.round(tone.duration * sampleRate));
  for (const note of tone.notes) {
    const once = renderNote(note, tone.loudness, sampleRate);
    for (const at of note.at) {
      const first = Math.round(at * sampleRate);
      for (let index = 0; index < once.length; index++) samples[first + index]! += once[index]!;
    }
  }
  return samples;
}

/** While it already rings: without a sine or an exponential for each sample, which would take some twenty times as long. */
function renderNote(
  {duration, sines, decay, edge}: Note,
  loudness: number,
  sampleRate: number,
): Float32Array {
  const samples = new Float32Array(Math.ceil(duration * sampleRate));
  const fading = Math.exp(-decay / sampleRate);
  for (const [hertz, share] of sines) {
    const step = (2 * Math.PI * hertz) / sampleRate;
    // sin(n + 1) = 2 cos(1) sin(n) - sin(n - 1), for any step; what fades does so at each of them.
    const next = 2 * Math.cos(step) * fading;
    const last = fading * fading;
    let value = 0;
    let before = (-loudness * share * Math.sin(step)) / fading;
    for (let index = 0; index < samples.length; index++) {
      samples[index]! += value;
      const after = next * value - last * before;
      before = value;
      value = after;
    }
  }
  const softened = Math.ceil(edge * sampleRate);
  for (let index = 0; index < softened; index++) {
    samples[index]! *= softness(index / sampleRate / edge);
  }
  for (let index = samples.length - softened; index < samples.length; index++) {
    samples[index]! *= softness((duration - index / sampleRate) / edge);
  }
  return samples;
}

/** From 0 to 1 with a level start and end (half a cosine). */
function softness(progress: number): number {
  return progress < 1 ? (1 - Math.cos(Math.PI * progress)) / 2 : 1;
}
