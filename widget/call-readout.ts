/**
 * What is true of the call, as read-only properties of the element. They read the one state; none
 * is kept here.
 */
import {CallAttributes} from './call-attributes.js';
import type {CallController} from './call-controller.js';
import {
  peersOf,
  roomOf,
  type CallStatus,
  type Invitation,
  type PeerState,
  type Person,
  type Self,
  type SignalingState,
} from './call/call-state.js';

/** What `<video-chat-room>` can tell. */
export abstract class CallReadout extends CallAttributes {
  /** @internal */
  protected abstract readonly controller: CallController;

  /** Where the call stands. */
  get status(): CallStatus {
    return this.controller.state.status;
  }

  /** The way to the relay. Losing it does not end a call. */
  get signaling(): SignalingState {
    return this.controller.state.signaling;
  }

  /** The room of the present or of the last call, however it was chosen. */
  get currentRoom(): string | null {
    return roomOf(this.controller.state);
  }

  /** Who I am in the room. */
  get self(): Self | null {
    return this.controller.state.self;
  }

  /** The others in the call. */
  get peers(): readonly PeerState[] {
    return peersOf(this.controller.state);
  }

  /** The people of the directory; none without one. */
  get people(): readonly Person[] {
    return [];
  }

  /** Who asks to be let in, oldest first. */
  get incoming(): readonly Invitation[] {
    return this.controller.state.incoming;
  }

  get microphoneEnabled(): boolean {
    return this.controller.state.media.microphoneEnabled;
  }

  get cameraEnabled(): boolean {
    return this.controller.state.media.cameraEnabled;
  }

  get screenSharing(): boolean {
    return this.controller.state.media.screenSharing;
  }

  /** What this side sends: one object for as long as the session lasts; `null` before the first join. */
  get localStream(): MediaStream | null {
    return this.controller.session?.localStream ?? null;
  }

  /** The stream of one peer: one object for as long as it stays; its tracks come and go. */
  streamOf(peerId: string): MediaStream | null {
    return this.controller.session?.streamOf(peerId) ?? null;
  }

  /** The connections' statistics by peer. */
  async getStats(): Promise<Map<string, RTCStatsReport>> {
    return (await this.controller.session?.getStats()) ?? new Map<string, RTCStatsReport>();
  }
}
