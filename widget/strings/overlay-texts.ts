/** The texts of what lies over a screen, in English: the question whether to let somebody in or to take a call, and the passing messages. */

export const OVERLAY_TEXTS = {
  callsYou: '{name} is calling you',
  someCallsYou: 'Some user is calling you',
  promptHint: 'They want to join you in {room}.',
  promptLeaves: 'Accepting ends your present call.',
  promptMore: {one: 'One more person is waiting', other: '{count} more people are waiting'},
  accept: 'Accept',
  decline: 'Decline',
  dismiss: 'Dismiss',
  joined: '{name} joined',
  peerLeft: '{name} left',
  peerLost: '{name} lost the connection',
  stoppedKnocking: '{name} stopped calling',
  missedCall: 'You missed a call from {name}',
  copyFailed: 'Copying did not work. Copy the address of this page by hand.',
} as const;

export type OverlayTextKey = keyof typeof OVERLAY_TEXTS;
