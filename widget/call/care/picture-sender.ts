/**
 * Sets on a link's senders what `picture-control.ts` has decided: size, bits and frames of the picture,
 * and that sound goes before it. Browsers that do not know a parameter leave it out; one that refuses
 * (a sender that was stopped, a description under way) is asked again at the next look.
 */
import type {PictureHeight} from './picture-control.js';

/** What a sender may use. Nothing said: as much as the browser finds right. */
interface Allowance {
  readonly active?: boolean;
  readonly maxBitrate?: number;
  readonly maxFramerate?: number;
}

/** What the browser takes away first where even that is too much. Not every browser knows it. */
type Preference = 'balanced' | 'maintain-resolution';

/** 15 frames a second are a face that talks; at 180 lines 100 kbit/s leave room for the sound. */
const CAMERA: Record<PictureHeight, Allowance> = {
  720: {},
  360: {maxBitrate: 500_000},
  180: {maxBitrate: 100_000, maxFramerate: 15},
  0: {active: false},
};

/** Who saves data has said how much it may be. */
const SAVING: Allowance = {maxBitrate: 150_000, maxFramerate: 15};

/** Letters must stay sharp: a screen keeps its size, and shows fewer frames. */
const SCREEN: Record<PictureHeight, Allowance> = {
  720: {},
  360: {maxBitrate: 800_000, maxFramerate: 10},
  180: {maxBitrate: 300_000, maxFramerate: 5},
  0: {maxBitrate: 60_000, maxFramerate: 1},
};

/** Opus speaks well at this, with room for the copies that mend losses (RFC 6716, section 2.1.1). */
const NARROW_SOUND: Allowance = {maxBitrate: 28_000};

/** What has been set, so that nothing is set twice. */
const done = new WeakMap<RTCRtpSender, string>();

/**
 * @param height What the link takes.
 * @param isSaving Never more than the smallest picture, by somebody's wish.
 */
export function setCamera(sender: RTCRtpSender, height: PictureHeight, isSaving = false): void {
  const wanted = isSaving && height > 180 ? 180 : height;
  const {width = 1280, height: lines = 720} = sender.track?.getSettings() ?? {};
  // A phone held upright films in portrait.
  const scale = wanted === 720 || wanted === 0 ? 1 : Math.max(1, Math.min(width, lines) / wanted);
  const allowance = isSaving && height >= 180 ? SAVING : CAMERA[wanted];
  const rest = {scaleResolutionDownBy: scale, priority: 'low', networkPriority: 'low'} as const;
  // Even smaller than 180 lines nobody is recognised.
  set(sender, allowance, rest, wanted === 180 ? 'maintain-resolution' : 'balanced');
}

/** As `setCamera()`. */
export function setScreen(sender: RTCRtpSender, height: PictureHeight, isSaving = false): void {
  const wanted = isSaving && height > 180 ? 180 : height;
  set(sender, SCREEN[wanted], {}, 'maintain-resolution');
}

export function setSound(sender: RTCRtpSender, height: PictureHeight): void {
  const allowance = height <= 180 ? NARROW_SOUND : {};
  set(sender, allowance, {priority: 'high', networkPriority: 'high'});
}

/**
 * Makes the next picture a whole one. Of what stops and goes on that is asked in every browser; a keyFrame
 * to be asked for by name (W3C webrtc-extensions, RTCSetParameterOptions) is Chromium's alone.
 */
export async function beginAnew(sender: RTCRtpSender): Promise<void> {
  const key = done.get(sender);
  const {encodings} = sender.getParameters();
  if (!encodings.some(({active}) => active)) return;
  try {
    for (const active of [false, true]) {
      const parameters = sender.getParameters();
      for (const encoding of parameters.encodings) encoding.active = active;
      await sender.setParameters(parameters);
    }
  } catch {
    // Stopped, or something else was being set, after which it is looked at again.
    done.delete(sender);
  }
  if (done.get(sender) !== key) done.delete(sender);
}

function set(
  sender: RTCRtpSender,
  allowance: Allowance,
  rest: Partial<RTCRtpEncodingParameters>,
  degradationPreference?: Preference,
): void {
  const key = JSON.stringify([allowance, rest]);
  if (done.get(sender) === key) return;
  const parameters = sender.getParameters();
  // Before the first negotiation some browsers have none.
  if (parameters.encodings.length === 0) return;
  for (const encoding of parameters.encodings) {
    delete encoding.maxBitrate;
    delete encoding.maxFramerate;
    Object.assign(encoding, {active: true}, allowance, rest);
  }
  if (degradationPreference) Object.assign(parameters, {degradationPreference});
  done.set(sender, key);
  sender.setParameters(parameters).catch(() => done.delete(sender));
}
