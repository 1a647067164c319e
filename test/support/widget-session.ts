/**
 * A `CallSession` without a relay or a network for the element's tests: it is moved on by the very
 * reducer of the call core, so that states and events are the real ones. Knows no DOM of ours.
 */
import type {PersonEntry} from '../../protocol/shapes.js';
import {CallError} from '../../widget/call/call-error.js';
import {eventsOf} from '../../widget/call/call-events.js';
import type {CallOptions} from '../../widget/call/call-options.js';
import {reduce, type CallAction} from '../../widget/call/call-reducer.js';
import {
  IDLE_STATE,
  isActive,
  type CallState,
  type Invitation,
  type PeerState,
} from '../../widget/call/call-state.js';
import type {DeviceChange} from '../../widget/call/device-change.js';
import type {CheckOptions, CheckResult} from '../../widget/call/doctor/check.js';
import type {CallReport} from '../../widget/call/doctor/doctor.js';
import {mergePeople, type PeopleNews} from '../../widget/call/people-list.js';
import type {SendFileOptions} from '../../widget/call/talk-state.js';
import {FakeTalk} from './fake-talk.js';

export class FakeSession extends FakeTalk {
  /** Every session made since the last `FakeSession.sessions.length = 0`. */
  static readonly sessions: FakeSession[] = [];

  static get last(): FakeSession {
    const session = FakeSession.sessions.at(-1);
    if (!session) throw new Error('no session was made');
    return session;
  }

  state: CallState = IDLE_STATE;
  options: Partial<CallOptions>;
  carries: CallOptions['media'] | null = null;
  isDisposed = false;
  /** How often somebody seemed to be about to join. */
  warmUps = 0;
  /** What the next call of a method rejects with. */
  nextError: CallError | null = null;

  constructor(options: Partial<CallOptions>) {
    super();
    this.options = options;
    FakeSession.sessions.push(this);
    this.#follow(options);
  }

  dispatch(action: CallAction): void {
    const previous = this.state;
    this.state = reduce(previous, action);
    if (!isActive(this.state)) this.carries = null;
    else this.carries ??= this.options.media ?? 'video';
    for (const {type, detail} of eventsOf(previous, this.state, action)) this.emit(type, detail);
  }

  async sendChat(text: string): Promise<void> {
    await this.#record('sendChat', text);
    this.write(null, text);
  }

  async sendFile(file: File | Blob, options?: SendFileOptions): Promise<void> {
    await this.#record('sendFile', file, options);
  }

  warmUp(): void {
    this.warmUps++;
  }

  configure(options: Partial<CallOptions>): void {
    this.options = {...this.options, ...options};
    this.#follow(options);
  }

  /** As the relay lists people: a snapshot of those who are there. */
  list(people: readonly PersonEntry[], isSnapshot = true): void {
    this.#news({isSnapshot, people, gone: []});
  }

  gone(...ids: string[]): void {
    this.#news({isSnapshot: false, people: [], gone: ids});
  }

  #news(news: PeopleNews): void {
    const {directory, people} = this.state;
    const next = mergePeople(people, news);
    this.dispatch({type: 'people-changed', directory: directory ?? '', people: next});
  }

  /** What there is to go back into, as the real one finds it in the tab. */
  static remembered: {room: string} | null = null;

  async resume(): Promise<boolean> {
    await this.#record('resume');
    const call = FakeSession.remembered;
    if (call === null || isActive(this.state)) return false;
    this.dispatch({type: 'join-started', room: call.room, asksForMedia: false});
    return true;
  }

  async join(room?: string): Promise<void> {
    await this.#record('join', room);
    if (room === undefined) {
      const error = new CallError('room-required', 'no room', {fatal: true});
      this.dispatch({type: 'failed', room: null, error});
      throw error;
    }
    this.dispatch({type: 'join-started', room, asksForMedia: true});
  }

  async leave(): Promise<void> {
    await this.#record('leave');
    if (isActive(this.state)) this.dispatch({type: 'ended', reason: 'left'});
  }

  /** Gets no further than asking for the devices: the relay's answer is a test's to give. */
  async call(personId: string): Promise<void> {
    await this.#record('call', personId);
    const person = this.state.people.find((each) => each.personId === personId);
    if (!person) throw new CallError('person-not-found');
    const {displayName} = person;
    this.dispatch({
      type: 'join-started',
      room: '',
      asksForMedia: true,
      person: {personId, displayName, metadata: null},
    });
  }

  async accept(id?: string): Promise<void> {
    await this.#record('accept', id);
    const invitation = this.state.incoming.find((each) => each.id === id) ?? this.state.incoming[0];
    if (invitation) this.dispatch({type: 'invitation-accepted', id: invitation.id});
  }

  async decline(id?: string): Promise<void> {
    await this.#record('decline', id);
    const invitation = this.state.incoming.find((each) => each.id === id) ?? this.state.incoming[0];
    if (invitation) {
      this.dispatch({type: 'invitation-ended', id: invitation.id, reason: 'declined'});
    }
  }

  async toggleMicrophone(force = !this.state.media.microphoneEnabled): Promise<boolean> {
    await this.#record('toggleMicrophone', force);
    this.dispatch({type: 'media-changed', media: {microphoneEnabled: force}});
    return force;
  }

  async toggleCamera(force = !this.state.media.cameraEnabled): Promise<boolean> {
    await this.#record('toggleCamera', force);
    this.dispatch({type: 'media-changed', media: {cameraEnabled: force}});
    return force;
  }

  async toggleScreenShare(force = !this.state.media.screenSharing): Promise<boolean> {
    await this.#record('toggleScreenShare', force);
    this.dispatch({type: 'media-changed', media: {screenSharing: force}});
    return force;
  }

  async selectDevice(kind: MediaDeviceKind, deviceId: string): Promise<void> {
    await this.#record('selectDevice', kind, deviceId);
  }

  async send(data: unknown, options?: {to?: string}): Promise<void> {
    await this.#record('send', data, options);
  }

  /** What `getReport()` resolves with; nothing is wrong. */
  report = {causes: []} as unknown as CallReport;
  /** What `check()` tells and resolves with; `null`: it goes on and on. */
  static checked: CheckResult | null = {ok: true, steps: []};

  async getReport(): Promise<CallReport> {
    await this.#record('getReport');
    return this.report;
  }

  /** Of the last check: whether it was given up, and how it is told that a step was taken. */
  checking: CheckOptions = {};

  async check(options: CheckOptions = {}): Promise<CheckResult> {
    const {onProgress} = (this.checking = options);
    await this.#record('check');
    const {checked} = FakeSession;
    // One that does not end finds nothing.
    if (checked) onProgress?.(checked.steps);
    return checked ?? new Promise(() => undefined);
  }

  async getStats(): Promise<Map<string, RTCStatsReport>> {
    await this.#record('getStats');
    return new Map();
  }

  dispose(): void {
    this.calls.push(['dispose']);
    this.isDisposed = true;
  }

  #follow({directory}: Partial<CallOptions>): void {
    const next = directory ?? null;
    if (next === this.state.directory) return;
    this.dispatch({type: 'directory-changed', directory: next, reason: 'unreachable'});
  }

  async #record(name: string, ...args: unknown[]): Promise<void> {
    this.calls.push([name, ...args]);
    await Promise.resolve();
    const error = this.nextError;
    this.nextError = null;
    if (error) throw error;
  }
}

export function fakePeer(peerId: string, change: Partial<PeerState> = {}): PeerState {
  return {
    peerId,
    personId: `person-${peerId}`,
    displayName: '',
    metadata: null,
    connectionState: 'connected',
    present: true,
    microphoneEnabled: true,
    cameraEnabled: true,
    screenSharing: false,
    ...{speaking: false, quality: 'good', pictureHeight: null, sentHeight: null, lowData: false},
    ...change,
  };
}

export function fakeKnock(
  id: string,
  displayName = '',
  kind: Invitation['kind'] = 'knock',
): Invitation {
  return {
    id,
    kind,
    from: {personId: `person-${id}`, displayName, metadata: null},
    expiresAt: Date.now() + 60_000,
  };
}

/** A headset was unplugged, and the machine's own microphone stands in for it. */
export const lost: DeviceChange = {
  kind: 'audioinput',
  deviceId: 'built-in',
  label: 'Built-in',
  reason: 'lost',
  former: 'Headset',
};
