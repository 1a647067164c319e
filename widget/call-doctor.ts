/** The methods by which a page asks what is wrong with a call, or would be. They pass everything on to the session. */
import {CallDevices} from './call-devices.js';
import type {CheckOptions, CheckResult} from './call/doctor/check.js';
import type {CallReport} from './call/doctor/doctor.js';

/**
 * What `<video-chat-room>` can find out about itself.
 *
 * @csspart check - The list of the check before a call.
 * @csspart check-step - One thing that was tried.
 * @csspart check-name - What it is.
 * @csspart check-outcome - What came of it.
 * @csspart check-cause - Why it does not work.
 */
export abstract class CallDoctor extends CallDevices {
  /**
   * What has happened to the present call or the last one, and what is wrong with it and why
   * (`causes`), as plain JSON. No address, id, name or description is in it: it can be sent on.
   */
  async getReport(): Promise<CallReport> {
    return (await this.controller.prepare()).getReport();
  }

  /**
   * Tries what a call needs: camera and microphone (the browser may ask for them), the relay, STUN,
   * and TURN over UDP, TCP and TLS. Joins no room and leaves nothing on. Resolves with what works
   * and why the rest does not.
   * @throws {CallError} `aborted` if `options.signal` is.
   */
  async check(options: CheckOptions = {}): Promise<CheckResult> {
    return (await this.controller.prepare()).check(options);
  }
}
