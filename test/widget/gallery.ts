/**
 * Shows every screen of the element at once, with made-up people, for looking at. Bundle it with
 * esbuild and open `gallery.html?theme=dark&width=320&height=480&dir=rtl&lang=ar&only=prompt,form`.
 */
import {roomAt} from '../support/widget-element.js';
import {SCREENS} from '../support/widget-screens.js';
import {FakeSession} from '../support/widget-session.js';

const query = new URLSearchParams(location.search);
const root = document.documentElement;
root.dataset['theme'] = query.get('theme') ?? 'light';
root.dir = query.get('dir') ?? 'ltr';
for (const side of ['width', 'height']) {
  const value = query.get(side);
  if (value) root.style.setProperty(`--${side}`, `${value}px`);
}

/** A person against a wall, drawn: a moving picture is all that a video needs to be laid out. */
function portrait(seed: number): MediaStream {
  const canvas = document.createElement('canvas');
  canvas.width = 640;
  canvas.height = 480;
  const draw = canvas.getContext('2d');
  if (!draw) throw new Error('no canvas');
  const hue = (seed * 67) % 360;
  const paint = (): void => {
    const wall = draw.createLinearGradient(0, 0, 640, 480);
    wall.addColorStop(0, `hsl(${hue} 28% 72%)`);
    wall.addColorStop(1, `hsl(${hue + 30} 26% 48%)`);
    draw.fillStyle = wall;
    draw.fillRect(0, 0, 640, 480);
    draw.fillStyle = `hsl(${hue + 180} 32% 34%)`;
    draw.beginPath();
    draw.ellipse(320, 480, 190, 170, 0, 0, 7);
    draw.fill();
    draw.fillStyle = `hsl(${24 + seed * 3} 42% ${62 - seed * 4}%)`;
    draw.beginPath();
    draw.ellipse(320, 235, 84, 104, 0, 0, 7);
    draw.fill();
    draw.fillStyle = `hsl(${seed * 40} 24% 22%)`;
    draw.beginPath();
    draw.ellipse(320, 170, 92, 62, 0, Math.PI, 0);
    draw.fill();
  };
  paint();
  setInterval(paint, 200);
  return canvas.captureStream(5);
}

/** A page of a document, drawn: wide, and with letters that must not be cut off. */
function document16by9(seed: number): MediaStream {
  const canvas = document.createElement('canvas');
  canvas.width = 1280;
  canvas.height = 720;
  const draw = canvas.getContext('2d');
  if (!draw) throw new Error('no canvas');
  const paint = (): void => {
    draw.fillStyle = '#f4f5f7';
    draw.fillRect(0, 0, 1280, 720);
    draw.fillStyle = `hsl(${(seed * 67) % 360} 40% 40%)`;
    draw.fillRect(0, 0, 1280, 56);
    draw.font = '600 30px sans-serif';
    draw.fillStyle = '#fff';
    draw.fillText('Harvest 2031: what was sold, and where', 24, 39);
    for (let line = 0; line < 11; line++) {
      draw.fillStyle = '#5c6570';
      draw.fillRect(120, 140 + line * 46, 560 + ((line * 211) % 440), 14);
    }
    draw.strokeStyle = '#c33';
    draw.strokeRect(1, 1, 1278, 718);
  };
  paint();
  setInterval(paint, 200);
  return canvas.captureStream(5);
}

class PictureSession extends FakeSession {
  override localStream = portrait(7);
  override localScreen: MediaStream | null = document16by9(7);
  override screenOf(peerId: string): MediaStream {
    const screen = this.screens.get(peerId) ?? document16by9(peerId.charCodeAt(0) - 96);
    this.screens.set(peerId, screen);
    return screen;
  }
  override streamOf(peerId: string): MediaStream {
    const stream = this.streams.get(peerId) ?? portrait(peerId.charCodeAt(0) - 96);
    this.streams.set(peerId, stream);
    return stream;
  }
}

const only = query.get('only')?.split(',');
const {engine} = await import('../support/widget-element.js');
engine.CallSession = PictureSession;
for (const screen of SCREENS) {
  if (only && !only.includes(screen.name)) continue;
  const figure = document.createElement('figure');
  figure.innerHTML = `<figcaption>${screen.name}</figcaption>`;
  document.body.append(figure);
  await roomAt(screen, figure);
}
// Not before, for the screens are brought about by buttons of English names.
root.lang = query.get('lang') ?? (root.dir === 'rtl' ? 'ar' : 'en');
root.dataset['ready'] = '';
