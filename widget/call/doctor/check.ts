/**
 * The check before a call: each thing that a call needs, tried by itself, and why it does not work.
 * It joins no room, rings nobody and leaves nothing behind: no device on, no connection open.
 */
import type {IceConfiguration} from '../../../protocol/shapes.js';
import {CallError} from '../call-error.js';
import {capture, captureError} from '../capture.js';
import type {CallMedia} from '../call-options.js';
import {freeze} from '../frozen.js';
import type {CauseCode} from './causes.js';
import {causeOfCode} from './diagnose.js';
import {askServers, serversOf, type ServerKind} from './ice-check.js';

export type CheckName = 'microphone' | 'camera' | 'relay' | ServerKind;

export interface CheckStep {
  readonly name: CheckName;
  /** `not-configured`: there is no such server; `not-needed`: the call does without; `skipped`: what it needs has failed. */
  readonly outcome: 'running' | 'ok' | 'failed' | 'not-configured' | 'not-needed' | 'skipped';
  /** Why it has failed. */
  readonly cause: CauseCode | null;
  /** Milliseconds until the answer; `null` if there was none to wait for. */
  readonly tookMs: number | null;
}

export interface CheckResult {
  /** Nothing stands in the way of a call: one way over the network is enough. */
  readonly ok: boolean;
  /** In the order in which they are shown. */
  readonly steps: readonly CheckStep[];
}

export interface CheckOptions {
  /** What the call is to carry. Default: what the session is set to. */
  readonly media?: CallMedia;
  /** Told at once, and whenever a step has been taken. */
  readonly onProgress?: (steps: readonly CheckStep[]) => void;
  /** Ends it: `check()` rejects with `aborted`. */
  readonly signal?: AbortSignal;
}

/** What a check needs of the session. */
export interface CheckHost {
  readonly media: CallMedia;
  /** The host page's own. */
  readonly iceServers: readonly RTCIceServer[];
  /** These are in use by this session: they work. */
  readonly inUse: {readonly microphone: boolean; readonly camera: boolean};
  /** Connects to the relay if need be, and asks it. Rejects with a `CallError`. */
  askRelay(): Promise<IceConfiguration>;
  /** Whether anything answers a web request there. */
  relayAnswers(): Promise<boolean>;
}

const NAMES: readonly CheckName[] = [
  'microphone',
  'camera',
  'relay',
  'stun',
  'turn-udp',
  'turn-tcp',
  'turn-tls',
];
const SERVERS = ['stun', 'turn-udp', 'turn-tcp', 'turn-tls'] as const;

export class Check {
  readonly #host: CheckHost;
  readonly #media: CallMedia;
  readonly #onProgress: NonNullable<CheckOptions['onProgress']>;
  readonly #signal: AbortSignal;
  readonly #steps = new Map<CheckName, CheckStep>(
    NAMES.map((name) => [name, {name, outcome: 'running', cause: null, tookMs: null}]),
  );

  constructor(host: CheckHost, {media, onProgress, signal}: CheckOptions = {}) {
    this.#host = host;
    this.#media = media ?? host.media;
    this.#onProgress = onProgress ?? (() => undefined);
    this.#signal = signal ?? new AbortController().signal;
  }

  /** Rejects with `aborted` and nothing else. */
  async run(): Promise<CheckResult> {
    this.#tell();
    await Promise.all([this.#devices(), this.#network()]);
    if (this.#signal.aborted) throw CallError.aborted();
    const steps = this.#list();
    const outcomes = new Map(steps.map(({name, outcome}) => [name, outcome]));
    const isMissing = (name: CheckName): boolean => outcomes.get(name) === 'failed';
    const hasWay =
      outcomes.get('stun') === 'not-configured' ||
      SERVERS.some((name) => outcomes.get(name) === 'ok');
    const ok = !isMissing('microphone') && !isMissing('camera') && !isMissing('relay') && hasWay;
    return freeze({ok, steps});
  }

  /** One after the other: two questions at once are one too many. */
  async #devices(): Promise<void> {
    for (const name of ['microphone', 'camera'] as const) {
      const isNeeded = name === 'microphone' ? this.#media !== 'data' : this.#media === 'video';
      if (this.#signal.aborted) return;
      if (!isNeeded) this.#set({name, outcome: 'not-needed', cause: null, tookMs: null});
      else if (this.#host.inUse[name]) this.#set({name, outcome: 'ok', cause: null, tookMs: 0});
      else await this.#device(name);
    }
  }

  async #device(name: 'microphone' | 'camera'): Promise<void> {
    const begunAt = performance.now();
    let cause: CauseCode | null = null;
    try {
      for (const track of await capture([name], this.#signal)) track.stop();
    } catch (thrown) {
      cause = await this.#causeOf(captureError(thrown, name));
    }
    this.#set({
      name,
      outcome: cause === null ? 'ok' : 'failed',
      cause,
      tookMs: Math.round(performance.now() - begunAt),
    });
  }

  async #network(): Promise<void> {
    const begunAt = performance.now();
    let servers: readonly RTCIceServer[];
    try {
      const {iceServers} = await this.#host.askRelay();
      const tookMs = Math.round(performance.now() - begunAt);
      this.#set({name: 'relay', outcome: 'ok', cause: null, tookMs});
      servers = [...(iceServers as RTCIceServer[]), ...this.#host.iceServers];
    } catch (thrown) {
      if (this.#signal.aborted) return;
      const cause = await this.#causeOf(CallError.from(thrown));
      this.#set({name: 'relay', outcome: 'failed', cause, tookMs: null});
      servers = this.#host.iceServers;
      // Nobody has told us of any other.
      if (servers.length === 0) {
        for (const name of SERVERS) {
          this.#set({name, outcome: 'skipped', cause: null, tookMs: null});
        }
        return;
      }
    }
    await Promise.all(SERVERS.map((kind) => this.#servers(kind, servers)));
  }

  async #servers(name: ServerKind, all: readonly RTCIceServer[]): Promise<void> {
    const servers = serversOf(name, all);
    if (servers.length === 0) {
      this.#set({name, outcome: 'not-configured', cause: null, tookMs: null});
      return;
    }
    const {cause, tookMs} = await askServers(name, servers, this.#signal);
    this.#set({name, outcome: cause === null ? 'ok' : 'failed', cause, tookMs});
  }

  async #causeOf({code}: CallError): Promise<CauseCode> {
    const isOnline = navigator.onLine;
    const isAsked = code === 'relay-unreachable' && isOnline;
    const relayAnswers = isAsked ? await this.#host.relayAnswers() : null;
    return causeOfCode(code, {isOnline, relayAnswers, links: []});
  }

  #set(step: CheckStep): void {
    this.#steps.set(step.name, step);
    this.#tell();
  }

  #tell(): void {
    if (!this.#signal.aborted) this.#onProgress(this.#list());
  }

  #list(): readonly CheckStep[] {
    return freeze([...this.#steps.values()]);
  }
}
