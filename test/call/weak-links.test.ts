/** What a call does on weak links and for whoever saves data, over the real relay rules: senders, states, and what both are told. */
import {expect} from 'chai';
import {deafen, drown, record, until} from '../support/calls.js';
import {inPageSuite, type Person} from '../support/in-page-suite.js';

type Encoding = RTCRtpEncodingParameters;

describe('links that are weak, and people who save data', () => {
  const suite = inPageSuite();
  const {twoInCall} = suite;

  /** What each side allows its picture, in the order in which the links were made. */
  const cameras = (): (Encoding | undefined)[] =>
    suite.connections.all.map(
      (connection) =>
        connection
          .getSenders()
          .find(({track}) => track?.kind === 'video')
          ?.getParameters().encodings[0],
    );

  const cameraOf = ({session}: Person): MediaStreamTrack =>
    session.localStream.getVideoTracks()[0]!;

  /** What it was asked for: not every browser's fake camera obeys. */
  const wish = (person: Person): number | undefined => {
    const {height} = cameraOf(person).getConstraints();
    return typeof height === 'object' ? height.ideal : height;
  };

  const isLifted = (encoding: Encoding | undefined): boolean =>
    encoding !== undefined && encoding.scaleResolutionDownBy === 1;

  it('tells both of a link that takes less of a picture, or none', async () => {
    const {ana, ben} = await twoInCall();
    await until(() => cameras().every(isLifted), 'both pictures are whole');
    const heard = record(ana.session, ['quality-changed']);
    // Ana's end: Ben has come to her, and made the first.
    drown(suite.connections.all[1]);
    const sent = (): number | null | undefined => ana.session.peers[0]?.sentHeight;
    await until(() => sent() !== null, 'less of a picture goes to Ben');
    await until(() => ben.session.peers[0]?.pictureHeight === sent(), 'Ben is told');
    expect(sent()).to.be.oneOf([0, 180]);
    await until(() => ana.session.peers[0]?.quality === 'poor', 'Ana knows');
    await until(() => ben.session.peers[0]?.quality === 'poor', 'Ben knows');
    const {peerId} = ana.session.peers[0]!;
    expect(heard[0]).to.deep.equal(['quality-changed', {peerId, quality: 'poor'}]);
    await until(() => !isLifted(cameras()[1]) || !cameras()[1]?.active, 'the sender follows');
    // Ben's own picture goes through.
    expect(ben.session.peers[0]?.sentHeight).to.equal(null);
  });

  it('takes nothing away for what was lost in a silence, however short', async () => {
    const {ana} = await twoInCall();
    await until(() => cameras().every(isLifted), 'both pictures are whole');
    const heard = record(ana.session, ['quality-changed']);
    const end = suite.connections.all[1]!;
    const pause = (ms: number): Promise<void> =>
      new Promise((resolve) => void setTimeout(resolve, ms));
    const undeafen = deafen(end);
    await pause(1_300);
    // Its reports tell of the silence, and for some time nothing but that.
    const undrown = drown(end);
    await pause(200);
    undeafen();
    await pause(2_500);
    undrown();
    await pause(1_500);
    expect(heard).to.deep.equal([]);
    expect(ana.session.peers[0]).to.include({quality: 'good', sentHeight: null});
  });

  it('sends small pictures to save data, asks for such, and for less of the camera; until it need not', async () => {
    const {ana, ben} = await twoInCall();
    await until(() => cameras().every(isLifted), 'both pictures are whole');
    const before = wish(ana);
    expect(before).to.equal(720);
    ana.session.configure({lowData: true});
    await until(() => ben.session.peers[0]?.lowData, 'Ben is told');
    const isSmall = (encoding: Encoding | undefined): boolean =>
      encoding?.maxBitrate === 150_000 && encoding.maxFramerate === 15;
    await until(() => cameras().every(isSmall), `both are small: ${JSON.stringify(cameras())}`);
    expect(wish(ana)).to.equal(180);
    expect(wish(ben)).to.equal(before);
    const {height = 0} = cameraOf(ben).getSettings();
    // Ben has come to Ana, and made the first of the two ends of the link.
    expect(cameras()[0]?.scaleResolutionDownBy).to.equal(height / 180);
    for (const {session} of [ana, ben]) {
      expect(session.peers[0]).to.include({quality: 'good', sentHeight: null, pictureHeight: null});
    }
    ana.session.configure({lowData: false});
    await until(() => cameras().every(isLifted), 'both pictures are whole again');
    expect(wish(ana)).to.equal(before);
    expect(cameras().map((encoding) => encoding?.maxBitrate)).to.deep.equal([undefined, undefined]);
  });

  it('says of a screen, too, that a link takes less of it, and leaves room for the sound', async () => {
    const {getDisplayMedia} = navigator.mediaDevices;
    navigator.mediaDevices.getDisplayMedia = () =>
      Promise.resolve(document.createElement('canvas').captureStream(5));
    try {
      const {ana, ben} = await twoInCall({noCamera: true});
      await ana.session.toggleScreenShare(true);
      drown(suite.connections.all[1]);
      await until(() => ana.session.peers[0]?.sentHeight === 180, 'Ana knows');
      await until(() => ben.session.peers[0]?.pictureHeight === 180, 'Ben is told');
      const leftForScreen = (): number | undefined => cameras()[1]?.maxBitrate;
      await until(() => (leftForScreen() ?? Infinity) <= 60_000, 'the sound has the rest');
    } finally {
      navigator.mediaDevices.getDisplayMedia = getDisplayMedia;
    }
  });

  it('lets the sound go first', async () => {
    await twoInCall();
    await until(() => cameras().every(isLifted), 'both pictures are whole');
    const priorities = suite.connections.all.flatMap((connection) =>
      connection.getSenders().map((sender) => {
        const {priority = 'low'} = sender.getParameters().encodings[0] ?? {};
        return [sender.track?.kind, priority];
      }),
    );
    expect(priorities).to.deep.equal([
      ['audio', 'high'],
      ['video', 'low'],
      ['audio', 'high'],
      ['video', 'low'],
    ]);
  });
});
