/**
 * Cameras that show what was not to be seen: which of them a person has accepted in this call, and which were
 * refused. Nobody has asked for a camera that comes by itself, nor looks what it shows: one that cannot blur
 * where that is wished is not taken (docs/decisions/068-a-background-that-was-blurred.md).
 */
import {CallError, type ErrorDetail} from '../call-error.js';
import {isBare} from '../camera-blur.js';
import {chosenDevice} from '../chosen-devices.js';

export class BareCameras {
  /** By their ids, which hold for as long as a page. */
  readonly #accepted = new Set<string>();
  readonly #refused = new Set<string>();

  /** A person has turned it on, and is told what it cannot do. */
  accept(track: MediaStreamTrack): void {
    if (!isBare(track)) return;
    const id = idOf(track);
    this.#accepted.add(id);
    this.#refused.delete(id);
  }

  /**
   * Of what is about to be sent. Throws `media-constraints`, and has stopped them, if one of them is bare that
   * nobody has accepted: neither in this call nor by choosing it by its name.
   */
  check(tracks: readonly MediaStreamTrack[]): void {
    const refused = tracks.filter((track) => {
      const id = idOf(track);
      return isBare(track) && !this.#accepted.has(id) && !isChosen(id);
    });
    if (refused.length === 0) return;
    for (const track of refused) this.#refused.add(idOf(track));
    for (const track of tracks) track.stop();
    throw refusal();
  }

  /** To open it once more would have its light flash for nothing. */
  isRefused(device: MediaDeviceInfo | undefined): boolean {
    if (!device || !chosenDevice('camera')?.backgroundBlur) return false;
    return this.#refused.has(device.deviceId) && !isChosen(device.deviceId);
  }

  /**
   * What may stand in for a camera that has gone: whichever the browser gives (`undefined`), or the first that was
   * not refused. Throws where there is none.
   */
  standIn(devices: readonly MediaDeviceInfo[]): MediaDeviceInfo | undefined {
    const left = devices.filter((device) => !this.isRefused(device));
    if (left.length === devices.length) return undefined;
    if (left[0] === undefined) throw refusal();
    return left[0];
  }
}

/** By its name, and not only as whatever the system's default is. */
function isChosen(id: string): boolean {
  return id !== '' && chosenDevice('camera')?.deviceId === id;
}

export function refusal(): CallError {
  const detail: ErrorDetail = 'not-blurred';
  const error = new CallError('media-constraints', 'The camera does not blur the background.');
  return Object.assign(error, {detail});
}

function idOf(track: MediaStreamTrack): string {
  return track.getSettings().deviceId || track.label;
}
