/** The first pictures of a link that is connected while it rings: black before Accept, and with it what the camera shows. */
import {expect} from 'chai';
import type {CallSession} from '../../widget/call/call-session.js';
import {PlaceholderPicture} from '../../widget/call/warm/placeholder-picture.js';
import {Placeholders} from '../../widget/call/warm/placeholders.js';
import {ChannelWatch} from '../support/channels.js';
import {until} from '../support/calls.js';
import {heldTimers} from '../support/held-timers.js';
import {isConnected, ringingSuite} from '../support/ringing-suite.js';

describe('the first pictures of a link that is connected while it rings', () => {
  const {suite, open, knocking} = ringingSuite();
  const timers = heldTimers();
  const {getUserMedia} = MediaDevices.prototype;
  const videos: HTMLVideoElement[] = [];
  let channels: ChannelWatch;
  /** The cameras make pictures. */
  let isFilming: boolean;
  const films: ReturnType<typeof setInterval>[] = [];

  /** A camera that films something red. */
  function red(): MediaStreamTrack {
    const canvas = Object.assign(document.createElement('canvas'), {width: 480, height: 640});
    const context = canvas.getContext('2d')!;
    const [track] = canvas.captureStream().getVideoTracks();
    const film = (): void => {
      if (!isFilming) return;
      context.fillStyle = '#f00';
      context.fillRect(0, 0, 480, 640);
    };
    films.push(setInterval(film, 40));
    return track!;
  }

  beforeEach(() => {
    isFilming = true;
    channels = new ChannelWatch();
    navigator.mediaDevices.getUserMedia = async (constraints) => {
      const stream = await getUserMedia.call(navigator.mediaDevices, constraints);
      for (const track of stream.getVideoTracks()) {
        track.stop();
        stream.removeTrack(track);
        stream.addTrack(red());
      }
      return stream;
    };
  });

  afterEach(() => {
    Reflect.deleteProperty(navigator.mediaDevices, 'getUserMedia');
    channels.stop();
    for (const film of films.splice(0)) clearInterval(film);
    for (const video of videos.splice(0)) video.srcObject = null;
  });

  /** What somebody has got of the other one: the colour of the picture, as red, green, blue, each 0 to 255. */
  function viewOf(session: CallSession): () => readonly number[] {
    const video = Object.assign(document.createElement('video'), {muted: true, playsInline: true});
    videos.push(video);
    video.srcObject = session.streamOf('');
    void video.play().catch(() => undefined);
    const context = new OffscreenCanvas(1, 1).getContext('2d', {willReadFrequently: true})!;
    return () => {
      context.drawImage(video, 0, 0, 1, 1);
      return [...context.getImageData(0, 0, 1, 1).data.slice(0, 3)];
    };
  }
  const isRed = ([red = 0, green = 0]: readonly number[]): boolean => red > 120 && green < 90;
  const isBlack = (colour: readonly number[]): boolean => colour.every((each) => each < 40);

  /** Those who are asked have agreed; black pictures come. */
  async function ringing(): Promise<Awaited<ReturnType<typeof knocking>>> {
    const both = await knocking({media: 'video'}, {preconnect: 'ringing'});
    const areConnected = (): boolean =>
      open().filter(({connectionState}) => connectionState === 'connected').length === 2;
    await until(areConnected, 'a link while it rings');
    await until(
      () => decoded().length === 2 && counts.every((count) => count >= 3),
      'pictures come',
    );
    return both;
  }

  /** Pictures of the other side, on each. */
  let counts: number[] = [];
  function decoded(): number[] {
    void Promise.all(
      open().map(async (connection) => {
        let count = 0;
        (await connection.getStats()).forEach((entry: Record<string, unknown>) => {
          if (entry['type'] === 'inbound-rtp' && entry['kind'] === 'video')
            count = Number(entry['framesDecoded'] ?? 0);
        });
        return count;
      }),
    ).then((found) => (counts = found));
    return counts;
  }

  it('are what the camera shows in the moment of Accept, also if it makes no other', async () => {
    const {ana, ben} = await ringing();
    const views = [viewOf(ana.session), viewOf(ben.session)];
    isFilming = false;
    await ana.session.accept();
    await until(() => isConnected(ana) && isConnected(ben), 'both have come in');
    await until(() => views.every((view) => isRed(view())), 'the other one’s camera');
    await until(
      () =>
        [ana, ben].every(({session}) => {
          const [camera] = session.localStream.getVideoTracks();
          return open().some((each) => each.getSenders().some(({track}) => track === camera));
        }),
      'the camera itself takes over',
    );
  });

  const sentPictures = (): MediaStreamTrack[] =>
    suite.connections.all
      .flatMap((each) => each.getSenders().flatMap(({track}) => track ?? []))
      .filter(({kind}) => kind === 'video');

  it('end with the call of whoever leaves before the camera takes over', async () => {
    const {ana, ben} = await ringing();
    const made = sentPictures();
    expect(made.map(({readyState}) => readyState)).to.deep.equal(['live', 'live']);
    await ana.session.accept();
    await ana.session.leave();
    await until(() => made.every(({readyState}) => readyState === 'ended'), 'both have ended');
    await ben.session.leave();
  });

  it('are not those of a camera that is switched off before it takes over', async () => {
    const {ana, ben} = await ringing();
    const made = sentPictures();
    await ana.session.accept();
    await ana.session.toggleCamera(false);
    await until(() => made.every(({readyState}) => readyState === 'ended'), 'both have ended');
    const [camera] = ben.session.localStream.getVideoTracks();
    await until(() => sentPictures().length === 1, 'one camera is left');
    expect(sentPictures()[0] === camera, 'Ben’s').to.equal(true);
    await until(() => ben.session.peers[0]?.cameraEnabled === false, 'Ben knows');
  });

  it('are black before it, and black again if the relay does not say the same', async () => {
    const {ana, ben} = await ringing();
    const views = [viewOf(ana.session), viewOf(ben.session)];
    // Whatever comes, switched on as nobody else would.
    for (const {session} of [ana, ben]) {
      for (const picture of session.streamOf('')!.getVideoTracks()) picture.enabled = true;
    }
    await until(() => videos.every(({readyState}) => readyState >= 2), 'there is a picture');
    const before = counts.map((count) => count + 5);
    await until(
      () =>
        decoded().every((count, side) => {
          for (const view of views) expect(isBlack(view()), 'black').to.equal(true);
          return count >= before[side]!;
        }),
      'more of them',
    );
    for (const {session} of [ana, ben]) {
      for (const picture of session.streamOf('')!.getVideoTracks()) picture.enabled = false;
    }
    const [see] = views;
    const asked = open().find(({localDescription}) => localDescription?.type === 'answer')!;
    timers.hold(5_000);
    await channels.sendOver(asked, 0, {type: 'accepted'});
    ana.session.streamOf('')!.getVideoTracks()[0]!.enabled = true;
    await until(() => isRed(see!()), 'Ben has believed it');
    const enabled = (kind: string): (boolean | undefined)[] =>
      ben.session
        .streamOf('')!
        .getTracks()
        .map((track) => track.kind === kind && track.enabled);
    expect(enabled('video'), 'there as soon as the relay says the same').to.include(true);
    expect(enabled('audio'), 'heard by nobody').to.not.include(true);
    timers.fire();
    await until(() => isBlack(see!()), 'black again');
    expect(ben.session.status).to.equal('knocking');
    expect(enabled('video'), 'nobody is seen').to.not.include(true);
  });

  describe('made here', () => {
    let picture: PlaceholderPicture;
    let camera: MediaStreamTrack;
    beforeEach(() => {
      picture = new PlaceholderPicture();
      camera = red();
      picture.watch(camera);
    });
    afterEach(() => {
      picture.stop();
      camera.stop();
    });
    const isShown = (): boolean => {
      const isKnown = picture.show(camera);
      picture.hide();
      return isKnown;
    };

    it('show what a camera shows, and no old picture of one that gives no more', async () => {
      await until(isShown, 'a picture');
      isFilming = false;
      await until(() => !isShown(), 'it is old');
      isFilming = true;
      await until(isShown, 'a new one');
    });

    it('show nothing of a camera that is off, or that is not the one', async () => {
      await until(isShown, 'a picture');
      expect(picture.show(null)).to.equal(false);
      expect(picture.show(camera.clone())).to.equal(false);
      camera.enabled = false;
      expect(isShown()).to.equal(false);
      camera.enabled = true;
      expect(isShown()).to.equal(true);
      camera.stop();
      expect(isShown()).to.equal(false);
    });

    it('show nothing in a page that nobody looks at', async () => {
      await until(isShown, 'a picture');
      Object.defineProperty(document, 'hidden', {value: true, configurable: true});
      try {
        expect(isShown()).to.equal(false);
      } finally {
        Reflect.deleteProperty(document, 'hidden');
      }
    });

    it('are as wide and high as the camera’s', async () => {
      const video = Object.assign(document.createElement('video'), {muted: true});
      videos.push(video);
      video.srcObject = new MediaStream([picture.track!]);
      await video.play();
      await until(() => video.videoWidth === 1280 && video.videoHeight === 720, 'black');
      await until(() => picture.show(camera), 'a picture');
      await until(() => video.videoWidth === 480 && video.videoHeight === 640, 'upright');
    });

    it('end for good, however often that is said', async () => {
      const refused: unknown[] = [];
      const onRefused = ({reason}: PromiseRejectionEvent): void => void refused.push(reason);
      addEventListener('unhandledrejection', onRefused);
      const {play} = HTMLMediaElement.prototype;
      let plays = 0;
      HTMLMediaElement.prototype.play = function () {
        plays++;
        return play.call(this);
      };
      try {
        const placeholders = new Placeholders('video');
        const {microphone, camera: black} = placeholders.inPlaceOf({microphone: null, camera});
        expect(plays).to.equal(1);
        placeholders.stop();
        placeholders.stop();
        placeholders.picture!.hide();
        placeholders.inPlaceOf({microphone: null, camera: red()});
        expect([microphone, black].map((track) => track?.readyState)).to.deep.equal([
          'ended',
          'ended',
        ]);
        expect(plays, 'nothing is looked at any more').to.equal(1);
        // A browser tells of it in a task of its own.
        await new Promise((resolve) => setTimeout(resolve, 100));
        expect(refused.map(String)).to.deep.equal([]);
      } finally {
        HTMLMediaElement.prototype.play = play;
        removeEventListener('unhandledrejection', onRefused);
      }
    });
  });
});
