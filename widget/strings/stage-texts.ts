/** The texts of what can be done with the stage and its pictures, in English. Loaded once a call is connected. */

export const STAGE_TEXTS = {
  enlarge: 'Enlarge {name}',
  wholePicture: 'Show all of {name}’s picture',
  moveOwnPicture: 'Move your picture to the next corner',
  speakerView: 'Speaker view',
  fullScreen: 'Full screen',
  ownWindow: 'Call in its own window',
  inOwnWindow: 'The call is in its own window.',
  bringBack: 'Bring it back',
} as const;

export type StageTextKey = keyof typeof STAGE_TEXTS;
