/**
 * The words for what the doctor finds behind a failure, or wrong with a call that goes on, in
 * English. Like the words for errors, and loaded with them: what happened, a line break, what to do.
 */
import type {FoundCause} from '../call/doctor/causes.js';

export const CAUSE_TEXTS = {
  'error.offline': 'You are not connected to the internet\nCheck your Wi-Fi or cable.',
  'error.relay-down':
    'The call server does not answer\nTry again in a minute; if it goes on, tell whoever runs the site.',
  'error.relay-blocked':
    'Something on your network stops the connection to the call server\nTry without a VPN or proxy, or on another network.',
  'error.relay-silent':
    'The call server is connected and says nothing\nTry again in a minute; if it goes on, tell whoever runs the site.',
  'error.other-side-away':
    'The other side has lost its connection\nIt comes back by itself, or not at all; nothing is wrong here.',
  'error.other-side-silent':
    'The other side does not answer\nIts page may be asleep or closed. Call again.',
  'error.other-side-no-candidates':
    'The other side’s network lets no calls out\nThey may try another network, for example without a VPN.',
  'error.no-candidates':
    'Your network gives this page no way out\nTry another network; a VPN or a privacy setting may be in the way.',
  'error.turn-missing':
    'This page allows calls through a TURN server only, and there is none\nTell whoever runs the site.',
  'error.turn-refused':
    'The TURN server turned this call away\nReload the page; if it goes on, tell whoever runs the site.',
  'error.turn-unreachable':
    'The TURN server cannot be reached\nTry another network; if it goes on, tell whoever runs the site.',
  'error.udp-blocked':
    'Your network blocks calls (UDP), and the call server has no way around it\nTry another network, or ask whoever runs the site for a TURN server.',
  'error.no-turn':
    'Your two networks do not let each other through\nOne of you may try another network; whoever runs the site can help with a TURN server.',
  'error.path-blocked':
    'A firewall stops the call\nTry another network, for example without a VPN.',
  'error.path-lost': 'The connection broke off\nIt is being looked for; check your Wi-Fi or cable.',
  'error.encryption-failed':
    'The two browsers could not agree on encryption\nLeave the call and join again; a firewall may be in the way.',
  'error.descriptions-refused':
    'The two browsers do not understand each other\nUpdate both, then join again.',
  'error.device-overloaded':
    'This computer is busy\nClose other programs and tabs, or turn the camera off.',
  'error.weak-upload':
    'Your connection is too weak for what you send\nMove closer to the Wi-Fi, or turn the camera off.',
  'error.weak-download':
    'Too little of what is sent to you arrives\nMove closer to the Wi-Fi, or ask them to turn the camera off.',
  'error.slow-network':
    'What you say arrives late\nA VPN or a weak mobile network may be the reason; try another.',
  'error.unknown': 'No reason was found\nTry again; if it goes on, reload the page.',
} as const satisfies Record<`error.${FoundCause}`, string>;
