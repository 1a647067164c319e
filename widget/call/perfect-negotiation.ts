/**
 * The perfect negotiation pattern of the WebRTC specification (section 10.7) and nothing else:
 * offers, answers and collisions of one `RTCPeerConnection`. It does not know what is negotiated,
 * nor how a signal travels.
 *
 * One addition: the side that waits for a first offer is *passive* until that offer comes, so that
 * the first negotiation of a connection is never a collision. (A rolled-back offer would leave its
 * transceivers behind as a second set of media sections.) The browser looks again whether it needs
 * to negotiate as soon as that first answer has made it stable, so nothing asked meanwhile is lost.
 *
 * And one patience: signals have two ways (the relay, and the link itself), so an answer may come
 * twice, or so late that nobody waits for it. It is dropped; so is whatever is older than what the
 * other side has said since, by the number that every description has (RFC 9429 section 5.2.1).
 */

import type {Description} from '../../protocol/shapes.js';

import {withSpeechWishes} from './speech-wishes.js';

export interface PerfectNegotiationOptions {
  readonly connection: RTCPeerConnection;
  /** Gives way when two offers cross. Exactly one of the two sides is polite. */
  readonly polite: boolean;
  /** Waits for the other side's first offer. */
  readonly passive: boolean;
  readonly sendDescription: (description: Description) => void;
  /** The connection refused a description: the two sides do not fit together any more. */
  readonly onError: (error: unknown) => void;
  readonly signal: AbortSignal;
}

export class PerfectNegotiation {
  readonly #connection: RTCPeerConnection;
  readonly #options: PerfectNegotiationOptions;
  #passive: boolean;
  #makingOffer = false;
  #isSettingRemoteAnswerPending = false;
  #remoteVersion = 0;
  /** The version of their offer that is being applied and answered; -1: none (Firefox begins with 0). */
  #answering = -1;

  constructor(options: PerfectNegotiationOptions) {
    this.#options = options;
    this.#connection = options.connection;
    this.#passive = options.passive;
    this.#connection.addEventListener('negotiationneeded', () => void this.#makeOffer(), {
      signal: options.signal,
    });
  }

  async #makeOffer(): Promise<void> {
    if (this.#passive) return;
    try {
      this.#makingOffer = true;
      await this.#connection.setLocalDescription();
      this.#send();
    } catch (error) {
      this.#fail(error);
    } finally {
      this.#makingOffer = false;
    }
  }

  /** Hands a description to the connection at once; settles when it, and our answer to it, is applied. */
  async receiveDescription(description: RTCSessionDescriptionInit): Promise<void> {
    const connection = this.#connection;
    const version = Number(/^o=\S+ \S+ (\d+)/m.exec(description.sdp ?? '')?.[1] ?? Infinity);
    // Said twice, it is answered once: the answer is under way.
    if (version < this.#remoteVersion || version === this.#answering) return;
    if (version < Infinity) this.#remoteVersion = version;
    try {
      const isStable = connection.signalingState === 'stable' || this.#isSettingRemoteAnswerPending;
      const isAnswer = description.type === 'answer';
      const readyForOffer = !this.#makingOffer && isStable;
      const offerCollision = !isAnswer && !readyForOffer;
      const ignoreOffer = !this.#options.polite && offerCollision;
      // Nobody waits for an answer any more.
      if (ignoreOffer || (isAnswer && isStable)) return;
      if (!isAnswer) {
        this.#passive = false;
        this.#answering = version;
      }

      this.#isSettingRemoteAnswerPending = isAnswer;
      try {
        await connection.setRemoteDescription(description);
      } finally {
        this.#isSettingRemoteAnswerPending = false;
      }
      if (!isAnswer) {
        await connection.setLocalDescription();
        this.#send();
        // A newer one may have come before this was answered.
        if (this.#answering === version) this.#answering = -1;
      }
    } catch (error) {
      this.#fail(error);
    }
  }

  /**
   * A candidate that cannot be used is one path fewer and no failure: it may belong to an offer
   * that was ignored, or has since been rolled back. If none is left, ICE says so.
   */
  receiveCandidate(candidate: RTCIceCandidateInit): void {
    this.#connection.addIceCandidate(candidate).catch(() => undefined);
  }

  /**
   * Makes up for signals that were lost on the way: an unanswered offer is sent again, with the
   * candidates gathered since. Returns false if none is pending.
   */
  resend(): boolean {
    if (this.#connection.signalingState !== 'have-local-offer') return false;
    this.#send();
    return true;
  }

  #send(): void {
    const description = this.#connection.localDescription;
    if (description === null || this.#options.signal.aborted) return;
    const {type, sdp} = description;
    this.#options.sendDescription({type, sdp: withSpeechWishes(sdp)});
  }

  #fail(error: unknown): void {
    // Whatever a closed connection throws is of no interest to anybody.
    if (!this.#options.signal.aborted) this.#options.onError(error);
  }
}
