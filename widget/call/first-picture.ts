/**
 * Why a face is there sooner: the encoder begins small and is lifted once pictures flow. A new
 * link's bandwidth estimate starts at 300 kbit/s in Chromium; at 720p the encoder drops the first
 * frames over that, and the first picture comes about 150 ms later and smaller than if it had begun
 * at half the size.
 */

/** Half of each side: a quarter of the pixels fits the first estimate. */
const START_SCALE = 2;

/** By then the first pictures have come through, and the estimate has grown. */
export const LIFT_AFTER_MS = 700;

/** To be called before the first media is sent. */
export function beginSmall(sender: RTCRtpSender): void {
  setScale(sender, START_SCALE);
}

export function lift(sender: RTCRtpSender): void {
  setScale(sender, 1);
}

function setScale(sender: RTCRtpSender, scale: number): void {
  const parameters = sender.getParameters();
  for (const encoding of parameters.encodings) encoding.scaleResolutionDownBy = scale;
  // Refused by a sender that was stopped meanwhile: then there is no picture to scale.
  sender.setParameters(parameters).catch(() => undefined);
}
