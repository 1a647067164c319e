/**
 * The way out for networks that block WebSocket: a chunk of its own, for few will ever need it.
 * Knows nothing but where Socket.IO keeps the transport.
 */
import {XHR} from 'engine.io-client';

export const LongPolling = XHR;
