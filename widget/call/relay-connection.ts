/**
 * One session's way to its relay, shared by everything in the session that needs it: opened by the
 * first user, kept until the last has let go. Whoever uses it hears what the relay says as events
 * of this object, which outlives the connections. It knows who this tab is to the relay, and
 * nothing of what is said.
 */
import type {Reply, Request, RequestName} from '../../protocol/messages.js';
import {CallError} from './call-error.js';
import type {CallOptions} from './call-options.js';
import type {SignalingState} from './call-state.js';
import {claimIdentity, type Identity} from './identity.js';
import type {CreateSignaling, Signaling, SignalingEventDetails} from './signaling.js';
import {TypedEventTarget, type TypedListener} from './typed-event-target.js';

/** Somebody who wants something now is not kept waiting longer for a relay that is away. */
const PATIENCE_MS = 15_000;

export class RelayConnection extends TypedEventTarget<SignalingEventDetails> {
  readonly #options: () => CallOptions;
  readonly #createSignaling: CreateSignaling;
  readonly #users = new Set<object>();
  readonly #forwarded = new Set<keyof SignalingEventDetails>();
  #relayUrl = '';
  #identity: Promise<Identity> | undefined;
  #signaling: Signaling | undefined;
  #opening: Promise<void> | undefined;
  #state: SignalingState = 'closed';

  /** @param options As they are at each connection: a renewed token is used by the next one. */
  constructor(options: () => CallOptions, createSignaling: CreateSignaling) {
    super();
    this.#options = options;
    this.#createSignaling = createSignaling;
  }

  get state(): SignalingState {
    return this.#state;
  }

  /** From now on `user` needs the connection. It is not opened by that. */
  hold(user: object): void {
    this.#users.add(user);
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
    // Another relay must not even see the token of this one.
    if (this.#options().relayUrl !== this.#relayUrl) this.forgetIdentity();
    if (this.#identity === undefined) this.#close();
    if (this.#state === 'open') return Promise.resolve();
    if (this.#opening === undefined && this.#state === 'reconnecting') return this.#nextWelcome();
    if (this.#opening !== undefined) return this.#opening;
    const opening = this.#dial().finally(() => {
      if (this.#opening === opening) this.#opening = undefined;
    });
    this.#opening = opening;
    return opening;
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

  /** The next connection is somebody else's, or another element's of this tab. */
  forgetIdentity(): void {
    void this.#identity?.then((identity) => identity.release());
    this.#identity = undefined;
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

  async #dial(): Promise<void> {
    const {relayUrl} = this.#options();
    this.#relayUrl = relayUrl;
    this.#identity ??= claimIdentity(relayUrl);
    const claimed = this.#identity;
    const identity = await claimed;
    if (this.#identity !== claimed || this.#users.size === 0) throw CallError.aborted();
    const signaling = this.#createSignaling(relayUrl, () => {
      const {token, displayName, metadata} = this.#options();
      const {resumeToken} = identity;
      return {resumeToken, token, displayName, metadata};
    });
    this.#follow(signaling, identity);
    await signaling.open();
  }

  #follow(signaling: Signaling, identity: Identity): void {
    this.#signaling = signaling;
    signaling.addEventListener('state-changed', ({detail}) => {
      if (this.#signaling === signaling) this.#become(detail);
    });
    signaling.addEventListener('welcome', ({detail}) => identity.remember(detail.resumeToken));
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
    signaling?.close();
    this.#become('closed');
  }

  #become(state: SignalingState): void {
    if (this.#state === state) return;
    this.#state = state;
    this.emit('state-changed', state);
  }
}
