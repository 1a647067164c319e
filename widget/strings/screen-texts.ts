/** The texts about shared screens, in English. Loaded once a call is connected. */

export const SCREEN_TEXTS = {
  theirScreen: '{name}’s screen',
  yourScreen: 'Your screen',
  sharing: '{name} is sharing their screen',
  sharingEnded: '{name} stopped sharing their screen',
  ownSharingEnded: 'Your screen is no longer shared',
} as const;

export type ScreenTextKey = keyof typeof SCREEN_TEXTS;
