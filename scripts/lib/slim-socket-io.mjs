/**
 * Leaves out of the script tag's bundle what socket.io-client carries for others: the relay speaks
 * JSON over WebSocket or long polling, so nobody ever asks for binary packets or WebTransport. The
 * npm modules import the package as it is.
 */

/** By the end of the module's path: what stands in its place. */
const STAND_INS = {
  'engine.io-client/build/esm/transports/webtransport.js': 'export class WT {}',
  'socket.io-parser/build/esm/is-binary.js':
    'export const isBinary = () => false; export const hasBinary = () => false;',
  'socket.io-parser/build/esm/binary.js': `
    export const deconstructPacket = (packet) => ({packet, buffers: []});
    export const reconstructPacket = (packet) => packet;`,
};

/** @returns {import('rollup').Plugin} */
export function slimSocketIo() {
  /** @type {Set<string>} */
  const replaced = new Set();
  return {
    name: 'slim-socket-io',
    load(id) {
      const path = id.replaceAll('\\', '/');
      for (const [end, code] of Object.entries(STAND_INS)) {
        if (!path.endsWith(`/node_modules/${end}`)) continue;
        replaced.add(end);
        return code;
      }
      return null;
    },
    buildEnd() {
      // A new version of the package may lay its files out anew; better to hear of it than to ship
      // the whole again.
      const missed = Object.keys(STAND_INS).filter((end) => !replaced.has(end));
      if (replaced.size > 0 && missed.length > 0) {
        this.error(`socket.io-client no longer has ${missed.join(', ')}`);
      }
    },
  };
}
