/**
 * Leaves out of the script tag's bundle what socket.io-client carries for others: the relay speaks
 * JSON over WebSocket or long polling, so nobody ever asks for binary packets or WebTransport, and
 * every browser that has WebRTC has the class URL. The npm modules import the package as it is.
 */

import {MagicString} from 'magic-string';
import {SHORTENED, UNUSED_METHODS} from './socket-io-cuts.mjs';

/** By the end of the module's path: what stands in its place. */
const STAND_INS = {
  // The element names the transports that it uses (widget/call/socket-io-signaling.ts).
  'engine.io-client/build/esm/transports/index.js': 'export const transports = {};',
  // The element makes a Manager of its own; the rest is the shorthand `io` and its cache.
  'socket.io-client/build/esm/index.js': `export {Manager} from './manager.js';`,
  // The element reconnects by a policy of its own (widget/call/reconnect-policy.ts).
  'socket.io-client/build/esm/contrib/backo2.js': `
    export class Backoff {
      reset() {}
    }`,
  // Written for browsers without the class URL.
  'engine.io-client/build/esm/contrib/parseuri.js': 'export function parse() {}',
  'engine.io-client/build/esm/contrib/parseqs.js': `
    export const encode = (fields) =>
      Object.entries(fields).map((field) => field.map(encodeURIComponent).join('=')).join('&');
    export const decode = (text) => Object.fromEntries(new URLSearchParams(text));`,
  // Without what only Node and React Native have.
  'engine.io-client/build/esm/globals.js': `
    export const globalThisShim = globalThis;
    export const nextTick = queueMicrotask.bind(globalThis);
    export const defaultBinaryType = 'arraybuffer';
    export function createCookieJar() {}`,
  'engine.io-client/build/esm/util.js': `
    export const pick = () => ({});
    export function installTimerFunctions(owner) {
      owner.setTimeoutFn = setTimeout.bind(globalThis);
      owner.clearTimeoutFn = clearTimeout.bind(globalThis);
    }
    export const byteLength = (text) => new Blob([text]).size;
    export const randomString = () => Math.random().toString(36).slice(2, 10);`,
  'engine.io-client/build/esm/transports/websocket.js': `
    import {encodePacket} from 'engine.io-parser';
    import {Transport} from '../transport.js';
    export class WS extends Transport {
      get name() {
        return 'websocket';
      }
      doOpen() {
        try {
          this.ws = this.createSocket(this.createUri(this.opts.secure ? 'wss' : 'ws', this.query));
        } catch (error) {
          return this.emitReserved('error', error);
        }
        this.ws.onopen = () => this.onOpen();
        this.ws.onclose = (context) => this.onClose({context});
        this.ws.onmessage = ({data}) => this.onData(data);
        this.ws.onerror = (error) => this.onError('websocket error', error);
      }
      createSocket(uri) {
        return new WebSocket(uri);
      }
      write(packets) {
        this.writable = false;
        for (const packet of packets) {
          encodePacket(packet, false, (data) => {
            try {
              this.ws.send(data);
            } catch {
              // Closed already, of which the browser is about to tell.
            }
          });
        }
        queueMicrotask(() => {
          this.writable = true;
          this.emitReserved('drain');
        });
      }
      doClose() {
        if (!this.ws) return;
        this.ws.onerror = null;
        this.ws.close();
        this.ws = null;
      }
    }`,
  'engine.io-parser/build/esm/commons.js': `
    export const PACKET_TYPES_REVERSE = 'open close ping pong message upgrade noop'.split(' ');
    export const PACKET_TYPES = Object.fromEntries(PACKET_TYPES_REVERSE.map((type, n) => [type, n]));
    export const ERROR_PACKET = {type: 'error', data: 'parser error'};`,
  'engine.io-parser/build/esm/index.js': `
    export {encodePacket} from './encodePacket.js';
    export {decodePacket} from './decodePacket.js';
    export {encodePayload, decodePayload} from './contrib/base64-arraybuffer.js';
    export const protocol = 4;`,
  // Not a transport of ours; and what it needs is not there.
  'engine.io-client/build/esm/transports/webtransport.js': 'export class WT {}',
  // No bytes, so no base64: the place of what long polling alone needs, so that its chunk has it.
  'engine.io-parser/build/esm/contrib/base64-arraybuffer.js': `
    import {encodePacket} from '../encodePacket.js';
    import {decodePacket} from '../decodePacket.js';
    const SEPARATOR = '\\x1e';
    export function encodePayload(packets, callback) {
      const encoded = [];
      for (const packet of packets) encodePacket(packet, false, (text) => encoded.push(text));
      callback(encoded.join(SEPARATOR));
    }
    export const decodePayload = (payload) =>
      payload.split(SEPARATOR).map((packet) => decodePacket(packet));`,
  'engine.io-parser/build/esm/encodePacket.browser.js': `
    import {PACKET_TYPES} from './commons.js';
    export const encodePacket = ({type, data}, supportsBinary, callback) =>
      callback(PACKET_TYPES[type] + (data ?? ''));
    export function encodePacketToBinary() {}`,
  'engine.io-parser/build/esm/decodePacket.browser.js': `
    import {ERROR_PACKET, PACKET_TYPES_REVERSE} from './commons.js';
    export const decodePacket = (packet) => {
      const type = typeof packet === 'string' ? PACKET_TYPES_REVERSE[packet[0]] : undefined;
      if (!type) return ERROR_PACKET;
      return packet.length > 1 ? {type, data: packet.slice(1)} : {type};
    };`,
  // Without its other names and without what makes an emitter of any object.
  '@socket.io/component-emitter/lib/esm/index.js': `
    export class Emitter {
      #listeners = {};
      on(event, listener) {
        (this.#listeners[event] ??= []).push(listener);
        return this;
      }
      once(event, listener) {
        const once = (...values) => {
          this.off(event, once);
          listener.apply(this, values);
        };
        once.for = listener;
        return this.on(event, once);
      }
      off(event, listener) {
        this.#listeners[event] = this.#listeners[event]?.filter(
          (each) => listener && each !== listener && each.for !== listener,
        );
        return this;
      }
      removeAllListeners(event) {
        if (event) this.off(event);
        else this.#listeners = {};
      }
      emitReserved(event, ...values) {
        this.#listeners[event]?.forEach((each) => each.apply(this, values));
      }
      emit(...values) {
        this.emitReserved(...values);
      }
    }`,
  // Without the packets that carry bytes: one packet is one text (Socket.IO protocol 5).
  'socket.io-parser/build/esm/index.js': `
    import {Emitter} from '@socket.io/component-emitter';
    export const PacketType = {CONNECT: 0, DISCONNECT: 1, EVENT: 2, ACK: 3, CONNECT_ERROR: 4};
    export class Encoder {
      encode({type, nsp, id, data}) {
        const namespace = nsp === '/' ? '' : nsp + ',';
        return [type + namespace + (id ?? '') + (data === undefined ? '' : JSON.stringify(data))];
      }
    }
    export class Decoder extends Emitter {
      add(packet) {
        const [, type, nsp = '/', id, data] = /^([0-4])(?:(\\/[^,]*),)?(\\d*)(.*)$/s.exec(packet);
        this.emitReserved('decoded', {
          type: +type,
          nsp,
          id: id ? +id : undefined,
          data: data ? JSON.parse(data) : undefined,
        });
      }
      destroy() {}
    }`,
};

/** @returns {import('rollup').Plugin} */
export function slimSocketIo() {
  /** @type {Set<string>} */
  const seen = new Set();
  return {
    name: 'slim-socket-io',
    load(id) {
      const [end, code] = entryFor(STAND_INS, id);
      if (end === undefined) return null;
      seen.add(end);
      return code;
    },
    transform(source, id) {
      const [end, names] = entryFor(UNUSED_METHODS, id);
      if (end === undefined || names === undefined) return null;
      seen.add(end);
      const [, pieces = []] = entryFor(SHORTENED, id);
      const code = withPlainTimers(source);
      return withoutMethods(code, this.parse(code), names, pieces, id);
    },
    buildEnd() {
      // A new version of the package may lay its files out anew; better to hear of it than to ship
      // the whole again.
      const expected = [...Object.keys(STAND_INS), ...Object.keys(UNUSED_METHODS)];
      const missed = expected.filter((end) => !seen.has(end));
      if (seen.size > 0 && missed.length > 0) {
        this.error(`socket.io-client no longer has ${missed.join(', ')}`);
      }
    },
  };
}

/**
 * Its timers can be chosen, and so are bound to every object anew. Here they are the page's own.
 * @param {string} source
 */
function withPlainTimers(source) {
  return source
    .replaceAll('installTimerFunctions(this, opts);', '')
    .replaceAll(/this\.(?:io\.)?(set|clear)TimeoutFn/g, '$1Timeout');
}

/**
 * @template Value
 * @param {Readonly<Record<string, Value>>} table by the end of a module's path
 * @param {string} id
 * @returns {[end: string, value: Value] | [end: undefined, value: undefined]}
 */
function entryFor(table, id) {
  const path = id.replaceAll('\\', '/');
  const found = Object.entries(table).find(([end]) => path.endsWith(`/node_modules/${end}`));
  return found ?? [undefined, undefined];
}

/**
 * @param {string} code
 * @param {import('estree').Program} program
 * @param {readonly string[]} names
 * @param {readonly string[][]} pieces
 * @param {string} id
 */
function withoutMethods(code, program, names, pieces, id) {
  const result = new MagicString(code);
  for (const [first = '', last = '', instead = ''] of pieces) {
    const start = code.indexOf(first);
    // A piece that begins and ends with the same words is those words.
    const end = code.indexOf(last, first === last ? start : start + first.length - 1) + last.length;
    if (start < 0 || end < start + last.length || code.includes(first, start + 1)) {
      throw new Error(`${id} no longer has, or has twice: ${first}`);
    }
    result.update(start, end, instead);
  }
  const missing = new Set(names);
  for (const statement of program.body) {
    const declared =
      statement.type === 'ExportNamedDeclaration' ? statement.declaration : statement;
    if (declared?.type !== 'ClassDeclaration') continue;
    for (const member of declared.body.body) {
      if (member.type !== 'MethodDefinition' || member.key.type !== 'Identifier') continue;
      if (!missing.delete(member.key.name)) continue;
      const {start, end} = /** @type {typeof member & {start: number, end: number}} */ (member);
      result.remove(start, end);
    }
  }
  if (missing.size > 0) throw new Error(`${id} no longer has ${[...missing].join(', ')}`);
  return {code: result.toString(), map: result.generateMap({hires: true, source: id})};
}
