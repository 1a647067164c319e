/**
 * What the call core needs of any way to the relay. Knows the messages, not the transport
 * (`socket-io-signaling.ts` is one; tests have another with settable delay and loss).
 */
import type {
  RelayEvent,
  RelayEventName,
  Reply,
  Request,
  RequestName,
} from '../../protocol/messages.js';
import type {CallError} from './call-error.js';
import type {SignalingState} from './call-state.js';
import type {TypedEventTarget} from './typed-event-target.js';

export type SignalingEventDetails = {[Name in RelayEventName]: RelayEvent<Name>} & {
  'state-changed': SignalingState;
  /** A reconnection was turned down (an expired token, a newer protocol): closed for good. */
  refused: CallError;
};

/**
 * One client's way to the relay. Events arrive in the order in which the relay sent them; `welcome`
 * comes first on every connection, so each one after the first marks a reconnection.
 */
export interface Signaling extends TypedEventTarget<SignalingEventDetails> {
  readonly state: SignalingState;

  /**
   * Connects, and keeps connected until `close()`. Resolves at the first `welcome`. Rejects with
   * the relay's refusal, or with `relay-unreachable` or `relay-timeout` when a deadline passes;
   * nothing is retried after a rejection.
   */
  open(): Promise<void>;

  /**
   * Sends one request and resolves with the relay's reply. Rejects with the refusal as a
   * `CallError`, with `relay-timeout`, or at once with `relay-unreachable` while not open: nothing
   * is kept back to be sent later, when it might no longer be true.
   */
  request<Name extends RequestName>(name: Name, payload: Request<Name>): Promise<Reply<Name>>;

  /** Whatever the connection says of itself, it is dropped, and dialled again at once. */
  redial(): void;

  /** Ends the connection; what was already requested is still delivered. Idempotent. */
  close(): void;
}

/** What the handshake of each connection carries; asked for anew at every reconnection. */
export interface SignalingCredentials {
  readonly resumeToken: string | undefined;
  readonly token: string | undefined;
  readonly displayName: string;
  readonly metadata: unknown;
}

export type CreateSignaling = (
  relayUrl: string,
  credentials: () => SignalingCredentials,
) => Signaling;

/** Parts that can be exchanged; every one has a default. */
export interface CallSessionParts {
  readonly createSignaling?: CreateSignaling;
}
