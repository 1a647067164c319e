/**
 * What `slim-socket-io.mjs` cuts out of modules that are otherwise taken as they are, by the end of a
 * module's path. What stands in place of whole modules is there.
 */

/** Methods that neither the element nor what is left of the packages ever calls, by module. */
export const UNUSED_METHODS = {
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
    'active',
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
  'engine.io-client/build/esm/transport.js': ['pause', '_hostname', '_port', '_query'],
};

/**
 * Statements that make no difference to the element, by module: the first and the last words of a
 * piece of code, and what stands in its place. Each must be there once.
 */
export const SHORTENED = {
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
    ['if ("function" === typeof args[args', '{', '{'],
    ['Object.freeze(args)', ')', 'args'],
    ['const isTransportWritable =', 'void 0 : _b.writable;', ''],
    ['const discardPacket =', '!isTransportWritable;', ''],
    ['if (discardPacket) {', 'this.packet(packet);', 'if (isConnected) {\nthis.packet(packet);'],
    ['const timeout = (_a', 'this._opts.ackTimeout;', 'const timeout = this.flags.timeout;'],
    [
      'if (typeof this.auth == "function") {',
      '(this.auth);\n        }',
      'this.auth((data) => this._sendConnectPacket(data));',
    ],
    ['if (timeout === undefined) {', '}', ''],
    ['fn.withError = true;\n        this.acks[id] = fn;', ';', 'this.acks[id] = fn;'],
    [
      'if (ack.withError) {\n                    ack.call',
      '}',
      'ack.call(this, new Error("socket has been disconnected"));',
    ],
    ['if (ack.withError) {\n            packet', '}', 'packet.data.unshift(null);'],
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
    ['opts.path = opts.path ||', ';', ''],
    ['this.reconnection(opts', 'jitter: this.randomizationFactor(),\n        });', ''],
    ['this.timeout(null == opts', ';', 'this._timeout = opts.timeout;'],
    ['if (false !== this._timeout) {', '{', '{'],
    // The next task is a microtask (`nextTick` in `slim-socket-io.mjs`).
    ['}, setTimeout);', ';', '});'],
    ['const _parser =', '_parser.Encoder();', 'this.encoder = new parser.Encoder();'],
    ['new _parser.Decoder();', 'this.open();', 'new parser.Decoder();'],
    [
      'this._readyState = "opening";',
      'this.skipReconnect = false;',
      'this._readyState = "opening";',
    ],
    ['fn && fn();', 'fn && fn();', ''],
    // It has one namespace.
    ['this.nsps = {};', ';', ''],
    ['let socket = this.nsps[nsp];', 'return socket;', 'return new Socket(this, nsp, opts);'],
    ['const nsps = Object.keys(this.nsps);', 'this._close();', 'this._close();'],
    ['if (fn) {\n', 'this.maybeReconnectOnOpen();\n            }', ''],
    ['}, timeout);', 'timer.unref();\n            }', '}, timeout);'],
    ['on(socket, "ping", this.onping.bind(this)), ', 'on(socket, "data"', 'on(socket, "data"'],
    [
      'this.engine.write(encodedPackets[i], packet.options);',
      ';',
      'this.engine.write(encodedPackets[i]);',
    ],
    ['this.skipReconnect = true;\n        this._reconnecting = false;', ';', ''],
    ['(_a = this.engine)', 'this.backoff.reset();', 'this.engine?.close();'],
    ['if (this._reconnection && !this.skipReconnect) {', '}', ''],
  ],
  'engine.io-client/build/esm/socket.js': [
    // It names an address, over which nothing else is said, and transports as classes.
    [
      'if (uri && "object" === typeof uri) {',
      'location.hostname : "localhost");',
      `const {host, protocol} = new URL(uri);
       this.secure = protocol === 'https:';
       this.hostname = host;`,
    ],
    ['this.port =\n', '"80");', ''],
    ['port: this.port,', ',', ''],
    ['if (this.hostname !== "localhost") {', '{', 'if (!/^localhost(:|$)/.test(this.hostname)) {'],
    ['}, setTimeout);', ';', '});'],
    // What is only for long polling comes with it (`widget/call/long-polling.ts`).
    ['const shouldCheckPayloadSize', 'packet type\n        }', ''],
    // There are four states.
    ...['_onPacket(packet) {', '_onClose(reason, description) {'].map((method) => [
      method,
      '"closing" === this.readyState) {',
      `${method} if ("closed" !== this.readyState) {`,
    ]),
    ['if (opts.transportImplementations && opts.transports) {', '}', ''],
    ['if (opts.transportImplementations ||', '=== "function")) {', '{'],
    [
      '((_b = opts.transportImplementations)',
      ': opts.transports).forEach(',
      'opts.transports.forEach(',
    ],
    ['else {\n            this.transports = opts.transports', 'DEFAULT_TRANSPORTS;\n        }', ''],
    ['this.opts = Object.assign({', '}, opts);', "this.opts = {timestampParam: 't', ...opts};"],
    ['this.opts.path =', '"/" : "");', ''],
    ['if (typeof this.opts.query === "string") {', '}', ''],
    ['Object.assign({}, this.opts.query)', ')', '{}'],
    ['}, this.opts.transportOptions[name]);', ';', '});'],
    ['const withEventListeners =', '=== "function";', 'const withEventListeners = true;'],
    ['Socket.protocol = protocol;', ';', ''],
    // Only texts come.
    ['this.binaryType = defaultBinaryType;', ';', ''],
    ['this._pingInterval = -1;', 'this._maxPayload = -1;', ''],
    // Nobody listens for these, sends anything but texts, or waits until one is flushed.
    ['this.emitReserved("handshake", data);', ';', ''],
    ['this.emitReserved("heartbeat");', ';', ''],
    ['this.emitReserved("ping");', 'this.emitReserved("pong");', ''],
    ['this.emitReserved("message", packet.data);', ';', ''],
    ['case "error":', 'break;', ''],
    ['this.emitReserved("flush");', ';', ''],
    // Why it was lost is asked of nobody but the reason.
    [', {\n                        description: "network', '}', ''],
    [
      'write(msg, options, fn) {',
      'return this;',
      'write(msg) {\nthis._sendPacket("message", msg);',
    ],
    ['_sendPacket(type, data, options, fn) {', '{', '_sendPacket(type, data) {'],
    ['options = options || {};', '!== options.compress;', ''],
    [
      'const packet = {\n            type: type,',
      'this.emitReserved("packetCreate", packet);',
      'const packet = {type, data};',
    ],
    ['if (fn)\n', 'this.once("flush", fn);', ''],
    ['if (this.opts.autoUnref) {', '}', ''],
    ['_onError(err) {\n        Socket.priorWebsocketSuccess = false;', ';', '_onError(err) {'],
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
  'engine.io-client/build/esm/transport.js': [
    // A host comes with its port, and there is always something to say in the query.
    ['this._hostname() +', 'this._port() +', 'this.opts.hostname +'],
    ['this._query(query));', ';', '"?" + new URLSearchParams(query));'],
    ['this.supportsBinary =', ';', ''],
    ['decodePacket(data, this.socket.binaryType)', ')', 'decodePacket(data)'],
    [
      'new TransportError(reason, description, context)',
      ')',
      'new Error(reason, {cause: description})',
    ],
  ],
};
