/**
 * One call, from the click on Join until it is over: owns its devices and its place in the room,
 * needs the relay for that long, and decides in which order these begin and end. It holds no state of the call (the session does)
 * and is never used twice. When it is over, `signal` is aborted and all it owned is gone.
 */
import type {Reply} from '../../protocol/messages.js';
import type {RoomView} from '../../protocol/shapes.js';
import {CallError} from './call-error.js';
import type {CallEvent} from './call-events.js';
import type {CallMedia, CallOptions} from './call-options.js';
import type {CallAction} from './call-reducer.js';
import type {CallState, Invitation} from './call-state.js';
import type {ConversationLoader} from './conversation-loader.js';
import {LocalMedia, type DeviceKind, type LocalTracks} from './local-media.js';
import type {PeerMesh} from './peer-mesh.js';
import type {RelayConnection} from './relay-connection.js';
import type {RememberedCall} from './remembered-call.js';
import type {Remote} from './remote.js';
import {RoomMembership} from './room-membership.js';
import type {SeatQueue} from './seat-queue.js';
import type {WarmLoader} from './warm-loader.js';
import {unlessAborted} from './unless-aborted.js';

/** What an attempt needs of the session that makes it. */
export interface AttemptHost {
  readonly localStream: MediaStream;
  readonly relay: RelayConnection;
  readonly seats: SeatQueue;
  state(): CallState;
  /** As they are now: name, metadata and auto-accept may change during a call. */
  options(): CallOptions;
  dispatch(action: CallAction): void;
  /** Tells a failure that no promise tells. */
  report(error: CallError): void;
  tell(events: readonly CallEvent[]): void;
  /** What the peers and their pages say to each other; ends with the attempt. */
  readonly conversation: ConversationLoader;
  invitations(): {
    /** Who asks here is somebody we are talking to, and let in without a word. */
    takeBack(invitation: Invitation): boolean;
    /** These ask to be let in: some are, without a question. */
    consider(invitations: readonly Invitation[]): void;
  };
  /** Prepares links while it rings. */
  readonly warm: WarmLoader;
  /** Asks the relay to ring a person. */
  ring(personId: string): Promise<Reply<'call'>>;
}

/** What a call goes on with. */
export interface CallBefore {
  /** The call that ends for this one: its devices stay on. */
  readonly former?: CallAttempt | undefined;
  /** The call that this one is, on the page before. */
  readonly remembered?: RememberedCall | undefined;
}

/** Who has not confirmed our leaving by then, relay or peer, will find out without us. */
const FAREWELL_MS = 1_000;

export class CallAttempt {
  readonly room: string;
  readonly #host: AttemptHost;
  /** Those that take effect at a join are those of the moment of the join. */
  readonly #options: CallOptions;
  readonly #over = new AbortController();
  readonly #media: LocalMedia;
  readonly #membership: RoomMembership;
  readonly #remembered: RememberedCall | undefined;
  #farewell: Promise<unknown> = Promise.resolve();
  #closed: Promise<void> | undefined;
  /** Nobody is being asked for a device any more. */
  #hasMedia: boolean;

  /**
   * @param room Empty for the room of a call, which the relay makes.
   */
  constructor(room: string, host: AttemptHost, {former, remembered}: CallBefore) {
    this.room = room;
    this.#host = host;
    this.#remembered = remembered;
    this.#options = {...host.options(), ...remembered?.options};
    const tracks = former?.handOver(this.#options);
    this.#hasMedia = tracks !== undefined;
    this.#media = new LocalMedia({
      tracks,
      wanted: tracks && former?.media.wanted,
      stream: host.localStream,
      signal: this.#over.signal,
      onChange: (media) => {
        host.dispatch({type: 'media-changed', media});
        this.mesh?.broadcastState();
      },
      onTrack: async (kind, track) => this.mesh?.setTrack(kind, track),
    });
    this.#membership = new RoomMembership({
      room,
      host,
      options: this.#options,
      media: this.#media,
      signal: this.signal,
    });
    host.relay.hold(this, {isPatient: remembered !== undefined});
  }

  /** As it was when the call began. */
  get carries(): CallMedia {
    return this.#options.media;
  }

  get hasMedia(): boolean {
    return this.#hasMedia;
  }

  get signal(): AbortSignal {
    return this.#over.signal;
  }

  get media(): LocalMedia {
    return this.#media;
  }

  /** Whoever may come next, if a link to them is being made already. */
  get coming(): Remote | undefined {
    return this.#host.warm.links?.coming;
  }

  /** The links to the others; `null` until there is a seat. */
  get mesh(): PeerMesh | null {
    return this.#membership.mesh;
  }

  get membership(): RoomMembership {
    return this.#membership;
  }

  /** A person will be asked for a device. */
  get asksForMedia(): boolean {
    return this.#remembered === undefined && wantedDevices(this.#options).length > 0;
  }

  /**
   * Devices, relay, room, in this order as far as people see it. Rejects with a `CallError`.
   * @param personId Who is to be rung: in the room of a call.
   */
  async enter(personId?: string): Promise<void> {
    checkAbilities(this.#options);
    const {relay, dispatch} = this.#host;
    const call = this.#remembered;
    // The relay is dialled while the person looks at the browser's question.
    const devices = this.#acquire();
    // Neither ringing somebody nor seeing the others again waits for them.
    const isWaiting = !call && personId === undefined;
    if (!isWaiting) devices.catch(() => undefined);
    // With patience: it may have been restarted together with the site.
    const opened = call ? relay.open().catch(() => relay.open()) : relay.open();
    await unlessAborted(Promise.all([opened, isWaiting && devices]), this.signal);
    const asked =
      call || personId === undefined
        ? // Nobody can enter the room of a call anew.
          this.#membership.join(call?.person !== undefined)
        : this.#membership.call(personId);
    const busyId = await unlessAborted<string | undefined | void>(asked, this.signal);
    if (busyId) dispatch({type: 'turned-down', id: busyId, reason: 'busy'});
  }

  /** The relay has seated us already: the call is there, with whoever is in it. */
  begin(view: RoomView): void {
    const [peer] = view.peers;
    this.#membership.seated(view, true, peer && {from: peer.peerId});
    if (!this.#hasMedia) void this.#acquire().catch(() => undefined);
  }

  /** The devices go on in a call with these options; `undefined` if that one must ask for its own. */
  handOver({media}: CallOptions): LocalTracks | undefined {
    if (!this.#hasMedia || media !== this.#options.media) return undefined;
    // Those of this call do not see what is meant for others.
    for (const kind of ['microphone', 'camera'] as const) void this.mesh?.setTrack(kind, null);
    return this.#media.handOver();
  }

  /**
   * Tells everybody, in both ways there are, that this side goes. To be followed by the end.
   * @param leaves `nothing`: the relay has seated us somewhere else, and told the others;
   *   `everything`: also the seat that something which is on its way may give us.
   */
  sayGoodbye(leaves: 'nothing' | 'room' | 'everything' = 'room'): void {
    const {relay} = this.#host;
    const heard = this.mesh?.sayGoodbye();
    const isTold = leaves === 'nothing' || relay.state !== 'open';
    // A call or an acceptance of ours may be ahead of this: the seat which that gives is not meant.
    // Without a name there may be a room of which the relay could not tell us any more.
    const room = (leaves === 'room' && this.#membership.room) || undefined;
    const told = isTold ? heard : relay.request('leave', {room}).catch(() => heard);
    let timer: ReturnType<typeof setTimeout> | undefined;
    const patience = new Promise((resolve) => (timer = setTimeout(resolve, FAREWELL_MS)));
    this.#farewell = Promise.race([told, patience]).finally(() => clearTimeout(timer));
  }

  /** Devices are off when this returns; what carries the good-bye closes when that has been heard. Idempotent. */
  end(): Promise<void> {
    this.#closed ??= this.#close();
    return this.#closed;
  }

  async #close(): Promise<void> {
    this.#over.abort();
    // The next page is not to go back into it.
    this.#host.relay.identity?.keep({call: null});
    this.#host.conversation.end();
    await this.#farewell;
    this.mesh?.close();
    this.#host.relay.release(this);
  }

  async #acquire(): Promise<void> {
    const wanted = wantedDevices(this.#options);
    const problems = await this.#media.acquire(wanted, this.#options.isMuted);
    this.#hasMedia = true;
    this.#host.dispatch({type: 'media-settled'});
    // One "no" to both devices is one failure.
    const codes = new Set<string>();
    for (const problem of problems) {
      if (!codes.has(problem.code)) this.#host.report(problem);
      codes.add(problem.code);
    }
  }
}

/** Throws `unsupported-browser`, and `bad-request` for what no connection would take, before anybody is called. */
export function checkAbilities({iceServers}: CallOptions): void {
  if (typeof RTCPeerConnection === 'undefined') {
    throw new CallError('unsupported-browser', 'Cannot create RTCPeerConnection object.');
  }
  if (iceServers.length === 0) return;
  try {
    new RTCPeerConnection({iceServers: [...iceServers]}).close();
  } catch (cause) {
    throw new CallError('bad-request', 'iceServers is not a list of RTCIceServer.', {cause});
  }
}

function wantedDevices({media, noCamera, noMicrophone}: CallOptions): DeviceKind[] {
  const wanted: DeviceKind[] = [];
  if (media !== 'data' && !noMicrophone) wanted.push('microphone');
  if (media === 'video' && !noCamera) wanted.push('camera');
  return wanted;
}
