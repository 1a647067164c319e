/**
 * Who is speaking: listens to how loud what arrives from each peer says that it is, and puts into the
 * state who speaks. Of the sound itself nothing is read; the receivers know the level of the packets
 * that were played last (WebRTC, section 5.7, `RTCRtpContributingSource.audioLevel`).
 */
import type {Remote} from '../remote.js';
import {peerIn} from '../state-questions.js';
import type {CareHost} from './call-care.js';

export type SpeakingHost = Pick<CareHost, 'signal' | 'state' | 'dispatch'> & {
  readonly mesh: {readonly remotes: readonly Pick<Remote, 'peerId' | 'peer' | 'stream'>[]};
};

/** Each look sees one packet, of 20 ms: often enough that a ring around a picture goes with the voice. */
const SAMPLE_MS = 100;

/** Linear, 1 is 0 dBov: -40 dB. Speech is louder, a quiet room behind noise suppression is not. */
const SPEECH_LEVEL = 0.01;

/** A key, or a cough, is over sooner. */
const SPEECH_SAMPLES = 3;

/** A pause between two words does not end it. */
const PAUSE_SAMPLES = 8;

interface Heard {
  /** By the receiver's own clock. */
  readonly at: number;
  /** Loud samples, less the quiet ones that came between them. */
  readonly loud: number;
  /** Samples for which it goes on without anything loud. */
  readonly left: number;
}

/** Until the call is over. */
export function watchSpeaking(host: SpeakingHost): void {
  const watch = new SpeakingWatch(host);
  const timer = setInterval(() => watch.listen(), SAMPLE_MS);
  host.signal.addEventListener('abort', () => clearInterval(timer), {once: true});
}

class SpeakingWatch {
  readonly #host: SpeakingHost;
  readonly #heard = new Map<string, Heard>();

  constructor(host: SpeakingHost) {
    this.#host = host;
  }

  listen(): void {
    const {mesh, state, dispatch} = this.#host;
    for (const remote of mesh.remotes) {
      const {peerId} = remote;
      const known = peerIn(state(), peerId);
      if (!known) continue;
      const {at = 0, loud: before = 0, left = 0} = this.#heard.get(peerId) ?? {};
      const {timestamp, level} = lastSound(remote);
      // What was heard long ago stays there for seconds.
      const isLoud = level > SPEECH_LEVEL && timestamp !== at;
      const loud = Math.min(Math.max(before + (isLoud ? 1 : -0.5), 0), SPEECH_SAMPLES);
      // It takes more to begin than to go on.
      const isSpeech = isLoud && (left > 0 || loud === SPEECH_SAMPLES);
      const rest = isSpeech ? PAUSE_SAMPLES : Math.max(left - 1, 0);
      this.#heard.set(peerId, {at: timestamp, loud, left: rest});
      const speaking = rest > 0 && known.microphoneEnabled;
      if (speaking !== known.speaking) dispatch({type: 'peer-changed', peerId, change: {speaking}});
    }
    for (const peerId of this.#heard.keys()) {
      if (!mesh.remotes.some((remote) => remote.peerId === peerId)) this.#heard.delete(peerId);
    }
  }
}

/** Of the microphone: a shared screen may have sound, too. */
function lastSound({peer, stream}: Pick<Remote, 'peer' | 'stream'>): {
  readonly timestamp: number;
  readonly level: number;
} {
  const microphones = stream.getAudioTracks();
  const sources = (peer?.receivers ?? [])
    .filter(({track}) => microphones.includes(track))
    .flatMap((receiver) => receiver.getSynchronizationSources());
  const [source] = sources.sort((a, b) => b.timestamp - a.timestamp);
  return {timestamp: source?.timestamp ?? 0, level: source?.audioLevel ?? 0};
}
