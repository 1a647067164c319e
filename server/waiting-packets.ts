/**
 * When a client that answers pings takes nothing else: how much may wait for it, at our memory's
 * cost. Looks at Engine.IO's packets and ends nothing.
 */

/** A packet that waits to be written. */
export interface WaitingPacket {
  readonly data?: unknown;
}

/** A whole room of 32 setting its links up sends a third of this. */
export const MAX_WAITING_PACKETS = 512;

/**
 * The list of ten thousand people with as much metadata as there may be comes in one go; more than
 * that nobody has asked for.
 */
export const MAX_WAITING_BYTES = 16_777_216;

export function isTooMuch(waiting: readonly WaitingPacket[]): boolean {
  if (waiting.length > MAX_WAITING_PACKETS) return true;
  let bytes = 0;
  for (const {data} of waiting) bytes += sizeOf(data);
  return bytes > MAX_WAITING_BYTES;
}

function sizeOf(data: unknown): number {
  if (typeof data === 'string') return data.length;
  return ArrayBuffer.isView(data) ? data.byteLength : 0;
}
