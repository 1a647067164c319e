/**
 * The loudspeaker through which the others are heard: the chosen one while it is there, the
 * system's default otherwise. How it is chosen is `call/device-choice.ts`.
 */
import {chosenDevice, type ChosenDevice} from './call/chosen-devices.js';
import type {DeviceChange} from './call/device-change.js';

export class AudioOutput {
  readonly #videos: () => Iterable<HTMLMediaElement>;
  readonly #tell: (change: DeviceChange) => void;
  readonly #signal: AbortSignal;
  #wanted: ChosenDevice | undefined = chosenDevice('speaker');
  #sinkId = this.#wanted?.deviceId ?? '';

  /**
   * @param videos those that are heard now
   * @param tell the chosen one has gone, or is back
   */
  constructor(
    videos: () => Iterable<HTMLMediaElement>,
    tell: (change: DeviceChange) => void,
    signal: AbortSignal,
  ) {
    this.#videos = videos;
    this.#tell = tell;
    this.#signal = signal;
    // Absent outside secure contexts, whatever the types say.
    const devices = navigator.mediaDevices as MediaDevices | undefined;
    devices?.addEventListener('devicechange', () => void this.#look(devices), {signal});
    if (devices && this.#wanted) void this.#look(devices);
  }

  choose({deviceId, label}: DeviceChange): void {
    this.#wanted = deviceId === '' ? undefined : {deviceId, label};
    this.#sinkId = deviceId;
    this.apply();
  }

  /** To whatever is heard by now. */
  apply(): void {
    const sinkId = this.#sinkId;
    for (const video of this.#videos()) {
      // Not in every browser, whatever the types say.
      if (!('setSinkId' in video) || video.sinkId === sinkId) continue;
      video.setSinkId(sinkId).catch(() => {
        // It has gone, or is not for this page any more.
        if (this.#sinkId === sinkId) this.#sinkId = '';
      });
    }
  }

  async #look(devices: MediaDevices): Promise<void> {
    const all = await devices.enumerateDevices().catch(() => []);
    const wanted = this.#wanted;
    if (this.#signal.aborted || wanted === undefined) return;
    const outputs = all.filter(({kind, deviceId}) => kind === 'audiooutput' && deviceId !== '');
    // A page that may not know them may have been given this one all the same.
    if (outputs.length === 0) return;
    const found =
      outputs.find(({deviceId}) => deviceId === wanted.deviceId) ??
      outputs.find(({label}) => label !== '' && label === wanted.label);
    const former = this.#sinkId;
    this.#sinkId = found?.deviceId ?? '';
    this.apply();
    if (former === this.#sinkId) return;
    const kind = 'audiooutput';
    if (found) {
      const {deviceId, label} = found;
      this.#tell({kind, deviceId, label, reason: 'returned'});
    } else {
      this.#tell({kind, deviceId: '', label: '', reason: 'lost', former: wanted.label});
    }
  }
}
