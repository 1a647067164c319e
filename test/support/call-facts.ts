/** What states of calls are made of, for the tests of the reducer. */
import type {PeerState} from '../../widget/call/call-state.js';

export const peer = (peerId: string): PeerState => ({
  peerId,
  personId: `person-${peerId}`,
  displayName: peerId,
  metadata: null,
  connectionState: 'new',
  present: true,
  microphoneEnabled: false,
  cameraEnabled: false,
  screenSharing: false,
  speaking: false,
  quality: 'good',
  pictureHeight: null,
  sentHeight: null,
  lowData: false,
});

export const invitation = (id: string, kind: 'knock' | 'call') => ({
  id,
  kind,
  from: {personId: `person-${id}`, displayName: id, metadata: null},
  expiresAt: 1,
});

export const knock = (id: string) => invitation(id, 'knock');
export const call = (id: string) => invitation(id, 'call');

export const ben = {personId: 'ben', displayName: 'Ben', metadata: null};
export const outgoing = {invitationId: 'c', isRinging: false, expiresAt: 1};
