/** The four tones, as a real audio engine renders them: audible, clean, and without a seam. */
import {expect} from 'chai';
import {BUSY, ENDED, RING, RING_BACK, renderTone, type Tone} from '../../widget/ringing/tones.js';

const RATE = 48_000;

const TONES: readonly (readonly [name: string, tone: Tone, hertz: readonly number[]])[] = [
  ['ring', RING, [659.26, 880]],
  ['ring-back', RING_BACK, [440, 480]],
  ['busy tone', BUSY, [480, 620]],
  ['ending', ENDED, [880, 659.26]],
];

describe('the tones', () => {
  for (const [name, tone, hertz] of TONES) {
    describe(`the ${name}`, () => {
      let rounds: Float32Array;
      let length: number;
      before(async () => {
        length = Math.round(tone.duration * RATE);
        rounds = await play(tone, 2);
      });

      it('is to be heard, and has headroom', () => {
        const peak = peakOf(rounds);
        expect(peak).to.be.above(0.1);
        expect(peak).to.be.below(0.9);
      });

      it('begins and ends in silence', () => {
        expect(rounds[0]).to.equal(0);
        // The sample that would follow the last one belongs to the next round.
        expect(Math.abs(rounds[length - 1]!)).to.be.below(1e-4);
      });

      it('has no click: its loudness never jumps', () => {
        // A sine of 2 kHz at full level rises by 0.26 in a sample; a cut wave jumps by up to 1.
        let steepest = 0;
        for (let at = 1; at < rounds.length; at++) {
          steepest = Math.max(steepest, Math.abs(rounds[at]! - rounds[at - 1]!));
        }
        expect(steepest).to.be.below(0.15);
        // What begins or ends does so softly: nothing in the first and last two milliseconds of a note.
        for (const {
          at: [at = 0],
          duration,
        } of tone.notes.slice(0, 1)) {
          expect(peakOf(rounds.subarray(at * RATE, (at + 0.001) * RATE))).to.be.below(0.05);
          if (tone.notes.length > 1) continue;
          const end = (at + duration) * RATE;
          expect(peakOf(rounds.subarray(end - 0.001 * RATE, end))).to.be.below(0.01);
        }
      });

      it('is made of its two frequencies, and of little else', () => {
        const sounding = rounds.subarray(0, RATE);
        const [first, second] = hertz.map((each) => loudnessAt(sounding, each));
        for (const between of [200, 300, 550, 760, 1100, 2500, 5000]) {
          const other = loudnessAt(sounding, between);
          expect(first, `against ${String(between)} Hz`).to.be.above(5 * other);
          expect(second, `against ${String(between)} Hz`).to.be.above(5 * other);
        }
      });

      it(tone.isRepeated ? 'is repeated without a seam' : 'is played once', () => {
        const second = rounds.subarray(length);
        if (!tone.isRepeated) {
          expect(peakOf(second)).to.equal(0);
          return;
        }
        expect(difference(rounds.subarray(0, length), second)).to.be.below(1e-6);
      });

      it('is whole at every rate that devices have', async () => {
        for (const rate of [8000, 22_050, 44_100, 96_000, 192_000]) {
          const samples = (await renderTone(tone, rate)).getChannelData(0);
          expect(samples.length).to.equal(Math.round(tone.duration * rate));
          expect(samples.every(Number.isFinite)).to.equal(true);
          expect(Math.abs(peakOf(samples) - peakOf(rounds))).to.be.below(0.08);
        }
      });
    });
  }

  it('a ring has a rest in it, and a ring-back the cadence of one second in five', async () => {
    const ring = await play(RING, 1);
    expect(peakOf(ring.subarray(2.3 * RATE))).to.be.below(1e-4);
    const ringBack = await play(RING_BACK, 1);
    expect(peakOf(ringBack.subarray(0.5 * RATE, 0.9 * RATE))).to.be.above(0.1);
    expect(peakOf(ringBack.subarray(RATE))).to.equal(0);
  });
});

/** As the speaker plays it: a buffer that the engine itself repeats. */
async function play(tone: Tone, count: number): Promise<Float32Array> {
  const context = new OfflineAudioContext(1, Math.round(count * tone.duration * RATE), RATE);
  const buffer = await renderTone(tone, RATE);
  const source = new AudioBufferSourceNode(context, {buffer, loop: tone.isRepeated});
  source.connect(context.destination);
  source.start();
  return (await context.startRendering()).getChannelData(0);
}

function peakOf(samples: Float32Array): number {
  return samples.reduce((peak, sample) => Math.max(peak, Math.abs(sample)), 0);
}

function difference(one: Float32Array, other: Float32Array): number {
  return one.reduce((most, sample, at) => Math.max(most, Math.abs(sample - other[at]!)), 0);
}

/** How much of one frequency there is (one term of a Fourier transform, with a Hann window). */
function loudnessAt(samples: Float32Array, hertz: number): number {
  let real = 0;
  let imaginary = 0;
  for (const [at, sample] of samples.entries()) {
    const window = (1 - Math.cos((2 * Math.PI * at) / samples.length)) / 2;
    const angle = (2 * Math.PI * hertz * at) / RATE;
    real += window * sample * Math.cos(angle);
    imaginary += window * sample * Math.sin(angle);
  }
  return Math.hypot(real, imaginary) / samples.length;
}
