/** What local media need of whoever looks after the devices once a call has begun: types only. */
import type {CallError} from './call-error.js';
import type {DeviceKind} from './local-media.js';

/** What the person has asked for, whether or not it can be had. */
export interface WantedMedia {
  readonly microphone: boolean;
  /** It is held, and sends silence. */
  readonly isMuted: boolean;
  readonly camera: boolean;
}

export interface DeviceKeeper {
  /** Something is captured, muted or gone, or is so no more. */
  changed(): void;
  /**
   * The browser has ended this track, which is let go of when this settles; unless the keeper has
   * given another to `take()` by then. Resolves with what was wrong.
   */
  lost(kind: DeviceKind, track: MediaStreamTrack): Promise<CallError | null>;
}
