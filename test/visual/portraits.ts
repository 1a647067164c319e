/**
 * Moving pictures that never change: drawn, the same on every machine, and still once every video
 * shows them. Knows nothing of who shows them.
 */

interface Picture {
  readonly canvas: HTMLCanvasElement;
  readonly stream: MediaStream;
}

const pictures = new Map<string, Picture>();

/** A person against a wall: flat colours, which stay small in a kept picture. */
export function portrait(seed: number): MediaStream {
  return pictureOf(`portrait ${String(seed)}`, 640, 480, (draw) => {
    const hue = (seed * 67) % 360;
    draw.fillStyle = `hsl(${hue} 27% 66%)`;
    draw.fillRect(0, 0, 640, 480);
    draw.fillStyle = `hsl(${hue + 30} 26% 54%)`;
    draw.fillRect(0, 330, 640, 150);
    const ellipses = [
      [`hsl(${hue + 180} 32% 34%)`, 480, 190, 170, 0],
      [`hsl(${24 + seed * 3} 42% ${62 - seed * 4}%)`, 235, 84, 104, 0],
      [`hsl(${seed * 40} 24% 22%)`, 170, 92, 62, Math.PI],
    ] as const;
    for (const [colour, y, width, height, from] of ellipses) {
      draw.fillStyle = colour;
      draw.beginPath();
      draw.ellipse(320, y, width, height, 0, from, Math.PI * 2);
      draw.fill();
    }
  });
}

/** A page of a document: wide, and with a frame and letters that must not be cut off. */
export function documentPage(seed: number): MediaStream {
  return pictureOf(`document ${String(seed)}`, 1280, 720, (draw) => {
    draw.fillStyle = '#f4f5f7';
    draw.fillRect(0, 0, 1280, 720);
    draw.fillStyle = `hsl(${(seed * 67) % 360} 40% 40%)`;
    draw.fillRect(0, 0, 1280, 56);
    draw.font = '600 30px Inter';
    draw.fillStyle = '#fff';
    draw.fillText('Harvest 2031: what was sold, and where', 24, 39);
    draw.fillStyle = '#5c6570';
    for (let line = 0; line < 11; line++) {
      draw.fillRect(120, 140 + line * 46, 560 + ((line * 211) % 440), 14);
    }
    draw.strokeStyle = '#c33';
    draw.lineWidth = 4;
    draw.strokeRect(2, 2, 1276, 716);
  });
}

/** A video gets a frame only when one is painted after it was given the stream. */
export function paintAll(): void {
  for (const {canvas, stream} of pictures.values()) {
    const draw = contextOf(canvas);
    // A canvas counts as painted when something was drawn, be it the same again.
    draw.drawImage(canvas, 0, 0);
    const [track] = stream.getVideoTracks();
    (track as CanvasCaptureMediaStreamTrack | undefined)?.requestFrame();
  }
}

function pictureOf(
  key: string,
  width: number,
  height: number,
  paint: (draw: CanvasRenderingContext2D) => void,
): MediaStream {
  const known = pictures.get(key);
  if (known) return known.stream;
  const canvas = Object.assign(document.createElement('canvas'), {width, height});
  paint(contextOf(canvas));
  const picture = {canvas, stream: canvas.captureStream(0)};
  pictures.set(key, picture);
  return picture.stream;
}

function contextOf(canvas: HTMLCanvasElement): CanvasRenderingContext2D {
  const context = canvas.getContext('2d');
  if (!context) throw new Error('no canvas');
  return context;
}
