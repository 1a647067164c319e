/**
 * Why a face is there sooner: the encoder begins small and is lifted once pictures flow
 * (`care/call-care.ts`, `care/quality-watch.ts`). A new link's bandwidth estimate starts at 300 kbit/s in Chromium, of which the
 * sound has its part; what is too large for the rest the encoder drops, four pictures long, and then
 * makes it smaller itself. By its table (libwebrtc, encoder_info_settings.cc) 480 x 270 may begin with
 * 200 kbit/s, 640 x 360 with 300.
 */

/** Makes 474 x 266 of 720p. To be set before the first media is sent. */
export const START_SCALE = 2.7;

/** From the first connection to the first picture, for which the page has enough to do. */
export const FIRST_PICTURE_MS = 200;

export function setScale(sender: RTCRtpSender, scale: number): void {
  const parameters = sender.getParameters();
  for (const encoding of parameters.encodings) encoding.scaleResolutionDownBy = scale;
  // Refused by a sender that was stopped meanwhile: then there is no picture to scale.
  sender.setParameters(parameters).catch(() => undefined);
}
