/**
 * What a person notices of weak links: a mark on the tile of whoever is behind one, and words, once
 * each time, when a picture is smaller or off for its sake. How good a link is, is in the call's state.
 */
import {html, type TemplateResult} from 'lit';
import type {CallContext} from './call-surface.js';
import {peersOf, type PeerState} from './call/call-state.js';
import {icon} from './icons.js';
import type {NoticeList} from './notice-list.js';
import {LINK_TEXTS, type LinkTextKey} from './strings/link-texts.js';

/** So small that people see it. */
const SMALL = 180;

/** Bars, of which the high ones are missing. */
const weakIcon = icon('M5 19v-3M11 19v-7M17 19v.1');

export class LinkUi {
  static readonly texts = LINK_TEXTS;

  readonly #context: CallContext;
  readonly #notices: NoticeList;
  /** What was told last of each peer's link. */
  readonly #told = new Map<string, {readonly own: LinkTextKey | null; readonly isOff: boolean}>();

  constructor(context: CallContext, notices: NoticeList, signal: AbortSignal) {
    this.#context = context;
    this.#notices = notices;
    const {session} = context;
    session.addEventListener('peers-changed', ({detail}) => this.#tell(detail.peers), {signal});
    session.addEventListener('status-changed', () => this.#told.clear(), {signal});
    this.#tell(peersOf(session.state));
  }

  mark({quality}: PeerState): TemplateResult | null {
    if (quality === 'good') return null;
    const label = this.#context.page().translate('weakLink');
    return html`<span part="tile-state" class="mark-off" data-quality=${quality} title=${label}
      >${weakIcon}<span class="visually-hidden">${label}</span></span
    >`;
  }

  /** Why there is no picture though the camera is on; `null`: there is one. */
  pictureOff(peer: PeerState): string | null {
    if (peer.pictureHeight !== 0) return null;
    return this.#context.page().translate('pictureOff', {name: this.#nameOf(peer)});
  }

  #tell(peers: readonly PeerState[]): void {
    const {translate} = this.#context.page();
    for (const peer of peers) {
      const {peerId, sentHeight, cameraEnabled} = peer;
      const own =
        sentHeight === 0 ? 'ownPictureOff' : sentHeight === SMALL ? 'ownPictureSmall' : null;
      const isOff = cameraEnabled && peer.pictureHeight === 0;
      const told = this.#told.get(peerId);
      this.#told.set(peerId, {own, isOff});
      const name = this.#nameOf(peer);
      // That it is small again, after none at all, the person sees.
      if (own !== null && own !== told?.own && told?.own !== 'ownPictureOff') {
        this.#notices.add(translate(own, {name}));
      }
      if (isOff && told?.isOff !== true) this.#notices.add(translate('pictureOff', {name}));
    }
  }

  #nameOf({displayName}: PeerState): string {
    return displayName || this.#context.page().translate('guest');
  }
}
