/**
 * Cuts contact sheets into their screens, compares each with the picture that is kept of it, and
 * makes that picture. Runs in a page, for a browser reads and writes every kind of picture that there
 * is. Where pictures are kept is `kept.ts`; what differs is `pixels.ts`.
 */
import type {Place} from './gallery.js';
import {differing, thrifty} from './pixels.js';

/** A look's sheet; files are base64, the form in which a page and Node exchange them. */
export interface Sheet {
  readonly look: string;
  readonly png: string;
  readonly places: readonly Place[];
}

export interface Difference {
  readonly look: string;
  /** `null`: there is no kept picture, or one of another size. */
  readonly pixels: number | null;
  /** PNGs by what they show: `actual`, `expected`, `diff`. */
  readonly pictures: Readonly<Record<string, string>>;
}

export interface Judge {
  /** Takes in the sheet of one more look; gives the names of its screens. */
  add(sheet: Sheet): Promise<readonly string[]>;
  /** @param webp the kept picture of that screen */
  compare(name: string, webp: string): Promise<readonly Difference[]>;
  /** The picture to keep of a screen, all its looks in one, a row for each size. */
  pictureOf(name: string): Promise<string>;
}

declare global {
  var judge: Judge;
}

/** Small in the repository, and a letter that has moved by a pixel still shows. */
const SCALE = 0.5;
/** Pixels of one screen that may differ. A hidden icon is ten times as many. */
const MOST_PIXELS = 8;

interface Cell {
  readonly look: string;
  readonly data: ImageData;
}

interface PlacedCell extends Cell {
  readonly x: number;
  readonly y: number;
}

type Draw = OffscreenCanvasRenderingContext2D;

const cells = new Map<string, Cell[]>();

async function add({look, png, places}: Sheet): Promise<readonly string[]> {
  const draw = await decode(png, 'image/png', SCALE);
  for (const {name, ...place} of places) {
    const [x, y, width, height] = [place.x, place.y, place.width, place.height].map(halved);
    const data = draw.getImageData(x!, y!, width!, height!);
    cells.set(name, [...(cells.get(name) ?? []), {look, data}]);
  }
  return places.map(({name}) => name);
}

async function compare(name: string, webp: string): Promise<readonly Difference[]> {
  const {placed, width, height} = arrange(name);
  const kept = await decode(webp, 'image/webp');
  const fits = kept.canvas.width === width && kept.canvas.height === height;
  const differences: Difference[] = [];
  for (const {look, data: actual, x, y} of placed) {
    if (!fits) {
      differences.push({look, pixels: null, pictures: await encodeAll({actual})});
      continue;
    }
    const expected = kept.getImageData(x, y, actual.width, actual.height);
    const {pixels, diff} = differing(actual, expected);
    if (pixels <= MOST_PIXELS) continue;
    differences.push({look, pixels, pictures: await encodeAll({actual, expected, diff})});
  }
  return differences;
}

async function pictureOf(name: string): Promise<string> {
  const {placed, width, height} = arrange(name);
  const draw = contextOf(width, height);
  // Without transparent places it is smaller.
  draw.fillRect(0, 0, width, height);
  for (const {data, x, y} of placed) draw.putImageData(thrifty(data), x, y);
  return encode(draw, 'image/webp');
}

/** Cells of one size stand beside each other. */
function arrange(name: string): {placed: PlacedCell[]; width: number; height: number} {
  const placed: PlacedCell[] = [];
  let [x, y, rowHeight, width] = [0, 0, 0, 0];
  for (const cell of cells.get(name) ?? []) {
    const {data} = cell;
    if (data.height !== rowHeight) {
      y += rowHeight;
      x = 0;
      rowHeight = data.height;
    }
    placed.push({...cell, x, y});
    x += data.width;
    width = Math.max(width, x);
  }
  return {placed, width, height: y + rowHeight};
}

function halved(length: number): number {
  const half = length * SCALE;
  if (!Number.isInteger(half)) throw new Error(`no even number of pixels: ${length}`);
  return half;
}

async function decode(base64: string, type: string, scale = 1): Promise<Draw> {
  const bytes = Uint8Array.from(atob(base64), (each) => each.charCodeAt(0));
  const bitmap = await createImageBitmap(new Blob([bytes], {type}), {colorSpaceConversion: 'none'});
  const draw = contextOf(bitmap.width * scale, bitmap.height * scale);
  // At a half, each pixel is the mean of four.
  draw.drawImage(bitmap, 0, 0, draw.canvas.width, draw.canvas.height);
  bitmap.close();
  return draw;
}

async function encodeAll(
  pictures: Readonly<Record<string, ImageData>>,
): Promise<Record<string, string>> {
  const files: Record<string, string> = {};
  for (const [kind, data] of Object.entries(pictures)) {
    const draw = contextOf(data.width, data.height);
    draw.putImageData(data, 0, 0);
    files[kind] = await encode(draw, 'image/png');
  }
  return files;
}

async function encode({canvas}: Draw, type: 'image/png' | 'image/webp'): Promise<string> {
  // The highest quality is WebP without loss.
  const blob = await canvas.convertToBlob({type, quality: 1});
  let binary = '';
  for (const byte of new Uint8Array(await blob.arrayBuffer())) binary += String.fromCharCode(byte);
  return btoa(binary);
}

function contextOf(width: number, height: number): Draw {
  const draw = new OffscreenCanvas(width, height).getContext('2d', {willReadFrequently: true});
  if (!draw) throw new Error('no canvas');
  return draw;
}

globalThis.judge = {add, compare, pictureOf};
