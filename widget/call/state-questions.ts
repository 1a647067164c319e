/** What only a call asks of its state; what an element without one asks is in `call-state.ts`. Pure. */
import {
  isActive,
  peersOf,
  type CallPhase,
  type CallState,
  type CallStateBase,
  type Invitation,
  type PeerState,
  type Person,
} from './call-state.js';

/** With a seat, in a room that may be joined. */
export function isSeated(
  state: CallState,
): state is CallStateBase & Extract<CallPhase, {status: 'waiting' | 'in-call'}> {
  return state.status === 'waiting' || state.status === 'in-call';
}

/** In a room, or asking for something that the relay knows of. */
export function hasPlace({status}: CallState): boolean {
  return ['waiting', 'knocking', 'calling', 'in-call'].includes(status);
}

/** A call, or a list of people, needs the relay. */
export function hasRelay(state: CallState): boolean {
  return isActive(state) || state.directory !== null;
}

/** Whom the present or the last call is with, if it was made to a person. */
export function personOf(state: CallState): Person | undefined {
  return 'person' in state ? state.person : undefined;
}

/** This person is being rung. */
export function isCalling(state: CallState, personId: string): boolean {
  return state.status === 'calling' && state.person.personId === personId;
}

/** As a part of a state: no property at all where there is nobody. */
export function withPerson(person: Person | undefined): {readonly person?: Person} {
  return person === undefined ? {} : {person};
}

/** Who calls us, as opposed to who knocks. */
export function callsOf({incoming}: CallState): readonly Invitation[] {
  return incoming.filter(({kind}) => kind === 'call');
}

export function peerIn(state: CallState, peerId: string): PeerState | undefined {
  return peersOf(state).find((peer) => peer.peerId === peerId);
}

/** By this side, or by one of the others. */
export function isScreenShared(state: CallState): boolean {
  return state.media.screenSharing || peersOf(state).some(({screenSharing}) => screenSharing);
}

/** We see or hear this peer now, whatever the relay knows of it. */
export function isLive({connectionState}: PeerState): boolean {
  return connectionState === 'connected';
}
