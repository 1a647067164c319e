/** The texts of the check before a call, in English. Loaded with it. */

export const CHECK_TEXTS = {
  checkTitle: 'Camera, microphone and connection',
  checkHint:
    'Your browser may ask for your camera and microphone. They are turned off again at once.',
  checkGood: 'All is well. You can call.',
  checkBad: 'Not everything works.',
  checkRunning: 'Checking…',
  checkAgain: 'Check again',
  'check.microphone': 'Microphone',
  'check.camera': 'Camera',
  'check.relay': 'Call server',
  'check.stun': 'Direct calls (STUN)',
  'check.turn-udp': 'Calls through a server (TURN, UDP)',
  'check.turn-tcp': 'Calls through a server (TURN, TCP)',
  'check.turn-tls': 'Calls through a server (TURN, TLS)',
  'outcome.running': 'Checking…',
  'outcome.ok': 'Works',
  'outcome.failed': 'Does not work',
  'outcome.not-configured': 'Not set up',
  'outcome.not-needed': 'Not needed',
  'outcome.skipped': 'Not checked',
} as const;

export type CheckTextKey = keyof typeof CHECK_TEXTS;
