/**
 * Plays tones: the one owner of an AudioContext, which runs only while something sounds and is
 * closed with its owner. A tone is rendered once and then repeated by the audio thread, so that no
 * timer of a page in the background can make it stutter. Without sound, nothing here fails.
 */
import {renderTone, type Tone} from './tones.js';

/** How quickly a tone that is cut fades, as a time constant; it is inaudible after five of them. */
const FADE = 0.012;

/** Samples a second: nine times the highest overtone of any tone, and a third of the memory that the engine's own rate would take. */
const RATE = 16_000;

/** By when a tone that is played once must have begun: it would be out of place later. */
const PATIENCE_MS = 500;

export class Speaker {
  #context: AudioContext | null = null;
  /** One for each tone that sounds, or would if the browser let it: takes it away at once. */
  readonly #silencers = new Set<() => void>();

  /**
   * Until the signal aborts. What is repeated begins whenever the browser allows it; what is played
   * once is dropped unless that is now.
   */
  play(tone: Tone, signal?: AbortSignal): void {
    const context = this.#open();
    if (context === null || signal?.aborted) return;
    // Now, for this may be the gesture.
    this.wake();
    const lateAt = performance.now() + PATIENCE_MS;
    const start = (buffer: AudioBuffer): void => {
      if (context !== this.#context) return;
      const isLate = !tone.isRepeated && performance.now() > lateAt;
      if (signal?.aborted || isLate) this.#rest();
      else this.#start(context, buffer, tone, signal);
    };
    renderTone(tone, RATE).then(start, () => this.#rest());
  }

  #start(context: AudioContext, buffer: AudioBuffer, tone: Tone, signal?: AbortSignal): void {
    const source = new AudioBufferSourceNode(context, {buffer, loop: tone.isRepeated});
    const gain = new GainNode(context);
    source.connect(gain).connect(context.destination);
    source.start();
    this.wake();

    let deadline: ReturnType<typeof setTimeout> | undefined;
    const silence = (): void => {
      clearTimeout(deadline);
      signal?.removeEventListener('abort', fade);
      source.stop();
      gain.disconnect();
      if (this.#silencers.delete(silence)) this.#rest();
    };
    const fade = (): void => {
      // A clock that stands still would keep the end for the next time that it runs.
      if (context.state !== 'running') {
        silence();
        return;
      }
      gain.gain.setTargetAtTime(0, context.currentTime, FADE);
      source.stop(context.currentTime + 5 * FADE);
    };
    this.#silencers.add(silence);
    source.addEventListener('ended', silence);
    signal?.addEventListener('abort', fade);
    if (!tone.isRepeated) deadline = setTimeout(silence, tone.duration * 1000 + PATIENCE_MS);
  }

  /** Asks the browser, again, to let sound through what should sound. Best called from a gesture. */
  wake(): void {
    // Also when it says that it runs, for it may be about to rest. It is refused while nobody has
    // touched the page, and once it is closed: both mean silence.
    this.#context?.resume().catch(() => undefined);
  }

  /** From a gesture: WebKit wants every context to have been started from one before it may sound. */
  prepare(): void {
    this.#open()
      ?.resume()
      .then(
        () => this.#rest(),
        () => undefined,
      );
  }

  close(): void {
    for (const silence of this.#silencers) silence();
    this.#context?.close().catch(() => undefined);
    this.#context = null;
  }

  #open(): AudioContext | null {
    try {
      // A ring need not be prompt to the millisecond: large blocks save power.
      this.#context ??= new AudioContext({latencyHint: 'playback'});
    } catch {
      // No Web Audio, or no device for it.
    }
    return this.#context;
  }

  /** Gives the device back, and the mark on the tab. */
  #rest(): void {
    if (this.#silencers.size === 0) this.#context?.suspend().catch(() => undefined);
  }
}
