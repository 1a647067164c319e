/**
 * The part of a session by which its page switches what this side sends, and shows what it and the
 * others do. It holds nothing but the one stream that outlives the calls.
 */
import type {CallAttempt} from './call-attempt.js';
import {CallError} from './call-error.js';
import type {Remote} from './remote.js';
import {TalkingSession} from './talking-session.js';

export abstract class MediaSession extends TalkingSession {
  /** What this side captures: one object for the life of the session; its tracks come and go. */
  readonly localStream = new MediaStream();

  /** @internal The present call, if there is one. */
  protected abstract readonly attempt: CallAttempt | undefined;

  /**
   * What a peer sends: the same object for as long as it is here. `null` if nobody has this id. Under an empty id,
   * for the widget: what whoever may come next will send, once there is a link that is made while it rings.
   */
  streamOf(peerId: string): MediaStream | null {
    return (peerId ? this.#remote(peerId) : this.attempt?.coming)?.stream ?? null;
  }

  /** The screen that a peer shares beside that, with its sound where there is any; `null` while it shares none. */
  screenOf(peerId: string): MediaStream | null {
    const isShared = this.peers.some((peer) => peer.peerId === peerId && peer.screenSharing);
    return (isShared && this.#remote(peerId)?.screen) || null;
  }

  /** What this side shares; `null` while that is nothing. */
  get localScreen(): MediaStream | null {
    return this.attempt?.mesh?.care?.localScreen ?? null;
  }

  /** Resolves with the new state once it is sent; rejects with a media code if the device cannot be had. */
  async toggleMicrophone(force?: boolean): Promise<boolean> {
    await inCall(this.attempt).media.setMicrophone(force);
    return this.microphoneEnabled;
  }

  /** As `toggleMicrophone()`. Off gives the device back: its light goes out. */
  async toggleCamera(force?: boolean): Promise<boolean> {
    await inCall(this.attempt).media.setCamera(force);
    return this.cameraEnabled;
  }

  /**
   * Begins or ends sharing a screen, a window or a tab, beside the camera; to be called from a click.
   * Resolves with the new state once it is sent. Rejects with `display-capture-denied` if the person
   * shares nothing, `media-blocked-by-policy`, `unsupported-browser`, `insecure-context`, `not-in-room`
   * before there is a seat, `bad-request` in a data call, `relay-unreachable` if its code has not come yet
   * and cannot be had, and with `aborted` if the call ends meanwhile.
   */
  async toggleScreenShare(force?: boolean): Promise<boolean> {
    return inCall(this.attempt?.mesh?.care).toggleScreenShare(force);
  }

  /** Peer id → what its connection measures (W3C webrtc-stats). */
  async getStats(): Promise<Map<string, RTCStatsReport>> {
    return (await this.attempt?.mesh?.getStats()) ?? new Map<string, RTCStatsReport>();
  }

  #remote(peerId: string): Remote | undefined {
    return this.attempt?.mesh?.remote(peerId);
  }
}

function inCall<Part>(part: Part | null | undefined): Part {
  if (!part) throw new CallError('not-in-room', 'Not in a call.');
  return part;
}
