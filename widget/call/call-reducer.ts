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
  type PeerState,
  type Self,
  type SignalingState,
} from './call-state.js';

export type CallAction =
  | {readonly type: 'join-started'; readonly room: string; readonly asksForMedia: boolean}
  | {readonly type: 'media-settled'}
  | {readonly type: 'media-changed'; readonly media: Partial<LocalMediaState>}
  | {readonly type: 'signaling-changed'; readonly signaling: SignalingState}
  | {readonly type: 'identified'; readonly self: Self}
  | {
      readonly type: 'seated';
      readonly room: string;
      readonly capacity: number;
      readonly peers: readonly PeerState[];
      readonly incoming: readonly Invitation[];
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
  | {readonly type: 'peer-joined'; readonly peer: PeerState}
  | {
      readonly type: 'peer-changed';
      readonly peerId: string;
      readonly change: Partial<Omit<PeerState, 'peerId'>>;
    }
  | {readonly type: 'peer-left'; readonly peerId: string; readonly reason: EndReason}
  | {readonly type: 'ended'; readonly reason: EndReason}
  | {readonly type: 'failed'; readonly room: string | null; readonly error: CallError};

/**
 * The next state. An action that does not fit the present status (a late answer of the relay, a
 * second `leave`) gives the very same object back: nothing changed, nothing is fired.
 */
export function reduce(state: CallState, action: CallAction): CallState {
  switch (action.type) {
    case 'join-started':
      return isActive(state)
        ? state
        : become(state, {
            status: action.asksForMedia ? 'acquiring-media' : 'joining',
            room: action.room,
          });
    case 'media-settled':
      return state.status === 'acquiring-media'
        ? become(state, {status: 'joining', room: state.room})
        : state;
    case 'media-changed':
      return isActive(state) ? update(state, 'media', merge(state.media, action.media)) : state;
    case 'signaling-changed':
      return isActive(state) ? update(state, 'signaling', action.signaling) : state;
    case 'identified':
      return update(state, 'self', action.self);
    case 'seated':
      return isActive(state)
        ? freeze({
            ...baseOf(state),
            incoming: action.incoming,
            ...roomPhase(action.room, action.capacity, action.peers),
          })
        : state;
    case 'knocking':
      return state.status === 'joining' || state.status === 'knocking' || isSeated(state)
        ? freeze({
            ...baseOf(state),
            incoming: [],
            status: 'knocking',
            room: action.room,
            invitationId: action.invitationId,
            expiresAt: action.expiresAt,
          })
        : state;
    case 'invitation-received':
      return isSeated(state) && !state.incoming.some(({id}) => id === action.invitation.id)
        ? update(state, 'incoming', [...state.incoming, action.invitation])
        : state;
    case 'invitation-accepted':
      return withoutInvitation(state, action.id);
    case 'invitation-ended':
      return state.status === 'knocking' && state.invitationId === action.id
        ? end(state, {status: 'left', room: state.room, reason: action.reason})
        : withoutInvitation(state, action.id);
    case 'peer-joined':
      return isSeated(state) && !peersOf(state).some(({peerId}) => peerId === action.peer.peerId)
        ? become(state, roomPhase(state.room, state.capacity, [...peersOf(state), action.peer]))
        : state;
    case 'peer-changed':
      return changePeer(state, action.peerId, action.change);
    case 'peer-left':
      return state.status === 'in-call' && state.peers.some(({peerId}) => peerId === action.peerId)
        ? become(
            state,
            roomPhase(
              state.room,
              state.capacity,
              state.peers.filter(({peerId}) => peerId !== action.peerId),
            ),
          )
        : state;
    case 'ended':
      return isActive(state)
        ? end(state, {status: 'left', room: roomOf(state) ?? '', reason: action.reason})
        : state;
    case 'failed':
      // A join refused before it began (no room, no WebRTC) fails from rest as well.
      return end(state, {status: 'failed', room: action.room, error: action.error});
  }
}

function isSeated(
  state: CallState,
): state is CallStateBase & Extract<CallPhase, {status: 'waiting' | 'in-call'}> {
  return state.status === 'waiting' || state.status === 'in-call';
}

function roomPhase(room: string, capacity: number, peers: readonly PeerState[]): CallPhase {
  const [first, ...rest] = peers;
  return first === undefined
    ? {status: 'waiting', room, capacity}
    : {status: 'in-call', room, capacity, peers: freeze([first, ...rest])};
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
  return changed ? become(state, roomPhase(state.room, state.capacity, peers)) : state;
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

function baseOf({signaling, self, media, incoming}: CallState): CallStateBase {
  return {signaling, self, media, incoming};
}

function become(state: CallState, phase: CallPhase): CallState {
  return freeze({...baseOf(state), ...phase});
}

/** The end of a call: devices and relay are let go, and nobody can ask to be let in any more. */
function end(state: CallState, phase: CallPhase): CallState {
  return freeze({self: state.self, signaling: 'closed', media: MEDIA_OFF, incoming: [], ...phase});
}

function update<Key extends keyof CallStateBase>(
  state: CallState,
  key: Key,
  value: CallStateBase[Key],
): CallState {
  return state[key] === value ? state : freeze({...state, [key]: value});
}

/** The same object if nothing in `change` differs. */
function merge<T extends object>(value: T, change: Partial<T>): T {
  const keys = Object.keys(change) as (keyof T)[];
  return keys.every((key) => Object.is(value[key], change[key]))
    ? value
    : freeze({...value, ...change});
}

function freeze<T extends object>(value: T): T {
  for (const member of Object.values(value)) {
    if (Array.isArray(member)) Object.freeze(member);
  }
  return Object.freeze(value);
}
