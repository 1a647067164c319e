/**
 * Choosing a camera, a microphone or a loudspeaker: puts it in place of the present one, and
 * remembers it in this browser. A chunk of its own, for few ever choose. What a call does with
 * devices that come and go by themselves is `care/device-watch.ts`.
 */
import {CallError} from './call-error.js';
import {capture, captureError, mediaDevices} from './capture.js';
import {
  chosenDevice,
  chosenHere,
  keyOf,
  type ChoiceKind,
  type ChosenDevice,
} from './chosen-devices.js';
import type {DeviceChange} from './device-change.js';
import type {DeviceKind, LocalMedia} from './local-media.js';
import {mediaError} from './media-error.js';
import {unlessAborted} from './unless-aborted.js';

type ChangeableMedia = Pick<LocalMedia, 'tracks' | 'inTurn' | 'take' | 'lose'>;

/** What choosing needs of a call. */
export interface ChoosingCall {
  readonly media: ChangeableMedia;
  /** The call is over. */
  readonly signal: AbortSignal;
}

const CHOICES: ReadonlyMap<string, ChoiceKind> = new Map([
  ['audioinput', 'microphone'],
  ['videoinput', 'camera'],
  ['audiooutput', 'speaker'],
]);

const DEFAULT: ChosenDevice = {deviceId: '', label: ''};

export const INPUTS = {microphone: 'audioinput', camera: 'videoinput'} as const;

/**
 * From now on this device. Off stays off and muted stays muted; one that is off is remembered only.
 * Rejects with a media code, and leaves everything as it was; with `aborted` if the call ends meanwhile.
 *
 * @param deviceId Empty, or `default`: whatever the system's default is.
 * @param call The present one, if there is one.
 */
export function selectDevice(
  kind: MediaDeviceKind,
  deviceId: string,
  call?: ChoosingCall,
): Promise<DeviceChange> {
  const selected = select(kind, deviceId, call);
  return call ? unlessAborted(selected, call.signal) : selected;
}

async function select(
  kind: MediaDeviceKind,
  deviceId: string,
  call?: ChoosingCall,
): Promise<DeviceChange> {
  const choice = CHOICES.get(kind);
  if (choice === undefined || typeof deviceId !== 'string') {
    throw new CallError('bad-request', 'selectDevice() takes a MediaDeviceKind and a deviceId.');
  }
  const id = deviceId === 'default' ? '' : deviceId;
  let label = '';
  if (choice === 'speaker') label = await checkSpeaker(id);
  else {
    let isTaken = false;
    await call?.media.inTurn(choice, async () => {
      const former = call.media.tracks[choice];
      if (former === null) return;
      label = await change(call, choice, former, id);
      isTaken = true;
    });
    if (!isTaken) label = await checkListed(kind, id);
  }
  remember(choice, id === '' ? null : {deviceId: id, label});
  return {kind, deviceId: id, label, reason: 'chosen'};
}

/** `null`: whatever the system's default is. */
export function remember(kind: ChoiceKind, device: ChosenDevice | null): void {
  const {backgroundBlur} = chosenDevice(kind) ?? {};
  // Whoever chooses another camera has not said that it may show more.
  if (backgroundBlur === undefined) keep(kind, device);
  else keep(kind, {...(device ?? DEFAULT), backgroundBlur});
}

/** For this camera and those to come. */
export function rememberBlur(backgroundBlur: boolean): void {
  keep('camera', {...(chosenDevice('camera') ?? DEFAULT), backgroundBlur});
}

function keep(kind: ChoiceKind, device: ChosenDevice | null): void {
  chosenHere.delete(kind);
  try {
    if (device === null) localStorage.removeItem(keyOf(kind));
    else localStorage.setItem(keyOf(kind), JSON.stringify(device));
  } catch {
    if (device !== null) chosenHere.set(kind, device);
  }
}

/** Constraints that only this device meets, whichever for the empty id; and what else is wished of its kind. */
export function exactly(kind: DeviceKind, deviceId: string): MediaTrackConstraints {
  const {backgroundBlur} = chosenDevice(kind) ?? {};
  return {
    ...(deviceId !== '' && {deviceId: {exact: deviceId}}),
    ...(backgroundBlur !== undefined && {backgroundBlur}),
  };
}

/**
 * Only in turn. Resolves with the name of what is captured now.
 *
 * A phone opens one camera at a time, and so do some drivers: where the other one is refused while
 * the present one is on, that goes off for it, and on again if that was not the reason.
 */
async function change(
  call: ChoosingCall,
  kind: DeviceKind,
  former: MediaStreamTrack,
  deviceId: string,
): Promise<string> {
  const wanted = (): MediaTrackConstraints => exactly(kind, deviceId);
  try {
    return await captureAndTake(call, kind, wanted);
  } catch (thrown) {
    const error = choiceError(thrown, kind);
    if (kind !== 'camera' || error.code !== 'media-in-use') throw error;
    const own = former.getSettings().deviceId ?? '';
    former.stop();
    try {
      return await captureAndTake(call, kind, wanted);
    } catch {
      // Should that fail as well, there is nothing left that could be sent.
      await captureAndTake(call, kind, () => exactly(kind, own)).catch(() =>
        call.media.lose(kind, error),
      );
      throw error;
    }
  }
}

/** The one thing that is demanded of a device is that it is this one. */
function choiceError(thrown: unknown, kind: DeviceKind): CallError {
  const error = captureError(thrown, kind);
  return error.code === 'media-constraints'
    ? new CallError('media-not-found', `There is no such ${kind}.`, {cause: error.cause})
    : error;
}

async function captureAndTake(
  {media, signal}: ChoosingCall,
  kind: DeviceKind,
  pick: () => MediaTrackConstraints,
): Promise<string> {
  const tracks = await capture([kind], signal, pick);
  await media.take(tracks);
  return tracks[0]?.label ?? '';
}

/** A device that is off cannot be tried; but the browser may say that there is none. */
async function checkListed(kind: MediaDeviceKind, deviceId: string): Promise<string> {
  const all = (await mediaDevices().enumerateDevices()).filter((device) => device.kind === kind);
  const found = all.find((device) => device.deviceId === deviceId);
  // Before a person has allowed anything, ids are kept from the page.
  const isTold = all.some((device) => device.deviceId !== '');
  if (deviceId !== '' && isTold && found === undefined) {
    throw new CallError('media-not-found', `There is no ${kind} of this id.`);
  }
  return found?.label ?? '';
}

async function checkSpeaker(deviceId: string): Promise<string> {
  if (!('setSinkId' in HTMLMediaElement.prototype)) {
    throw new CallError('unsupported-browser', 'This browser does not choose loudspeakers.');
  }
  try {
    await new Audio().setSinkId(deviceId);
  } catch (thrown) {
    throw mediaError(thrown, 'speaker', true);
  }
  return checkListed('audiooutput', deviceId);
}
