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
import {IDLE_STATE, isActive, type CallState} from './call-state.js';
import {EventQueue} from './event-queue.js';
import {Invitations, type Response} from './invitations.js';
import {RelayConnection} from './relay-connection.js';
import {SessionConfig} from './session-config.js';
import type {CallSessionParts} from './signaling.js';
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
  readonly #config = new SessionConfig();
  readonly #relay: RelayConnection;
  readonly #invitations: Invitations;
  #state: CallState = IDLE_STATE;
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
    this.#relay = new RelayConnection(
      () => this.#options,
      createSignaling ?? ((relayUrl, credentials) => new SocketIoSignaling(relayUrl, credentials)),
    );
    this.#followRelay();
    this.#invitations = new Invitations({
      relay: this.#relay,
      state: () => this.#state,
      options: () => this.#options,
      dispatch: (action) => this.#dispatch(action),
      report: (error) => this.#report(error),
    });
  }

  override get state(): CallState {
    return this.#state;
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
    // At the next connection it is part of the handshake.
    if (this.#relay.state !== 'open') return;
    this.#relay
      .request('profile', {displayName, metadata})
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
      relay: this.#relay,
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
      consider: (invitations) => this.#invitations.consider(invitations),
    });
    this.#attempt = attempt;
    this.#dispatch({type: 'join-started', room: name, asksForMedia: attempt.asksForMedia});
    this.#dispatch({type: 'signaling-changed', signaling: this.#relay.state});
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
    this.#relay.forgetIdentity();
  }

  async #enter(attempt: CallAttempt): Promise<void> {
    // What it still says must not come after what we say next.
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

  async #answer(id: string | undefined, response: Response): Promise<void> {
    this.#active();
    await this.#invitations.answer(id, response);
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

  #followRelay(): void {
    const relay = this.#relay;
    relay.addEventListener('state-changed', ({detail}) => {
      this.#dispatch({type: 'signaling-changed', signaling: detail});
    });
    relay.addEventListener('welcome', ({detail: {peerId, personId}}) => {
      const self = {peerId, personId, displayName: this.#options.displayName};
      void this.#attempt?.membership.welcomed(self);
    });
    relay.addEventListener('ended', ({detail}) => this.#dispatch({type: 'ended', ...detail}));
    relay.addEventListener('refused', ({detail}) => this.#attempt?.membership.refused(detail));
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
