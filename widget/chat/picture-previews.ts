/**
 * Draws small pictures of picture files into canvases, each when it comes into sight. Not with
 * `<img>` and an object URL, which a page's strict policy blocks. Knows nothing of who sent them.
 */
import {isPicture, pictureSize} from './picture-size.js';

/** Larger ones are not unpacked: 200 MB of pixels, the largest that phones' cameras make. */
const MAX_PIXELS = 50_000_000;
const MAX_BYTES = 30_000_000;

/** As drawn, in device pixels: sharp in a wide panel on a fine screen. */
const MAX_SIDE = 640;

export class PicturePreviews {
  readonly #observer: IntersectionObserver;
  readonly #files = new Map<Element, File>();
  readonly #unshowable = new WeakSet<File>();
  readonly #onChange: () => void;

  /** @param onChange A file turned out to be no picture, or has been drawn. */
  constructor(onChange: () => void) {
    this.#onChange = onChange;
    this.#observer = new IntersectionObserver((entries) => {
      for (const {isIntersecting, target} of entries) if (isIntersecting) this.#show(target);
    });
  }

  /** Whether there may be something to see of it. */
  has(file: File | null): file is File {
    return (
      file !== null && isPicture(file.type) && file.size <= MAX_BYTES && !this.#unshowable.has(file)
    );
  }

  /** After a rendering: these are the canvases now, with their files. */
  settle(canvases: ReadonlyMap<Element, File>): void {
    for (const canvas of this.#files.keys()) {
      if (!canvases.has(canvas)) this.#forget(canvas);
    }
    for (const [canvas, file] of canvases) {
      if (this.#files.has(canvas)) continue;
      this.#files.set(canvas, file);
      this.#observer.observe(canvas);
    }
  }

  dispose(): void {
    this.#observer.disconnect();
    this.#files.clear();
  }

  #forget(canvas: Element): void {
    this.#observer.unobserve(canvas);
    this.#files.delete(canvas);
  }

  #show(canvas: Element): void {
    this.#observer.unobserve(canvas);
    const file = this.#files.get(canvas);
    if (file === undefined || !(canvas instanceof HTMLCanvasElement)) return;
    draw(file, canvas).then(
      () => {
        canvas.toggleAttribute('data-drawn', true);
        this.#onChange();
      },
      () => {
        this.#unshowable.add(file);
        this.#onChange();
      },
    );
  }
}

async function draw(file: File, canvas: HTMLCanvasElement): Promise<void> {
  const size = await pictureSize(file);
  if (size === null || size.width * size.height > MAX_PIXELS) throw new Error('no picture');
  const bitmap = await createImageBitmap(file);
  // Turned as its camera says, so not always of the size that the file says.
  const scale = Math.min(1, MAX_SIDE / Math.max(bitmap.width, bitmap.height));
  canvas.width = Math.max(1, Math.round(bitmap.width * scale));
  canvas.height = Math.max(1, Math.round(bitmap.height * scale));
  const context = canvas.getContext('2d');
  if (context) context.imageSmoothingQuality = 'high';
  context?.drawImage(bitmap, 0, 0, canvas.width, canvas.height);
  bitmap.close();
}
