/** What local media need of whoever looks after the devices once a call has begun: types only. */
import type {CallError} from './call-error.js';
import type {DeviceKind} from './local-media.js';

export interface DeviceKeeper {
  /** Something is captured, muted or gone, or is so no more. */
  changed(): void;
  /**
   * The browser has ended this track, which is let go of when this settles; unless the keeper has
   * given another to `take()` by then. Resolves with what was wrong.
   */
  lost(kind: DeviceKind, track: MediaStreamTrack): Promise<CallError | null>;
}
