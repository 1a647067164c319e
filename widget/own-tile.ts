/**
 * One's own picture in a call of two: it lies over the other one, in one of the four corners, and can be
 * dragged from one to another, or sent on by a button (WCAG 2.2, 2.5.7). Knows nothing of the call.
 */
import {cornerAt, nextCorner, type Corner} from './stage-layout.js';

/** Less is a hand that is not quite still. Pixels. */
const SLIP = 5;

/** A tile that is thrown lands where it would be after so long. */
const THROW_MS = 150;

const GLIDE_MS = 220;

/** Where it is by itself alone; in a strip or a grid it has a place like the others. */
const MOVABLE = '.tiles[data-layout=duo]:not(.screens + *) > [data-own]';

export class OwnTile {
  readonly #root: ShadowRoot;
  #corner: Corner = 'end-end';

  /** @param signal aborted when the screens are gone */
  constructor(host: HTMLElement, signal: AbortSignal) {
    this.#root = host.shadowRoot!;
    host.addEventListener('pointerdown', (event) => this.#onDown(event), {signal});
  }

  get #tile(): HTMLElement | null {
    return this.#root.querySelector<HTMLElement>(MOVABLE);
  }

  /** Where it was in one call it is not in the next. */
  reset(): void {
    this.#corner = 'end-end';
  }

  /** After every rendering. */
  updated(): void {
    const video = this.mark(this.#root);
    // A phone is turned.
    if (video) video.onresize = () => this.updated();
  }

  /** Says where one's own is among these, and in which shape. */
  mark(tiles: ParentNode): HTMLVideoElement | null {
    const own = tiles.querySelector<HTMLElement>('.tiles > [data-own]');
    if (own) own.dataset['corner'] = this.#corner;
    const video = own?.querySelector('video') ?? null;
    if (video) own!.toggleAttribute('data-upright', video.videoHeight > video.videoWidth);
    return video;
  }

  /** To the next corner, clockwise. */
  moveOn(): void {
    this.#glideTo(nextCorner(this.#corner), this.#tile?.getBoundingClientRect());
  }

  #onDown(event: PointerEvent): void {
    const tile = this.#tile;
    const [target] = event.composedPath();
    if (!tile || !(target instanceof Element) || !tile.contains(target)) return;
    if (event.button !== 0 || !event.isPrimary || target.closest('button')) return;
    const over = new AbortController();
    const {signal} = over;
    const {pointerId, clientX: startX, clientY: startY} = event;
    let isDragged = false;
    let last = {x: 0, y: 0, at: event.timeStamp};
    let speed = {x: 0, y: 0};
    const move = (moved: PointerEvent): void => {
      if (moved.pointerId !== pointerId) return;
      const [x, y] = [moved.clientX - startX, moved.clientY - startY];
      isDragged ||= Math.hypot(x, y) > SLIP;
      if (!isDragged) return;
      const ms = Math.max(moved.timeStamp - last.at, 1);
      speed = {x: (x - last.x) / ms, y: (y - last.y) / ms};
      last = {x, y, at: moved.timeStamp};
      tile.toggleAttribute('data-dragged', true);
      tile.style.setProperty('translate', `${x}px ${y}px`);
    };
    const end = (ended: PointerEvent): void => {
      if (ended.pointerId !== pointerId) return;
      over.abort();
      const from = tile.getBoundingClientRect();
      tile.removeAttribute('data-dragged');
      tile.style.removeProperty('translate');
      // A finger that does not drag it sends it on.
      if (!isDragged && ended.type === 'pointerup' && ended.pointerType !== 'mouse') this.moveOn();
      if (!isDragged) return;
      // A hand that has come to rest throws nothing.
      const isThrown = ended.type === 'pointerup' && ended.timeStamp - last.at < THROW_MS;
      const [ahead, below] = isThrown ? [speed.x * THROW_MS, speed.y * THROW_MS] : [0, 0];
      const box = tile.parentElement!.getBoundingClientRect();
      const corner = cornerAt(
        (from.x + from.width / 2 + ahead - box.x) / box.width,
        (from.y + from.height / 2 + below - box.y) / box.height,
        getComputedStyle(tile).direction === 'rtl',
      );
      this.#glideTo(corner, from);
    };
    tile.setPointerCapture(pointerId);
    tile.addEventListener('pointermove', move, {signal});
    for (const type of ['pointerup', 'pointercancel'] as const) {
      tile.addEventListener(type, end, {signal});
    }
  }

  /** @param from where it is now */
  #glideTo(corner: Corner, from: DOMRect | undefined): void {
    const tile = this.#tile;
    if (!tile || !from) return;
    this.#corner = corner;
    this.updated();
    if (matchMedia('(prefers-reduced-motion: reduce)').matches) return;
    const to = tile.getBoundingClientRect();
    // It comes from wherever it was let go of, which may be outside.
    tile.toggleAttribute('data-gliding', true);
    const glide = tile.animate(
      [{translate: `${from.x - to.x}px ${from.y - to.y}px`}, {translate: '0px 0px'}],
      {
        duration: GLIDE_MS,
        easing: 'cubic-bezier(0.2, 0.8, 0.2, 1)',
      },
    );
    glide.onfinish = glide.oncancel = () => tile.removeAttribute('data-gliding');
  }
}
