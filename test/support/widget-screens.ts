/**
 * Every screen of the element by name, each a function that brings a fake session there. Shared by
 * the gallery, which shows them, and by the tests that hold all of them to the same rules.
 */
import {CallError} from '../../widget/call/call-error.js';
import type {CallAction} from '../../widget/call/call-reducer.js';
import type {PeerState} from '../../widget/call/call-state.js';
import {CHECK_SCREENS} from './check-screens.js';
import {CHAT_SCREENS} from './chat-screens.js';
import {FILES_SCREENS} from './files-screens.js';
import {PEOPLE_SCREENS} from './people-screens.js';
import {sharingScreens} from './sharing-screens.js';
import {troubleScreens} from './trouble-screens.js';
import {fakeKnock, fakePeer, type FakeSession} from './widget-session.js';

export interface Screen {
  readonly name: string;
  /** Attributes of the element. */
  readonly attributes?: Readonly<Record<string, string>>;
  /** Before there is an element. */
  readonly before?: () => void;
  /** Needs a session: `join()` first, then this; an element with a directory has one already. */
  readonly steps?: (session: FakeSession) => void;
  /** No `join()`. */
  readonly isAtRest?: boolean;
  /** Pressed once the screen stands, by its text. */
  readonly press?: readonly string[];
  /** Has come before the screen is complete. */
  readonly waitFor?: string;
  /** Done to what is shown then. */
  readonly after?: (root: ShadowRoot) => Promise<void>;
}

const ROOM = 'sunday-lunch';
const people: readonly PeerState[] = [
  fakePeer('ana', {displayName: 'Ana Moreau'}),
  fakePeer('bo', {displayName: 'Bo', microphoneEnabled: false}),
  fakePeer('chidi', {displayName: 'Chidi Okafor', cameraEnabled: false}),
  fakePeer('dana', {displayName: 'Dana Lindqvist'}),
  fakePeer('emre', {displayName: 'Emre', connectionState: 'connecting'}),
  fakePeer('fatima', {displayName: 'Fatima Zahra El Amrani Benjelloun'}),
  fakePeer('gus', {displayName: 'Gus', connectionState: 'disconnected'}),
];

const on: CallAction = {
  type: 'media-changed',
  media: {cameraEnabled: true, microphoneEnabled: true},
};

function seat(session: FakeSession, count: number): void {
  session.dispatch({type: 'media-settled'});
  session.dispatch(on);
  session.dispatch({
    type: 'identified',
    self: {peerId: 'self', personId: 'person-self', displayName: 'Noor'},
  });
  session.dispatch({type: 'signaling-changed', signaling: 'open'});
  session.dispatch({
    type: 'seated',
    room: ROOM,
    capacity: 8,
    peers: people.slice(0, count),
    incoming: [],
  });
}

function knock(session: FakeSession, id: string, name?: string): void {
  session.dispatch({type: 'invitation-received', invitation: fakeKnock(id, name)});
}

const inRoom = {attributes: {room: ROOM}};

const ROOM_SCREENS: readonly Screen[] = [
  {name: 'form'},
  {name: 'form-create', press: ['Create a new room']},
  {name: 'form-problem', press: ['Create a new room', 'Create']},
  {name: 'prejoin', ...inRoom},
  {name: 'prejoin-audio', attributes: {room: ROOM, media: 'audio', 'display-name': 'Noor'}},
  {name: 'acquiring-media', ...inRoom, steps: () => undefined},
  {name: 'joining', ...inRoom, steps: (session) => session.dispatch({type: 'media-settled'})},
  {name: 'waiting', ...inRoom, steps: (session) => seat(session, 0)},
  {
    name: 'waiting-without-camera',
    ...inRoom,
    steps: (session) => {
      seat(session, 0);
      session.dispatch({
        type: 'media-changed',
        media: {cameraEnabled: false, cameraProblem: new CallError('media-in-use')},
      });
      session.emit('call-error', {error: new CallError('media-in-use')});
    },
  },
  {
    name: 'knocking',
    ...inRoom,
    steps: (session) => {
      session.dispatch({type: 'media-settled'});
      session.dispatch(on);
      session.dispatch({
        type: 'knocking',
        room: ROOM,
        invitationId: 'own',
        expiresAt: Date.now() + 60_000,
      });
    },
  },
  {
    name: 'prompt',
    ...inRoom,
    steps: (session) => {
      seat(session, 0);
      knock(session, 'k1', 'Ana Moreau');
    },
  },
  {
    name: 'prompt-nameless-queue',
    ...inRoom,
    steps: (session) => {
      seat(session, 1);
      knock(session, 'k1');
      knock(session, 'k2', 'Dana');
    },
  },
  ...[1, 2, 3, 5, 7].map((count): Screen => ({
    name: `call-${String(count)}`,
    ...inRoom,
    steps: (session) => seat(session, count),
  })),
  {
    name: 'call-reconnecting',
    ...inRoom,
    steps: (session) => {
      seat(session, 1);
      session.dispatch({
        type: 'peer-changed',
        peerId: 'ana',
        change: {connectionState: 'disconnected'},
      });
      session.dispatch({type: 'signaling-changed', signaling: 'reconnecting'});
      session.dispatch({type: 'media-changed', media: {microphoneEnabled: false}});
    },
  },
  {
    name: 'call-audio',
    attributes: {room: ROOM, media: 'audio'},
    steps: (session) => {
      seat(session, 1);
      session.dispatch({type: 'media-changed', media: {cameraEnabled: false}});
      session.dispatch({type: 'peer-changed', peerId: 'ana', change: {cameraEnabled: false}});
    },
  },
  {
    name: 'call-notices',
    ...inRoom,
    steps: (session) => {
      seat(session, 2);
      session.dispatch({type: 'peer-left', peerId: 'bo', reason: 'left'});
      session.emit('call-error', {error: new CallError('media-in-use')});
    },
    waitFor: '[part=notice]',
  },
  {
    name: 'left',
    steps: (session) => {
      seat(session, 1);
      session.dispatch({type: 'ended', reason: 'left'});
    },
  },
  {
    name: 'devices',
    ...inRoom,
    steps: (session) => seat(session, 1),
    press: ['Devices'],
    waitFor: '.device select',
  },
  {
    name: 'declined',
    ...inRoom,
    steps: (session) => {
      seat(session, 0);
      session.dispatch({type: 'ended', reason: 'declined'});
    },
  },
  {
    name: 'failed',
    steps: (session) => {
      session.dispatch({
        type: 'failed',
        room: ROOM,
        error: new CallError('room-full', 'full', {fatal: true}),
      });
    },
  },
  {
    name: 'failed-room-required',
    steps: (session) => {
      session.dispatch({
        type: 'failed',
        room: null,
        error: new CallError('room-required', 'no room', {fatal: true}),
      });
    },
  },
];

export const SCREENS: readonly Screen[] = [
  ...ROOM_SCREENS,
  ...PEOPLE_SCREENS,
  ...CHAT_SCREENS,
  ...FILES_SCREENS,
  ...CHECK_SCREENS,
  ...sharingScreens(inRoom, seat),
  ...troubleScreens(inRoom, seat),
];
