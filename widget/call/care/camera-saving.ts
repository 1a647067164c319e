/** Asks a camera for less where data is to be saved, and for as much as before when it is not any more. */

/** What is sent then at the most: more would be scaled down at once. */
const SAVING = {width: {ideal: 320}, height: {ideal: 180}, frameRate: {ideal: 15}};

/** Cameras that were asked for less, and what they had been asked for. */
const former = new WeakMap<MediaStreamTrack, MediaTrackConstraints>();

export function saveAtCamera(track: MediaStreamTrack | null, isSaving: boolean): void {
  if (track === null) return;
  if (isSaving === former.has(track)) return;
  const asked = track.getConstraints();
  const usual = former.get(track) ?? asked;
  if (isSaving) former.set(track, usual);
  else former.delete(track);
  const {backgroundBlur} = asked;
  // A camera that cannot goes on as it is: what is sent is scaled all the same.
  const constraints = {...usual, ...(isSaving && SAVING)};
  // It may have been asked for meanwhile, and what is left out is asked no more.
  if (backgroundBlur !== undefined) constraints.backgroundBlur = backgroundBlur;
  track.applyConstraints(constraints).catch(() => undefined);
}
