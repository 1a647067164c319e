/** Who is heard to speak: over real connections, and from what receivers tell. */
import {expect} from 'chai';
import type {CallAction} from '../../widget/call/call-reducer.js';
import {ReceiverClock} from '../../widget/call/care/receiver-clock.js';
import {watchSpeaking, type SpeakingHost} from '../../widget/call/care/speaking-watch.js';
import {until} from '../support/calls.js';
import {peer} from '../support/call-facts.js';
import {fakeTimers, type FakeTimers} from '../support/fake-timers.js';
import {inPageSuite} from '../support/in-page-suite.js';
import {whistle} from '../support/whistle.js';

async function play(stream: MediaStream | null): Promise<void> {
  await Object.assign(new Audio(), {srcObject: stream, muted: true}).play();
}

describe('speaking', () => {
  const {twoInCall} = inPageSuite();

  it('is heard by the other side, and over when the microphone is off', async () => {
    const {track, end} = whistle();
    const getUserMedia = {
      value: () => Promise.resolve(new MediaStream([track.clone()])),
      configurable: true,
    };
    Object.defineProperty(navigator.mediaDevices, 'getUserMedia', getUserMedia);
    try {
      const {ana, ben} = await twoInCall({media: 'audio'});
      // Chromium knows how loud something is only once it is played.
      for (const {session} of [ana, ben]) {
        await play(session.streamOf(session.peers[0]!.peerId));
      }
      await until(() => ana.session.peers[0]?.speaking, 'Ana hears Ben');
      await ben.session.toggleMicrophone(false);
      await until(() => ana.session.peers[0]?.speaking === false, 'Ben is quiet');
      await until(() => ben.session.peers[0]?.speaking, 'Ben hears Ana');
    } finally {
      Reflect.deleteProperty(navigator.mediaDevices, 'getUserMedia');
      end();
    }
  });
});

/** A link is first seen at the first look, and asked from a second and a half later on. */
const FIRST_MOMENTS_MS = 1_600;

describe('what receivers tell of speech', () => {
  let timers: FakeTimers;
  let over: AbortController;
  let told: boolean[];
  let level: number;
  let timestamp: number;
  let isStill: boolean;
  let microphoneEnabled: boolean;
  let screenLevel: number;
  let remote: {
    readonly peerId: string;
    readonly stream: object;
    peer: {wasConnected: boolean; receivers: RTCRtpReceiver[]};
  };

  beforeEach(() => {
    timers = fakeTimers();
    over = new AbortController();
    told = [];
    [level, timestamp, screenLevel, microphoneEnabled, isStill] = [0, 0, 0, true, false];
    const [track, screenTrack] = [{}, {}] as [MediaStreamTrack, MediaStreamTrack];
    const receiver = (of: MediaStreamTrack, now: () => number): RTCRtpReceiver =>
      ({
        track: of,
        getSynchronizationSources: () => [
          {audioLevel: now(), timestamp: isStill ? timestamp : ++timestamp},
        ],
      }) as unknown as RTCRtpReceiver;
    remote = {
      peerId: 'ana',
      stream: {getAudioTracks: () => [track]},
      peer: {
        wasConnected: true,
        receivers: [receiver(screenTrack, () => screenLevel), receiver(track, () => level)],
      },
    };
    const dispatch = (action: CallAction): void => {
      if (action.type === 'peer-changed') told.push(Boolean(action.change.speaking));
    };
    const host = {
      dispatch,
      state: () => ({
        status: 'in-call',
        peers: [{...peer('ana'), microphoneEnabled, speaking: told.at(-1) ?? false}],
      }),
      mesh: {remotes: [remote]},
    } as unknown as SpeakingHost;
    watchSpeaking(host, new ReceiverClock(over.signal));
    timers.pass(FIRST_MOMENTS_MS);
  });

  afterEach(() => {
    over.abort();
    timers.restore();
  });

  it('nobody is asked in the first moments of a link, nor before it is connected', () => {
    level = 0.1;
    timers.pass(300);
    expect(told).to.deep.equal([true]);
    remote.peer = {...remote.peer, wasConnected: false};
    timers.pass(100);
    expect(told, 'another link').to.deep.equal([true, false]);
    timers.pass(1_000);
    remote.peer.wasConnected = true;
    timers.pass(FIRST_MOMENTS_MS);
    expect(told).to.deep.equal([true, false]);
    timers.pass(200);
    expect(told).to.deep.equal([true, false, true]);
  });

  it('speech is told soon, and its end after a pause', () => {
    timers.pass(1_000);
    expect(told).to.deep.equal([]);
    level = 0.1;
    timers.pass(300);
    expect(told).to.deep.equal([true]);
    level = 0.001;
    timers.pass(700);
    expect(told, 'between two words').to.deep.equal([true]);
    level = 0.1;
    timers.pass(300);
    level = 0;
    timers.pass(1_000);
    expect(told).to.deep.equal([true, false]);
  });

  it('a key or a cough is no speech', () => {
    for (let i = 0; i < 5; i++) {
      level = 0.3;
      timers.pass(200);
      level = 0;
      timers.pass(600);
    }
    expect(told).to.deep.equal([]);
  });

  it('what was heard long ago is not heard again', () => {
    level = 0.1;
    timers.pass(300);
    expect(told).to.deep.equal([true]);
    // The same packet is the last one, for as long as nothing comes.
    isStill = true;
    timers.pass(1_200);
    expect(told).to.deep.equal([true, false]);
  });

  it('a microphone that is off says nothing, whatever comes', () => {
    level = 0.5;
    microphoneEnabled = false;
    timers.pass(2_000);
    expect(told).to.deep.equal([]);
  });

  it('the sound of a shared screen is nobody’s voice', () => {
    screenLevel = 0.5;
    timers.pass(2_000);
    expect(told).to.deep.equal([]);
  });

  it('nobody listens when the call is over', () => {
    over.abort();
    level = 0.5;
    timers.pass(2_000);
    expect(told).to.deep.equal([]);
  });
});
