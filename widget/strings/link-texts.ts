/** The texts about weak links, in English. Loaded once a call is connected. */

export const LINK_TEXTS = {
  weakLink: 'Weak connection',
  ownPictureSmall: 'The connection to {name} is weak: your picture is smaller for now.',
  ownPictureOff: 'The connection to {name} is weak: your video is off for now.',
  pictureOff: 'The connection to {name} is weak: their video is off for now.',
} as const;

export type LinkTextKey = keyof typeof LINK_TEXTS;
