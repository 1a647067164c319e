/**
 * How the tiles of several people are arranged, and whom the large place is for. Pure: numbers and states
 * in, words out. The grid itself is `tile-layout.ts`.
 */
import type {PeerState} from './call/call-state.js';
import {tileGrid} from './tile-layout.js';

export interface Arrangement {
  /**
   * `grid`: all are as large as each other. Otherwise one has the large place, and the others a strip below
   * or beside it; `alone`: there is no room for a strip.
   */
  readonly kind: 'grid' | 'below' | 'beside' | 'alone';
  /** How many tiles the strip has room for. */
  readonly places: number;
}

export interface StageNeeds {
  /** Of the box that the tiles share, in CSS pixels. */
  readonly width: number;
  readonly height: number;
  /** How many tiles there are, one's own among them. */
  readonly count: number;
  /** Somebody is to be larger than the others, whatever room there is. */
  readonly isLargeWanted: boolean;
}

const GRID: Arrangement = {kind: 'grid', places: 0};

/** A face in a smaller tile than this is hard to make out. */
const LEAST_TILE = 120;

/** Smaller ones, along the strip and across, are not worth their place beside a large one. */
const LEAST_STRIP_TILE = 64;
const LEAST_STRIP = 40;

/** Of the box, across. As the style sheet has it (`views/stage-tools.styles.ts`). */
const STRIP_SHARE = 0.2;

/** From here on a strip takes less of a picture when it stands beside it. */
const WIDE = 1.5;

export function arrangementOf({width, height, count, isLargeWanted}: StageNeeds): Arrangement {
  // One's own lies over the other, or there is nobody else.
  if (count < 3 || width === 0 || height === 0) return GRID;
  const {columns, rows} = tileGrid(count, width, height);
  const isTiny = Math.min(width / columns, (height / rows) * 1.5) < LEAST_TILE;
  if (!isLargeWanted && !isTiny) return GRID;
  const isWide = width / height > WIDE;
  const [along, across] = isWide ? [height, width] : [width, height];
  // Those beside are wider than high.
  const places = Math.floor(along / (isWide ? LEAST_STRIP_TILE * 0.75 : LEAST_STRIP_TILE));
  if (across * STRIP_SHARE < LEAST_STRIP || places < 2) return {kind: 'alone', places: 0};
  return {kind: isWide ? 'beside' : 'below', places: Math.min(places, count - 1)};
}

/** Whoever speaks has the large place, and keeps it until somebody else does and they do not. */
export function speakerOf(peers: readonly PeerState[], before: string | null): string | null {
  const former = peers.find(({peerId}) => peerId === before);
  if (former?.speaking) return former.peerId;
  return (peers.find(({speaking}) => speaking) ?? former ?? peers[0])?.peerId ?? null;
}

/**
 * Less than this share of a picture is too little to stand for it. A face is in the middle of its width, so much
 * may be cut off at its sides; above it there is hardly anything to cut.
 */
const LEAST_WIDTH = 0.3;
const LEAST_HEIGHT = 0.55;

interface Size {
  readonly width: number;
  readonly height: number;
}

/** So much would be cut off to fill the box that the whole picture is better: a phone held upright, in a wide tile. */
export function isBetterWhole(picture: Size, box: Size): boolean {
  if (!picture.width || !picture.height || !box.width || !box.height) return false;
  const ratio = picture.width / picture.height / (box.width / box.height);
  return 1 / ratio < LEAST_WIDTH || ratio < LEAST_HEIGHT;
}

/** Block side first, then inline side, as in CSS's logical properties. */
export type Corner = 'start-start' | 'start-end' | 'end-start' | 'end-end';

/** Clockwise from the top, as one reads from left to right. */
const CORNERS: readonly Corner[] = ['start-start', 'start-end', 'end-end', 'end-start'];

export function nextCorner(corner: Corner): Corner {
  return CORNERS[(CORNERS.indexOf(corner) + 1) % CORNERS.length]!;
}

/** @param x and `y`: where the middle of the tile is, as a share of the box from its left and its top */
export function cornerAt(x: number, y: number, isRightToLeft: boolean): Corner {
  const isAtInlineEnd = x > 0.5 !== isRightToLeft;
  return `${y > 0.5 ? 'end' : 'start'}-${isAtInlineEnd ? 'end' : 'start'}`;
}
