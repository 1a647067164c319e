/**
 * Tracks that carry nothing, for a link that is there before anybody may see or hear: black pictures, a few a
 * second, and silence. They keep encoder, way and receiver warm until the real ones take their place.
 */
import type {CallMedia} from '../call-options.js';
import type {LocalTracks} from '../local-media.js';

/** As cameras film, so that the encoder need not begin anew. */
const [WIDTH, HEIGHT] = [1280, 720];
const FRAMES_PER_SECOND = 5;

export class Placeholders {
  readonly tracks: LocalTracks;
  readonly #stop: (() => void)[] = [];

  constructor(carries: CallMedia) {
    this.tracks = {
      microphone: carries === 'data' ? null : this.#silence(),
      camera: carries === 'video' ? this.#black() : null,
    };
  }

  stop(): void {
    for (const stop of this.#stop.splice(0)) stop();
  }

  #black(): MediaStreamTrack | null {
    const canvas = document.createElement('canvas');
    [canvas.width, canvas.height] = [WIDTH, HEIGHT];
    const context = canvas.getContext('2d', {alpha: false});
    // A canvas that nobody paints on gives no pictures.
    const paint = (): void => context?.fillRect(0, 0, WIDTH, HEIGHT);
    paint();
    const timer = setInterval(paint, 1000 / FRAMES_PER_SECOND);
    const [track = null] = canvas.captureStream(FRAMES_PER_SECOND).getTracks();
    this.#stop.push(() => {
      clearInterval(timer);
      track?.stop();
    });
    return track;
  }

  #silence(): MediaStreamTrack | null {
    // Until somebody has pressed something in this page it does not run, and then there is no sound at all.
    const context = openContext();
    if (context === null) return null;
    const [track = null] = context.createMediaStreamDestination().stream.getTracks();
    this.#stop.push(() => {
      track?.stop();
      void context.close();
    });
    return track;
  }
}

/** Browsers allow a page so many of them. */
function openContext(): AudioContext | null {
  try {
    return new AudioContext();
  } catch {
    return null;
  }
}
