/**
 * A picture that is not a camera's: black, a few times a second, which keeps encoder, way and receiver warm; and once,
 * when it may be, what the camera shows in that moment. A camera makes its next picture only in 33 ms, and in
 * a dark room in 66, for which nobody need wait.
 */

/** As cameras film, so that the encoder need not begin anew. */
const [WIDTH, HEIGHT] = [1280, 720];
const EVERY_MS = 200;

/** A way that has just been found is tried with more: the first pictures may be too soon for the other side. */
const HURRIED_MS = 50;
const MAX_HURRIED = 5;

/** As cameras do. */
const SHOWN_MS = 30;

/** Where pictures go that are made here. */
interface Output {
  readonly track: MediaStreamTrack;
  /** @param video what it shows; black if it is left out */
  send(video?: HTMLVideoElement): void;
  stop(): void;
}

export class PlaceholderPicture {
  readonly #output: Output | null = generated() ?? painted();
  readonly #camera = Object.assign(document.createElement('video'), {
    muted: true,
    playsInline: true,
  });
  #timer: ReturnType<typeof setInterval> | undefined;

  constructor() {
    this.#sendBlack();
  }

  /** `null`: this browser can make none. */
  get track(): MediaStreamTrack | null {
    return this.#output?.track ?? null;
  }

  /** There is a way to the other side now. */
  hurry(): void {
    let left = MAX_HURRIED;
    this.#send(() => {
      this.#output?.send();
      if (--left === 0) this.#sendBlack();
    }, HURRIED_MS);
  }

  /** What may be shown later. */
  watch(camera: MediaStreamTrack | null): void {
    if (this.#watched === camera) return;
    this.#camera.srcObject = camera && new MediaStream([camera]);
    // Refused or ended meanwhile: there will be nothing to show.
    this.#camera.play().catch(() => undefined);
  }

  /** From now on what this camera shows, if that is known. Returns whether it is. */
  show(camera: MediaStreamTrack | null): boolean {
    const isKnown =
      camera !== null &&
      camera === this.#watched &&
      this.#camera.readyState >= HTMLMediaElement.HAVE_CURRENT_DATA &&
      // Of a page that nobody looks at it may be an old one.
      !document.hidden;
    if (isKnown) this.#send(() => this.#output?.send(this.#camera), SHOWN_MS);
    return isKnown;
  }

  /** Black again. */
  hide(): void {
    this.#sendBlack();
  }

  stop(): void {
    clearInterval(this.#timer);
    this.#camera.srcObject = null;
    this.#output?.stop();
  }

  get #watched(): MediaStreamTrack | null {
    const {srcObject} = this.#camera;
    return srcObject instanceof MediaStream ? (srcObject.getTracks()[0] ?? null) : null;
  }

  #sendBlack(): void {
    this.#send(() => this.#output?.send(), EVERY_MS);
  }

  /** Now and from now on, in place of what was sent before. */
  #send(send: () => void, everyMs: number): void {
    clearInterval(this.#timer);
    send();
    this.#timer = setInterval(send, everyMs);
  }
}

/** Chromium's own, which the types do not know: a picture leaves as soon as it is made. */
type Generator = new (init: {kind: 'video'}) => MediaStreamTrack & {
  readonly writable: WritableStream<VideoFrame>;
};

function generated(): Output | null {
  const {MediaStreamTrackGenerator: Made} = globalThis as {MediaStreamTrackGenerator?: Generator};
  if (!Made) return null;
  const track = new Made({kind: 'video'});
  const pictures = track.writable.getWriter();
  const black = canvas();
  return {
    track,
    send: (video) => {
      const timestamp = performance.now() * 1_000;
      // Whatever was taken is closed there. Refused once it is stopped.
      pictures.write(new VideoFrame(video ?? black.element, {timestamp})).catch(() => undefined);
    },
    stop: () => track.stop(),
  };
}

/** A canvas leaves with the next picture of the page. */
function painted(): Output | null {
  const {element, context} = canvas();
  // At a rate of its own it would take every second picture or none, for that is not the rate of the painting.
  const stream = element.captureStream(0);
  const [track] = stream.getVideoTracks();
  if (!track) return null;
  // Firefox has it at the stream.
  const taker = [track, stream].find((each): each is FrameTaker => 'requestFrame' in each);
  return {
    track,
    send: (video) => {
      if (video) context?.drawImage(video, 0, 0, WIDTH, HEIGHT);
      else context?.fillRect(0, 0, WIDTH, HEIGHT);
      taker?.requestFrame();
    },
    stop: () => track.stop(),
  };
}

type FrameTaker = (MediaStreamTrack | MediaStream) &
  Pick<CanvasCaptureMediaStreamTrack, 'requestFrame'>;

function canvas(): {element: HTMLCanvasElement; context: CanvasRenderingContext2D | null} {
  const element = document.createElement('canvas');
  [element.width, element.height] = [WIDTH, HEIGHT];
  const context = element.getContext('2d', {alpha: false});
  context?.fillRect(0, 0, WIDTH, HEIGHT);
  return {element, context};
}
