/**
 * One remote peer for as long as it is in the room: the stream that shows it, and the links that
 * lead to it one after the other. Decides when a link is given up for a fresh one; how a link
 * works is `peer.ts`, who is in the room is not known here.
 */
import type {Candidate, Description} from '../../protocol/shapes.js';
import type {PeerMessage} from '../../protocol/peer-messages.js';
import {CallError} from './call-error.js';
import {randomId} from './identity.js';
import type {ConversationLoader} from './conversation-loader.js';
import type {PeerMeshOptions} from './peer-mesh.js';
import {clear, Peer} from './peer.js';

export type RemoteSignal = {readonly linkId: string} & (
  | {readonly description: Description; readonly again?: true | undefined}
  | {readonly candidates: readonly Candidate[]}
);

/** A description that a browser refuses once may pass on a fresh link; three times it will not. */
const MAX_FAILED_LINKS = 3;

const MAX_FORMER_LINKS = 8;

/** What a remote needs of whoever has it: the mesh, or who prepares a link before there is one. */
export type RemoteOptions = Pick<
  PeerMeshOptions,
  | 'carries'
  | 'tracks'
  | 'mediaState'
  | 'send'
  | 'onPeerChange'
  | 'takesFrame'
  | 'onLeave'
  | 'onError'
> & {readonly conversation: Pick<ConversationLoader, 'linked' | 'receive' | 'gone'>};

export class Remote {
  /** Empty for as long as it is not known who will come. */
  peerId: string;
  /** Outlives its links, so that a `<video>` showing it need not change. */
  readonly stream = new MediaStream();
  /** What it shares beside that. Kept between two shares: only whoever asks its state knows of the end of one. */
  readonly screen = new MediaStream();
  readonly #options: RemoteOptions;
  readonly #configuration: () => RTCConfiguration;
  #peer: Peer | null = null;
  /** The links that were given up last: an offer for one of them has come too late. */
  #former: readonly string[] = [];
  /** It has told its own media state, so that what arrives need not be guessed from. */
  #hasToldState = false;
  /** How many links in a row failed to negotiate. */
  #failed = 0;
  #hasReported = false;

  constructor(peerId: string, options: RemoteOptions, configuration: () => RTCConfiguration) {
    this.peerId = peerId;
    this.#options = options;
    this.#configuration = configuration;
  }

  /** The present link; `null` until one side has offered. */
  get peer(): Peer | null {
    return this.#peer;
  }

  /** Offers, unless there is a link already. */
  connect(): void {
    if (this.#peer === null) this.#begin(randomId(), true);
  }

  receive({linkId, ...signal}: RemoteSignal): void {
    // A page that was reloaded is offered the link of before once more. A fresh connection could answer
    // that, and the other one's encryption would know nothing of it.
    const isFirstOffer =
      'description' in signal && signal.description.type === 'offer' && !signal.again;
    if (isFirstOffer && this.#peer?.linkId !== linkId && !this.#former.includes(linkId)) {
      // Both have begun at once, and know both names: one of the links goes.
      if (this.#peer?.isUnanswered === true && this.#peer.linkId < linkId) return;
      this.#begin(linkId, false);
    }
    // What belongs to another link is late, and of no use to anybody.
    if (this.#peer?.linkId === linkId) this.#peer.receive(signal);
  }

  /** Nothing will mend the present link, as perhaps only this side knows. */
  replaceLink(): void {
    this.#begin(randomId(), true);
  }

  /** One trouble is told once, until there was a good connection again. */
  report(error: CallError): void {
    if (this.#hasReported) return;
    this.#hasReported = true;
    this.#options.onError(error);
  }

  close(): void {
    this.#peer?.close();
    clear(this.stream);
    clear(this.screen);
    this.#options.conversation.gone(this.peerId);
  }

  #begin(linkId: string, initiator: boolean): void {
    const {carries, tracks, mediaState, send, onPeerChange, conversation, takesFrame} =
      this.#options;
    const {peerId} = this;
    const former = this.#peer?.linkId ?? '';
    this.#former = [former, ...this.#former].slice(0, MAX_FORMER_LINKS);
    this.#peer?.close();
    this.#peer = null;
    this.#hasToldState = false;
    let peer: Peer;
    try {
      peer = new Peer({
        linkId,
        initiator,
        carries,
        configuration: this.#configuration(),
        tracks: tracks(),
        remoteStream: this.stream,
        remoteScreen: this.screen,
        send: (signal) => send(peerId, signal),
        onConnectionState: (connectionState) => {
          if (connectionState === 'connected') {
            this.#failed = 0;
            this.#hasReported = false;
          }
          onPeerChange(peerId, {connectionState});
        },
        onMedia: (kind) => {
          if (this.#hasToldState) return;
          const isCamera = kind === 'camera';
          onPeerChange(peerId, isCamera ? {cameraEnabled: true} : {microphoneEnabled: true});
        },
        onOpen: () => peer.link.sendNow(mediaState()),
        onMessage: (message) => this.#onMessage(message),
        onFrame: (id, frame) => {
          if (id !== 0 || !takesFrame(peerId, frame)) conversation.receive(peerId, id, frame);
        },
        onError: (cause) => this.#onFailed(cause),
      });
    } catch (cause) {
      this.report(CallError.from(cause, 'negotiation-failed'));
      return;
    }
    this.#peer = peer;
    conversation.linked(peerId, peer.link);
    onPeerChange(peerId, {connectionState: peer.connectionState});
  }

  #onMessage(message: PeerMessage): void {
    const {onPeerChange, onLeave} = this.#options;
    switch (message.type) {
      case 'media-state': {
        const {type: _, ...change} = message;
        this.#hasToldState = true;
        onPeerChange(this.peerId, change);
        return;
      }
      case 'leave':
        onLeave(this.peerId);
        return;
    }
  }

  /** The two descriptions do not fit any more. Whichever side notices begins anew. */
  #onFailed(cause: unknown): void {
    this.#failed++;
    // A lower name than that of the link that has failed here wins over it (above): the other side
    // may still wait for an answer to that one, and would not hear of another.
    const [dashes] = /^-*/.exec(this.#peer?.linkId ?? '') ?? [];
    if (this.#failed < MAX_FAILED_LINKS) this.#begin(`-${dashes}${randomId()}`, true);
    else this.report(CallError.from(cause, 'negotiation-failed'));
  }
}
