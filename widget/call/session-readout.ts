/** What a session can be asked about its call: each answer is read from the one state, none is kept here. */
import type {CallEventDetails} from './call-events.js';
import {
  peersOf,
  type CallState,
  type CallStatus,
  type Invitation,
  type PeerState,
  type PersonState,
  type Self,
  type SignalingState,
} from './call-state.js';
import {TypedEventTarget} from './typed-event-target.js';

export abstract class SessionReadout extends TypedEventTarget<CallEventDetails> {
  /** Everything that is true of the call, frozen; another object after every change. */
  abstract readonly state: CallState;

  get status(): CallStatus {
    return this.state.status;
  }

  get signaling(): SignalingState {
    return this.state.signaling;
  }

  /** Who I am to the relay; `null` before the first connection. */
  get self(): Self | null {
    return this.state.self;
  }

  get peers(): readonly PeerState[] {
    return peersOf(this.state);
  }

  /** The others of the directory, by name. */
  get people(): readonly PersonState[] {
    return this.state.people;
  }

  /** Knocks and calls that wait for an answer, oldest first. */
  get incoming(): readonly Invitation[] {
    return this.state.incoming;
  }

  get microphoneEnabled(): boolean {
    return this.state.media.microphoneEnabled;
  }

  get cameraEnabled(): boolean {
    return this.state.media.cameraEnabled;
  }

  get screenSharing(): boolean {
    return this.state.media.screenSharing;
  }
}
