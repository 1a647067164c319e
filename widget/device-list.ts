/** Which devices there are, and which of them were chosen, kept up to date while somebody looks. Knows no view. */
import {chosenDevice, type ChoiceKind} from './call/chosen-devices.js';

export interface ListedDevice {
  readonly deviceId: string;
  /** Empty where the browser does not tell: before anything was allowed. */
  readonly label: string;
}

export interface DeviceChoice {
  /** There is one at least, if only one that the browser does not name before it was allowed. */
  readonly isAny: boolean;
  readonly devices: readonly ListedDevice[];
  /** The one that was chosen and is there; empty: whatever the system's default is. */
  readonly chosen: string;
}

const KINDS: Readonly<Record<ChoiceKind, MediaDeviceKind>> = {
  camera: 'videoinput',
  microphone: 'audioinput',
  speaker: 'audiooutput',
};

/** Chromium's names for the system's own choice, which are listed beside the devices that they stand for. */
const ALIASES = ['', 'default', 'communications'];

export class DeviceList {
  readonly #onChange: () => void;
  /** `null` until the browser has told. */
  #all: readonly MediaDeviceInfo[] | null = null;

  /** @param signal aborted when nobody looks any more */
  constructor(onChange: () => void, signal: AbortSignal) {
    this.#onChange = onChange;
    // Absent outside secure contexts, whatever the types say.
    const devices = navigator.mediaDevices as MediaDevices | undefined;
    devices?.addEventListener('devicechange', () => void this.refresh(signal), {signal});
    if (devices) void this.refresh(signal);
    else this.#all = [];
  }

  /** Reads the list anew: names are told once a device has been allowed. */
  async refresh(signal: AbortSignal): Promise<void> {
    const devices = navigator.mediaDevices as MediaDevices | undefined;
    const all = await devices?.enumerateDevices().catch(() => []);
    if (all === undefined || signal.aborted) return;
    this.#all = all;
    this.#onChange();
  }

  of(kind: ChoiceKind): DeviceChoice {
    // The system's default can be chosen before it is known what there is.
    const isAny = this.#all?.some((each) => each.kind === KINDS[kind]) ?? true;
    const all = (this.#all ?? []).filter((each) => each.kind === KINDS[kind]);
    const devices = all
      .filter(({deviceId}) => !ALIASES.includes(deviceId))
      .map(({deviceId, label}) => ({deviceId, label}));
    const wanted = chosenDevice(kind);
    const found =
      devices.find(({deviceId}) => deviceId === wanted?.deviceId) ??
      devices.find(({label}) => label !== '' && label === wanted?.label);
    return {isAny, devices, chosen: found?.deviceId ?? ''};
  }

  /** As `enumerateDevices()` calls it. */
  static kindOf(kind: ChoiceKind): MediaDeviceKind {
    return KINDS[kind];
  }
}
