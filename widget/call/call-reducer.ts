/**
 * What can happen to a call, and the pure function that moves its state on. It does not know who
 * reports what happens, nor who is told.
 */
import type {EndReason} from '../../protocol/codes.js';
import type {CallError} from './call-error.js';
import {
  isActive,
  MEDIA_OFF,
  peersOf,
  roomOf,
  type CallPhase,
  type CallState,
  type CallStateBase,
  type Invitation,
  type LocalMediaState,
  type Outgoing,
  type PeerState,
  type Person,
  type PersonState,
  type Self,
  type SignalingState,
} from './call-state.js';
import {callsOf, hasRelay, isSeated, peerIn, personOf, withPerson} from './state-questions.js';
import {freeze, merge} from './frozen.js';

export type CallAction =
  | {
      readonly type: 'join-started';
      readonly room: string;
      readonly asksForMedia: boolean;
      /** A call to somebody. */
      readonly person?: Person;
    }
  | {readonly type: 'media-settled'}
  | {readonly type: 'media-changed'; readonly media: Partial<LocalMediaState>}
  | {readonly type: 'signaling-changed'; readonly signaling: SignalingState}
  | {readonly type: 'identified'; readonly self: Self}
  | {
      readonly type: 'seated';
      readonly room: string;
      readonly capacity: number;
      readonly peers: readonly PeerState[];
      /** The knocks. */
      readonly incoming: readonly Invitation[];
      /** In the room of a call: whom it is with. */
      readonly person?: Person | undefined;
      /** In the room of a call: it still waits for an answer. */
      readonly outgoing?: Outgoing | undefined;
      /** The call begins with it. */
      readonly isNew?: boolean;
    }
  | {
      readonly type: 'knocking';
      readonly room: string;
      readonly invitationId: string;
      readonly expiresAt: number;
    }
  | {readonly type: 'invitation-received'; readonly invitation: Invitation}
  | {readonly type: 'invitation-accepted'; readonly id: string}
  | {readonly type: 'invitation-ended'; readonly id: string; readonly reason: EndReason}
  /** Our call rings at the other side. */
  | {readonly type: 'ringing'; readonly id: string}
  /** Nothing rang: our call is over before it began. */
  | {readonly type: 'turned-down'; readonly id: string; readonly reason: EndReason}
  | {readonly type: 'peer-joined'; readonly peer: PeerState}
  | {
      readonly type: 'peer-changed';
      readonly peerId: string;
      readonly change: Partial<Omit<PeerState, 'peerId'>>;
    }
  | {readonly type: 'peer-left'; readonly peerId: string; readonly reason: EndReason}
  | {
      readonly type: 'ended';
      readonly reason: EndReason;
      /** For the call that begins in the same instant: the devices as it takes them over, if it does. */
      readonly keepsMedia?: LocalMediaState | null;
    }
  | {readonly type: 'failed'; readonly room: string | null; readonly error: CallError}
  /** `reason`: what becomes of the calls that came through the former one. */
  | {
      readonly type: 'directory-changed';
      readonly directory: string | null;
      readonly reason: EndReason;
    }
  | {
      readonly type: 'people-changed';
      readonly directory: string;
      readonly people: readonly PersonState[];
    };

type Moves = {
  readonly [Type in CallAction['type']]: (
    state: CallState,
    action: Extract<CallAction, {type: Type}>,
  ) => CallState;
};

/** One function each: of a large one the browser keeps all of it, compiled, for the few actions that a call consists of. */
const MOVES: Moves = {
  'join-started': (state, action) =>
    isActive(state)
      ? state
      : become(state, {
          status: action.asksForMedia ? 'acquiring-media' : 'joining',
          room: action.room,
          ...withPerson(action.person),
        }),
  'media-settled': (state) =>
    state.status === 'acquiring-media'
      ? become(state, {status: 'joining', room: state.room, ...withPerson(state.person)})
      : state,
  'media-changed': (state, action) =>
    isActive(state) ? update(state, 'media', merge(state.media, action.media)) : state,
  'signaling-changed': (state, action) =>
    hasRelay(state) ? follow(state, action.signaling) : state,
  identified: (state, action) =>
    update(state, 'self', state.self === null ? action.self : merge(state.self, action.self)),
  seated: (state, action) => (isActive(state) || action.isNew ? sit(state, action) : state),
  knocking: (state, action) =>
    state.status === 'joining' || state.status === 'knocking' || isSeated(state)
      ? freeze({
          ...baseOf(state),
          incoming: callsOf(state),
          status: 'knocking',
          room: action.room,
          invitationId: action.invitationId,
          expiresAt: action.expiresAt,
        })
      : state,
  'invitation-received': (state, {invitation}) => {
    // A call reaches every tab that is there, listed or not; a knock who sits in the room.
    const isMeant = invitation.kind === 'call' ? hasRelay(state) : isSeated(state);
    return isMeant && !state.incoming.some(({id}) => id === invitation.id)
      ? update(state, 'incoming', [...state.incoming, invitation])
      : state;
  },
  'invitation-accepted': (state, action) => withoutInvitation(state, action.id),
  'invitation-ended': (state, action) =>
    (state.status === 'knocking' || state.status === 'calling') && state.invitationId === action.id
      ? leave(state, action.reason)
      : withoutInvitation(state, action.id),
  ringing: (state, action) =>
    state.status === 'calling' && state.invitationId === action.id && !state.isRinging
      ? freeze({...state, isRinging: true})
      : state,
  'turned-down': (state, action) =>
    (state.status === 'acquiring-media' || state.status === 'joining') && state.person
      ? leave(state, action.reason)
      : state,
  'peer-joined': (state, {peer}) =>
    (isSeated(state) || state.status === 'calling') && !peerIn(state, peer.peerId)
      ? become(state, roomPhase(state, [...peersOf(state), peer]))
      : state,
  'peer-changed': (state, action) => changePeer(state, action.peerId, action.change),
  'peer-left': (state, action) => {
    if (state.status !== 'in-call') return state;
    const peers = state.peers.filter(({peerId}) => peerId !== action.peerId);
    if (peers.length === state.peers.length) return state;
    // Nobody else can come into the room of a call.
    return peers.length === 0 && state.person !== undefined
      ? leave(state, 'room-closed')
      : become(state, roomPhase(state, peers));
  },
  ended: (state, action) =>
    isActive(state) ? leave(state, action.reason, action.keepsMedia ?? MEDIA_OFF) : state,
  // A join refused before it began (no room, no WebRTC) fails from rest as well.
  failed: (state, action) =>
    end(state, {
      status: 'failed',
      room: action.room,
      error: action.error,
      ...withPerson(isActive(state) ? personOf(state) : undefined),
    }),
  'directory-changed': (state, action) => changeDirectory(state, action.directory),
  'people-changed': (state, action) =>
    action.directory === state.directory ? update(state, 'people', action.people) : state,
};

/**
 * The next state. An action that does not fit the present status (a late answer of the relay, a
 * second `leave`) gives the very same object back: nothing changed, nothing is fired.
 */
export function reduce(state: CallState, action: CallAction): CallState {
  return (MOVES[action.type] as (state: CallState, action: CallAction) => CallState)(state, action);
}

interface Place {
  readonly room: string;
  readonly capacity: number;
  readonly person?: Person;
}

function roomPhase({room, capacity, person}: Place, peers: readonly PeerState[]): CallPhase {
  return isSomebody(peers)
    ? {status: 'in-call', room, capacity, ...withPerson(person), peers}
    : {status: 'waiting', room, capacity};
}

function isSomebody(peers: readonly PeerState[]): peers is readonly [PeerState, ...PeerState[]] {
  return peers.length > 0;
}

/** The relay has given us a seat, for the first time or again. */
function sit(state: CallState, seat: Extract<CallAction, {type: 'seated'}>): CallState {
  const {room, capacity, person, outgoing, peers} = seat;
  const place = {room, capacity, ...withPerson(person)};
  const base = {...baseOf(state), incoming: [...callsOf(state), ...seat.incoming]};
  if (person === undefined || peers.length > 0)
    return freeze({...base, ...roomPhase(place, peers)});
  if (outgoing !== undefined)
    return freeze({...base, status: 'calling', ...place, person, ...outgoing});
  return leave(freeze({...base, status: 'joining', room, person}), 'room-closed');
}

function changePeer(
  state: CallState,
  peerId: string,
  change: Partial<Omit<PeerState, 'peerId'>>,
): CallState {
  if (state.status !== 'in-call') return state;
  let changed = false;
  const peers = state.peers.map((peer) => {
    if (peer.peerId !== peerId) return peer;
    const next = merge<PeerState>(peer, change);
    changed ||= next !== peer;
    return next;
  });
  return changed ? become(state, roomPhase(state, peers)) : state;
}

function withoutInvitation(state: CallState, id: string): CallState {
  return state.incoming.some((invitation) => invitation.id === id)
    ? update(
        state,
        'incoming',
        state.incoming.filter((invitation) => invitation.id !== id),
      )
    : state;
}

function changeDirectory(state: CallState, directory: string | null): CallState {
  if (directory === state.directory) return state;
  const next = {...state, directory, people: []};
  // Whether a call is over with that, the relay says.
  return freeze(hasRelay(next) ? next : {...next, incoming: [], signaling: 'closed'});
}

/** Without the relay nobody can be answered any more. */
function follow(state: CallState, signaling: SignalingState): CallState {
  return signaling === 'closed' && state.incoming.length > 0
    ? freeze({...state, signaling, incoming: []})
    : update(state, 'signaling', signaling);
}

function baseOf({directory, people, signaling, self, media, incoming}: CallState): CallStateBase {
  return {directory, people, signaling, self, media, incoming};
}

function become(state: CallState, phase: CallPhase): CallState {
  return freeze({...baseOf(state), ...phase});
}

function leave(state: CallState, reason: EndReason, media = MEDIA_OFF): CallState {
  const person = withPerson(personOf(state));
  return end(state, {status: 'left', room: roomOf(state) ?? '', ...person, reason}, media);
}

/** The end of a call: its devices are let go, the relay too unless we are listed; nobody can ask to be let in any more. */
function end(state: CallState, phase: CallPhase, media = MEDIA_OFF): CallState {
  return freeze({
    ...baseOf(state),
    signaling: state.directory === null ? 'closed' : state.signaling,
    media,
    incoming: state.directory === null ? [] : callsOf(state),
    ...phase,
  });
}

function update<Key extends keyof CallStateBase>(
  state: CallState,
  key: Key,
  value: CallStateBase[Key],
): CallState {
  return state[key] === value ? state : freeze({...state, [key]: value});
}
