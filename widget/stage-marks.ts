/**
 * What is set on the tiles past every rendering: who is large, who speaks, whose picture is whole, and how all of
 * that is arranged in their box. For the tiles of the page and, once more, for those of the call's own window, each by
 * its own measures. The arithmetic is `stage-layout.ts`.
 */
import {arrangementOf} from './stage-layout.js';

export interface StageMarks {
  /** Whose tile is the large one, if there is one. */
  readonly large: string | null;
  /** Somebody is to be larger than the others, whatever room there is. */
  readonly isLargeWanted: boolean;
  readonly speaking: ReadonlySet<string>;
}

export interface BoxSize {
  readonly width: number;
  readonly height: number;
}

/** @param isWhole whether this picture, in its tile, is shown with nothing cut off */
export function markTiles(
  tiles: ParentNode,
  {large, speaking}: StageMarks,
  isWhole: (video: HTMLVideoElement) => boolean,
): void {
  for (const video of tiles.querySelectorAll('video')) {
    const {peer: peerId = ''} = video.dataset;
    const tile = video.parentElement!;
    tile.toggleAttribute('data-whole', isWhole(video));
    tile.toggleAttribute('data-large', peerId !== '' && peerId === large);
    tile.toggleAttribute('data-speaking', speaking.has(peerId));
  }
}

/** After they are marked, and whenever their box has another size. */
export function arrangeTiles(
  tiles: HTMLElement,
  {width, height}: BoxSize,
  {isLargeWanted}: StageMarks,
): void {
  // A shared screen has the large place already.
  const count = tiles.matches('.screens + *') ? 0 : tiles.childElementCount;
  const {kind, places} = arrangementOf({width, height, count, isLargeWanted});
  tiles.dataset['arrangement'] = kind;
  tiles.style.setProperty('--_places', `${places}`);
  // One's own is the last, and keeps its place.
  const others = [...tiles.querySelectorAll(':scope > :not([data-large], [data-own])')];
  // Nor is the focus taken from where somebody is.
  const {activeElement} = tiles.getRootNode() as ShadowRoot;
  others.sort((a, b) => Number(b.contains(activeElement)) - Number(a.contains(activeElement)));
  const surplus = kind === 'grid' ? 0 : Math.max(0, others.length + 1 - places);
  for (const [index, tile] of others.entries()) {
    tile.toggleAttribute('data-surplus', index >= others.length - surplus);
  }
  const own = tiles.querySelector<HTMLElement>(':scope > [data-own]');
  if (own && surplus > 0 && places > 0) own.dataset['more'] = `+${surplus}`;
  else delete own?.dataset['more'];
}
