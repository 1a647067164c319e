/**
 * The least that so many bytes can cost: one data channel between two `RTCPeerConnection`s of one
 * page, filled with back-pressure, with nothing checked. What the transfer of a file is held against.
 */
import type {RunningBrowser} from '../../test/support/browsers.js';
import {openWindow} from './open-window.js';

/** Resolves with how long it took until all of it had arrived. Milliseconds. */
export async function bareTransfer(
  browser: RunningBrowser,
  {url, bytes}: {readonly url: string; readonly bytes: number},
): Promise<number> {
  const page = await openWindow(browser, url);
  try {
    return await page.evaluate(async (total) => {
      const FRAME_BYTES = 65_535;
      const MAX_BUFFERED_BYTES = 1_048_576;
      const [one, other] = [new RTCPeerConnection(), new RTCPeerConnection()];
      for (const [from, to] of [
        [one, other],
        [other, one],
      ] as const) {
        from.addEventListener('icecandidate', ({candidate}) => void to.addIceCandidate(candidate));
      }
      const channel = one.createDataChannel('bare');
      channel.bufferedAmountLowThreshold = MAX_BUFFERED_BYTES / 4;
      const arrived = new Promise<void>((resolve) => {
        other.addEventListener('datachannel', ({channel: receiving}) => {
          receiving.binaryType = 'arraybuffer';
          let received = 0;
          receiving.addEventListener('message', ({data}: MessageEvent<ArrayBuffer>) => {
            received += data.byteLength;
            if (received >= total) resolve();
          });
        });
      });
      const opened = new Promise((resolve) => channel.addEventListener('open', resolve));
      await one.setLocalDescription();
      await other.setRemoteDescription(one.localDescription!);
      await other.setLocalDescription();
      await one.setRemoteDescription(other.localDescription!);
      await opened;
      const startedAt = performance.now();
      const frame = new Uint8Array(FRAME_BYTES);
      for (let sent = 0; sent < total; sent += frame.length) {
        if (channel.bufferedAmount > MAX_BUFFERED_BYTES) {
          await new Promise((resolve) => {
            channel.addEventListener('bufferedamountlow', resolve, {once: true});
          });
        }
        channel.send(frame.subarray(0, Math.min(frame.length, total - sent)));
      }
      await arrived;
      const tookMs = performance.now() - startedAt;
      one.close();
      other.close();
      return tookMs;
    }, bytes);
  } finally {
    await page.browserContext().close();
  }
}
