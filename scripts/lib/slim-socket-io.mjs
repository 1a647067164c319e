/**
 * Leaves out of the script tag's bundle what socket.io-client carries for others: the relay speaks
 * JSON over WebSocket or long polling, so nobody ever asks for binary packets or WebTransport, and
 * every browser that has WebRTC has the class URL. The npm modules import the package as it is.
 */

import {MagicString} from 'magic-string';

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
  'engine.io-client/build/esm/contrib/parseuri.js': `
    export function parse(uri) {
      const {hostname, protocol, port, search} = new URL(uri);
      return {
        host: hostname.replace(/[[\\]]/g, ''),
        protocol: protocol.slice(0, -1),
        port,
        query: search.slice(1),
      };
    }`,
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
        for (const each of [...(this.#listeners[event] ?? [])]) each.apply(this, values);
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

/** Methods that neither the element nor what is left of the packages ever calls, by module. */
const UNUSED_METHODS = {
  'socket.io-client/build/esm/socket.js': [
    'disconnected',
    'send',
    '_addToQueue',
    'close',
    'compress',
    'volatile',
    'prependAny',
    'offAny',
    'listenersAny',
    'onAnyOutgoing',
    'prependAnyOutgoing',
    'offAnyOutgoing',
    'listenersAnyOutgoing',
    'notifyOutgoingListeners',
    'open',
    'emitWithAck',
    '_drainQueue',
    'ack',
  ],
  'socket.io-client/build/esm/manager.js': [
    'connect',
    'disconnect',
    'reconnect',
    'onreconnect',
    'reconnection',
    'reconnectionAttempts',
    'reconnectionDelay',
    'randomizationFactor',
    'reconnectionDelayMax',
    'timeout',
    'maybeReconnectOnOpen',
    'onping',
  ],
  // The element begins with the best transport, so there is nothing to upgrade to.
  'engine.io-client/build/esm/socket.js': ['_probe', '_filterUpgrades', 'send'],
};

/**
 * Statements that make no difference to the element, by module: the first and the last words of a
 * piece of code, and what stands in its place. Each must be there once.
 */
const SHORTENED = {
  'socket.io-client/build/esm/socket.js': [
    // It emits requests of the relay's own protocol, each with an acknowledgement and a time limit,
    // and is never asked to acknowledge anything itself. It connects when it is told to.
    ['const RESERVED_EVENTS', '});', ''],
    ['if (RESERVED_EVENTS.hasOwnProperty(ev)) {', '}', ''],
    ['this.recovered = false;', 'this.recovered = false;', ''],
    ['this._queue = [];', 'this._queueSeq = 0;', ''],
    ['this._opts = Object.assign({}, opts);', 'this.open();', ''],
    ['if (!this.io["_reconnecting"])', 'if (!this.io["_reconnecting"])', ''],
    ['if (this._opts.retries &&', 'return this;\n        }', ''],
    ['packet.options = {};', 'this.flags.compress !== false;', ''],
    ['const isTransportWritable =', 'void 0 : _b.writable;', ''],
    ['const discardPacket =', '!isTransportWritable;', ''],
    ['if (discardPacket) {', 'this.packet(packet);', 'if (isConnected) {\nthis.packet(packet);'],
    ['const timeout = (_a', 'this._opts.ackTimeout;', 'const timeout = this.flags.timeout;'],
    [
      'if (typeof this.auth == "function") {',
      '(this.auth);\n        }',
      'this.auth((data) => this._sendConnectPacket(data));',
    ],
    // No connection state is recovered: the relay keeps seats, not packets.
    ['data: this._pid\n', ': data,', 'data,'],
    ['this.recovered = pid', 'this._pid = pid;', ''],
    ['if (this._pid && args.length', '}', ''],
    ['this._drainQueue(true);', 'this._drainQueue(true);', ''],
    ['"It seems you are trying', '-0/)"', '"No session id."'],
    ['case PacketType.BINARY_EVENT:', 'case PacketType.BINARY_EVENT:', ''],
    ['case PacketType.BINARY_ACK:', 'case PacketType.BINARY_ACK:', ''],
    ['if (null != packet.id) {', '}', ''],
    [
      'this.receiveBuffer = [];\n        this.sendBuffer.forEach',
      'this.packet(packet);',
      'this.receiveBuffer = [];\nthis.sendBuffer.forEach((packet) => {\nthis.packet(packet);',
    ],
  ],
  'socket.io-client/build/esm/manager.js': [
    // It names everything that it wants, and reconnects by its own policy.
    ['if (uri && "object" === typeof uri) {', 'opts = opts || {};', ''],
    ['this.reconnection(opts', 'jitter: this.randomizationFactor(),\n        });', ''],
    ['this.timeout(null == opts', ';', 'this._timeout = opts.timeout;'],
    ['const _parser =', '_parser.Encoder();', 'this.encoder = new parser.Encoder();'],
    ['new _parser.Decoder();', 'this.open();', 'new parser.Decoder();'],
    [
      'this._readyState = "opening";',
      'this.skipReconnect = false;',
      'this._readyState = "opening";',
    ],
    ['fn && fn();', 'fn && fn();', ''],
    ['if (fn) {\n', 'this.maybeReconnectOnOpen();\n            }', ''],
    ['}, timeout);', 'timer.unref();\n            }', '}, timeout);'],
    ['else if (this._autoConnect', '}', ''],
    ['on(socket, "ping", this.onping.bind(this)), ', 'on(socket, "data"', 'on(socket, "data"'],
    ['this.skipReconnect = true;\n        this._reconnecting = false;', ';', ''],
    ['(_a = this.engine)', 'this.backoff.reset();', 'this.engine?.close();'],
    ['if (this._reconnection && !this.skipReconnect) {', '}', ''],
  ],
  'engine.io-client/build/esm/socket.js': [
    // It names an address, over which nothing else is said, and transports as classes.
    ['if (uri && "object" === typeof uri) {', 'if (uri) {', 'if (uri) {'],
    ['else if (opts.host) {', '}', ''],
    ['this.secure =\n', 'if (opts.hostname', 'this.secure = opts.secure;\nif (opts.hostname'],
    ['this.hostname =\n', 'location.hostname : "localhost");', 'this.hostname = opts.hostname;'],
    ['this.port =\n', '"80");', 'this.port = opts.port;'],
    ['if (opts.transportImplementations && opts.transports) {', '}', ''],
    ['if (opts.transportImplementations ||', '=== "function")) {', '{'],
    [
      '((_b = opts.transportImplementations)',
      ': opts.transports).forEach(',
      'opts.transports.forEach(',
    ],
    ['else {\n            this.transports = opts.transports', 'DEFAULT_TRANSPORTS;\n        }', ''],
    ['agent: false,', 'agent: false,', ''],
    ['rememberUpgrade: false,', 'rememberUpgrade: false,', ''],
    ['rejectUnauthorized: true,', 'threshold: 1024,\n            },', ''],
    // No cookies, no upgrades; a page that is closed takes its connection with it.
    [
      'if (this.opts.closeOnBeforeunload) {',
      'this._beforeunloadEventListener, false);\n            }',
      '',
    ],
    ['if (this._beforeunloadEventListener) {', '}', ''],
    ['if (this.opts.withCredentials) {', '}', ''],
    [
      'const transportName = this.opts.rememberUpgrade &&',
      ': this.transports[0];',
      'const transportName = this.transports[0];',
    ],
    ['if (this.transports.length === 0) {', 'return;\n        }', ''],
    ['this._upgrades = [];', 'this._upgrades = [];', ''],
    ['this._upgrades = this._filterUpgrades(data.upgrades);', ';', ''],
    ['if ("open" === this.readyState && this.opts.upgrade) {', '}\n        }', ''],
    ['Socket.priorWebsocketSuccess = "websocket" === this.transport.name;', ';', ''],
    ['const cleanupAndClose = () => {', 'if ("opening"', 'if ("opening"'],
    [
      'if (this.upgrading) {\n                        waitForUpgrade();',
      'close();\n                    }',
      'close();',
    ],
    ['else if (this.upgrading) {', '}', ''],
    ['!this.upgrading &&', '!this.upgrading &&', ''],
    ['if ("function" === typeof data) {', 'options = null;\n        }', ''],
  ],
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
    transform(code, id) {
      const [end, names] = entryFor(UNUSED_METHODS, id);
      if (end === undefined || names === undefined) return null;
      seen.add(end);
      const [, pieces = []] = entryFor(SHORTENED, id);
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
