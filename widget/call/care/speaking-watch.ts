/**
 * Who is speaking: listens to how loud what arrives from each peer says that it is, and puts into the
 * state who speaks. Of the sound itself nothing is read; the receivers know the level of the packets
 * that were played last (WebRTC, section 5.7, `RTCRtpContributingSource.audioLevel`).
 */
import type {Peer} from '../peer.js';
import type {Remote} from '../remote.js';
import {peerIn} from '../state-questions.js';
import type {CareHost} from './call-care.js';
import type {ReceiverClock} from './receiver-clock.js';

export type SpeakingHost = Pick<CareHost, 'state' | 'dispatch'> & {
  readonly mesh: {readonly remotes: readonly Pick<Remote, 'peerId' | 'peer' | 'stream'>[]};
};

/** Linear, 1 is 0 dBov: -40 dB. Speech is louder, a quiet room behind noise suppression is not. */
const SPEECH_LEVEL = 0.01;

/** A key, or a cough, is over sooner. */
const SPEECH_SAMPLES = 3;

/** A pause between two words does not end it. */
const PAUSE_SAMPLES = 8;

/**
 * From the first connection of a link until its picture has its full size: encoders, decoders and the page share the
 * processors, and Chromium has the page stand still for whoever asks a receiver.
 */
const CALM_MS = 1_500;

interface Heard {
  /** By the receiver's own clock. */
  readonly at: number;
  /** Loud samples, less the quiet ones that came between them. */
  readonly loud: number;
  /** Samples for which it goes on without anything loud. */
  readonly left: number;
}

/** Until the call is over, and with it the clock. */
export function watchSpeaking({mesh, state, dispatch}: SpeakingHost, clock: ReceiverClock): void {
  let heard: ReadonlyMap<string, Heard> = new Map();
  /** When a link was first found connected; `-Infinity`: it was before this began, whose turn comes when it is calm. */
  const connectedAt = new WeakMap<Peer, number>();
  for (const {peer} of mesh.remotes) if (peer?.wasConnected) connectedAt.set(peer, -Infinity);
  const isCalm = (peer: Peer | null): boolean => {
    if (peer?.wasConnected !== true) return false;
    const at = connectedAt.get(peer) ?? performance.now();
    connectedAt.set(peer, at);
    return performance.now() - at >= CALM_MS;
  };
  const listen = (): void => {
    // Those who have gone are not taken along.
    const now = new Map<string, Heard>();
    for (const remote of mesh.remotes) {
      const {peerId} = remote;
      const known = peerIn(state(), peerId);
      if (!known) continue;
      const former = heard.get(peerId);
      const isOn = known.microphoneEnabled && isCalm(remote.peer);
      // What was heard last before it was turned off is not heard anew when it is on again.
      const next = after(former, isOn ? lastSound(remote) : {timestamp: former?.at ?? 0, level: 0});
      now.set(peerId, next);
      const speaking = next.left > 0 && isOn;
      if (speaking !== known.speaking) dispatch({type: 'peer-changed', peerId, change: {speaking}});
    }
    heard = now;
  };
  clock.onTick(listen);
}

interface Sound {
  readonly timestamp: number;
  readonly level: number;
}

function after(
  {at, loud, left}: Heard = {at: 0, loud: 0, left: 0},
  {timestamp, level}: Sound,
): Heard {
  // What was heard long ago stays there for seconds.
  const isLoud = level > SPEECH_LEVEL && timestamp !== at;
  const more = Math.min(Math.max(loud + (isLoud ? 1 : -0.5), 0), SPEECH_SAMPLES);
  // It takes more to begin than to go on.
  const isSpeech = isLoud && (left > 0 || more === SPEECH_SAMPLES);
  return {at: timestamp, loud: more, left: isSpeech ? PAUSE_SAMPLES : Math.max(left - 1, 0)};
}

/** Of the microphone: a shared screen may have sound, too. */
function lastSound({peer, stream}: Pick<Remote, 'peer' | 'stream'>): Sound {
  const microphones = stream.getAudioTracks();
  const sources = (peer?.receivers ?? [])
    .filter(({track}) => microphones.includes(track))
    .flatMap((receiver) => receiver.getSynchronizationSources());
  const [source] = sources.sort((a, b) => b.timestamp - a.timestamp);
  return {timestamp: source?.timestamp ?? 0, level: source?.audioLevel ?? 0};
}
