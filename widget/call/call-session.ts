/**
 * One person's calls: the public face of the call core. It holds the state and is the only place
 * that moves it on. What a state means is `call-state.ts`, what a call does is `call-attempt.ts`,
 * and how messages travel is any `Signaling`.
 */
import {isRoomName, normalizeRoomName} from '../../protocol/text.js';
import {CallAttempt} from './call-attempt.js';
import {CallError} from './call-error.js';
import {eventsOf} from './call-events.js';
import type {CallOptions} from './call-options.js';
import {reduce, type CallAction} from './call-reducer.js';
import {
  IDLE_STATE,
  isActive,
  peersOf,
  type CallState,
  type CallStatus,
  type Invitation,
  type PeerState,
  type Self,
  type SignalingState,
} from './call-state.js';
import {EventQueue} from './event-queue.js';
import {claimIdentity, type Identity} from './identity.js';
import {SessionConfig} from './session-config.js';
import type {CallSessionParts, CreateSignaling, Signaling} from './signaling.js';
import {SocketIoSignaling} from './socket-io-signaling.js';
import {TalkingSession} from './talking-session.js';

/**
 * A video, audio or data call without a user interface.
 *
 * Every method rejects with a `CallError`. `leave()` may come at any time, and overtakes whatever
 * is under way: that rejects with `aborted`.
 */
export class CallSession extends TalkingSession {
  /** What this side captures: one object for the life of the session; its tracks come and go. */
  readonly localStream = new MediaStream();
  readonly #createSignaling: CreateSignaling;
  readonly #config = new SessionConfig();
  #state: CallState = IDLE_STATE;
  #identity: Promise<Identity> | undefined;
  #identityUrl = '';
  #attempt: CallAttempt | undefined;
  #entering: Promise<void> = Promise.resolve();
  #leaving: Promise<void> = Promise.resolve();
  readonly #events = new EventQueue(this);

  constructor(
    options: Partial<CallOptions> & Pick<CallOptions, 'relayUrl'>,
    {createSignaling}: CallSessionParts = {},
  ) {
    super();
    this.#config.take(options);
    this.#createSignaling =
      createSignaling ?? ((relayUrl, credentials) => new SocketIoSignaling(relayUrl, credentials));
  }

  /** Everything that is true of the call, frozen; another object after every change. */
  get state(): CallState {
    return this.#state;
  }

  get status(): CallStatus {
    return this.#state.status;
  }

  get signaling(): SignalingState {
    return this.#state.signaling;
  }

  /** Who I am to the relay; `null` before the first connection. */
  get self(): Self | null {
    return this.#state.self;
  }

  get peers(): readonly PeerState[] {
    return peersOf(this.#state);
  }

  /** Knocks that wait for an answer, oldest first. */
  get incoming(): readonly Invitation[] {
    return this.#state.incoming;
  }

  get microphoneEnabled(): boolean {
    return this.#state.media.microphoneEnabled;
  }

  get cameraEnabled(): boolean {
    return this.#state.media.cameraEnabled;
  }

  get screenSharing(): boolean {
    return this.#state.media.screenSharing;
  }

  /** What a peer sends: the same object for as long as it is here. `null` if nobody has this id. */
  streamOf(peerId: string): MediaStream | null {
    return this.#attempt?.mesh?.streamOf(peerId) ?? null;
  }

  /** `displayName`, `metadata`, `autoAccept` and `ringTimeout` take effect at once, the others at the next `join()`. */
  configure(options: Partial<CallOptions>): void {
    const before = this.#options;
    const problem = this.#config.take(options);
    if (problem !== null) this.#report(problem);
    const {displayName, metadata} = this.#options;
    if (displayName === before.displayName && metadata === before.metadata) return;
    const {self} = this.#state;
    if (self !== null) this.#dispatch({type: 'identified', self: {...self, displayName}});
    this.#attempt?.membership
      ?.updateProfile()
      .catch((error: unknown) => this.#report(CallError.from(error)));
  }

  /**
   * Enters the room, or asks to be let in: resolves once the relay has answered, with `status`
   * being `waiting`, `in-call` or `knocking`. What becomes of a knock is told by events.
   *
   * Devices that cannot be had are reported by `call-error` and do without; everything else that
   * fails rejects and makes `status` `failed`. Called again for the same room it is the same join;
   * for another room it leaves the present one first.
   */
  async join(room: string | undefined = this.#options.room): Promise<void> {
    const name = this.#checkRoom(room);
    if (this.#attempt !== undefined) {
      if (this.#attempt.room === name) return this.#entering;
      void this.leave();
    }
    const attempt = new CallAttempt(name, {
      localStream: this.localStream,
      state: () => this.#state,
      options: () => this.#options,
      dispatch: (action) => {
        if (this.#attempt === attempt) this.#dispatch(action);
      },
      report: (error) => {
        if (this.#attempt === attempt) this.#report(error);
      },
      conversation: this.beginConversation({
        state: () => this.#state,
        tell: (event) => this.#events.tell([event]),
        report: (error) => this.#report(error),
      }),
      identify: () => this.#identify(),
      createSignaling: (identity) => this.#connect(identity),
      forgetIdentity: () => this.#forgetIdentity(),
    });
    this.#attempt = attempt;
    this.#dispatch({type: 'join-started', room: name, asksForMedia: attempt.asksForMedia});
    this.#entering = this.#enter(attempt);
    return this.#entering;
  }

  /** Ends the call, takes a knock back, stops a join. Devices are off when it returns; settles when the others have been told. */
  leave(): Promise<void> {
    this.#attempt?.sayGoodbye();
    this.#dispatch({type: 'ended', reason: 'left'});
    return this.#leaving;
  }

  /** Lets the one who knocks in. Without an id: the one who has waited longest. */
  accept(id?: string): Promise<void> {
    return this.#answer(id, 'accept');
  }

  decline(id?: string): Promise<void> {
    return this.#answer(id, 'decline');
  }

  /** Resolves with the new state once it is sent; rejects with a media code if the device cannot be had. */
  async toggleMicrophone(force?: boolean): Promise<boolean> {
    await this.#active().media.setMicrophone(force);
    return this.microphoneEnabled;
  }

  /** As `toggleMicrophone()`. Off gives the device back: its light goes out. */
  async toggleCamera(force?: boolean): Promise<boolean> {
    await this.#active().media.setCamera(force);
    return this.cameraEnabled;
  }

  /** Peer id → what its connection measures (W3C webrtc-stats). */
  async getStats(): Promise<Map<string, RTCStatsReport>> {
    return (await this.#attempt?.mesh?.getStats()) ?? new Map<string, RTCStatsReport>();
  }

  /** Leaves, and lets go of this tab's identity. The session may be used again, as the same person. */
  dispose(): void {
    void this.leave();
    this.#forgetIdentity();
  }

  async #enter(attempt: CallAttempt): Promise<void> {
    // Two connections of one person at once would look like one taking the other over.
    await this.#leaving;
    try {
      if (attempt.signal.aborted) throw CallError.aborted();
      if (this.#config.problem !== null) throw this.#config.problem;
      await attempt.enter();
    } catch (thrown) {
      const error = CallError.from(thrown);
      if (attempt.signal.aborted) throw CallError.aborted();
      const fatal = error.asFatal();
      // It may have a seat already.
      attempt.sayGoodbye();
      this.#dispatch({type: 'failed', room: attempt.room, error: fatal});
      throw fatal;
    }
  }

  async #answer(id: string | undefined, response: 'accept' | 'decline'): Promise<void> {
    const {membership} = this.#active();
    const invitation = id ?? this.incoming[0]?.id;
    if (membership === null || invitation === undefined) {
      throw new CallError('invitation-over', 'Nobody is waiting for an answer.');
    }
    await membership.answer(invitation, response);
  }

  #active(): CallAttempt {
    if (this.#attempt === undefined) throw notInRoom('Not in a call.');
    return this.#attempt;
  }

  #checkRoom(room: string | undefined): string {
    const name = normalizeRoomName(room ?? '');
    if (isRoomName(name)) return name;
    const error = new CallError(
      name === '' ? 'room-required' : 'room-name-invalid',
      name === '' ? 'No room was chosen.' : 'A room name has 1 to 64 visible characters.',
      {fatal: true},
    );
    // A wrong name does not end the call one is in.
    if (!isActive(this.#state)) this.#dispatch({type: 'failed', room: null, error});
    throw error;
  }

  get #options(): CallOptions {
    return this.#config.options;
  }

  /** Who we are to this relay; another one must not even see that token. */
  #identify(): Promise<Identity> {
    const {relayUrl} = this.#options;
    if (this.#identityUrl !== relayUrl) this.#forgetIdentity();
    this.#identityUrl = relayUrl;
    this.#identity ??= claimIdentity(relayUrl);
    return this.#identity;
  }

  #forgetIdentity(): void {
    void this.#identity?.then((identity) => identity.release());
    this.#identity = undefined;
  }

  #connect(identity: Identity): Signaling {
    return this.#createSignaling(this.#options.relayUrl, () => {
      const {token, displayName, metadata} = this.#options;
      const {resumeToken} = identity;
      return {resumeToken, token, displayName, metadata};
    });
  }

  #report(error: CallError): void {
    if (error.code !== 'aborted') this.emit('call-error', {error});
  }

  /** The one place where the state moves. Whatever a call owned is gone before anybody hears of its end. */
  #dispatch(action: CallAction): void {
    const previous = this.#state;
    const next = reduce(previous, action);
    if (next === previous) return;
    this.#state = next;
    if (!isActive(next) && this.#attempt !== undefined) {
      this.#leaving = this.#attempt.end();
      this.#attempt = undefined;
    }
    this.#events.tell(eventsOf(previous, next, action));
  }
}

function notInRoom(message: string): CallError {
  return new CallError('not-in-room', message);
}
