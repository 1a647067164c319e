/** The texts of the check before a call, in English. Loaded with it. */

export const CHECK_TEXTS = {
  checkTitle: 'Camera, microphone and connection',
  checkHint: 'Your browser may ask for your camera and microphone.',
  checkGood: 'All is well. You can call.',
  checkSome: 'You can call, though not everything works.',
  checkBad: 'Not everything works.',
  checkAgain: 'Check again',
  'check.microphone': 'Microphone',
  'check.camera': 'Camera',
  'check.relay': 'Call server',
  'check.stun': 'Directly (STUN)',
  'check.turn-udp': 'By server (TURN, UDP)',
  'check.turn-tcp': 'By server (TURN, TCP)',
  'check.turn-tls': 'By server (TURN, TLS)',
  'outcome.running': 'Checking…',
  'outcome.ok': 'Works',
  'outcome.failed': 'Does not work',
  'outcome.not-configured': 'Not set up',
  'outcome.not-needed': 'Not needed',
  'outcome.skipped': 'Not checked',
} as const;

export type CheckTextKey = keyof typeof CHECK_TEXTS;
