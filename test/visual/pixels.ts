/**
 * When two pictures of a screen differ. Areas of one colour are compared strictly: every browser
 * draws the same colour, so another one is a change of ours. Edges are compared loosely: each
 * version of a browser smooths letters and curves in its own way.
 */
import pixelmatch from 'pixelmatch';

/** Of an edge, as pixelmatch counts (0 to 1): 52 of 255 shades of grey. */
const EDGE_THRESHOLD = 0.2;
/** Of a channel within an area, of 255: what rounding does to mixed colours and to videos. */
const AREA_TOLERANCE = 3;
/** In steps of this, edges take half the bytes, and are off by 32 at most: less than they may be. */
const EDGE_STEP = 64;

/** As pixelmatch marks what differs. */
const RED = 0xff_00_00_ff;

/** @returns how many pixels differ, and a picture that has them in red */
export function differing(
  actual: ImageData,
  expected: ImageData,
): {pixels: number; diff: ImageData} {
  const {width, height} = actual;
  const diff = new ImageData(width, height);
  const marks = pixelsOf(diff);
  const threshold = EDGE_THRESHOLD;
  let pixels = pixelmatch(actual.data, expected.data, diff.data, width, height, {threshold});
  const inBoth = areasOf(expected);
  for (const [at, isArea] of areasOf(actual).entries()) {
    if (!isArea || !inBoth[at] || marks[at] === RED || isNear(actual, expected, at)) continue;
    marks[at] = RED;
    pixels++;
  }
  return {pixels, diff};
}

/** The same to `differing()`, and smaller once it is compressed. */
export function thrifty(picture: ImageData): ImageData {
  const data = new Uint8ClampedArray(picture.data);
  for (const [at, isArea] of areasOf(picture).entries()) {
    if (isArea) continue;
    for (let channel = at * 4; channel < at * 4 + 3; channel++) {
      data[channel] = Math.round((data[channel] ?? 0) / EDGE_STEP) * EDGE_STEP;
    }
  }
  return new ImageData(data, picture.width, picture.height);
}

/** For each pixel 1 if all those around it have its colour. */
function areasOf(picture: ImageData): Uint8Array {
  const {width, height} = picture;
  const pixels = pixelsOf(picture);
  // First along the rows, then along the columns: a third of the comparisons.
  const inRow = new Uint8Array(pixels.length);
  for (let at = 1; at < pixels.length - 1; at++) {
    const colour = pixels[at];
    inRow[at] = pixels[at - 1] === colour && pixels[at + 1] === colour ? 1 : 0;
  }
  const areas = new Uint8Array(pixels.length);
  for (let y = 1; y < height - 1; y++) {
    for (let at = y * width + 1; at < (y + 1) * width - 1; at++) {
      const [above, below] = [at - width, at + width];
      if (!inRow[at] || !inRow[above] || !inRow[below]) continue;
      areas[at] = pixels[above] === pixels[at] && pixels[below] === pixels[at] ? 1 : 0;
    }
  }
  return areas;
}

function isNear(one: ImageData, other: ImageData, at: number): boolean {
  return [0, 1, 2].every((channel) => {
    const index = at * 4 + channel;
    return Math.abs((one.data[index] ?? 0) - (other.data[index] ?? 0)) <= AREA_TOLERANCE;
  });
}

const pixelsOf = ({data}: ImageData): Uint32Array => new Uint32Array(data.buffer);
