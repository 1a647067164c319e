/**
 * The way to what shares this side's screen (`share/screen-share.ts`), a chunk of its own: most calls
 * never share one, and phones cannot. Fetched when care begins, for a browser asks for a screen only
 * in the moment of a press, and the relay from which it comes may be gone by then. What others share
 * needs nothing of it.
 */
import {CallError} from '../call-error.js';
import {loadChunk} from '../load-chunk.js';
import {canShareScreen} from '../media-permission.js';
import type {Peer} from '../peer.js';
import type {ScreenShare, ShareHost} from '../share/screen-share.js';
import {unlessAborted} from '../unless-aborted.js';
import type {CareHost} from './call-care.js';

type DoorHost = ShareHost & Pick<CareHost, 'carries' | 'relay'>;
type ShareChunk = typeof import('../share/screen-share.js');

const fetchShare = (): Promise<ShareChunk> => loadChunk(() => import('../share/screen-share.js'));

export class ScreenDoor {
  readonly #host: DoorHost;
  #open: ShareChunk['openScreenShare'] | undefined;
  #share: ScreenShare | undefined;
  #loading: Promise<unknown> | undefined;
  readonly #fetch: () => Promise<ShareChunk>;

  /** @param fetch Gets the chunk. */
  constructor(host: DoorHost, fetch: () => Promise<ShareChunk> = fetchShare) {
    this.#host = host;
    this.#fetch = fetch;
    const {carries, relay, signal} = host;
    if (carries === 'data' || !canShareScreen()) return;
    void this.#load();
    // What could not be had while the relay was away.
    relay.addEventListener('welcome', () => void this.#load(), {signal});
  }

  /** What is shared. */
  get stream(): MediaStream | null {
    return this.#share?.stream ?? null;
  }

  /** What sends its picture over this link. */
  senderOf(peer: Peer): RTCRtpSender | undefined {
    return this.#share?.senderOf(peer);
  }

  /**
   * As `ScreenShare.toggle()`. Normally nothing is waited for: the moment of the press would pass.
   * Rejects with `relay-unreachable` if the chunk is not there and cannot be had, and with `relay-timeout`
   * if that moment has passed when it comes: the browser would not ask, but the next press finds it there.
   */
  async toggle(force?: boolean): Promise<boolean> {
    const {carries, signal} = this.#host;
    if (carries === 'data') throw new CallError('bad-request', 'A data call shares no screen.');
    if (this.#open) return this.#opened(this.#open).toggle(force);
    // What is not there shares nothing. But whoever has pressed before goes first.
    if (force === false && !this.#loading) return false;
    const cause = await unlessAborted(this.#load(), signal);
    const open = this.#open as ShareChunk['openScreenShare'] | undefined;
    if (!open && force === false) return false;
    if (!open) throw new CallError('relay-unreachable', 'screen-share', {cause});
    return this.#opened(open)
      .toggle(force)
      .catch((error: CallError) => {
        throw isWithoutGesture(error.cause)
          ? new CallError('relay-timeout', 'screen-share: press again', {cause: error.cause})
          : error;
      });
  }

  #opened(open: ShareChunk['openScreenShare']): ScreenShare {
    return (this.#share ??= new (open())(this.#host));
  }

  /** There is a fresh link to this peer, or the present one has another connection state. */
  linkChanged(peer: Peer): void {
    this.#share?.linkChanged(peer);
  }

  /** Resolves when it is there, or with the reason why it cannot be had for the moment. */
  #load(): Promise<unknown> {
    return (this.#loading ??= this.#fetch().then(
      ({openScreenShare}) => void (this.#open = openScreenShare),
      (cause: unknown) => {
        this.#loading = undefined;
        return cause;
      },
    ));
  }
}

/** The browser has asked nobody, for the press was too long ago; WebKit has a name of its own for that. */
function isWithoutGesture(thrown: unknown): boolean {
  const {name} = thrown instanceof DOMException ? thrown : {name: ''};
  return name === 'InvalidStateError' || name === 'InvalidAccessError';
}
