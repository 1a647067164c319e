/** The methods by which a page switches this side's devices. They pass everything on to the session. */
import {CallReadout} from './call-readout.js';

/**
 * What `<video-chat-room>` captures and plays.
 *
 * @attr {boolean} no-shortcuts - No single keys press the buttons of a call (`m`, `v`, `s`, `c`, `?` for the list), which they do while the focus is in the element and not in a field.
 * @fires {CustomEvent<{enabled: boolean}>} microphone-changed - This side's microphone was turned on or off.
 * @fires {CustomEvent<{enabled: boolean}>} camera-changed - This side's camera was turned on or off.
 * @fires {CustomEvent<{enabled: boolean}>} screen-share-changed - This side's screen sharing began or ended.
 * @fires {CustomEvent<DeviceChange>} device-changed - Another camera, microphone or loudspeaker is used than before, and why.
 * @fires {CustomEvent<{}>} muted-speech-heard - Somebody speaks into the muted microphone; at most every 20 s.
 * @csspart button-devices - Opens the choice of camera, microphone and loudspeaker beside a call.
 * @csspart panel-devices - The panel with that choice.
 * @csspart own-preview - The own picture in that panel.
 * @csspart level - The bar in it that shows how loud the own microphone is.
 * @csspart switch-blur - Blurs what is behind one, for cameras that can.
 * @csspart view - The buttons in the corner of the stage: what is done with all the pictures.
 * @csspart tile-tools - The buttons on one picture.
 * @csspart button-enlarge - Gives one person the large place.
 * @csspart button-whole - Shows a picture whole, or has it fill its tile.
 * @csspart button-move - Sends one's own picture to the next corner.
 * @csspart button-speaker-view - Gives the large place to whoever speaks.
 * @csspart button-own-window - Takes the call into a window of its own, and back.
 * @csspart button-full-screen - Fills the screen, and back.
 * @csspart button-leave - Leaves.
 * @csspart away - What stands in place of the pictures while they are in a window of their own.
 * @csspart dialog - What the key `?` opens.
 * @csspart shortcuts - The list of shortcuts in it.
 * @csspart key - One key.
 * @csspart button-screen - Begins and ends sharing one's screen.
 * @csspart screens - The box of the shared screens, above or beside the tiles.
 * @csspart tile-screen - The picture of one shared screen.
 */
export abstract class CallDevices extends CallReadout {
  /** Turns the microphone on or off. Resolves to what it is now. */
  async toggleMicrophone(force?: boolean): Promise<boolean> {
    return this.controller.require().toggleMicrophone(force);
  }

  /** Turns the camera on or off; off releases the device. Resolves to what it is now. */
  async toggleCamera(force?: boolean): Promise<boolean> {
    return this.controller.require().toggleCamera(force);
  }

  /**
   * Begins or ends sharing a screen, a window or a tab beside the camera, with its sound where the browser
   * gives it. The browser asks which, and only if this is called from a click. Resolves to what it is now.
   * It ends with the call, and when the person ends it by the browser's own button.
   * @throws {CallError} `display-capture-denied` if nothing is chosen; `media-blocked-by-policy` where the
   *   frame may not (`allow="display-capture"`); `unsupported-browser`; `insecure-context`; `bad-request` in
   *   a call without sound and pictures; `relay-unreachable` if its code has not come from the relay yet,
   *   as in the first moments of a call, and `relay-timeout` if it came too late for this click; `not-in-room`.
   */
  async toggleScreenShare(force?: boolean): Promise<boolean> {
    return this.controller.require().toggleScreenShare(force);
  }

  /**
   * From now on this camera (`videoinput`), microphone (`audioinput`) or loudspeaker (`audiooutput`), by its
   * `deviceId` of `navigator.mediaDevices.enumerateDevices()`; empty for the system's default. It is
   * remembered in this browser; without a call that is all. What is off stays off, what is muted stays muted.
   * @throws {CallError} `media-not-found` or another media code, and the present one stays;
   *   `unsupported-browser` where loudspeakers cannot be chosen.
   */
  async selectDevice(kind: MediaDeviceKind, deviceId: string): Promise<void> {
    await this.controller.selectDevice(kind, deviceId);
  }
}
