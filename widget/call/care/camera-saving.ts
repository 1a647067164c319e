/** Asks a camera for less where data is to be saved, and for as much as before when it is not any more. */

/** What is sent then at the most: more would be scaled down at once. */
const SAVING = {width: {ideal: 320}, height: {ideal: 180}, frameRate: {ideal: 15}};

/** Cameras that were asked for less, and what they had been asked for. */
const former = new WeakMap<MediaStreamTrack, MediaTrackConstraints>();

export function saveAtCamera(track: MediaStreamTrack | null, isSaving: boolean): void {
  if (track === null) return;
  if (isSaving === former.has(track)) return;
  const usual = former.get(track) ?? track.getConstraints();
  if (isSaving) former.set(track, usual);
  else former.delete(track);
  // A camera that cannot goes on as it is: what is sent is scaled all the same.
  track.applyConstraints({...usual, ...(isSaving && SAVING)}).catch(() => undefined);
}
