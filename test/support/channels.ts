/** Every data channel that is made in the page, so that a test can count what goes over it, and say what no client of ours would. */

import {until} from './calls.js';

export class ChannelWatch {
  /** In the order in which they were made: each link makes its three, one side after the other. */
  readonly all: {readonly connection: RTCPeerConnection; readonly channel: RTCDataChannel}[] = [];
  /** Called after each frame that any of them takes. */
  onSend: (channel: RTCDataChannel, connection: RTCPeerConnection) => void = () => undefined;
  readonly #prototype = RTCPeerConnection.prototype;
  readonly #original = RTCPeerConnection.prototype.createDataChannel;

  constructor() {
    const original = this.#original;
    const note = (connection: RTCPeerConnection, channel: RTCDataChannel): void => {
      this.all.push({connection, channel});
      const send = channel.send.bind(channel) as (data: unknown) => void;
      channel.send = (data: unknown): void => {
        send(data);
        this.onSend(channel, connection);
      };
    };
    this.#prototype.createDataChannel = function (label, options) {
      const channel = original.call(this, label, options);
      note(this, channel);
      return channel;
    };
  }

  /** The latest channel with this id of one connection. */
  of(connection: RTCPeerConnection, id: number): RTCDataChannel {
    const found = this.all.findLast(
      (each) => each.connection === connection && each.channel.id === id,
    );
    if (found === undefined) throw new Error(`The connection has no channel ${id}.`);
    return found.channel;
  }

  /** Sends a frame over the latest channel with this id, as soon as that is open: some time after the connection is. */
  async sendOver(connection: RTCPeerConnection, id: number, frame: object): Promise<void> {
    const channel = this.of(connection, id);
    await until(() => channel.readyState === 'open', 'the channel');
    channel.send(JSON.stringify(frame));
  }

  stop(): void {
    this.#prototype.createDataChannel = this.#original;
  }
}
