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
  type PersonState,
  type Self,
  type SignalingState,
} from './call/call-state.js';

/**
 * What `<video-chat-room>` can tell.
 *
 * @csspart people - The list of people with what belongs to it.
 * @csspart people-list - The list alone.
 * @csspart people-empty - What stands in its place while nobody is there.
 * @csspart person - One of the people.
 * @csspart person-name - Their name.
 * @csspart person-status - Whether they can be called.
 * @csspart panel-people - The panel with the people.
 * @csspart button-people - Opens the people beside a call.
 * @csspart button-call - Calls somebody.
 * @csspart button-notify - Asks for notifications of calls.
 */
export abstract class CallReadout extends CallAttributes {
  /** @internal */
  protected abstract readonly controller: CallController;

  /**
   * Where the call stands: `idle`, `acquiring-media`, `joining`, `waiting` (alone in the room),
   * `knocking` (asked to be let in), `calling` (rang a person), `in-call`, `left` or `failed`.
   */
  get status(): CallStatus {
    return this.controller.state.status;
  }

  /** The way to the relay: `open`, `reconnecting` or `closed`. Losing it does not end a call. */
  get signaling(): SignalingState {
    return this.controller.state.signaling;
  }

  /** The room of the present or of the last call, however it was chosen. */
  get currentRoom(): string | null {
    return roomOf(this.controller.state);
  }

  /** Who I am in the room; `null` before the relay has said so. */
  get self(): Self | null {
    return this.controller.state.self;
  }

  /** The others in the call: who they are, how the connection is, what they have turned off. */
  get peers(): readonly PeerState[] {
    return peersOf(this.controller.state);
  }

  /** The others of the directory, by name: each with `status` `available` or `in-call`. */
  get people(): readonly PersonState[] {
    return this.controller.state.people;
  }

  /** Who asks to be let in or calls, oldest first. */
  get incoming(): readonly Invitation[] {
    return this.controller.state.incoming;
  }

  /** This side is to be heard. */
  get microphoneEnabled(): boolean {
    return this.controller.state.media.microphoneEnabled;
  }

  /** This side's camera is on. */
  get cameraEnabled(): boolean {
    return this.controller.state.media.cameraEnabled;
  }

  /** This side shares its screen. */
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

  /** What this side shares beside that, while it shares its screen; `null` otherwise. */
  get localScreen(): MediaStream | null {
    return this.controller.session?.localScreen ?? null;
  }

  /** The screen that a peer shares, with its sound where there is any: one object for as long as the peer stays; `null` while it shares none. */
  screenOf(peerId: string): MediaStream | null {
    return this.controller.session?.screenOf(peerId) ?? null;
  }

  /** The connections' statistics by peer. */
  async getStats(): Promise<Map<string, RTCStatsReport>> {
    return (await this.controller.session?.getStats()) ?? new Map<string, RTCStatsReport>();
  }
}
