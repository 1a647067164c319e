/** Chromium’s own test camera makes 20 pictures a second, so that waiting for the next one takes longer than with any real one. */
export const CAMERA = ['--use-fake-device-for-media-stream=fps=30'];

/** What the element asks for by itself, for calls that have nobody to look it up from. */
export const CONSTRAINTS: MediaStreamConstraints = {
  audio: true,
  video: {width: {ideal: 1280}, height: {ideal: 720}},
};
