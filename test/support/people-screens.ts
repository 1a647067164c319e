/** The screens of an element with a directory, as `widget-screens.ts` has those of a room. */
import type {PersonEntry} from '../../protocol/shapes.js';
import {CallError} from '../../widget/call/call-error.js';
import type {EndReason} from '../../protocol/codes.js';
import type {CallAction} from '../../widget/call/call-reducer.js';
import {until} from './widget-element.js';
import type {Screen} from './widget-screens.js';
import {fakeKnock, fakePeer, type FakeSession} from './widget-session.js';

const NAMES =
  'Ana Moreau,Bo,Chidi Okafor,Dana Lindqvist,Emre Yılmaz,Fatima Zahra El Amrani Benjelloun,Gus,Hana Kobayashi,Íñigo Ruiz,Zoë Brandt';

export const MANY: readonly PersonEntry[] = NAMES.split(',').map((displayName, at) => ({
  personId: `p${String(at)}`,
  displayName,
  ...(at % 4 === 2 ? {status: 'in-call' as const} : {}),
}));

/** A directory of so many, the names in order. */
export function crowd(count: number): PersonEntry[] {
  return Array.from({length: count}, (_, at) => ({
    personId: `c${String(at)}`,
    displayName: `Person ${String(at).padStart(4, '0')}`,
  }));
}

const office = {attributes: {directory: 'office', 'display-name': 'Noor'}, isAtRest: true};
const inRoom = {attributes: {...office.attributes, room: 'sunday-lunch'}};

export function connect(session: FakeSession, people: readonly PersonEntry[]): void {
  session.dispatch({type: 'signaling-changed', signaling: 'open'});
  session.dispatch({
    type: 'identified',
    self: {peerId: 'self', personId: 'person-self', displayName: 'Noor'},
  });
  session.list(people);
}

/** Ana has been called; `isRinging` says so. */
export function ring(session: FakeSession, isRinging: boolean): void {
  session.dispatch(fakeCall('p0', 'Ana Moreau', isRinging));
  session.dispatch({
    type: 'media-changed',
    media: {cameraEnabled: true, microphoneEnabled: true},
  });
}

export function takeCall(session: FakeSession): void {
  const peer = fakePeer('a', {personId: 'p0', displayName: 'Ana Moreau'});
  session.dispatch({type: 'peer-joined', peer});
}

const after = (name: string, reason: EndReason): Screen => ({
  name,
  ...office,
  steps: (session) => {
    connect(session, MANY);
    ring(session, true);
    session.dispatch({type: 'invitation-ended', id: 'own-call', reason});
  },
});

export const PEOPLE_SCREENS: readonly Screen[] = [
  {name: 'people', ...office, steps: (session) => connect(session, MANY)},
  {
    name: 'people-own-name',
    attributes: {directory: 'office'},
    isAtRest: true,
    steps: (session) => connect(session, MANY.slice(0, 3)),
  },
  {
    name: 'people-no-match',
    ...office,
    steps: (session) => connect(session, MANY),
    after: async (root) => {
      const field = root.querySelector('input');
      if (!field) throw new Error('no field');
      field.value = 'Quentin';
      field.dispatchEvent(new Event('input'));
      await until(() => root.querySelector('[part=person]') === null, 'nobody found');
    },
  },
  {name: 'people-nobody', ...office, steps: (session) => connect(session, [])},
  {name: 'people-connecting', ...office},
  {
    name: 'people-relay-lost',
    ...office,
    steps: (session) => {
      connect(session, MANY);
      session.dispatch({type: 'signaling-changed', signaling: 'reconnecting'});
    },
  },
  {
    name: 'people-not-connected',
    ...office,
    steps: (session) => {
      connect(session, MANY);
      session.dispatch({type: 'directory-changed', directory: null, reason: 'lost'});
    },
  },
  {
    name: 'people-prompt',
    ...office,
    steps: (session) => {
      connect(session, MANY);
      const invitation = fakeKnock('k1', 'Ana Moreau', 'call');
      session.dispatch({type: 'invitation-received', invitation});
    },
  },
  {
    name: 'people-missed',
    ...office,
    steps: (session) => {
      connect(session, MANY);
      const invitation = fakeKnock('k1', 'Ana Moreau', 'call');
      session.dispatch({type: 'invitation-received', invitation});
      session.dispatch({type: 'invitation-ended', id: 'k1', reason: 'timeout'});
    },
  },
  {
    name: 'calling',
    ...office,
    steps: (session) => {
      connect(session, MANY);
      ring(session, false);
    },
  },
  {
    name: 'ringing',
    ...office,
    steps: (session) => {
      connect(session, MANY);
      ring(session, true);
    },
  },
  {
    name: 'ringing-panel',
    ...office,
    steps: (session) => {
      connect(session, MANY);
      ring(session, true);
    },
    press: ['People'],
  },
  {
    name: 'person-call',
    ...office,
    steps: (session) => {
      connect(session, MANY);
      ring(session, true);
      takeCall(session);
    },
  },
  {
    name: 'person-call-prompt',
    ...office,
    steps: (session) => {
      connect(session, MANY);
      ring(session, true);
      takeCall(session);
      const invitation = fakeKnock('k1', 'Dana Lindqvist', 'call');
      session.dispatch({type: 'invitation-received', invitation});
    },
  },
  {
    name: 'person-call-panel',
    ...office,
    steps: (session) => {
      connect(session, MANY);
      ring(session, true);
      takeCall(session);
    },
    press: ['People'],
  },
  after('person-declined', 'declined'),
  after('person-busy', 'busy'),
  after('person-timeout', 'timeout'),
  {
    name: 'person-hung-up',
    ...office,
    steps: (session) => {
      connect(session, MANY);
      ring(session, true);
      takeCall(session);
      session.dispatch({type: 'peer-left', peerId: 'a', reason: 'left'});
    },
  },
  {
    name: 'person-failed',
    ...office,
    steps: (session) => {
      connect(session, MANY);
      ring(session, false);
      const error = new CallError('person-not-found', 'gone', {fatal: true});
      session.dispatch({type: 'failed', room: null, error});
    },
  },
  {name: 'prejoin-people', ...inRoom, isAtRest: true, steps: (session) => connect(session, MANY)},
  {
    name: 'prejoin-people-panel',
    ...inRoom,
    isAtRest: true,
    steps: (session) => connect(session, MANY),
    press: ['People'],
  },
];

/** A call of ours on its way. */
function fakeCall(
  personId: string,
  displayName: string,
  isRinging: boolean,
): Extract<CallAction, {type: 'seated'}> {
  return {
    type: 'seated',
    room: 'r-4f0c9d',
    capacity: 2,
    peers: [],
    incoming: [],
    person: {personId, displayName, metadata: null},
    outgoing: {invitationId: 'own-call', isRinging, expiresAt: Date.now() + 60_000},
    isNew: true,
  };
}
