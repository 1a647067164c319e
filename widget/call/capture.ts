/**
 * Asks the browser for camera and microphone: what is wanted of a device, and what a refusal means.
 * Who holds what is captured, and for how long, is not known here.
 */
import {CallError} from './call-error.js';
import {chosenDevice} from './chosen-devices.js';
import {loadChunk} from './load-chunk.js';
import type {DeviceKind} from './local-media.js';
import {isAllowedByPolicy} from './media-permission.js';
import {mediaError} from './media-error.js';

/** 720p is what a face on a laptop needs; a device without it gives what it has. */
const CONSTRAINTS = {
  microphone: {echoCancellation: true, noiseSuppression: true, autoGainControl: true},
  camera: {width: {ideal: 1280}, height: {ideal: 720}, frameRate: {ideal: 30}},
} satisfies Record<DeviceKind, MediaTrackConstraints>;

/** Throws a `CallError` where the browser has none. */
export function mediaDevices(): MediaDevices {
  // Absent outside secure contexts, whatever the types say.
  const devices = navigator.mediaDevices as MediaDevices | undefined;
  if (devices !== undefined) return devices;
  throw new CallError(
    globalThis.isSecureContext ? 'unsupported-browser' : 'insecure-context',
    'navigator.mediaDevices is not available.',
  );
}

/**
 * Rejects with what the browser throws.
 * @param signal It is wanted no more: what is blurred for nobody is stopped.
 * @param pick Which device of a kind: by default the one that was chosen, or any if it is not there
 *   (a plain `deviceId` is a wish, and so is `backgroundBlur`; the label beside them is no constraint, and not
 *   looked at).
 */
export async function capture(
  kinds: readonly DeviceKind[],
  signal: AbortSignal,
  pick: (kind: DeviceKind) => MediaTrackConstraints | undefined = chosenDevice,
): Promise<MediaStreamTrack[]> {
  const of = (kind: DeviceKind): MediaTrackConstraints | false =>
    kinds.includes(kind) && {...CONSTRAINTS[kind], ...pick(kind)};
  const video = of('camera');
  const ask = (): Promise<MediaStream> =>
    mediaDevices().getUserMedia({audio: of('microphone'), video});
  // Before anything is captured: a relay that does not answer is not waited for with the camera on. Where the
  // chunk cannot be had the request has the wish all the same, and whoever looks at the camera later can tell it.
  const stream =
    video && video.backgroundBlur
      ? loadChunk(() => import('./camera-blur.js')).then(
          ({captureBlurred}) => captureBlurred(ask, signal),
          ask,
        )
      : ask();
  return (await stream).getTracks();
}

/** What a device is that was refused, in our own words. */
export function captureError(thrown: unknown, kind: DeviceKind): CallError {
  return thrown instanceof CallError ? thrown : mediaError(thrown, kind, isAllowedByPolicy(kind));
}

export function kindOf({kind}: MediaStreamTrack): DeviceKind {
  return kind === 'audio' ? 'microphone' : 'camera';
}
