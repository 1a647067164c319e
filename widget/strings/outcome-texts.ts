/**
 * The words for every reason why a call can end and for every code with which it can fail, in
 * English. Most calls need none of them, so they are a chunk of their own: loaded when something
 * fails, and ahead of that once a call is up, for the way to the server may be what fails next.
 */
import type {EndReason, ErrorCode} from '../../protocol/codes.js';
import type {ErrorDetail} from '../call/call-error.js';
import type {IDLE_TEXTS} from './catalogue.js';
import {CAUSE_TEXTS} from './cause-texts.js';

/** Each: what happened, a line break, what to do about it. `{device}` is `camera`, `microphone` or `anyDevice`. */
const ERROR_TEXTS = {
  'error.unsupported-browser':
    'This browser cannot make video calls\nUse a current Firefox, Chrome, Edge or Safari.',
  'error.insecure-context':
    'Camera and microphone need a secure page\nOpen this page with an address that starts with https.',
  'error.media-permission-denied':
    'Your {device} is not allowed for this page\nAllow it beside the address bar, then try again.',
  'error.media-blocked-by-policy':
    'This page may not use your {device}\nAsk whoever runs the site to allow it.',
  'error.media-not-found':
    'No {device} was found\nPlug one in and turn it on; you can also take part without.',
  'error.media-in-use':
    'Your {device} is in use by another program\nClose that program and turn the {device} on.',
  'error.media-constraints': 'Your {device} cannot do what was asked of it\nTry another one.',
  'error.display-capture-denied':
    'Your screen was not shared\nShare again and choose a screen, a window or a tab.',
  'error.audio-blocked': 'Your browser has muted the call\nPress “Tap to hear”.',
  'error.relay-timeout':
    'The call server did not answer in time\nCheck your internet connection and try again.',
  'error.protocol-mismatch': 'This page is older or newer than the call server\nReload the page.',
  'error.unauthorized': 'You are not allowed into this call\nAsk for a new invitation or sign in.',
  'error.origin-not-allowed':
    'The call server takes no calls from this site\nAsk whoever runs the site to allow it.',
  'error.room-required':
    "You haven't selected a room name, you can return to homepage and choose one in order to create a new room or join existing",
  'error.room-name-invalid':
    'That room name cannot be used\nChoose one of 1 to 64 ordinary characters.',
  'error.room-full': 'This room is full\nWait until somebody leaves and try again.',
  'error.person-not-found': 'That person is not here any more\nTry again later.',
  'error.not-in-room': 'You are not in the room any more\nJoin it again.',
  'error.invitation-over': 'That request is over\nSomebody else has answered, or they gave up.',
  'error.rate-limited': 'That was too much at once\nWait a minute and try again.',
  'error.bad-request':
    'This page and the call server do not understand each other\nReload the page; if it goes on, tell whoever runs the site.',
  'error.message-too-large': 'That message is too large\nSend a shorter one.',
  'error.transfer-failed': 'The file did not arrive\nSend it again.',
  'error.negotiation-failed': 'The two browsers could not connect\nLeave the call and join again.',
  'error.ice-failed':
    'No way to the other side was found\nTry another network, for example without a VPN.',
  'error.aborted': 'Stopped before it was finished\nTry again whenever you like.',
} as const satisfies Record<Exclude<`error.${ErrorCode}`, keyof typeof IDLE_TEXTS>, string>;

/** Where people are told more than the code of an error says (`CallError.detail`). */
const DETAIL_TEXTS = {
  'error.not-blurred':
    'Your camera is off: it cannot blur your background\nTurn it on to use it all the same.',
} as const satisfies Record<`error.${ErrorDetail}`, string>;

const REASON_TEXTS = {
  'reason.declined': 'Your call was declined',
  'reason.busy': 'They are in another call',
  'reason.cancelled': 'You stopped calling',
  'reason.timeout': 'Nobody answered',
  'reason.unreachable': 'They could not be reached',
  'reason.answered-elsewhere': 'Answered on another device',
  'reason.lost': 'The connection was lost',
  'reason.replaced': 'The call goes on in another tab',
  'reason.removed': 'You were removed from the room',
  'reason.room-closed': 'The room was closed',
  'reason.failed': 'The call could not go on',
} as const satisfies Record<`reason.${Exclude<EndReason, 'left'>}`, string>;

/** What became of a call to somebody, where their name says more. */
const CALLED_TEXTS = {
  'called.declined': '{name} declined',
  'called.busy': '{name} is in another call',
  'called.timeout': '{name} did not answer',
  'called.unreachable': '{name} could not be reached',
} as const satisfies Partial<Record<`called.${EndReason}`, string>>;

/** What stands for `{device}` in them. */
const DEVICES = {
  camera: 'camera',
  microphone: 'microphone',
  anyDevice: 'camera or microphone',
} as const;

export const OUTCOME_TEXTS = {
  ...DEVICES,
  ...ERROR_TEXTS,
  ...DETAIL_TEXTS,
  ...CAUSE_TEXTS,
  ...REASON_TEXTS,
  ...CALLED_TEXTS,
};

export type OutcomeTextKey = keyof typeof OUTCOME_TEXTS;
