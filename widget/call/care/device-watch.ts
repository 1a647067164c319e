/** When to look at the devices of a call: one has come, gone or ended, or somebody is back at the page. */
import type {CallError} from '../call-error.js';
import type {DeviceKeeper} from '../device-keeper.js';
import type {DeviceKind} from '../local-media.js';
import {WatchedInput, type DeviceHost} from './watched-input.js';

export class DeviceWatch implements DeviceKeeper {
  readonly #inputs: Readonly<Record<DeviceKind, WatchedInput>>;
  readonly #onChange: () => void;

  /** @param onChange what is captured, or whether it is muted, has changed */
  constructor(host: DeviceHost, onChange: () => void) {
    const {signal} = host;
    this.#onChange = onChange;
    this.#inputs = {
      microphone: new WatchedInput(host, 'microphone'),
      camera: new WatchedInput(host, 'camera'),
    };
    const look = (): void => {
      for (const input of Object.values(this.#inputs)) void input.look();
    };
    // Absent outside secure contexts, whatever the types say.
    const devices = navigator.mediaDevices as MediaDevices | undefined;
    devices?.addEventListener('devicechange', look, {signal});
    globalThis.document?.addEventListener(
      'visibilitychange',
      () => {
        if (!document.hidden) look();
      },
      {signal},
    );
    look();
  }

  changed(): void {
    for (const input of Object.values(this.#inputs)) input.changed();
    this.#onChange();
  }

  lost(kind: DeviceKind, track: MediaStreamTrack): Promise<CallError | null> {
    return this.#inputs[kind].lost(track);
  }
}
