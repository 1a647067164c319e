/**
 * What a person sees and hears of shared screens: a tile for each, and words when somebody begins or
 * ends. Who shares is in the call's state; how a screen gets here
 * is not known.
 */
import {nothing} from 'lit';
import type {CallContext} from './call-surface.js';
import {peersOf, type PeerState} from './call/call-state.js';
import {keepPlaces} from './keep-places.js';
import type {NoticeList} from './notice-list.js';
import type {SoundGate} from './sound-gate.js';
import {SCREEN_TEXTS} from './strings/screen-texts.js';
import {veilOf} from './tiles-of.js';
import {screensView, type ScreenTile} from './views/screens.js';
import {screensStyles} from './views/screens.styles.js';

export class ScreenUi {
  static readonly styles = [screensStyles];
  static readonly texts = SCREEN_TEXTS;

  readonly #context: CallContext;
  readonly #notices: NoticeList;
  readonly #sound: Pick<SoundGate, 'play'>;
  readonly #isPressed: () => boolean;
  /** Who was told of last. */
  #sharers = new Set<string>();
  #places: readonly (ScreenTile | null)[] = [];

  /**
   * @param isPressed the button was, and what that has begun is under way
   * @param signal aborted when the screens are gone
   */
  constructor(
    context: CallContext,
    notices: NoticeList,
    sound: Pick<SoundGate, 'play'>,
    isPressed: () => boolean,
    signal: AbortSignal,
  ) {
    this.#context = context;
    this.#notices = notices;
    this.#sound = sound;
    this.#isPressed = isPressed;
    const {session} = context;
    session.addEventListener('peers-changed', ({detail}) => this.#tell(detail.peers), {signal});
    session.addEventListener('peer-left', ({detail}) => this.#sharers.delete(detail.peerId), {
      signal,
    });
    session.addEventListener('screen-share-changed', () => this.#tellOwn(), {signal});
    this.#tell(peersOf(session.state));
  }

  /** The large place of the stage; nothing while nobody shares. */
  render(): unknown {
    const {session, page} = this.#context;
    const {translate: t, media} = page();
    const {state} = session;
    const peers = media === 'data' ? [] : peersOf(state);
    const onPlayable = this.#sound.play;
    const tiles = peers
      .filter(({screenSharing}) => screenSharing)
      .map((peer): ScreenTile => {
        const label = t('theirScreen', {name: this.#nameOf(peer)});
        return {peerId: peer.peerId, label, veil: veilOf(peer, t), onPlayable};
      });
    // Where somebody else shares, too, theirs has the room: everybody knows their own.
    if (tiles.length === 0 && peers.length > 0 && state.media.screenSharing) {
      tiles.push({peerId: '', label: t('yourScreen'), veil: null, onPlayable});
    }
    this.#places = keepPlaces(tiles, this.#places, ({peerId}) => peerId);
    return tiles.length > 0 ? screensView(this.#places) : nothing;
  }

  #tell(peers: readonly PeerState[]): void {
    const {translate: t, media} = this.#context.page();
    const before = this.#sharers;
    const sharing = peers.filter(({screenSharing}) => screenSharing);
    this.#sharers = new Set(sharing.map(({peerId}) => peerId));
    if (media === 'data') return;
    for (const peer of peers) {
      const isSharing = this.#sharers.has(peer.peerId);
      if (isSharing === before.has(peer.peerId)) continue;
      this.#notices.add(t(isSharing ? 'sharing' : 'sharingEnded', {name: this.#nameOf(peer)}));
    }
  }

  /** Whoever pressed the button knows; a window that was closed has ended it unnoticed. */
  #tellOwn(): void {
    const {session, page} = this.#context;
    const {status, media} = session.state;
    if (media.screenSharing || this.#isPressed() || status !== 'in-call') return;
    this.#notices.add(page().translate('ownSharingEnded'));
  }

  #nameOf({displayName}: PeerState): string {
    return displayName || this.#context.page().translate('guest');
  }
}
