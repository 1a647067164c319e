/** How large a picture says it is, before anybody unpacks it: all five formats, as browsers and cameras write them, and what is none of them. */
import {expect} from 'chai';
import {isPicture, pictureSize} from '../../widget/chat/picture-size.js';

async function drawn(type: string, width: number, height: number): Promise<Blob> {
  const canvas = Object.assign(document.createElement('canvas'), {width, height});
  canvas.getContext('2d')?.fillRect(0, 0, width / 2, height);
  const blob = await new Promise<Blob | null>((resolve) => canvas.toBlob(resolve, type));
  if (blob?.type !== type) throw new Error(`this browser writes no ${type}`);
  return blob;
}

const bytesOf = (type: string, ...parts: (string | readonly number[])[]): Blob =>
  new Blob(
    parts.map((part) => (typeof part === 'string' ? part : Uint8Array.from(part))),
    {type},
  );

describe('the size of a picture', () => {
  for (const type of ['image/png', 'image/jpeg', 'image/webp']) {
    it(`${type} as this browser writes it`, async () => {
      const blob = await drawn(type, 321, 123);
      expect(await pictureSize(blob)).to.deep.equal({width: 321, height: 123});
    });
  }

  it('image/gif', async () => {
    const gif = bytesOf('image/gif', 'GIF89a', [65, 1, 123, 0, 0, 0, 0]);
    expect(await pictureSize(gif)).to.deep.equal({width: 321, height: 123});
  });

  it('image/jpeg with a camera’s notes before the frame, progressive', async () => {
    const notes = [0xff, 0xe1, 0x40, 0x02, ...Array.from({length: 0x4000}, () => 0xff)];
    const frame = [0xff, 0xff, 0xc2, 0, 17, 8, 0, 123, 1, 65, 3, 0, 0, 0];
    const jpeg = bytesOf('image/jpeg', [0xff, 0xd8], notes, frame);
    expect(await pictureSize(jpeg)).to.deep.equal({width: 321, height: 123});
  });

  for (const [kind, rest] of [
    ['VP8 ', [0, 0, 0, 0, 0, 0, 0, 0x9d, 0x01, 0x2a, 65, 1, 123, 0]],
    ['VP8L', [0, 0, 0, 0, 0x2f, 0x40, 0x81, 0x1e, 0]],
    ['VP8X', [0, 0, 0, 0, 0, 0, 0, 0, 64, 1, 0, 122, 0, 0]],
  ] as const) {
    it(`image/webp, ${kind}`, async () => {
      const webp = bytesOf('image/webp', 'RIFF', [0, 0, 0, 0], 'WEBP', kind, rest);
      expect(await pictureSize(webp)).to.deep.equal({width: 321, height: 123});
    });
  }

  it('image/avif: that of the largest image in it', async () => {
    const box = (width: number, height: number): number[] => [
      ...[0, 0, 0, 20, 0x69, 0x73, 0x70, 0x65, 0, 0, 0, 0],
      ...[0, 0, width >> 8, width & 255, 0, 0, height >> 8, height & 255],
    ];
    const avif = bytesOf('image/avif', [0, 0, 0, 16], 'ftypavif', box(64, 64), box(321, 123));
    expect(await pictureSize(avif)).to.deep.equal({width: 321, height: 123});
  });

  for (const type of ['image/png', 'image/jpeg', 'image/gif', 'image/webp', 'image/avif']) {
    it(`${type}: nothing, noise and half a header are no picture`, async () => {
      expect(isPicture(type)).to.equal(true);
      for (const text of ['', 'x', 'x'.repeat(5000), '\u00ff\u00d8', 'GIF', 'RIFFxxxxWEBPVP8 ']) {
        expect(await pictureSize(new Blob([text], {type})), text.slice(0, 20)).to.equal(null);
      }
    });
  }

  for (const type of ['image/svg+xml', 'image/bmp', 'text/html', 'application/pdf', '']) {
    it(`"${type}" is not previewed`, async () => {
      expect(isPicture(type)).to.equal(false);
      expect(await pictureSize(new Blob(['<svg/>'], {type}))).to.equal(null);
    });
  }
});
