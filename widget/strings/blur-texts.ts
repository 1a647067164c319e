/** The text about a camera that shows what was not to be seen, in English. Loaded when there may be one. */

export const BLUR_TEXTS = {
  notBlurred: 'This camera cannot blur your background.',
} as const;

export type BlurTextKey = keyof typeof BLUR_TEXTS;
