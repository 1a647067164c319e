/** Plays a short sound through a loudspeaker, so that somebody knows whether they would hear a call. */

import {unlessAborted} from './call/unless-aborted.js';

/** A fourth, one note after the other. Hertz. */
const NOTES = [659.26, 880] as const;

/** Each of them. Seconds. */
const DURATION = 0.45;

/** As loud as a voice in a call. */
const LOUDNESS = 0.3;

const PATIENCE_MS = 4_000;

/**
 * Resolves when it is over, or has not begun in four seconds. Rejects where the browser does not let it sound.
 * @param sinkId Of the loudspeaker; empty for the system's.
 * @param signal Cuts it short.
 */
export async function playTestSound(sinkId: string, signal: AbortSignal): Promise<void> {
  const context = new AudioContext();
  // Where a browser never says whether it may sound, nobody waits for it.
  const over = AbortSignal.any([signal, AbortSignal.timeout(PATIENCE_MS)]);
  try {
    await unlessAborted(play(context, sinkId), over);
  } catch (thrown) {
    if (!over.aborted) throw thrown;
  } finally {
    context.close().catch(() => undefined);
  }
}

async function play(context: AudioContext, sinkId: string): Promise<void> {
  // First, while the click still counts for it.
  const resumed = context.resume();
  // By an element, for every browser that can choose a loudspeaker can choose that of an element.
  const destination = new MediaStreamAudioDestinationNode(context);
  const audio = new Audio();
  audio.srcObject = destination.stream;
  if (sinkId !== '') await audio.setSinkId(sinkId);
  await Promise.all([audio.play(), resumed]);
  const ends = NOTES.map((hertz, index) => {
    const at = context.currentTime + index * DURATION;
    const gain = new GainNode(context, {gain: 0});
    // Softly in and out: a wave that is cut clicks.
    gain.gain.setTargetAtTime(LOUDNESS, at, 0.01);
    gain.gain.setTargetAtTime(0, at + DURATION / 2, 0.06);
    const note = new OscillatorNode(context, {frequency: hertz});
    note.connect(gain).connect(destination);
    note.start(at);
    note.stop(at + 2 * DURATION);
    return new Promise((resolve) => note.addEventListener('ended', resolve, {once: true}));
  });
  await Promise.all(ends);
}
