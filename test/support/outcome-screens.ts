/**
 * What a call can have come to, in the words of each: cards that differ in their texts alone. For
 * looking at; the tests of every screen have one of each kind in `widget-screens.ts`.
 */
import type {EndReason} from '../../protocol/codes.js';
import {CallError, type ErrorCode} from '../../widget/call/call-error.js';
import type {Screen} from './widget-screens.js';

const REASONS: readonly EndReason[] = ['lost', 'timeout', 'replaced', 'removed', 'room-closed'];

/** With the longest of the words among them. */
const FAILURES: readonly ErrorCode[] = [
  'unsupported-browser',
  'insecure-context',
  'media-permission-denied',
  'relay-unreachable',
  'protocol-mismatch',
  'unauthorized',
  'bad-request',
];

const room = 'sunday-lunch';

export const OUTCOME_SCREENS: readonly Screen[] = [
  ...REASONS.map((reason): Screen => ({
    name: `ended-${reason}`,
    steps: (session) => {
      session.dispatch({type: 'seated', room, capacity: 8, peers: [], incoming: []});
      session.dispatch({type: 'ended', reason});
    },
  })),
  ...FAILURES.map((code): Screen => ({
    name: `failed-${code}`,
    attributes: {room},
    steps: (session) => {
      session.dispatch({type: 'failed', room, error: new CallError(code, code, {fatal: true})});
    },
  })),
];
