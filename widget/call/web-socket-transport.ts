/**
 * Engine.IO's WebSocket transport, with one fault mended: where a page's policy forbids WebSocket,
 * Firefox throws in its constructor, and the transport tells that before anybody listens to it.
 */
import {WebSocket as EngineWebSocket} from 'engine.io-client';

export class WebSocketTransport extends EngineWebSocket {
  override createSocket(...args: Parameters<EngineWebSocket['createSocket']>): unknown {
    try {
      return super.createSocket(...args) as unknown;
    } catch (error) {
      queueMicrotask(() => this.onError('websocket error', error));
      throw error;
    }
  }
}
