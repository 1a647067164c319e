/** A microphone into which somebody whistles without an end. */

export interface Whistle {
  readonly track: MediaStreamTrack;
  end(): void;
}

export function whistle(): Whistle {
  const context = new AudioContext();
  const tone = new OscillatorNode(context, {frequency: 440});
  const destination = context.createMediaStreamDestination();
  tone.connect(destination);
  tone.start();
  return {
    track: destination.stream.getAudioTracks()[0]!,
    end: () => void context.close(),
  };
}
