/** The way to `device-choice.ts`, which is loaded when somebody chooses a device. */
import {CallError} from './call-error.js';
import type {ChoosingCall} from './device-choice.js';
import type {DeviceChange} from './device-change.js';

export async function chooseDevice(
  kind: MediaDeviceKind,
  deviceId: string,
  call?: ChoosingCall,
): Promise<DeviceChange> {
  const {selectDevice} = await import('./device-choice.js').catch((cause: unknown) => {
    throw new CallError('relay-unreachable', 'device-choice', {cause});
  });
  return selectDevice(kind, deviceId, call);
}
