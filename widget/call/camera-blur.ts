/**
 * Blurs what is behind a person, where the camera or the browser has that built in (Media Capture Extensions,
 * `backgroundBlur`), and nowhere else: pictures are not ours to compute. What a person has chosen is kept with
 * the choice of the camera (`chosen-devices.ts`), and holds for every camera from its first picture on.
 */
import {CallError} from './call-error.js';
import {chosenDevice} from './chosen-devices.js';
import {unlessAborted} from './unless-aborted.js';

/** `null`: this camera cannot, or cannot be told to. */
export function blurOf(camera: MediaStreamTrack): boolean | null {
  const can = camera.getCapabilities?.().backgroundBlur ?? [];
  if (!can.includes(true) || !can.includes(false)) return null;
  return camera.getSettings().backgroundBlur ?? false;
}

/** Rejects with what the camera says against it. */
export async function setBlur(camera: MediaStreamTrack, isOn: boolean): Promise<void> {
  // What else was asked of it still holds: whatever is left out is asked no more.
  await camera.applyConstraints({
    ...camera.getConstraints(),
    backgroundBlur: {exact: isOn},
  });
}

/**
 * What `ask` captures, blurred before anybody has it if its camera can. Rejects as `ask` does, and with `aborted`
 * as soon as the signal is: a camera that takes its time is then turned off.
 */
export async function captureBlurred(
  ask: () => Promise<MediaStream>,
  signal: AbortSignal,
): Promise<MediaStream> {
  // Nobody is asked for what nobody wants any more.
  if (signal.aborted) throw CallError.aborted();
  const stream = await ask();
  const tracks = stream.getTracks();
  try {
    await unlessAborted(keepBlur(tracks), signal);
    return stream;
  } catch (thrown) {
    for (const track of tracks) track.stop();
    throw thrown;
  }
}

/**
 * It was asked for in the request already, but only as a wish: a camera that cannot is still a camera. Never
 * rejects; `isBare()` says what has come of it.
 */
export async function keepBlur(tracks: readonly MediaStreamTrack[]): Promise<void> {
  for (const track of tracks) {
    if (!isBare(track) || blurOf(track) === null) continue;
    await setBlur(track, true).catch(() => undefined);
  }
}

/** It shows what was not to be seen. */
export function isBare(track: MediaStreamTrack): boolean {
  if (track.kind !== 'video' || !chosenDevice('camera')?.backgroundBlur) return false;
  return track.getSettings().backgroundBlur !== true;
}
