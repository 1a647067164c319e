/** Wires a mesh to the call it belongs to: what links report becomes actions, what they say goes through the relay. */
import type {IceConfiguration} from '../../protocol/messages.js';
import type {AttemptHost} from './call-attempt.js';
import {CallError} from './call-error.js';
import type {CallOptions} from './call-options.js';
import {peersOf} from './call-state.js';
import type {LocalTracks} from './local-media.js';
import type {PeerSignal} from './peer.js';
import {PeerMesh} from './peer-mesh.js';

export interface MeshOfRoom {
  readonly ice: IceConfiguration;
  readonly host: AttemptHost;
  /** As they were at the moment of the join. */
  readonly options: CallOptions;
  readonly tracks: () => LocalTracks;
  readonly signal: AbortSignal;
  readonly onLinkState: (peerId: string, state: RTCPeerConnectionState | undefined) => void;
  readonly onLeave: (peerId: string) => void;
}

/**
 * What is lost while either side is away is made up for by `resync()`; what is meant for somebody
 * who has just left is of no use to anybody.
 */
const HARMLESS = ['relay-unreachable', 'relay-timeout', 'not-in-room', 'aborted'];

export function createMesh(room: MeshOfRoom): PeerMesh {
  const {ice, host, options, tracks, signal, onLinkState, onLeave} = room;
  const {relay, state, dispatch, report, conversation} = host;
  return new PeerMesh(
    {
      selfId: () => state().self?.peerId ?? '',
      carries: options.media,
      iceTransportPolicy: options.iceTransportPolicy,
      iceServers: options.iceServers,
      tracks,
      mediaState: () => {
        const {microphoneEnabled, cameraEnabled, screenSharing} = state().media;
        return {type: 'media-state', microphoneEnabled, cameraEnabled, screenSharing};
      },
      send: (to: string, payload: PeerSignal) => {
        relay.request('signal', {to, ...payload}).catch((thrown: unknown) => {
          const error = CallError.from(thrown);
          if (!signal.aborted && !HARMLESS.includes(error.code)) report(error);
        });
      },
      isPresent: (peerId) =>
        peersOf(state()).some((peer) => peer.peerId === peerId && peer.present),
      onPeerChange: (peerId, change) => {
        dispatch({type: 'peer-changed', peerId, change});
        onLinkState(peerId, change.connectionState);
      },
      conversation,
      onLeave,
      onError: report,
    },
    ice,
  );
}
