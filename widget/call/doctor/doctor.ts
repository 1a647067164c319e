/**
 * Knows what has happened to a session and says what is wrong with it, and why. A chunk of its own,
 * fetched when something fails, some seconds into a call, or when somebody asks. It changes nothing:
 * what it finds is for people (`strings/doctor-texts.ts`) and for reports.
 */
import type {IceConfiguration} from '../../../protocol/shapes.js';
import type {CallError} from '../call-error.js';
import type {CallEventDetails} from '../call-events.js';
import type {CallOptions} from '../call-options.js';
import {isActive, peersOf, type CallState} from '../call-state.js';
import type {PresentCall} from '../present-call.js';
import type {RelayConnection} from '../relay-connection.js';
import {relayAnswers} from '../relay-answers.js';
import type {TypedEventTarget} from '../typed-event-target.js';
import type {Cause} from './causes.js';
import {Check, type CheckOptions, type CheckResult} from './check.js';
import {diagnose} from './diagnose.js';
import type {Evidence} from './evidence.js';
import {Journal, type Happening, type JournalEntry} from './journal.js';
import {LinkWatch} from './link-watch.js';

export interface DoctorHost {
  /** What the session tells. */
  readonly events: TypedEventTarget<CallEventDetails>;
  state(): CallState;
  options(): CallOptions;
  readonly relay: RelayConnection;
  readonly call: PresentCall;
}

/** No address, no id, no name and no description is in it: it can be sent on as it is. */
export interface CallReport extends Evidence {
  /** Of this shape. */
  readonly version: 1;
  /** When it was made, ISO 8601. */
  readonly at: string;
  readonly userAgent: string;
  readonly isSecureContext: boolean;
  readonly microphoneEnabled: boolean;
  readonly cameraEnabled: boolean;
  readonly screenSharing: boolean;
  /** What is wrong, the most serious first; empty: nothing that can be seen from here. */
  readonly causes: readonly Cause[];
  /** What has happened, oldest first; the last two hundred things. */
  readonly journal: readonly JournalEntry[];
}

/** A server that is asked by a web request has this long to answer. */
const WEB_REQUEST_MS = 5_000;

/** No failures any more once there is a connection. */
const HEALED_BY_A_LINK = ['ice-failed', 'negotiation-failed'];

export class Doctor {
  readonly #host: DoctorHost;
  readonly #journal = new Journal();
  readonly #links: LinkWatch;
  #state: CallState;
  #error: Evidence['error'] = null;
  #relayAnswers: boolean | null = null;
  #isOnline = true;

  /** @param told What was told before there was a doctor. */
  constructor(host: DoctorHost, told: readonly CallError[] = []) {
    this.#host = host;
    const state = (this.#state = host.state());
    this.#links = new LinkWatch(() => host.call.attempt?.mesh ?? null);
    this.#note({event: 'status', status: state.status});
    for (const {peerId, connectionState} of peersOf(state)) {
      this.#note({event: 'link', peer: this.#links.numberOf(peerId), state: connectionState});
    }
    if (state.status === 'failed') this.#onError(state.error);
    for (const error of told) this.#onError(error);
    this.#links.follow(state);
    host.events.addEventListener('call-error', ({detail}) => this.#onError(detail.error));
    host.events.addEventListener('state-changed', ({detail}) => this.#follow(detail.state));
  }

  /** What is wrong now, the most serious first. Never rejects. */
  async diagnose(): Promise<readonly Cause[]> {
    return diagnose(await this.#evidence());
  }

  async report(): Promise<CallReport> {
    const evidence = await this.#evidence();
    const {microphoneEnabled, cameraEnabled, screenSharing} = this.#state.media;
    return {
      version: 1,
      at: new Date().toISOString(),
      userAgent: navigator.userAgent,
      isSecureContext: globalThis.isSecureContext,
      ...evidence,
      ...{microphoneEnabled, cameraEnabled, screenSharing},
      causes: diagnose(evidence),
      journal: this.#journal.entries,
    };
  }

  /** Tries everything that a call needs. Rejects with `aborted` and nothing else. */
  check(options?: CheckOptions): Promise<CheckResult> {
    const {microphoneEnabled, cameraEnabled} = this.#state.media;
    const {media, iceServers} = this.#host.options();
    const host = {
      ...{media, iceServers},
      inUse: {microphone: microphoneEnabled, camera: cameraEnabled},
      askRelay: () => this.#askRelay(),
      relayAnswers: () => this.#askByWeb(),
    };
    return new Check(host, options).run();
  }

  async #evidence(): Promise<Evidence> {
    await this.#links.look();
    const isRelayAway = this.#state.signaling === 'reconnecting';
    if (isRelayAway || this.#error?.code === 'relay-unreachable') await this.#askByWeb();
    const {status, signaling, media} = this.#state;
    return {
      isOnline: navigator.onLine,
      status,
      signaling,
      carries: this.#host.call.attempt?.carries ?? null,
      error: this.#error,
      microphoneProblem: media.microphoneProblem?.code ?? null,
      cameraProblem: media.cameraProblem?.code ?? null,
      relayAnswers: this.#relayAnswers,
      links: this.#links.evidence,
    };
  }

  /** Connects if need be, and asks for the ICE servers. */
  async #askRelay(): Promise<IceConfiguration> {
    const {relay} = this.#host;
    const user = {};
    relay.hold(user);
    try {
      await relay.open();
      return (await relay.request('ice-configuration', {})).ice;
    } finally {
      relay.release(user);
    }
  }

  async #askByWeb(): Promise<boolean> {
    const {relayUrl} = this.#host.options();
    return (this.#relayAnswers = await relayAnswers(relayUrl, WEB_REQUEST_MS));
  }

  #onError({code, fatal}: CallError): void {
    this.#error = {code, fatal};
    this.#note({event: 'error', code, fatal});
  }

  #follow(next: CallState): void {
    const before = this.#state;
    this.#state = next;
    // A new call begins with nothing wrong, be it joined, made or accepted.
    if (isActive(next) && !isActive(before)) this.#error = null;
    if (next.status !== before.status) this.#onStatus(next);
    if (next.signaling !== before.signaling) {
      this.#note({event: 'signaling', signaling: next.signaling});
      if (next.signaling === 'open') this.#relayAnswers = null;
    }
    this.#followDevices(before, next);
    this.#followPeers(before, next);
    this.#links.follow(next);
  }

  #onStatus(next: CallState): void {
    const {status} = next;
    this.#note(
      next.status === 'left'
        ? {event: 'status', status, reason: next.reason}
        : {event: 'status', status},
    );
    if (next.status === 'failed') this.#onError(next.error);
  }

  #followDevices({media: before}: CallState, {media: after}: CallState): void {
    for (const device of ['microphone', 'camera'] as const) {
      const isOn = after[`${device}Enabled`];
      const problem = after[`${device}Problem`]?.code ?? null;
      const isSame =
        isOn === before[`${device}Enabled`] &&
        problem === (before[`${device}Problem`]?.code ?? null);
      if (!isSame) this.#note({event: 'device', device, isOn, problem});
    }
    const problems = [after.microphoneProblem, after.cameraProblem];
    const isTold = problems.some((problem) => problem?.code === this.#error?.code);
    // A device that has come is no failure any more.
    if (this.#error?.code.startsWith('media-') && !this.#error.fatal && !isTold) this.#error = null;
    if (after.screenSharing !== before.screenSharing) {
      this.#note({event: 'device', device: 'screen', isOn: after.screenSharing, problem: null});
    }
  }

  #followPeers(before: CallState, next: CallState): void {
    const known = new Map(peersOf(before).map((peer) => [peer.peerId, peer]));
    for (const {peerId, connectionState, present} of peersOf(next)) {
      const peer = this.#links.numberOf(peerId);
      const last = known.get(peerId);
      known.delete(peerId);
      if (last?.connectionState !== connectionState) {
        this.#note({event: 'link', peer, state: connectionState});
      }
      if (last !== undefined && last.present !== present) {
        this.#note({event: 'present', peer, present});
      }
      // A path that was found again is no failure any more.
      const isHealed = this.#error?.fatal === false && connectionState === 'connected';
      if (isHealed && HEALED_BY_A_LINK.includes(this.#error!.code)) this.#error = null;
    }
    for (const peerId of known.keys()) {
      this.#note({event: 'gone', peer: this.#links.numberOf(peerId)});
    }
  }

  /** That there is a network is looked at whenever something happens: a listener would outlive the session. */
  #note(happening: Happening): void {
    const isOnline = navigator.onLine;
    if (isOnline !== this.#isOnline) this.#journal.note({event: 'network', isOnline});
    this.#isOnline = isOnline;
    this.#journal.note(happening);
  }
}
