/** The texts of the panel in which devices are chosen and tried, in English. Loaded with it. */

export const DEVICE_PANEL_TEXTS = {
  chooseCamera: 'Camera',
  chooseMicrophone: 'Microphone',
  chooseSpeaker: 'Loudspeaker',
  systemDefault: 'System default',
  unnamedDevice: 'Device {count}',
  noDevice: 'None was found',
  blurBackground: 'Blur my background',
  levelHint: 'Speak: the bar moves when you are heard.',
  testSound: 'Play a test sound',
  speakerBySystem: 'This browser plays through the system’s loudspeaker.',
} as const;

export type DevicePanelTextKey = keyof typeof DEVICE_PANEL_TEXTS;
