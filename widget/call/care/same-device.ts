/** Finds a device again, that was used or chosen, among those that are there. */
import type {ChosenDevice} from '../chosen-devices.js';

const DEFAULT = 'default';

/** By its id, or by its name if it has another one by now. */
export function find(
  wanted: ChosenDevice | undefined,
  devices: readonly MediaDeviceInfo[],
): MediaDeviceInfo | undefined {
  if (!wanted?.deviceId && !wanted?.label) return undefined;
  return (
    devices.find((device) => isSame(wanted, device)) ??
    devices.find(({label}) => label !== '' && label === wanted.label)
  );
}

/**
 * Chromium lists whatever is the default a second time, with the id `default` and the real name at
 * the end of its own.
 */
export function isSame(known: ChosenDevice, {deviceId, label}: MediaDeviceInfo): boolean {
  // Firefox tells no id of a track that has ended.
  if (known.deviceId === '') return label !== '' && label === known.label;
  if (known.deviceId !== DEFAULT) return deviceId === known.deviceId;
  return deviceId !== DEFAULT && label !== '' && known.label.endsWith(label);
}
