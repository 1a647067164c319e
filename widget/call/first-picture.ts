/**
 * Why a face is there sooner: the encoder begins small and is lifted once pictures flow
 * (`care/quality-watch.ts`). A new link's bandwidth estimate starts at 300 kbit/s in Chromium; at
 * 720p the encoder drops the first frames over that, and the first picture comes about 150 ms later
 * and smaller than if it had begun at half the size.
 */

/** Half of each side: a quarter of the pixels fits the first estimate. To be set before the first media is sent. */
export const START_SCALE = 2;

export function setScale(sender: RTCRtpSender, scale: number): void {
  const parameters = sender.getParameters();
  for (const encoding of parameters.encodings) encoding.scaleResolutionDownBy = scale;
  // Refused by a sender that was stopped meanwhile: then there is no picture to scale.
  sender.setParameters(parameters).catch(() => undefined);
}
