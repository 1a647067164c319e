/** A screen to share: a canvas in place of the browser's question, and what became of each that was given. */

export interface FakeScreens {
  /** Every stream that was given, in order. */
  readonly given: MediaStream[];
  /** How often somebody was asked. */
  asked(): number;
  /** The next question waits until it is called, or is refused with this error. */
  hold(): (error?: DOMException) => void;
  /** As by the browser's own button, or because a window was closed. */
  end(): void;
  restore(): void;
}

/** @param withSound A tab that makes a noise. */
export function fakeScreens({withSound = false} = {}): FakeScreens {
  const {mediaDevices} = navigator;
  const original = mediaDevices.getDisplayMedia.bind(mediaDevices);
  const given: MediaStream[] = [];
  const timers: ReturnType<typeof setInterval>[] = [];
  const contexts: AudioContext[] = [];
  const listeners: EventListener[] = [];
  let asked = 0;
  let held: Promise<DOMException | undefined> | null = null;

  function screen(): MediaStream {
    const canvas = document.createElement('canvas');
    [canvas.width, canvas.height] = [640, 360];
    const draw = canvas.getContext('2d')!;
    let step = 0;
    const paint = (): void => {
      draw.fillStyle = `hsl(${(step++ * 7) % 360} 60% 60%)`;
      draw.fillRect(0, 0, 640, 360);
    };
    paint();
    timers.push(setInterval(paint, 50));
    const stream = canvas.captureStream(20);
    if (withSound) {
      const context = new AudioContext();
      contexts.push(context);
      const {stream: sound} = context.createMediaStreamDestination();
      for (const track of sound.getTracks()) stream.addTrack(track);
    }
    const [track] = stream.getVideoTracks();
    // Firefox gives its tracks' listeners trusted events alone, so they are called by hand.
    track!.addEventListener = (type: string, listener: unknown) => {
      if (type === 'ended') listeners.push(listener as EventListener);
    };
    given.push(stream);
    return stream;
  }

  mediaDevices.getDisplayMedia = async () => {
    asked++;
    const refusal = await held;
    held = null;
    if (refusal) throw refusal;
    return screen();
  };

  return {
    given,
    asked: () => asked,
    hold() {
      let answer = (_error?: DOMException): void => undefined;
      held = new Promise((resolve) => (answer = resolve));
      return answer;
    },
    end() {
      for (const track of given.at(-1)?.getTracks() ?? []) track.stop();
      for (const listener of listeners) listener(new Event('ended'));
    },
    restore() {
      mediaDevices.getDisplayMedia = original;
      for (const timer of timers) clearInterval(timer);
      for (const stream of given) for (const track of stream.getTracks()) track.stop();
      for (const context of contexts) void context.close();
    },
  };
}

/** As in a frame without `allow="display-capture"`, where the browser tells. Returns what takes it back. */
export function forbidScreens(): () => void {
  const value = {allowsFeature: (name: string) => name !== 'display-capture'};
  Object.defineProperty(document, 'featurePolicy', {value, configurable: true});
  return () => Reflect.deleteProperty(document, 'featurePolicy');
}
