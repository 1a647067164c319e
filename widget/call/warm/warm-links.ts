/**
 * The links that are prepared while it rings, by the knock or call that they belong to: our own, and
 * those of whoever asks us. A chunk of its own, fetched when somebody asks.
 */
import type {RelayEvent} from '../../../protocol/messages.js';
import type {Answered, IceConfiguration} from '../../../protocol/shapes.js';
import type {CallAttempt} from '../call-attempt.js';
import type {CallEventDetails} from '../call-events.js';
import type {CallOptions} from '../call-options.js';
import {outgoingOf} from '../call-events.js';
import type {CallState, Invitation} from '../call-state.js';
import type {PeerMesh} from '../peer-mesh.js';
import type {RelayConnection} from '../relay-connection.js';
import {loadChunk} from '../load-chunk.js';
import type {PeerSignal} from '../peer.js';
import type {Remote, RemoteSignal} from '../remote.js';
import type {TypedEventTarget} from '../typed-event-target.js';
import {PreparedLink, type LinkPlan} from './prepared-link.js';

export interface WarmHost {
  readonly relay: RelayConnection;
  readonly events: TypedEventTarget<CallEventDetails>;
  state(): CallState;
  options(): CallOptions;
  attempt(): CallAttempt | undefined;
}

/** We ask: by this knock or call. */
export interface Asking extends LinkPlan {
  readonly invitationId: string;
}

/** How somebody has come. */
export interface Arrival {
  /** Their knock, or our call. */
  readonly invitationId?: string | undefined;
  /** What they have answered to us. */
  readonly signal?: Answered | undefined;
}

interface Ours {
  readonly invitationId: string;
  readonly timer: ReturnType<typeof setTimeout>;
  readonly tracks: LinkPlan['tracks'];
  link?: PreparedLink;
}

/** An acceptance that nobody has to press comes sooner, and nothing is made for that. */
const PATIENCE_MS = 200;

/** Connections cost memory, and strangers may make others have them. */
const MAX_PREPARED = 4;

export class WarmLinks {
  readonly #host: WarmHost;
  #ours: Ours | null = null;
  readonly #theirs = new Map<string, PreparedLink>();
  /** Settles when all that has come along was taken in. */
  #taken: Promise<void> = Promise.resolve();
  /** What is being accepted, each with the answer of its link. */
  readonly #accepting = new Map<string, Invitation['kind']>();

  constructor(host: WarmHost) {
    this.#host = host;
    for (const type of ['state-changed', 'device-changed'] as const)
      host.events.addEventListener(type, () => this.#tidy());
  }

  /** Makes our link for those who are asked; or leaves the one that there is. */
  offer({invitationId, ...plan}: Asking): void {
    if (this.#ours?.invitationId === invitationId) return;
    this.#dropOurs();
    const timer = setTimeout(() => {
      ours.link = PreparedLink.offer(plan, (signal) => this.#say(invitationId, signal));
      this.#tell();
    }, PATIENCE_MS);
    const ours: Ours = (this.#ours = {invitationId, timer, tracks: plan.tracks});
    this.#tidy();
  }

  /** Whoever may come next. That there is somebody is told as a change of the state. */
  get coming(): Remote | undefined {
    const [theirs] = this.#theirs.values();
    return (theirs ?? this.#ours?.link)?.remote;
  }

  #tell(): void {
    const {events, state} = this.#host;
    events.emit('state-changed', {state: state()});
  }

  /** Something came along with a knock or call. */
  receive(detail: RelayEvent<'signal'>): Promise<void> {
    return (this.#taken = this.#taken.then(() => this.#take(detail)).catch(() => undefined));
  }

  async #take({from, ...signal}: RelayEvent<'signal'>): Promise<void> {
    if (from === this.#ours?.invitationId) return this.#connect(this.#ours, signal);
    const known = this.#theirs.get(from);
    const isOffer = 'description' in signal && signal.description.type === 'offer';
    if (known && (!isOffer || known.linkId === signal.linkId)) return known.receive(signal);
    const invitation = this.#invitation(from);
    if (!isOffer || !invitation || this.#accepting.has(from)) return;
    // Whoever asks has begun anew.
    this.#drop(from);
    if (this.#theirs.size >= MAX_PREPARED) return;
    const {ice, ...rest} = this.#planFor(invitation);
    const plan = {...rest, ice: ice ?? (await this.#ice())};
    const early = await this.#early();
    const earlyPlan = early?.planOf(plan, this.#host);
    const link = PreparedLink.answer(earlyPlan ?? plan);
    if (this.#theirs.has(from) || !this.#invitation(from)) return link.close();
    this.#theirs.set(from, link);
    if (earlyPlan) early?.lead(link, this.#host, plan.tracks, (answer) => this.#say(from, answer));
    link.receive(signal);
    this.#tell();
  }

  /** `null`: nothing of us leaves before Accept. */
  async #early(): Promise<typeof import('./early-link.js') | null> {
    const {options, relay} = this.#host;
    const mayLeave = relay.preconnects || options().preconnect !== 'warm';
    return mayLeave ? loadChunk(() => import('./early-link.js')).catch(() => null) : null;
  }

  /** One of those whom we ask has agreed to be connected while it rings. */
  async #connect({link, tracks}: Ours, signal: RemoteSignal): Promise<void> {
    const {connect} = await loadChunk(() => import('./early-link.js'));
    if (link && this.#ours?.link === link) await connect(link, signal, this.#host, tracks);
  }

  /** What does not get through is made anew after Accept. */
  #say(to: string, signal: PeerSignal): void {
    this.#host.relay.request('signal', {to, ...signal}).catch(() => undefined);
  }

  /** This knock or call is about to be accepted: what is to be said with that. */
  takeAnswer(invitationId: string): Answered | undefined {
    const link = this.#theirs.get(invitationId);
    const invitation = this.#invitation(invitationId);
    // Nothing is answered for a link that the call will have no use for.
    if (!invitation || link?.carries !== this.#planFor(invitation).options.media) return undefined;
    const answered = link.takeAnswer();
    if (answered) {
      this.#accepting.set(invitationId, invitation.kind);
      link.early?.accept();
    }
    return answered;
  }

  /** It is answered, and whoever was to come has. */
  settle(invitationId: string): void {
    this.#accepting.delete(invitationId);
    // Still here: the relay has not let anybody in.
    this.#theirs.get(invitationId)?.early?.takeBack();
    this.#tidy();
  }

  /** Moves the link that was prepared for whoever has come into the mesh. Returns whether there is one. */
  adopt(mesh: PeerMesh, peerId: string, {invitationId, signal: answered}: Arrival): boolean {
    if (answered) {
      const link = this.#ours?.link;
      if (link?.linkId !== answered.linkId) return false;
      // It has failed, or leads to another tab or member than the one who has accepted.
      if (link.isUseless || link.early?.isBy(answered) === false) {
        this.#dropOurs();
        return false;
      }
      this.#ours = null;
      // A browser that is given it may look for a path while the page does the rest.
      link.answered(answered);
      mesh.adopt(peerId, link);
      return true;
    }
    // Whoever has accepted a call finds its caller there. One call is accepted at a time (`SeatQueue`).
    const call = [...this.#accepting].find(([, kind]) => kind === 'call');
    const id = invitationId ?? call?.[0] ?? '';
    const link = this.#theirs.get(id);
    if (!link || link.isUseless || !this.#accepting.has(id)) return false;
    this.#theirs.delete(id);
    mesh.adopt(peerId, link);
    return true;
  }

  /** Whoever knocks comes into the present call; whoever calls, into a new one. */
  #planFor({kind}: Invitation): Omit<LinkPlan, 'ice'> & {ice: IceConfiguration | undefined} {
    const {options, attempt} = this.#host;
    const present = attempt();
    const isKnock = kind === 'knock' && present !== undefined;
    return {
      options: isKnock ? {...options(), media: present.carries} : options(),
      tracks: () => (isKnock && present.media.tracks) || {microphone: null, camera: null},
      ice: isKnock ? present.mesh?.ice : undefined,
    };
  }

  async #ice(): Promise<IceConfiguration> {
    try {
      return (await this.#host.relay.request('ice-configuration', {})).ice;
    } catch {
      return {iceServers: [], expiresInMs: null};
    }
  }

  #invitation(id: string): Invitation | undefined {
    return this.#host.state().incoming.find((invitation) => invitation.id === id);
  }

  /** What nobody asks any more is gone; the rest sends what is on. */
  #tidy(): void {
    this.#theirs.forEach((link, id) => {
      if (!this.#accepting.has(id) && !this.#invitation(id)) this.#drop(id);
      else void link.sendTracks();
    });
    if (outgoingOf(this.#host.state())?.id !== this.#ours?.invitationId) this.#dropOurs();
    void this.#ours?.link?.sendTracks();
  }

  #dropOurs(): void {
    clearTimeout(this.#ours?.timer);
    this.#ours?.link?.close();
    this.#ours = null;
  }

  #drop(id: string): void {
    this.#theirs.get(id)?.close();
    this.#theirs.delete(id);
  }
}
