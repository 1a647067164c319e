/** The streams of a session without a network: empty ones, made when somebody asks for them. */
import type {CallEventDetails} from '../../widget/call/call-events.js';
import {peersOf, type CallState} from '../../widget/call/call-state.js';
import {TypedEventTarget} from '../../widget/call/typed-event-target.js';

export abstract class FakeMedia extends TypedEventTarget<CallEventDetails> {
  abstract state: CallState;
  localStream = new MediaStream();
  localScreen: MediaStream | null = null;
  readonly streams = new Map<string, MediaStream>();
  readonly screens = new Map<string, MediaStream>();

  screenOf(peerId: string): MediaStream | null {
    const isShared = peersOf(this.state).some(
      (peer) => peer.peerId === peerId && peer.screenSharing,
    );
    if (!isShared) return null;
    const screen = this.screens.get(peerId) ?? new MediaStream();
    this.screens.set(peerId, screen);
    return screen;
  }

  /** Of whoever may come next. */
  coming: MediaStream | null = null;

  streamOf(peerId: string): MediaStream | null {
    if (peerId === '') return this.coming;
    const stream = this.streams.get(peerId) ?? new MediaStream();
    this.streams.set(peerId, stream);
    return stream;
  }
}
