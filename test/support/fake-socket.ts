/** A WebSocket of which the test is the other end, as far as Engine.IO needs one. */
import {until} from './calls.js';

export class FakeSocket extends EventTarget {
  static latest: FakeSocket | undefined;
  static made = 0;
  readonly sent: string[] = [];
  readyState = 1;
  binaryType = 'arraybuffer';
  onopen: (() => void) | null = null;
  onmessage: ((event: {data: string}) => void) | null = null;
  onclose: ((event: object) => void) | null = null;

  constructor() {
    super();
    FakeSocket.latest = this;
    FakeSocket.made++;
    queueMicrotask(() => this.onopen?.());
  }

  send(frame: string): void {
    this.sent.push(frame);
  }

  close(): void {
    this.onclose?.({});
  }
}

/** Says what a relay says to whoever connects, up to its welcome. */
export async function welcome(socket: FakeSocket): Promise<void> {
  const say = (frame: string): void => socket.onmessage!({data: frame});
  say('0{"sid":"s","upgrades":[],"pingInterval":25000,"pingTimeout":20000,"maxPayload":131072}');
  await until(() => socket.sent.some((frame) => frame.startsWith('40')), 'it connects');
  say('40{"sid":"t"}');
  say('42["welcome",{"peerId":"p","personId":"q","resumeToken":"r","kept":null}]');
}
