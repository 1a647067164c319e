/**
 * The texts that only a call needs, in English: the words for every error code and every reason,
 * and what the screens of a call say. Loaded with the call, not with the page.
 */
import type {EndReason, ErrorCode} from '../../protocol/codes.js';

/** Each: what happened, a line break, what to do about it. `{device}` is `camera`, `microphone` or `anyDevice`. */
const ERROR_TEXTS = {
  'error.unsupported-browser':
    'This browser cannot make video calls\nUse a current version of Firefox, Chrome, Edge or Safari.',
  'error.insecure-context':
    'Camera and microphone need a secure page\nOpen this page with an address that starts with https.',
  'error.media-permission-denied':
    'Your {device} is not allowed for this page\nAllow it in the settings beside the address bar, then try again.',
  'error.media-blocked-by-policy':
    'This page may not use your {device}\nAsk whoever runs the site to allow it, or open the call in its own tab.',
  'error.media-not-found':
    'No {device} was found\nPlug one in and turn it on again; you can also take part without.',
  'error.media-in-use':
    'Your {device} is in use by another program\nClose that program and turn the {device} on again.',
  'error.media-constraints':
    'Your {device} cannot do what was asked of it\nChoose another device and try again.',
  'error.display-capture-denied':
    'Your screen was not shared\nShare again and choose a screen, a window or a tab.',
  'error.audio-blocked': 'Your browser has muted the call\nTap “Tap to hear” to turn the sound on.',
  'error.relay-unreachable':
    'The call server cannot be reached\nCheck your internet connection and try again.',
  'error.relay-timeout':
    'The call server did not answer in time\nCheck your internet connection and try again.',
  'error.protocol-mismatch':
    'This page and the call server are of different versions\nReload the page.',
  'error.unauthorized':
    'You are not allowed into this call\nAsk for a new invitation, or sign in again.',
  'error.origin-not-allowed':
    'The call server does not accept calls from this site\nAsk whoever runs the site to allow it.',
  'error.room-required':
    "You haven't selected a room name, you can return to homepage and choose one in order to create a new room or join existing",
  'error.room-name-invalid':
    'That room name cannot be used\nChoose one of 1 to 64 ordinary characters.',
  'error.room-full':
    'This room is full\nWait until somebody leaves and try again, or choose another room.',
  'error.person-not-found': 'That person is not here any more\nTry again later.',
  'error.not-in-room': 'You are not in the room any more\nJoin it again.',
  'error.invitation-over':
    'That request is over already\nSomebody else answered it, or it was taken back.',
  'error.rate-limited': 'That was too much at once\nWait a minute and try again.',
  'error.bad-request': 'The call server did not understand this page\nReload the page.',
  'error.message-too-large': 'That message is too large to send\nSend a shorter one.',
  'error.negotiation-failed':
    'The two browsers could not agree on a connection\nLeave the call and join it again.',
  'error.ice-failed':
    'No way through to the other side was found\nTry another network, for example without a VPN or on a phone’s hotspot.',
  'error.aborted': 'Stopped before it was finished\nTry again whenever you like.',
  'error.internal': 'Something unexpected went wrong\nTry again; if it goes on, reload the page.',
} as const satisfies Record<`error.${ErrorCode}`, string>;

const REASON_TEXTS = {
  'reason.left': 'You left the room',
  'reason.declined': 'You were not let in this time',
  'reason.busy': 'They are in another call',
  'reason.cancelled': 'You stopped asking to be let in',
  'reason.timeout': 'Nobody answered',
  'reason.unreachable': 'They could not be reached',
  'reason.answered-elsewhere': 'Answered on another device',
  'reason.lost': 'The connection was lost',
  'reason.replaced': 'The call goes on in another tab',
  'reason.removed': 'You were removed from the room',
  'reason.room-closed': 'The room was closed',
  'reason.failed': 'The call could not go on',
} as const satisfies Record<`reason.${EndReason}`, string>;

export const CALL_TEXTS = {
  ...ERROR_TEXTS,
  ...REASON_TEXTS,
  allowBoth: 'Allow camera and microphone in your browser…',
  allowCamera: 'Allow the camera in your browser…',
  allowMicrophone: 'Allow the microphone in your browser…',
  allowHint: 'Your browser asks at the top of the window. You can turn both off at any time.',
  joining: 'Joining {room}…',
  cancel: 'Cancel',
  camera: 'camera',
  microphone: 'microphone',
  anyDevice: 'camera or microphone',
  waiting: 'Waiting for others…',
  waitingHint: 'You are the only one in this room. Tell somebody its name, or send them the link.',
  copyLink: 'Copy link',
  copyRoomName: 'Copy room name',
  copied: 'Copied',
  copyFailed: 'Copying did not work\nCopy the address of this page by hand.',
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
  controls: 'Call controls',
  leave: 'Leave',
  tapToHear: 'Tap to hear',
  callsYou: '{name} is calling you',
  someCallsYou: 'Some user is calling you',
  promptHint: 'They want to join you in {room}.',
  promptMore: 'More people waiting: {count}',
  accept: 'Accept',
  decline: 'Decline',
  joined: '{name} joined',
  peerLeft: '{name} left',
  peerLost: '{name} lost the connection',
  stoppedKnocking: '{name} stopped knocking',
  dismiss: 'Dismiss',
} as const;

export type CallTextKey = keyof typeof CALL_TEXTS;
