/**
 * People for the pictures in the documentation: two drawings, painted by a browser's canvas, as the
 * frames of a fake camera. Knows nothing of where they are shown.
 */
/// <reference lib="dom" />
import {writeFileSync} from 'node:fs';

/**
 * @typedef {{wall: [string, string], glow: string, skin: string, shade: string, hair: string,
 *   shirt: string, collar: string, isLongHaired: boolean, hasBeard: boolean}} Portrait
 */

/** @type {Record<'ana' | 'ben', Portrait>} */
export const PORTRAITS = {
  ana: {
    wall: ['#f3d9c4', '#d9a98c'],
    glow: '#fff1de',
    skin: '#e8b48f',
    shade: '#d39a74',
    hair: '#4a2c22',
    shirt: '#1f6f67',
    collar: '#2b8a80',
    isLongHaired: true,
    hasBeard: false,
  },
  ben: {
    wall: ['#c9dce4', '#7d9fb0'],
    glow: '#eef7fa',
    skin: '#b98260',
    shade: '#a26e4e',
    hair: '#241a17',
    shirt: '#e0a63f',
    collar: '#f0bd60',
    isLongHaired: false,
    hasBeard: true,
  },
};

/**
 * Writes a film of one drawing in the format of Chromium's `--use-file-for-fake-video-capture`.
 * @param {import('puppeteer-core').Page} page any page; only its canvas is used
 * @param {Portrait} portrait
 * @param {string} path of a file named `.mjpeg`
 */
export async function writeFilm(page, portrait, path) {
  const frames = await page.evaluate(paint, portrait);
  writeFileSync(path, Buffer.concat(frames.map((frame) => Buffer.from(frame, 'base64'))));
}

/**
 * Runs in the page. A film is a few frames in which the head moves a little.
 * @param {Portrait} portrait
 * @returns {string[]} JPEG images, base64
 */
function paint(portrait) {
  const [width, height] = [1280, 720];
  const canvas = document.createElement('canvas');
  Object.assign(canvas, {width, height});
  const context = canvas.getContext('2d');
  if (!context) throw new Error('no canvas');
  const draw = context;
  /** @param {string} colour @param {() => void} path */
  const fill = (colour, path) => {
    draw.fillStyle = colour;
    draw.beginPath();
    path();
    draw.fill();
  };
  /** @param {number} x @param {number} y @param {number} rx @param {number} ry */
  const oval = (x, y, rx, ry) => draw.ellipse(x, y, rx, ry, 0, 0, 2 * Math.PI);
  /** @param {number} sway */
  const frame = (sway) => {
    const wall = draw.createLinearGradient(0, 0, width, height);
    wall.addColorStop(0, portrait.wall[0]);
    wall.addColorStop(1, portrait.wall[1]);
    draw.fillStyle = wall;
    draw.fillRect(0, 0, width, height);
    const light = draw.createRadialGradient(330, 180, 20, 330, 180, 560);
    light.addColorStop(0, portrait.glow);
    light.addColorStop(1, `${portrait.glow}00`);
    draw.fillStyle = light;
    draw.fillRect(0, 0, width, height);
    // A shelf and a plant.
    fill('#ffffff55', () => draw.roundRect(905, 250, 270, 14, 7));
    for (const [at, tall, colour] of /** @type {const} */ ([
      [930, 96, '#8c5a4a'],
      [962, 78, '#e9c46a'],
      [994, 104, '#2a6f77'],
      [1026, 86, '#c8d5b9'],
    ])) {
      fill(colour, () => draw.roundRect(at, 250 - tall, 26, tall, 4));
    }
    fill('#d98b6a', () => draw.roundRect(1096, 204, 56, 46, 8));
    for (const turn of [-0.7, -0.25, 0.2, 0.65]) {
      fill('#5b8f6a', () => draw.ellipse(1124 + turn * 46, 166, 15, 52, turn, 0, 2 * Math.PI));
    }
    const x = 640 + sway;
    if (portrait.isLongHaired) {
      fill(portrait.hair, () => draw.roundRect(x - 158, 190, 316, 360, 150));
    }
    fill(portrait.shirt, () => {
      draw.moveTo(250, 720);
      draw.bezierCurveTo(270, 560, 420, 540, 560, 510);
      draw.lineTo(720, 510);
      draw.bezierCurveTo(860, 540, 1010, 560, 1030, 720);
    });
    fill(portrait.shade, () => draw.roundRect(x - 58, 430, 116, 120, 50));
    fill(portrait.collar, () => {
      draw.moveTo(556, 508);
      draw.quadraticCurveTo(640, 640, 724, 508);
      draw.lineTo(764, 522);
      draw.quadraticCurveTo(640, 704, 516, 522);
    });
    fill(portrait.skin, () => oval(x - 126, 330, 22, 34));
    fill(portrait.skin, () => oval(x + 126, 330, 22, 34));
    fill(portrait.skin, () => oval(x, 320, 128, 160));
    if (portrait.hasBeard) {
      fill(portrait.hair, () => {
        draw.moveTo(x - 128, 330);
        draw.bezierCurveTo(x - 128, 530, x + 128, 530, x + 128, 330);
        draw.bezierCurveTo(x + 96, 400, x + 60, 396, x, 392);
        draw.bezierCurveTo(x - 60, 396, x - 96, 400, x - 128, 330);
      });
    }
    fill(portrait.hair, () => {
      draw.moveTo(x - 134, 320);
      draw.bezierCurveTo(x - 150, 110, x + 150, 110, x + 134, 320);
      draw.bezierCurveTo(x + 112, 230, x + 60, 220, x - 20, 216);
      draw.bezierCurveTo(x - 80, 222, x - 118, 250, x - 134, 320);
    });
    for (const side of [-1, 1]) {
      fill('#ffffff', () => oval(x + side * 50, 318, 17, 12));
      fill('#2b211d', () => oval(x + side * 50 + 2, 318, 9, 10));
      draw.strokeStyle = portrait.hair;
      draw.lineWidth = 8;
      draw.lineCap = 'round';
      draw.beginPath();
      draw.arc(x + side * 50, 312, 30, 1.25 * Math.PI, 1.75 * Math.PI);
      draw.stroke();
    }
    draw.strokeStyle = portrait.shade;
    draw.lineWidth = 7;
    draw.beginPath();
    draw.moveTo(x + 2, 330);
    draw.quadraticCurveTo(x + 16, 362, x - 6, 366);
    draw.stroke();
    fill('#fff6f0', () => {
      draw.moveTo(x - 40, 404);
      draw.quadraticCurveTo(x, 452, x + 40, 404);
      draw.quadraticCurveTo(x, 416, x - 40, 404);
    });
    return canvas.toDataURL('image/jpeg', 0.92).replace(/^.*,/, '');
  };
  return [0, 1, 2, 3, 2, 1, 0, -1, -2, -3, -2, -1].map(frame);
}
