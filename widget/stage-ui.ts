/**
 * How the pictures of a call are arranged: one of several people enlarged (by hand, or whoever speaks), pictures whole
 * or filling their tiles, one's own moved to another corner, a ring around whoever speaks. The tiles are the base's
 * (`views/tile.ts`); what hangs on sizes and voices is set on them past every rendering. Comes with `device-ui.ts`,
 * its buttons later (`stage-buttons.ts`).
 */
import type {CallContext} from './call-surface.js';
import {peersOf} from './call/call-state.js';
import {OwnTile} from './own-tile.js';
import {PictureFit} from './picture-fit.js';
import {SpeakerTurn} from './speaker-turn.js';
import {arrangeTiles, markTiles, type BoxSize, type StageMarks} from './stage-marks.js';
import {isChosen} from './views/controls.js';

/** One's own among them; shared screens are not. */
const PICTURES = '.tiles video';

export class StageUi {
  readonly #context: CallContext;
  readonly #ownTile: OwnTile;
  readonly #fit: PictureFit;
  readonly #box: ResizeObserver;
  #tiles: HTMLElement | null = null;
  #size = {width: 0, height: 0};
  /** Whom somebody has enlarged, until they go. */
  #enlarged: string | null = null;
  /** Whoever speaks is large. */
  #isSpeakerView = false;
  readonly #turn: SpeakerTurn;

  /** @param signal aborted when the screens are gone */
  constructor(context: CallContext, signal: AbortSignal) {
    this.#context = context;
    const {host, session} = context;
    this.#ownTile = new OwnTile(host, signal);
    this.#fit = new PictureFit(() => {
      // In the frame in which its size has changed; the buttons follow.
      this.#mark();
      host.requestUpdate();
    }, signal);
    this.#turn = new SpeakerTurn(() => host.requestUpdate());
    this.#box = new ResizeObserver((entries) => {
      if (entries[0]) this.#size = entries[0].contentRect;
      this.#arrange();
    });
    host.addEventListener('click', (event) => this.#onClick(event), {signal});
    session.addEventListener('peer-left', ({detail}) => this.#forget(detail.peerId), {signal});
    session.addEventListener(
      'status-changed',
      ({detail: {status}}) => {
        if (status === 'left' || status === 'failed') this.#reset();
      },
      {signal},
    );
    signal.addEventListener('abort', () => this.#end(), {once: true});
  }

  /** After every rendering. */
  updated(): void {
    const {session, host} = this.#context;
    const root = host.shadowRoot;
    this.#observe(root?.querySelector<HTMLElement>('.tiles') ?? null);
    const tiles = this.#tiles;
    this.#fit.observe([...(tiles?.querySelectorAll('video') ?? [])]);
    const peers = peersOf(session.state);
    this.#turn.follow(peers);
    this.#mark();
    this.#arrange();
    this.#ownTile.updated();
  }

  /** Whom somebody has enlarged. */
  get enlarged(): string | null {
    return this.#enlarged;
  }

  enlarge(peerId: string | null): void {
    this.#enlarged = peerId;
    this.#context.host.requestUpdate();
  }

  /** Whoever speaks is large, and nobody was enlarged by hand. */
  get isSpeakerView(): boolean {
    return this.#isSpeakerView && this.#enlarged === null;
  }

  toggleSpeakerView(): void {
    this.#isSpeakerView = !this.isSpeakerView;
    this.enlarge(null);
  }

  /** One's own picture, to the next corner. */
  moveOwn(): void {
    this.#ownTile.moveOn();
  }

  isWhole(peerId: string): boolean {
    return this.#fit.isWhole(peerId);
  }

  toggleWhole(peerId: string): void {
    this.#fit.toggle(peerId);
  }

  #forget(peerId: string): void {
    this.#fit.forget(peerId);
    if (this.#enlarged === peerId) this.#enlarged = null;
  }

  /** Nothing of one call is kept for the next, and nobody is left in a full screen without a way back. */
  #reset(): void {
    this.#enlarged = null;
    this.#isSpeakerView = false;
    this.#turn.reset();
    this.#fit.reset();
    this.#ownTile.reset();
    if (this.#context.host.matches(':fullscreen')) document.exitFullscreen().catch(refused);
  }

  #observe(tiles: HTMLElement | null): void {
    if (tiles === this.#tiles) return;
    this.#box.disconnect();
    this.#tiles = tiles;
    if (tiles) this.#box.observe(tiles);
  }

  get #marks(): StageMarks {
    const speaking = peersOf(this.#context.session.state).filter((peer) => peer.speaking);
    return {
      large: this.#enlarged ?? this.#turn.speaker,
      isLargeWanted: this.#isSpeakerView || this.#enlarged !== null,
      speaking: new Set(speaking.map(({peerId}) => peerId)),
    };
  }

  #mark(): void {
    if (!this.#tiles) return;
    markTiles(this.#tiles, this.#marks, ({dataset}) => this.#fit.isWhole(dataset['peer'] ?? ''));
  }

  #arrange(): void {
    if (this.#tiles) arrangeTiles(this.#tiles, this.#size, this.#marks);
  }

  /** As the tiles of the page, for those of the call's own window. */
  readonly dress = (tiles: HTMLElement, size: BoxSize): void => {
    const marks = this.#marks;
    this.#ownTile.mark(tiles.parentElement!);
    // Who is large decides who has no room, and how large a tile is whether its picture is whole.
    markTiles(tiles, marks, () => false);
    arrangeTiles(tiles, size, marks);
    markTiles(tiles, marks, (video) => this.#fit.isWholeIn(video));
  };

  /** A click on a picture, past its buttons. */
  #onClick(event: MouseEvent): void {
    const target = event.composedPath()[0];
    if (!(target instanceof HTMLVideoElement) || !target.matches(PICTURES)) return;
    const {peer} = target.dataset;
    // One's own goes to another corner instead (`own-tile.ts`).
    if (!peer || this.#context.page().media !== 'video') return;
    const strip = '[data-arrangement=below], [data-arrangement=beside]';
    const isSmall = target.closest(strip) && !target.closest('[data-large]');
    const {host} = this.#context;
    if (isSmall && isChosen(host, 'enlarge')) this.enlarge(peer);
    else if (!isSmall && isChosen(host, 'whole')) this.#fit.toggle(peer);
  }

  #end(): void {
    this.#turn.reset();
    this.#box.disconnect();
  }
}

/** The browser has its reasons, and the person sees that nothing happens. */
function refused(): void {
  // Nothing to be done.
}
