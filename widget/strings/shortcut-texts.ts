/** The texts of the keyboard's shortcuts, in English. Loaded once a call is connected. */

export const SHORTCUT_TEXTS = {
  shortcuts: 'Keyboard shortcuts',
  shortcutsHint: 'They work while the focus is in the call, and not where you write.',
  'shortcut.microphone': 'Microphone on or off',
  'shortcut.camera': 'Camera on or off',
  'shortcut.screen': 'Share your screen, or stop',
  'shortcut.chat': 'Open or close the chat',
  'shortcut.help': 'Show this list',
  microphoneOn: 'Microphone on',
  cameraOn: 'Camera on',
} as const;

export type ShortcutTextKey = keyof typeof SHORTCUT_TEXTS;
