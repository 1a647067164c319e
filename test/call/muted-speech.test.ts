/** Speaking into a muted microphone: noticed there and nowhere else, and only for as long as it is muted. */
import {expect} from 'chai';
import {DEFAULT_CALL_OPTIONS, type CallOptions} from '../../widget/call/call-options.js';
import {levelOf, MutedSpeech, SpeechDetector} from '../../widget/call/care/muted-speech.js';
import {record, until} from '../support/calls.js';
import {inPageSuite} from '../support/in-page-suite.js';
import {whistle} from '../support/whistle.js';

/** Every AudioContext and every clone of a track that is made until `stop()`. */
function watchListening() {
  const Original = globalThis.AudioContext;
  const contexts: AudioContext[] = [];
  const copies: MediaStreamTrack[] = [];
  globalThis.AudioContext = class extends Original {
    constructor(options?: AudioContextOptions) {
      super(options);
      contexts.push(this);
    }
  };
  const {clone} = MediaStreamTrack.prototype;
  MediaStreamTrack.prototype.clone = function () {
    const copy = clone.call(this);
    copies.push(copy);
    return copy;
  };
  return {
    open: () =>
      contexts.filter(({state}) => state !== 'closed').length +
      copies.filter(({readyState}) => readyState === 'live').length,
    made: () => contexts.length + copies.length,
    stop: () => {
      globalThis.AudioContext = Original;
      MediaStreamTrack.prototype.clone = clone;
    },
  };
}

describe('speech into a muted microphone', () => {
  const suite = inPageSuite();

  it('is several loud moments with hardly a pause', () => {
    const heard = (levels: readonly number[]): number => {
      const speech = new SpeechDetector();
      return levels.findIndex((level) => speech.hear(level));
    };
    expect(heard([0.1, 0.1, 0.1, 0.1])).to.equal(3);
    expect(heard([0.1, 0.1, 0, 0.1, 0.1, 0.1])).to.equal(5);
    expect(heard([0.1, 0, 0.1, 0, 0.1, 0, 0.1, 0, 0.1])).to.equal(-1);
    expect(heard(Array.from({length: 50}, () => 0.005))).to.equal(-1);
    expect(levelOf(new Float32Array([0.5, -0.5, 0.5, -0.5]))).to.equal(0.5);
  });

  it('is noticed, and nothing of it is left when the microphone is on, and off-able', async () => {
    const {track, end} = whistle();
    const over = new AbortController();
    const listening = watchListening();
    let told = 0;
    let options: CallOptions = DEFAULT_CALL_OPTIONS;
    try {
      const speech = new MutedSpeech({
        signal: over.signal,
        media: {tracks: {microphone: track, camera: null}},
        options: () => options,
        tell: ({type}) => {
          if (type === 'muted-speech-heard') told++;
        },
      });
      expect(listening.made(), 'nobody listens to what is sent').to.equal(0);
      track.enabled = false;
      speech.update();
      speech.update();
      expect(listening.open()).to.equal(2);
      await until(() => told === 1, 'it is noticed');
      track.enabled = true;
      speech.update();
      expect(listening.made(), 'nothing was made twice').to.equal(2);
      await until(() => listening.open() === 0, 'nobody listens any more');
      track.enabled = false;
      options = {...options, noMuteReminder: true};
      speech.update();
      expect(listening.made()).to.equal(2);
      options = {...options, noMuteReminder: false};
      speech.update();
      expect(listening.open()).to.equal(2);
      options = {...options, noMuteReminder: true};
      await until(() => listening.open() === 0, 'it takes effect at once');
      options = {...options, noMuteReminder: false};
      speech.update();
      speech.update();
      over.abort();
      await until(() => listening.open() === 0, 'the end of the call is the end of it');
      expect(told).to.equal(1);
    } finally {
      listening.stop();
      track.stop();
      end();
    }
  });

  it('is not listened for where sound cannot be analysed, and costs nothing else', async () => {
    const {track, end} = whistle();
    const over = new AbortController();
    const listening = watchListening();
    const {createMediaStreamSource} = AudioContext.prototype;
    AudioContext.prototype.createMediaStreamSource = () => {
      throw new DOMException('Another sample rate.', 'NotSupportedError');
    };
    try {
      track.enabled = false;
      const speech = new MutedSpeech({
        signal: over.signal,
        media: {tracks: {microphone: track, camera: null}},
        options: () => DEFAULT_CALL_OPTIONS,
        tell: () => undefined,
      });
      speech.update();
      await until(() => listening.open() === 0, 'no copy of the microphone is left on');
    } finally {
      AudioContext.prototype.createMediaStreamSource = createMediaStreamSource;
      over.abort();
      listening.stop();
      track.stop();
      end();
    }
  });

  it('is told in a call', async () => {
    // Chromium's fake microphone only beeps now and then.
    const {track, end} = whistle();
    const {mediaDevices} = navigator;
    const original = mediaDevices.getUserMedia.bind(mediaDevices);
    const {clone} = MediaStreamTrack.prototype;
    mediaDevices.getUserMedia = () => Promise.resolve(new MediaStream([clone.call(track)]));
    const listening = watchListening();
    try {
      const {ana} = await suite.twoInCall({media: 'audio'});
      const heard = record(ana.session, ['muted-speech-heard']);
      await ana.session.toggleMicrophone(false);
      await until(() => heard.length === 1, 'it is told');
      expect(ana.session.microphoneEnabled).to.equal(false);
      expect(ana.session.localStream.getAudioTracks()[0]?.enabled).to.equal(false);
      await ana.session.leave();
      await until(() => listening.open() === 0, 'nobody listens any more');
    } finally {
      mediaDevices.getUserMedia = original;
      listening.stop();
      track.stop();
      end();
    }
  });
});
