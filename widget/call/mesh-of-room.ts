/** Wires a mesh to the call it belongs to: what links report becomes actions, what they signal goes through the relay or over the links. */
import type {IceConfiguration} from '../../protocol/shapes.js';
import type {AttemptHost} from './call-attempt.js';
import {CallError, RELAY_AWAY} from './call-error.js';
import {rememberCall} from './call-memory.js';
import {CareLoader} from './care-loader.js';
import type {CallOptions} from './call-options.js';
import {isLive, peerIn} from './state-questions.js';
import type {LocalMedia} from './local-media.js';
import type {PeerSignal} from './peer.js';
import {PeerMesh} from './peer-mesh.js';

export interface MeshOfRoom {
  readonly ice: IceConfiguration;
  readonly host: AttemptHost;
  /** As they were at the moment of the join. */
  readonly options: CallOptions;
  readonly media: LocalMedia;
  readonly signal: AbortSignal;
  readonly onLinkState: (peerId: string, state: RTCPeerConnectionState) => void;
  readonly onLeave: (peerId: string) => void;
  /** Takes the relay's word for who is here; rejects with `not-in-room` if we are not. */
  readonly rejoin: () => Promise<void>;
  readonly onSeatGone: () => void;
}

/**
 * The relay did not take a signal. It goes over the link, if there is one; what is lost all the same
 * is made up for by `resync()`, and what is meant for somebody who has just left is of no use to
 * anybody. That the relay does not know us is found out by itself.
 */
const HARMLESS = [...RELAY_AWAY, 'not-in-room', 'aborted'];

/** Care is there a second after the first link; what it may be said until then fits well into this. */
const MAX_EARLY_FRAMES = 64;

export function createMesh(room: MeshOfRoom): PeerMesh {
  const {ice, host, options, media, signal, onLinkState, onLeave} = room;
  const {relay, state, dispatch, report, tell, conversation} = host;
  let isAsking = false;
  /** It may be our own seat that is gone, which nobody else will tell. */
  async function askWhoIsHere(): Promise<void> {
    if (isAsking) return;
    isAsking = true;
    try {
      await room.rejoin();
    } catch (thrown) {
      if (CallError.from(thrown).code === 'not-in-room') room.onSeatGone();
    }
    isAsking = false;
  }
  const mesh = new PeerMesh(
    {
      carries: options.media,
      iceTransportPolicy: options.iceTransportPolicy,
      iceServers: options.iceServers,
      tracks: () => media.tracks,
      mediaState: () => {
        const {microphoneEnabled, cameraEnabled, screenSharing} = state().media;
        const {lowData} = host.options();
        return {type: 'media-state', microphoneEnabled, cameraEnabled, screenSharing, lowData};
      },
      send: (to: string, payload: PeerSignal) => {
        const peer = peerIn(state(), to);
        const sayOverLink = (): void => mesh.remote(to)?.peer?.sayOverLink(payload);
        if (relay.state !== 'open' || peer?.present === false) return sayOverLink();
        relay
          .request('signal', {to: mesh.relayReturn?.toRelay(to) ?? to, ...payload})
          .catch((thrown: unknown) => {
            const error = CallError.from(thrown);
            if (signal.aborted) return;
            if (HARMLESS.includes(error.code)) sayOverLink();
            else report(error);
            const peer = peerIn(state(), to);
            if (error.code === 'not-in-room' && peer?.present && !isLive(peer)) void askWhoIsHere();
          });
      },
      onPeerChange: (peerId, change) => {
        const {connectionState} = change;
        dispatch({type: 'peer-changed', peerId, change});
        if (connectionState === undefined) return;
        onLinkState(peerId, connectionState);
        care.linkChanged(peerId, connectionState);
      },
      conversation,
      onLeave,
      takesFrame: (peerId, frame) => {
        if (mesh.linkMessages) return mesh.linkMessages.take(peerId, frame);
        // The conversation gets it too, and care does not mind what is not for it.
        const {length} = mesh.earlyFrames.filter(([from]) => from === peerId);
        if (length < MAX_EARLY_FRAMES) mesh.earlyFrames.push([peerId, frame]);
        return false;
      },
      onError: report,
    },
    ice,
  );
  // From the seat on: a page may be reloaded before anybody is connected.
  rememberCall({signal, relay, media, carries: options.media, state, options: host.options});
  const care = (mesh.care = new CareLoader({
    carries: options.media,
    ...{signal, relay, media, mesh, state, dispatch, report},
    options: host.options,
    tell: (event) => tell([event]),
  }));
  return mesh;
}
