/**
 * The element's one link to a call: owns the `CallSession`, fetches the engine when somebody means
 * to use it, and passes the session's events on to the page. It keeps no state of a call beside
 * the session's, and knows nothing of what is drawn.
 */
import type {ReactiveController} from 'lit';
import {CallError} from './call/call-error.js';
import type {CallEventDetails} from './call/call-events.js';
import {IDLE_STATE, isActive, type CallState} from './call/call-state.js';
import type {
  CallControllerConfig,
  CallHost,
  CallScreens,
  Engine,
  Session,
  SessionOptions,
} from './call-surface.js';
import {ELEMENT_EVENTS, fire, type ElementEventName} from './events.js';

interface Attempt {
  readonly room?: string | undefined;
  /** Nobody waits for it. */
  readonly isQuiet?: boolean;
  done?: Promise<void>;
}

export class CallController implements ReactiveController {
  readonly #host: CallHost;
  readonly #config: CallControllerConfig;
  readonly #unprompted = new Set<string>();
  /** What lets everybody in by itself may not have been able to. */
  #hasFailed = false;
  #engine: Promise<Engine> | null = null;
  #session: Session | null = null;
  #screens: CallScreens | null = null;
  /** The join or call that is waiting for the engine. */
  #attempt: Attempt | null = null;
  /** Where things stand without a session: at rest, or failed because there could be none. */
  #restState: CallState = IDLE_STATE;
  #intent: AbortController | null = null;
  /** The call of the page before is being gone back into. */
  isResuming = false;
  /** The host has been out of the document for longer than a move takes. */
  #isRemoved = false;

  constructor(host: CallHost, config: CallControllerConfig) {
    this.#host = host;
    this.#config = config;
    host.addController(this);
  }

  get state(): CallState {
    return this.#session?.state ?? this.#restState;
  }

  get session(): Session | null {
    return this.#session;
  }

  get screens(): CallScreens | null {
    return this.#screens;
  }

  /** Somebody wants to join and the engine is still on its way. */
  get isLoading(): boolean {
    return this.isResuming || (this.#attempt !== null && !this.#attempt.isQuiet);
  }

  hostConnected(): void {
    // What a removal ended is nobody's news any more, even if the good-bye is still on its way.
    if (this.#isRemoved && !isActive(this.state)) this.reset();
    this.#isRemoved = false;
    this.#mirrorStatus();
    const {signal} = (this.#intent = new AbortController());
    const warmUp = (): void => void this.#warmUp().catch(() => undefined);
    for (const intent of ['pointerenter', 'focusin']) {
      this.#host.addEventListener(intent, warmUp, {signal, passive: true});
    }
  }

  hostDisconnected(): void {
    this.#intent?.abort();
    // Moving an element disconnects and connects it again: only one that is still out of the
    // document a task later has really been removed.
    setTimeout(() => void this.#endIfRemoved());
  }

  hostUpdated(): void {
    this.#screens?.updated();
  }

  /**
   * Called again for the same room while the engine loads, it is the same join. Rejects with
   * `aborted` if `leave()` or a join for another room comes meanwhile.
   */
  async join(room?: string): Promise<void> {
    const loading = this.#attempt;
    if (loading?.done && loading.room === room) return loading.done;
    const attempt = this.#begin({room});
    return (attempt.done = this.#ready(attempt).then((session) => session.join(room)));
  }

  /** Resolves with whether there was a call to go back into. */
  async resume(): Promise<boolean> {
    this.isResuming = true;
    try {
      return await (await this.#ready(this.#begin({}))).resume();
    } finally {
      this.isResuming = false;
      this.#host.requestUpdate();
    }
  }

  /** Rejects with `aborted` if `leave()` or another call or join comes while the engine loads. */
  async call(personId: string): Promise<void> {
    const session = await this.#ready(this.#begin({}));
    await session.call(personId);
  }

  /** Makes the session with nobody having asked for a call: it connects by itself if it has somewhere to be listed. */
  open(): void {
    if (this.#session || this.#attempt) return;
    void this.run(() => this.#ready(this.#begin({isQuiet: true})));
  }

  async leave(): Promise<void> {
    this.#attempt = null;
    this.#host.requestUpdate();
    await this.#session?.leave();
  }

  /** The session, made if there is none yet. A join that is under way goes first. */
  async prepare(): Promise<Session> {
    if (!this.#session && this.#attempt) await this.#load();
    return this.#session ?? this.#ready(this.#begin({isQuiet: true}));
  }

  /** The session, for methods that mean nothing without one. */
  require(): Session {
    if (!this.#session)
      throw new CallError('not-in-room', 'There is no call: join() a room first.');
    // What the page has just set goes for what it asks now.
    this.configure();
    return this.#session;
  }

  /** Also without a session. */
  async selectDevice(kind: MediaDeviceKind, deviceId: string): Promise<void> {
    const engine = await this.#load();
    await (this.#session ?? engine).selectDevice(kind, deviceId);
  }

  configure(): void {
    this.#session?.configure(this.#config.options());
  }

  /** Back to rest, or to a failure that no session had; a call that is going on ends without ceremony. */
  reset(next: CallState = IDLE_STATE): void {
    this.#attempt = null;
    this.#screens?.dispose();
    this.#screens = null;
    this.#session?.dispose();
    const previous = this.state.status;
    this.#session = null;
    this.#unprompted.clear();
    this.#hasFailed = false;
    this.#restState = next;
    this.#mirrorStatus();
    this.#host.requestUpdate();
    if (previous !== next.status) {
      fire(this.#host, 'status-changed', {status: next.status, previous});
    }
  }

  async run(action: () => Promise<unknown>): Promise<void> {
    try {
      await action();
    } catch (thrown) {
      const error = CallError.from(thrown);
      // A person who cancels knows that they did.
      if (error.code !== 'aborted') this.report(error);
    }
  }

  report(error: CallError): void {
    this.#hasFailed = true;
    fire(this.#host, 'call-error', {error});
    if (!error.fatal && this.state.status !== 'failed') void this.#show(error);
  }

  async #show(error: CallError): Promise<void> {
    const screens = this.#screens;
    await this.#config.outcomeTexts();
    if (this.#screens === screens) screens?.showError(error);
  }

  async #endIfRemoved(): Promise<void> {
    if (this.#host.isConnected) return;
    this.#isRemoved = true;
    // The others are told that this side left; a relay out of reach must not keep the camera on.
    await this.leave().catch(() => undefined);
    if (this.#isRemoved) this.reset();
  }

  /** Somebody may be about to join: what takes its time is fetched and opened meanwhile, and says nothing if it fails. */
  async #warmUp(): Promise<void> {
    await this.#load();
    if (this.#host.isConnected && this.#config.options().relayUrl) (await this.prepare()).warmUp();
  }

  #load(): Promise<Engine> {
    this.#engine ??= this.#config.loadEngine().then(
      (engine) => {
        this.#config.onEngine(engine);
        return engine;
      },
      (cause: unknown) => {
        // The next try loads again.
        this.#engine = null;
        throw new CallError('relay-unreachable', 'The call engine could not be loaded.', {
          fatal: true,
          cause,
        });
      },
    );
    return this.#engine;
  }

  #begin(attempt: Attempt): Attempt {
    this.#host.requestUpdate();
    return (this.#attempt = attempt);
  }

  async #ready(attempt: Attempt): Promise<Session> {
    try {
      const engine = await this.#load();
      if (this.#attempt !== attempt) throw CallError.aborted();
      const options = this.#config.options();
      if (!options.relayUrl) {
        throw new CallError('bad-request', 'The relay-url is no http(s) address.', {fatal: true});
      }
      const session = (this.#session ??= this.#open(engine, options));
      session.configure(options);
      return session;
    } catch (thrown) {
      const error = CallError.from(thrown);
      // It does not end the call one is in.
      if (this.#attempt === attempt && !isActive(this.state)) {
        this.reset({...IDLE_STATE, status: 'failed', room: attempt.room ?? null, error});
      }
      throw error;
    } finally {
      if (this.#attempt === attempt) this.#attempt = null;
      this.#host.requestUpdate();
    }
  }

  #open(engine: Engine, options: SessionOptions): Session {
    const session = new engine.CallSession(options);
    for (const type of ELEMENT_EVENTS) {
      session.addEventListener(type, (event) => {
        if (this.#session === session) this.#pass(type, event.detail);
      });
    }
    session.addEventListener('state-changed', () => {
      this.#host.requestUpdate();
    });
    this.#screens = new engine.CallUi({
      host: this.#host,
      session,
      page: this.#config.context,
      isPrompted: (id) => !this.#unprompted.has(id) && (this.#hasFailed || !this.#host.autoAccept),
      run: (action) => this.run(action),
      onChunk: this.#config.onChunk,
      report: (error) => {
        this.report(error);
      },
    });
    this.#restState = IDLE_STATE;
    return session;
  }

  #pass<Name extends ElementEventName>(type: Name, detail: CallEventDetails[Name]): void {
    if (type === 'status-changed') this.#mirrorStatus();
    if (type === 'call-error') {
      this.report((detail as CallEventDetails['call-error']).error);
      return;
    }
    const isCancelled = !fire(this.#host, type, detail);
    if (type === 'call-request' && isCancelled) {
      this.#unprompted.add((detail as CallEventDetails['call-request']).id);
    }
  }

  #mirrorStatus(): void {
    this.#host.setAttribute('data-status', this.state.status);
  }
}
