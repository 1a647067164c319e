/**
 * Tracks that carry nothing, for a link that is there before anybody may see or hear: black pictures and silence.
 * They keep encoder, way and receiver warm until the real ones take their place.
 */
import type {CallMedia} from '../call-options.js';
import type {LocalTracks} from '../local-media.js';
import {PlaceholderPicture} from './placeholder-picture.js';

export class Placeholders {
  readonly picture: PlaceholderPicture | null;
  readonly #tracks: LocalTracks;
  #silence: AudioContext | null;

  constructor(carries: CallMedia) {
    this.picture = carries === 'video' ? new PlaceholderPicture() : null;
    // Until somebody has pressed something in this page it does not run, and then there is no sound at all.
    this.#silence = carries === 'data' ? null : openContext();
    const [microphone = null] =
      this.#silence?.createMediaStreamDestination().stream.getTracks() ?? [];
    this.#tracks = {microphone, camera: this.picture?.track ?? null};
  }

  /** Those that are sent instead; from now on it is known what this camera shows. */
  inPlaceOf({camera}: LocalTracks): LocalTracks {
    this.picture?.watch(camera);
    return this.#tracks;
  }

  stop(): void {
    this.picture?.stop();
    this.#tracks.microphone?.stop();
    void this.#silence?.close();
    // Closed twice it would complain.
    this.#silence = null;
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
