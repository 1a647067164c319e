/** The texts about devices that come and go, about being muted, and about sound that the browser refuses, in English. Loaded once a call is connected. */

export const DEVICE_TEXTS = {
  // As in `outcome-texts.ts`, which come later.
  camera: 'camera',
  microphone: 'microphone',
  deviceLost: '{former} is not connected any more. Now in use: {label}.',
  deviceReturned: 'In use again: {label}.',
  deviceFound: 'Now in use: {label}.',
  defaultDevice: 'the default device',
  tapToHear: 'Tap to hear',
  mutedReminder: 'You are muted. Turn the microphone on to be heard.',
} as const;

export type DeviceTextKey = keyof typeof DEVICE_TEXTS;
