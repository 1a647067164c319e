/**
 * A picture that is not a camera's: black, a few times a second, which keeps encoder, way and receiver warm; and for a
 * short while, when it may be, what the camera shows. A camera makes its next picture only in 33 ms, and in
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

/** Longer ago than two looks at it: the camera gives nothing, or the page was not to be seen. */
const FRESH_MS = 500;

/** Where pictures go that are made here. */
interface Output {
  readonly track: MediaStreamTrack;
  /** @param video what it shows; black if it is left out */
  send(video?: HTMLVideoElement): void;
  stop(): void;
}

export class PlaceholderPicture {
  readonly #output: Output | null = generated() ?? painted();
  readonly #video = Object.assign(document.createElement('video'), {
    muted: true,
    playsInline: true,
  });
  /** When there was a picture of the camera. */
  #freshAt = -Infinity;
  #isStopped = false;
  #timer: ReturnType<typeof setInterval> | undefined;

  constructor() {
    this.hide();
    // An old browser without it has no picture to show.
    if ('requestVideoFrameCallback' in this.#video) this.#look();
  }

  #look(): void {
    this.#video.requestVideoFrameCallback(() => {
      this.#freshAt = performance.now();
      if (!this.#isStopped) this.#look();
    });
  }

  /** `null`: this browser can make none. */
  get track(): MediaStreamTrack | null {
    return this.#output?.track ?? null;
  }

  /** There is a way to the other side now. */
  hurry(): void {
    let left = MAX_HURRIED;
    this.#every(HURRIED_MS, () => (left-- > 0 ? this.#send() : this.hide()));
  }

  /** What may be shown later. */
  watch(camera: MediaStreamTrack | null): void {
    if (this.#isStopped || this.#watched === camera) return;
    this.#freshAt = -Infinity;
    this.#video.srcObject = camera && new MediaStream([camera]);
    // Refused or ended meanwhile: there will be nothing to show.
    this.#video.play().catch(() => undefined);
  }

  /** From now on what this camera shows, if that is known; black as soon as it is not. Returns whether it was. */
  show(camera: MediaStreamTrack | null): boolean {
    if (!camera || camera !== this.#watched || !this.#isFresh()) return false;
    const isShown = this.#send(this.#video);
    if (isShown) {
      clearInterval(this.#timer);
      this.#timer = setInterval(
        () => this.#send(this.#isFresh() ? this.#video : undefined),
        SHOWN_MS,
      );
    }
    return isShown;
  }

  /** Black. */
  hide(): void {
    this.#every(EVERY_MS, () => this.#send());
  }

  stop(): void {
    this.#isStopped = true;
    clearInterval(this.#timer);
    this.#video.srcObject = null;
    this.#output?.stop();
  }

  get #watched(): MediaStreamTrack | undefined {
    const {srcObject} = this.#video;
    return srcObject instanceof MediaStream ? srcObject.getTracks()[0] : undefined;
  }

  /** A camera that is off, or covered, and a page that nobody looked at, leave their last picture behind. */
  #isFresh(): boolean {
    const camera = this.#watched;
    const isOn = camera?.readyState === 'live' && camera.enabled && !camera.muted;
    return isOn && !document.hidden && performance.now() - this.#freshAt < FRESH_MS;
  }

  #send(video?: HTMLVideoElement): boolean {
    try {
      this.#output?.send(video);
      return this.#output !== null;
    } catch {
      // There is no picture after all.
      return false;
    }
  }

  /** Now and from now on, in place of what was done before. */
  #every(ms: number, send: () => void): void {
    clearInterval(this.#timer);
    if (this.#isStopped) return;
    send();
    this.#timer = setInterval(send, ms);
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
      const picture = new VideoFrame(video ?? black.element, {timestamp});
      // Whatever is taken is closed there; refused is what comes after the end.
      pictures.write(picture).catch(() => picture.close());
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
      // As it is: not every camera is as wide as high.
      const [width, height] = video ? [video.videoWidth, video.videoHeight] : [WIDTH, HEIGHT];
      if (element.width !== width || element.height !== height)
        Object.assign(element, {width, height});
      if (video) context?.drawImage(video, 0, 0);
      else context?.fillRect(0, 0, width, height);
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
