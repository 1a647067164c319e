/**
 * The texts that only a call needs, in English: what its screens say while all is well. Loaded with
 * the call, not with the page. How a call can end or fail is told in `outcome-texts.ts`.
 */

export const CALL_TEXTS = {
  allowBoth: 'Allow camera and microphone in your browser…',
  allowCamera: 'Allow the camera in your browser…',
  allowMicrophone: 'Allow the microphone in your browser…',
  allowHint: 'You can turn them off at any time.',
  joining: 'Joining {room}…',
  cancel: 'Cancel',
  waiting: 'Waiting for others…',
  waitingHint: 'Nobody else is here yet. Tell somebody the room’s name, or send them the link.',
  copyLink: 'Copy link',
  copyRoomName: 'Copy room name',
  copied: 'Copied',
  knocking: 'Asking to be let in…',
  knockingHint: 'Somebody in {room} has to accept you.',
  inCall: 'In a call with {names}',
  you: 'You',
  youNamed: '{name} (you)',
  guest: 'Guest',
  connecting: 'Connecting…',
  reconnecting: 'Reconnecting…',
  relayLost: 'Reconnecting to the call server…',
  microphoneOff: 'Microphone off',
  cameraOff: 'Camera off',
  turnCameraOff: 'Turn camera off',
  turnCameraOn: 'Turn camera on',
  turnMicrophoneOff: 'Turn microphone off',
  turnMicrophoneOn: 'Turn microphone on',
  shareScreen: 'Share screen',
  stopSharing: 'Stop sharing',
  controls: 'Call controls',
  leave: 'Leave',
  'reason.left': 'You left the room',
  joinAgain: 'Join again',
  chat: 'Chat',
  devices: 'Devices',
} as const;

export type CallTextKey = keyof typeof CALL_TEXTS;
