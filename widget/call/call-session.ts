/**
 * One person's calls: the public face of the call core. It holds the state and is the only place
 * that moves it on. What a state means is `call-state.ts`, what a call does is `call-attempt.ts`,
 * and how messages travel is any `Signaling`.
 */
import type {RoomView} from '../../protocol/shapes.js';
import {isRoomName, normalizeRoomName} from '../../protocol/text.js';
import type {CallAttempt} from './call-attempt.js';
import {CallError} from './call-error.js';
import {eventsOf, type CallEvent} from './call-events.js';
import type {CallMedia, CallOptions} from './call-options.js';
import {reduce, type CallAction} from './call-reducer.js';
import {IDLE_STATE, isActive, type CallState} from './call-state.js';
import {hasPlace, personOf} from './state-questions.js';
import {DirectoryLoader} from './directory-loader.js';
import {DoctorLoader} from './doctor-loader.js';
import type {CallReport} from './doctor/doctor.js';
import type {CheckOptions, CheckResult} from './doctor/check.js';
import {EventQueue} from './event-queue.js';
import {Invitations} from './invitations.js';
import {MediaSession} from './media-session.js';
import {PresentCall} from './present-call.js';
import {RelayConnection} from './relay-connection.js';
import {RelayFollower} from './relay-follower.js';
import {toPerson} from './relay-views.js';
import {resumable} from './remembered-call.js';
import {SeatQueue} from './seat-queue.js';
import {SessionConfig} from './session-config.js';
import type {CallSessionParts} from './signaling.js';
import {ShownProfile} from './shown-profile.js';
import {SocketIoSignaling} from './socket-io-signaling.js';
import {WarmLoader} from './warm-loader.js';
import {chooseDevice} from './choose-device.js';

/**
 * A video, audio or data call without a user interface.
 *
 * Every method rejects with a `CallError`. `leave()` may come at any time, and overtakes whatever
 * is under way: that rejects with `aborted`.
 */
export class CallSession extends MediaSession {
  readonly #config = new SessionConfig();
  readonly #relay: RelayConnection;
  readonly #seats = new SeatQueue();
  readonly #call: PresentCall;
  readonly #invitations: Invitations;
  readonly #directory: DirectoryLoader;
  readonly #follower: RelayFollower;
  readonly #profile: ShownProfile;
  readonly #doctor: DoctorLoader;
  readonly #events = new EventQueue(this);
  #state: CallState = IDLE_STATE;

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
    const parts = {
      localStream: this.localStream,
      relay: this.#relay,
      seats: this.#seats,
      state: () => this.#state,
      options: () => this.#options,
      problem: () => this.#config.problem,
      dispatch: (action: CallAction) => this.#dispatch(action),
      report: (error: CallError) => this.#report(error),
      tell: (events: readonly CallEvent[]) => this.#events.tell(events),
      together: (changes: () => void) => this.#events.together(changes),
      converse: () => this.beginConversation({...parts, tell: (event) => parts.tell([event])}),
      move: (room: RoomView) => this.#call.move(room),
      mesh: () => this.#call.attempt?.mesh,
      invitations: () => this.#invitations,
      ring: (personId: string) => this.#invitations.call(personId),
      attempt: () => this.#call.attempt,
      events: this,
    };
    const host = {...parts, warm: new WarmLoader(parts)};
    this.#profile = new ShownProfile(host);
    this.#call = new PresentCall(host);
    this.#invitations = new Invitations(host);
    this.#directory = new DirectoryLoader(host);
    this.#follower = new RelayFollower(host, this.#call, this.#directory);
    this.#doctor = new DoctorLoader({...host, events: this, call: this.#call});
    this.#directory.update();
  }

  override get state(): CallState {
    return this.#state;
  }

  /** @internal */
  protected override get attempt(): CallAttempt | undefined {
    return this.#call.attempt;
  }

  /** What the present call carries, whatever `media` has become since it began; `null` outside one. */
  get carries(): CallMedia | null {
    return this.#call.attempt?.carries ?? null;
  }

  /** `directory`, `displayName`, `metadata`, `autoAccept`, `lowData` and `ringTimeout` take effect at once, the others at the next `join()`. */
  configure(options: Partial<CallOptions>): void {
    const before = this.#options;
    const problem = this.#config.take(options);
    if (problem !== null) this.#report(problem);
    this.#directory.update();
    const {displayName, metadata, autoAccept, lowData} = this.#options;
    if (lowData !== before.lowData) this.#call.attempt?.mesh?.broadcastState();
    if (autoAccept && !before.autoAccept) this.#invitations.consider(this.#state.incoming);
    if (displayName === before.displayName && metadata === before.metadata) return;
    const {self} = this.#state;
    if (self !== null) this.#dispatch({type: 'identified', self: {...self, displayName}});
    this.#profile.update();
  }

  /** Somebody may soon join or call: the way to the relay is opened, and kept for half a minute. */
  warmUp(): void {
    this.#relay.expect();
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
    if (this.#call.attempt !== undefined) {
      if (this.#call.attempt.room === name) return this.#call.entering;
      void this.leave();
    }
    return this.#call.join(name);
  }

  /**
   * Goes back into the call in which the page before was, in this tab and less than 30 s ago: as the
   * same person, with the same devices on. Resolves once the relay has answered, with whether there
   * was one; rejects as `join()` does. To be called first; a directory does it by itself.
   */
  async resume(): Promise<boolean> {
    const {signal} = this.#seats;
    const identity = await this.#relay.claim();
    if (signal.aborted) identity.keep({call: null});
    const call = resumable(identity.kept, this.#options);
    if (!call || this.#call.attempt !== undefined) return false;
    await this.#call.resume(call);
    return isActive(this.#state);
  }

  /**
   * Rings a person of the directory: resolves once the relay has answered, with `status` being
   * `calling`, or `in-call` if they were just calling us. If they are busy, or what else becomes of
   * the call, is told by `call-ended`, and by `status` being `left` with that reason.
   *
   * A call that is going on ends when the other one has begun to ring; it goes on if that one
   * is refused, or busy. Rejects with `person-not-found` for who is not in the directory.
   */
  async call(personId: string): Promise<void> {
    const state = this.#state;
    if (state.directory === null) {
      throw new CallError('person-not-found', 'Calls are made within a directory.');
    }
    const isUnderWay = state.status !== 'in-call' && isActive(state);
    if (isUnderWay && personOf(state)?.personId === personId) return this.#call.entering;
    if (hasPlace(state)) return this.#call.callNext(personId);
    if (isUnderWay) void this.leave();
    const person = state.people.find((listed) => listed.personId === personId);
    return this.#call.call(toPerson(person ?? {personId, displayName: '', metadata: null}));
  }

  /** Ends the call, takes a knock back, stops a join. Devices are off when it returns; settles when the others have been told. */
  leave(): Promise<void> {
    const mayGetSeat = this.#seats.isAsking;
    this.#seats.cancel();
    const {attempt} = this.#call;
    if (attempt !== undefined) attempt.sayGoodbye(mayGetSeat ? 'everything' : 'room');
    else if (mayGetSeat) this.#follower.giveSeatUp();
    this.#dispatch({type: 'ended', reason: 'left'});
    return this.#call.farewells();
  }

  /**
   * Lets the one who knocks in; or goes into the call of the one who calls, and leaves the present
   * one for it. Without an id: the one who has waited longest.
   */
  accept(id?: string): Promise<void> {
    return this.#invitations.answer(id, 'accept');
  }

  decline(id?: string): Promise<void> {
    return this.#invitations.answer(id, 'decline');
  }

  /**
   * From now on this camera, microphone or (`audiooutput`) loudspeaker, also in the calls to come: it is
   * remembered in this browser. An empty `deviceId` is the system's default. What is off stays off,
   * what is muted stays muted. A loudspeaker is for whoever plays the sound to set: see the event
   * `device-changed`.
   *
   * Rejects with a media code if it cannot be had, and the present one stays; with
   * `unsupported-browser` where loudspeakers cannot be chosen; with `aborted` if the call ends meanwhile.
   */
  async selectDevice(kind: MediaDeviceKind, deviceId: string): Promise<void> {
    this.emit('device-changed', await chooseDevice(kind, deviceId, this.#call.attempt));
  }

  /**
   * What has happened to the present call or the last one, what is wrong with it and why, as plain
   * JSON with no address, no id, no name and no description in it.
   */
  async getReport(): Promise<CallReport> {
    return (await this.#doctor.load()).report();
  }

  /**
   * Tries what a call needs: devices (people are asked for them), the relay, STUN, and TURN over UDP,
   * TCP and TLS. Joins no room, and leaves nothing on. Resolves whatever it finds; rejects with
   * `aborted`.
   */
  async check(options?: CheckOptions): Promise<CheckResult> {
    return (await this.#doctor.load()).check(options);
  }

  /**
   * Leaves the call and the directory, and lets go of this tab's identity. The session may be used
   * again, as the same person; in a directory it is again when `configure()` says so.
   */
  dispose(): void {
    void this.leave();
    this.configure({directory: undefined});
    this.#relay.release(this.#relay);
    this.#relay.forgetIdentity();
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

  #report(error: CallError): void {
    if (error.code !== 'aborted') this.emit('call-error', {error});
  }

  /** The one place where the state moves. Whatever a call owned is gone before anybody hears of its end. */
  #dispatch(action: CallAction): void {
    const previous = this.#state;
    const next = reduce(previous, action);
    if (next === previous) return;
    this.#state = next;
    const isEnd = !isActive(next) && this.#call.attempt !== undefined;
    if (isEnd) {
      if (next.status === 'left' && next.reason === 'room-closed') this.#call.attempt?.sayGoodbye();
      this.#call.end();
    }
    this.#events.tell(eventsOf(previous, next, action));
    if (!isEnd || (action.type === 'ended' && action.keepsMedia !== undefined)) return;
    this.#follower.identify();
    this.#directory.update();
  }
}
