/** What the tests of shared screens stand on: people in one page, screens to give, and that one is really seen. */
import type {CallSession} from '../../widget/call/call-session.js';
import {grows, until, untilCaredFor} from './calls.js';
import {fakeScreens, type FakeScreens} from './fake-screen.js';
import {inPageSuite, type InPageSuite, type Person} from './in-page-suite.js';

export const idOf = ({session}: Person): string => session.self!.peerId;

export interface SharingSuite {
  readonly suite: InPageSuite;
  /** Those of the present test. */
  readonly screens: FakeScreens;
  /** From now on a screen has sound. */
  withSound(): void;
  /** Ana and Ben, connected. */
  two(options?: Parameters<InPageSuite['twoInCall']>[0]): ReturnType<InPageSuite['twoInCall']>;
}

/** To be called inside a `describe`. */
export function sharingSuite(): SharingSuite {
  const suite = inPageSuite();
  let screens: FakeScreens;
  beforeEach(() => {
    screens = fakeScreens();
  });
  afterEach(() => {
    screens.restore();
  });
  return {
    suite,
    get screens() {
      return screens;
    },
    withSound() {
      screens.restore();
      screens = fakeScreens({withSound: true});
    },
    async two(options = {}) {
      const people = await suite.twoInCall({noMicrophone: true, ...options});
      await untilCaredFor();
      await import('../../widget/call/share/screen-share.js');
      return people;
    },
  };
}

/** Whether this one shares, by its own state and by that of the others. */
export const sharingOf = (person: Person, ...others: Person[]): boolean[] => [
  person.session.screenSharing,
  ...others.map(
    ({session}) => session.peers.find(({peerId}) => peerId === idOf(person))!.screenSharing,
  ),
];

/** Its pictures come, and are those of the screen. */
export async function seesScreenOf({session}: Person, from: Person): Promise<void> {
  await until(() => session.screenOf(idOf(from)), 'a screen');
  const screen = session.screenOf(idOf(from))!;
  await shows(screen, 640);
  await decodes(session, idOf(from), screen);
}

/** Resolves when more pictures of this stream have been decoded than there were at the call. */
export async function decodes(
  session: CallSession,
  peerId: string,
  stream: MediaStream,
): Promise<void> {
  const count = (): Promise<number> => decoded(session, peerId, stream);
  await grows(count, 2, `No picture of ${peerId} was decoded.`);
}

async function decoded(session: CallSession, peerId: string, stream: MediaStream): Promise<number> {
  let frames = 0;
  const report = (await session.getStats()).get(peerId);
  report?.forEach((stat: {type: string; trackIdentifier?: string; framesDecoded?: number}) => {
    const isOfStream = stream.getTrackById(stat.trackIdentifier ?? '') !== null;
    if (stat.type === 'inbound-rtp' && isOfStream) frames += stat.framesDecoded ?? 0;
  });
  return frames;
}

/** A picture of this width is shown by a video. */
async function shows(stream: MediaStream, width: number): Promise<void> {
  const video = document.createElement('video');
  video.muted = true;
  video.srcObject = stream;
  void video.play().catch(() => undefined);
  try {
    await until(() => video.videoWidth === width, `a picture of ${width}, not ${video.videoWidth}`);
  } finally {
    video.srcObject = null;
  }
}
