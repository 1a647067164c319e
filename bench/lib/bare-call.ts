/**
 * The least that a call can cost: two `RTCPeerConnection`s in one page that hand each other their
 * descriptions and candidates directly. What a benchmark of ours is held against.
 */
import type {RunningBrowser} from '../../test/support/browsers.js';
import {openWindow, type WindowOptions} from './open-window.js';

/** When a side showed the first picture of the other, and how wide that picture was. */
export interface FirstFrame {
  readonly afterMs: number;
  readonly width: number;
}

/** Both sides of one call: the one that offers, and the one that answers. */
export interface CallFrames {
  readonly caller: FirstFrame;
  readonly callee: FirstFrame;
}

export interface BareCallOptions {
  /** An empty page of a secure context. */
  readonly url: string;
  /** What the element asks for, so that both encode the same pictures. */
  readonly constraints: MediaStreamConstraints;
  /** How long the camera has been on when the call begins. */
  readonly settleMs: number;
  readonly prepare?: WindowOptions['prepare'];
}

/** One call in a browser profile of its own, as the first one of its page. */
export async function bareCall(
  browser: RunningBrowser,
  {url, prepare, ...options}: BareCallOptions,
): Promise<CallFrames> {
  const page = await openWindow(browser, url, {prepare});
  try {
    return await page.evaluate(callInPage, options);
  } finally {
    await page.browserContext().close();
  }
}

/** Runs in the page. */
async function callInPage({
  constraints,
  settleMs,
}: Omit<BareCallOptions, 'url' | 'prepare'>): Promise<CallFrames> {
  const stream = await navigator.mediaDevices.getUserMedia(constraints);
  await new Promise((resolve) => setTimeout(resolve, settleMs));

  const join = (): {connection: RTCPeerConnection; firstFrame: Promise<FirstFrame>} => {
    const connection = new RTCPeerConnection({bundlePolicy: 'max-bundle'});
    for (const track of stream.getTracks()) connection.addTrack(track, stream);
    const firstFrame = new Promise<FirstFrame>((resolve) => {
      connection.addEventListener(
        'track',
        ({streams: [remote = null]}) => {
          const video = Object.assign(document.createElement('video'), {autoplay: true});
          video.srcObject = remote;
          video.requestVideoFrameCallback((_, {width}) => {
            resolve({afterMs: performance.now() - begun, width});
          });
          document.body.append(video);
        },
        {once: true},
      );
    });
    return {connection, firstFrame};
  };
  const caller = join();
  const callee = join();
  const trickle = (from: RTCPeerConnection, to: RTCPeerConnection): void => {
    from.addEventListener('icecandidate', ({candidate}) => {
      if (candidate !== null) void to.addIceCandidate(candidate);
    });
  };
  trickle(caller.connection, callee.connection);
  trickle(callee.connection, caller.connection);

  const begun = performance.now();
  const offer = await caller.connection.createOffer();
  await caller.connection.setLocalDescription(offer);
  await callee.connection.setRemoteDescription(offer);
  const answer = await callee.connection.createAnswer();
  await callee.connection.setLocalDescription(answer);
  await caller.connection.setRemoteDescription(answer);
  return {caller: await caller.firstFrame, callee: await callee.firstFrame};
}
