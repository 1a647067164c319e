/**
 * One session's way to its relay, shared by everything in the session that needs it: opened by the
 * first user, kept until the last has let go. Whoever uses it hears what the relay says as events
 * of this object, which outlives the connections. It knows who this tab is to the relay, and
 * nothing of what is said.
 */
import type {Reply, Request, RequestName} from '../../protocol/messages.js';
import {CallError, RELAY_AWAY} from './call-error.js';
import type {CallOptions} from './call-options.js';
import type {SignalingState} from './call-state.js';
import {claimIdentity, type Identity} from './identity.js';
import {reconnectDelayMs} from './reconnect-policy.js';
import {resumable} from './remembered-call.js';
import type {CreateSignaling, Signaling, SignalingEventDetails} from './signaling.js';
import {TypedEventTarget, type TypedListener} from './typed-event-target.js';

/** Somebody who wants something now is not kept waiting longer for a relay that is away. */
const PATIENCE_MS = 15_000;

/** So long it is kept open for somebody who has shown that they may need it. */
const EXPECTED_MS = 30_000;

export class RelayConnection extends TypedEventTarget<SignalingEventDetails> {
  readonly #options: () => CallOptions;
  readonly #createSignaling: CreateSignaling;
  /** Each with whether it waits for a relay that is away. */
  readonly #users = new Map<object, boolean>();
  readonly #forwarded = new Set<keyof SignalingEventDetails>();
  /** As whom the relay was last told to show us. */
  shown: {readonly displayName: string; readonly metadata: unknown} | undefined;
  #relayUrl = '';
  #identity: Promise<Identity> | undefined;
  /** Our access token says that links may be connected while it rings. */
  preconnects: boolean | undefined;
  /** Who this tab is to the relay, once that is known. */
  identity: Identity | undefined;
  #signaling: Signaling | undefined;
  #opening: Promise<void> | undefined;
  #retry: ReturnType<typeof setTimeout> | undefined;
  #failures = 0;
  #state: SignalingState = 'closed';
  /** Of a connection that is only expected to be used. */
  #expectedAs: string | undefined;
  #expiry: ReturnType<typeof setTimeout> | undefined;

  /** @param options As they are at each connection: a renewed token is used by the next one. */
  constructor(options: () => CallOptions, createSignaling: CreateSignaling) {
    super();
    this.#options = options;
    this.#createSignaling = createSignaling;
  }

  get state(): SignalingState {
    return this.#state;
  }

  /** Open, and with what the options say now. */
  get isReady(): boolean {
    return this.#state === 'open' && this.isCurrent;
  }

  /** It is, or was, to the relay of which the options speak, as who we are now. */
  get isCurrent(): boolean {
    return this.#identity !== undefined && this.#options().relayUrl === this.#relayUrl;
  }

  /**
   * From now on `user` needs the connection. It is not opened by that.
   * @param isPatient A relay that cannot be reached is tried again for as long as it takes.
   */
  hold(user: object, {isPatient = false} = {}): void {
    this.#users.set(user, isPatient);
    const wasExpected = user !== this && this.#users.delete(this);
    // It was opened as somebody else than who needs it now.
    if (wasExpected && this.#options().token !== this.#expectedAs) this.#close();
  }

  /** Nobody needs it yet. */
  get isExpected(): boolean {
    return this.#users.has(this);
  }

  /** Somebody may soon need it: it is its own user, until there is another or it has waited long enough. */
  expect(): void {
    if (this.#users.size > Number(this.isExpected)) return;
    const {token} = this.#options();
    if (token !== this.#expectedAs) this.#close();
    this.#expectedAs = token;
    this.hold(this);
    // Before there is a timer: it may close what there was.
    this.open().catch(() => undefined);
    clearTimeout(this.#expiry);
    this.#expiry = setTimeout(() => this.release(this), EXPECTED_MS);
  }

  /** `user` does not need it any more; what was requested is still delivered. */
  release(user: object): void {
    if (this.#users.delete(user) && this.#users.size === 0) this.#close();
  }

  /**
   * Resolves when the relay has said `welcome`, at once if it has already. Rejects with its refusal,
   * with `relay-unreachable` or `relay-timeout`, or with `aborted` if nobody needs it any more.
   */
  open(): Promise<void> {
    if (!this.isCurrent) {
      // Another relay must not even see the token of this one.
      this.forgetIdentity();
      this.#close();
    }
    if (this.#state === 'open') return Promise.resolve();
    if (this.#opening !== undefined) return this.#opening;
    return this.#state === 'reconnecting' ? this.#nextWelcome() : this.#begin();
  }

  /** As `Signaling.request()`. */
  async request<Name extends RequestName>(
    name: Name,
    payload: Request<Name>,
  ): Promise<Reply<Name>> {
    if (this.#signaling === undefined || this.#state !== 'open') {
      throw new CallError('relay-unreachable', `No connection to the relay for "${name}".`);
    }
    return this.#signaling.request(name, payload);
  }

  /** As `Signaling.redial()`. */
  redial(): void {
    this.#signaling?.redial();
  }

  /** The next connection is somebody else's, or another element's of this tab. */
  forgetIdentity(): void {
    void this.#identity?.then((identity) => identity.release());
    this.#identity = this.identity = undefined;
  }

  /** Settles when it is known who this tab is to the relay of which the options speak. */
  async claim(): Promise<Identity> {
    const options = this.#options();
    if (!this.isCurrent) this.forgetIdentity();
    this.#relayUrl = options.relayUrl;
    // Another session that was disposed of just before has let go of its identity a moment later.
    const claiming = (this.#identity ??= Promise.resolve().then(() =>
      claimIdentity(options.relayUrl, (kept) => resumable(kept, options)),
    ));
    const identity = await claiming;
    if (this.#identity !== claiming) throw CallError.aborted();
    return (this.identity = identity);
  }

  override addEventListener<Name extends keyof SignalingEventDetails>(
    type: Name,
    listener: TypedListener<SignalingEventDetails[Name]> | null,
    options?: boolean | AddEventListenerOptions,
  ): void {
    super.addEventListener(type, listener, options);
    if (type === 'state-changed' || this.#forwarded.has(type)) return;
    this.#forwarded.add(type);
    if (this.#signaling !== undefined) this.#forward(type, this.#signaling);
  }

  #begin(): Promise<void> {
    const opening: Promise<void> = this.#dial().then(
      () => {
        if (this.#opening !== opening) return;
        this.#failures = 0;
        this.#opening = undefined;
      },
      (thrown: unknown) => {
        if (this.#opening === opening) this.#failed(CallError.from(thrown));
        throw thrown;
      },
    );
    this.#opening = opening;
    return opening;
  }

  /** Tries again after a while, if that may help and somebody waits for it. */
  #failed({code}: CallError): void {
    this.#opening = undefined;
    if (!RELAY_AWAY.includes(code) || ![...this.#users.values()].includes(true))
      return this.#close();
    this.#become('reconnecting');
    const delayMs = reconnectDelayMs(this.#failures++, Math.random());
    this.#retry = setTimeout(() => {
      this.#begin().catch((thrown: unknown) => {
        const error = CallError.from(thrown);
        // The first failure has been told; a refusal is news.
        if (this.#state === 'closed' && error.code !== 'aborted') this.emit('refused', error);
      });
    }, delayMs);
  }

  async #dial(): Promise<void> {
    const identity = await this.claim();
    if (this.#users.size === 0) throw CallError.aborted();
    const signaling = this.#createSignaling(this.#relayUrl, () => {
      const {token, displayName, metadata} = this.#options();
      this.shown = {displayName, metadata};
      return {resumeToken: identity.kept.token, token, displayName, metadata};
    });
    this.#follow(signaling, identity);
    await signaling.open();
  }

  #follow(signaling: Signaling, identity: Identity): void {
    this.#signaling = signaling;
    signaling.addEventListener('state-changed', ({detail}) => {
      // A first connection that fails is for the one who opens it to judge.
      const isJudged = detail === 'closed' && this.#opening !== undefined;
      if (this.#signaling === signaling && !isJudged) this.#become(detail);
    });
    signaling.addEventListener('welcome', ({detail}) => {
      identity.keep({token: detail.resumeToken});
      this.preconnects = detail.preconnect;
    });
    for (const name of this.#forwarded) this.#forward(name, signaling);
    signaling.addEventListener('ended', ({detail}) => {
      if (this.#signaling !== signaling) return;
      // Somebody else has become who we were.
      if (detail.reason === 'replaced') this.forgetIdentity();
      this.#close();
    });
  }

  #forward(name: keyof SignalingEventDetails, signaling: Signaling): void {
    signaling.addEventListener(name, ({detail}) => {
      if (this.#signaling === signaling) this.emit(name, detail);
    });
  }

  /** The connection was lost, and is being looked for already. */
  #nextWelcome(): Promise<void> {
    return new Promise((resolve, reject) => {
      const done = new AbortController();
      const finish = (error?: CallError): void => {
        clearTimeout(timer);
        done.abort();
        if (error === undefined) resolve();
        else reject(error);
      };
      const timer = setTimeout(() => {
        finish(new CallError('relay-unreachable', 'The relay is away.'));
      }, PATIENCE_MS);
      const {signal} = done;
      this.addEventListener('welcome', () => finish(), {signal});
      this.addEventListener('refused', ({detail}) => finish(detail), {signal});
      // A refusal is told right after the connection has become closed by it.
      this.addEventListener(
        'state-changed',
        ({detail}) => {
          if (detail === 'closed') queueMicrotask(() => finish(CallError.aborted()));
        },
        {signal},
      );
    });
  }

  #close(): void {
    const signaling = this.#signaling;
    this.#signaling = this.#opening = undefined;
    clearTimeout(this.#retry);
    clearTimeout(this.#expiry);
    signaling?.close();
    this.#become('closed');
  }

  #become(state: SignalingState): void {
    if (this.#state === state) return;
    this.#state = state;
    this.emit('state-changed', state);
  }
}
