/** Chromium’s own test camera makes 20 pictures a second, so that waiting for the next one takes longer than with any real one. */
export const CAMERA = ['--use-fake-device-for-media-stream=fps=30'];
