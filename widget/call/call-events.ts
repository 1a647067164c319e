/**
 * The public events of a call, and the pure function that derives them from two states. One
 * transition fires the events of that transition and no other place fires them, so a listener
 * never sees an event that the state does not bear out.
 */
import type {EndReason} from '../../protocol/codes.js';
import type {CallError} from './call-error.js';
import type {CallAction} from './call-reducer.js';
import type {DeviceChange} from './device-change.js';
import type {ChatDraft, ChatMessage, FileTransfer} from './talk-state.js';
import {
  peersOf,
  type CallState,
  type CallStatus,
  type Invitation,
  type PeerState,
  type Person,
  type PersonState,
  type Quality,
  type SignalingState,
} from './call-state.js';

export interface PeerRef {
  readonly peerId: string;
  readonly personId: string;
  readonly displayName: string;
}

/** Event name → `detail`. */
export interface CallEventDetails {
  /** `status` has changed; `reason` says why a call ended. */
  'status-changed': {status: CallStatus; previous: CallStatus; reason?: EndReason};
  /** The way to the relay was lost or found again. The call itself goes on. */
  'signaling-changed': {signaling: SignalingState};
  /** Somebody asks to be let in, or calls. Cancel it to show no prompt of ours. */
  'call-request': Invitation;
  /** A knock or call, ours or theirs, came to nothing. */
  'call-ended': {id: string; kind: 'knock' | 'call'; reason: EndReason};
  /** A call of ours rings at the other side. */
  'call-ringing': {id: string; person: Person};
  'peer-joined': PeerRef;
  'peer-left': PeerRef & {reason: EndReason};
  /** Something in `peers` has changed other than who is in it. */
  'peers-changed': {peers: readonly PeerState[]};
  /** The link to a peer has become better or worse; `lost`: nothing gets through for now. */
  'quality-changed': {peerId: string; quality: Quality};
  /** Somebody of the directory has come, gone or changed. */
  'people-changed': {people: readonly PersonState[]};
  /** The state is another object than before; the last event of every transition. */
  'state-changed': {state: CallState};
  'message-received': {from: string; data: unknown};
  /** A peer has written something. */
  'chat-received': {message: ChatMessage};
  /** The history of the chat, who is typing, or what they let be seen of it, has changed. */
  'chat-changed': {
    messages: readonly ChatMessage[];
    typing: readonly string[];
    drafts: readonly ChatDraft[];
  };
  /** A file of a peer's is here, whole and as it was sent. Somebody else made it: never open it as a page of yours. */
  'file-received': {from: string; file: File};
  /** Files have begun, come along or ended; about ten times a second, and at once when one ends. */
  'transfers-changed': {transfers: readonly FileTransfer[]};
  'microphone-changed': {enabled: boolean};
  'camera-changed': {enabled: boolean};
  'screen-share-changed': {enabled: boolean};
  /** Another camera, microphone or loudspeaker is used than before; it may be off. */
  'device-changed': DeviceChange;
  /** Somebody speaks into a muted microphone; at most every 20 s. */
  'muted-speech-heard': Record<string, never>;
  /** A failure that no method's promise has told. */
  'call-error': {error: CallError};
}

export type CallEventName = keyof CallEventDetails;

export type CallEvent = {
  [Name in CallEventName]: {readonly type: Name; readonly detail: CallEventDetails[Name]};
}[CallEventName];

/** What listeners are told about one transition, in the order they are told. */
export function eventsOf(previous: CallState, next: CallState, action: CallAction): CallEvent[] {
  const events: CallEvent[] = [];
  const reason = 'reason' in action ? action.reason : undefined;

  if (next.signaling !== previous.signaling) {
    events.push({type: 'signaling-changed', detail: {signaling: next.signaling}});
  }
  if (next.people !== previous.people && next.people.length + previous.people.length > 0) {
    events.push({type: 'people-changed', detail: {people: next.people}});
  }
  if (next.media !== previous.media) mediaEvents(previous, next, events);
  outgoingEvents(previous, next, action, events);
  if (next.incoming !== previous.incoming) invitationEvents(previous, next, action, events);
  peerEvents(previous, next, reason, events);
  if (next.status !== previous.status) {
    const detail = {status: next.status, previous: previous.status};
    const told = next.status === 'left' ? {...detail, reason: next.reason} : detail;
    events.push({type: 'status-changed', detail: told});
  }
  if (next !== previous) events.push({type: 'state-changed', detail: {state: next}});
  return events;
}

function mediaEvents(previous: CallState, next: CallState, events: CallEvent[]): void {
  const before = previous.media;
  const after = next.media;
  if (after.microphoneEnabled !== before.microphoneEnabled) {
    events.push({type: 'microphone-changed', detail: {enabled: after.microphoneEnabled}});
  }
  if (after.cameraEnabled !== before.cameraEnabled) {
    events.push({type: 'camera-changed', detail: {enabled: after.cameraEnabled}});
  }
  if (after.screenSharing !== before.screenSharing) {
    events.push({type: 'screen-share-changed', detail: {enabled: after.screenSharing}});
  }
}

/** What becomes of a knock or call of ours. */
function outgoingEvents(
  previous: CallState,
  next: CallState,
  action: CallAction,
  events: CallEvent[],
): void {
  const before = outgoingOf(previous);
  const after = outgoingOf(next);
  if (action.type === 'turned-down' && next !== previous) {
    events.push({
      type: 'call-ended',
      detail: {id: action.id, kind: 'call', reason: action.reason},
    });
  }
  if (before !== null && before.id !== after?.id && !isLetIn(before.kind, next)) {
    const reason = endOf(next, action);
    // Giving it up is a cancellation of the knock or call, whatever else it is an end of.
    events.push({
      type: 'call-ended',
      detail: {...before, reason: reason === 'left' ? 'cancelled' : reason},
    });
  }
  if (next.status === 'calling' && next.isRinging) {
    const {invitationId: id, person} = next;
    if (previous.status === 'calling' && previous.isRinging && before?.id === id) return;
    events.push({type: 'call-ringing', detail: {id, person}});
  }
}

/** What we ask for, by a knock or a call. */
export function outgoingOf(state: CallState): {id: string; kind: 'knock' | 'call'} | null {
  if (state.status === 'knocking') return {id: state.invitationId, kind: 'knock'};
  return state.status === 'calling' ? {id: state.invitationId, kind: 'call'} : null;
}

function isLetIn(kind: 'knock' | 'call', {status}: CallState): boolean {
  return status === 'in-call' || (kind === 'knock' && status === 'waiting');
}

function invitationEvents(
  previous: CallState,
  next: CallState,
  action: CallAction,
  events: CallEvent[],
): void {
  previous.incoming.forEach(({id, kind}) => {
    if (next.incoming.some((invitation) => invitation.id === id)) return;
    if (action.type === 'invitation-accepted') return;
    events.push({type: 'call-ended', detail: {id, kind, reason: endOf(next, action)}});
  });
  next.incoming.forEach((invitation) => {
    if (!previous.incoming.some(({id}) => id === invitation.id)) {
      events.push({type: 'call-request', detail: invitation});
    }
  });
}

/** Why an open invitation is gone after `action`. */
function endOf(next: CallState, action: CallAction): EndReason {
  if (action.type === 'invitation-ended' || action.type === 'directory-changed') {
    return action.reason;
  }
  if (next.status === 'left') return next.reason;
  // It ended while the relay was out of reach; nobody can tell how any more.
  return next.status === 'failed' ? 'failed' : 'lost';
}

function peerEvents(
  previous: CallState,
  next: CallState,
  reason: EndReason | undefined,
  events: CallEvent[],
): void {
  const before = peersOf(previous);
  const after = peersOf(next);
  if (before === after) return;
  let sameMembers = true;
  before.forEach((peer) => {
    if (after.some(({peerId}) => peerId === peer.peerId)) return;
    sameMembers = false;
    // Without a reason of theirs: a relay that was away no longer knows them.
    const why = reason ?? (next.status === 'failed' ? 'failed' : 'lost');
    events.push({type: 'peer-left', detail: {...refOf(peer), reason: why}});
  });
  after.forEach((peer) => {
    const {peerId, quality} = peer;
    const former = before.find((other) => other.peerId === peerId);
    if (former === undefined) {
      sameMembers = false;
      events.push({type: 'peer-joined', detail: refOf(peer)});
    } else if (former.quality !== quality) {
      events.push({type: 'quality-changed', detail: {peerId, quality}});
    }
  });
  if (sameMembers && after.length > 0) {
    events.push({type: 'peers-changed', detail: {peers: after}});
  }
}

function refOf({peerId, personId, displayName}: PeerRef): PeerRef {
  return {peerId, personId, displayName};
}
