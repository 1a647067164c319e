/**
 * How large a picture is, read from the first bytes of its file: a few kilobytes may claim to be a
 * picture of gigabytes, and a browser would unpack it. Knows the formats that are safe to preview:
 * those without scripts.
 */

export interface PictureSize {
  readonly width: number;
  readonly height: number;
}

type Reader = (view: DataView) => PictureSize | null;

/** Media type → reader. Never SVG: it is a document. */
const READERS: ReadonlyMap<string, Reader> = new Map([
  ['image/png', png],
  ['image/jpeg', jpeg],
  ['image/gif', gif],
  ['image/webp', webp],
  ['image/avif', avif],
]);

/** A camera's notes (Exif with a thumbnail) can stand before the size in a JPEG. */
const HEAD_BYTES = 262_144;

export function isPicture(type: string): boolean {
  return READERS.has(type);
}

/** `null` for what is not what its type says, or does not say how large it is. */
export async function pictureSize(file: Blob): Promise<PictureSize | null> {
  const read = READERS.get(file.type);
  if (read === undefined) return null;
  const view = new DataView(await file.slice(0, HEAD_BYTES).arrayBuffer());
  try {
    const size = read(view);
    return size !== null && size.width > 0 && size.height > 0 ? size : null;
  } catch {
    // It ends in the middle.
    return null;
  }
}

function text(view: DataView, at: number, length: number): string {
  return String.fromCharCode(...new Uint8Array(view.buffer, at, length));
}

/** W3C PNG, section 11.2.1: IHDR comes first. */
function png(view: DataView): PictureSize | null {
  if (text(view, 1, 3) !== 'PNG' || text(view, 12, 4) !== 'IHDR') return null;
  return {width: view.getUint32(16), height: view.getUint32(20)};
}

/** GIF89a, section 18: the logical screen. */
function gif(view: DataView): PictureSize | null {
  if (text(view, 0, 3) !== 'GIF') return null;
  return {width: view.getUint16(6, true), height: view.getUint16(8, true)};
}

/** ITU-T T.81, section B.2.2: the first start of frame. */
function jpeg(view: DataView): PictureSize | null {
  if (view.getUint16(0) !== 0xffd8) return null;
  let at = 2;
  for (;;) {
    while (view.getUint8(at) === 0xff && view.getUint8(at + 1) === 0xff) at++;
    if (view.getUint8(at) !== 0xff) return null;
    const marker = view.getUint8(at + 1);
    const isFrame = marker >= 0xc0 && marker <= 0xcf && ![0xc4, 0xc8, 0xcc].includes(marker);
    if (isFrame) return {width: view.getUint16(at + 7), height: view.getUint16(at + 5)};
    at += 2 + view.getUint16(at + 2);
  }
}

/** RFC 9649, section 2.4 to 2.7. */
function webp(view: DataView): PictureSize | null {
  if (text(view, 0, 4) !== 'RIFF' || text(view, 8, 4) !== 'WEBP') return null;
  switch (text(view, 12, 4)) {
    case 'VP8 ':
      return {
        width: view.getUint16(26, true) & 0x3fff,
        height: view.getUint16(28, true) & 0x3fff,
      };
    case 'VP8L': {
      const bits = view.getUint32(21, true);
      return {width: (bits & 0x3fff) + 1, height: ((bits >> 14) & 0x3fff) + 1};
    }
    case 'VP8X':
      return {
        width: (view.getUint32(24, true) & 0xffffff) + 1,
        height: (view.getUint32(26, true) >>> 8) + 1,
      };
    default:
      return null;
  }
}

/** ISO/IEC 23008-12: every `ispe` box says the size of one image; the largest is the whole. */
function avif(view: DataView): PictureSize | null {
  if (text(view, 4, 4) !== 'ftyp') return null;
  let size: PictureSize | null = null;
  for (let at = 8; at + 16 <= view.byteLength; at++) {
    if (view.getUint32(at) !== 0x69737065) continue;
    const [width, height] = [view.getUint32(at + 8), view.getUint32(at + 12)];
    if (size === null || width * height > size.width * size.height) size = {width, height};
  }
  return size;
}
