/**
 * The way out for networks that block WebSocket: a chunk of its own, for few will ever need it.
 * Knows nothing but where Socket.IO keeps the transport, and how much of what waits goes into one post.
 */
import {XHR} from 'engine.io-client';

/** A separator, and what kind of packet it is. */
const OVERHEAD_BYTES = 2;

interface Waiting {
  readonly writeBuffer: readonly {readonly data?: string}[];
  /** Bytes, by the relay's greeting. */
  readonly _maxPayload?: number;
}

export class LongPolling extends XHR {
  constructor(options: ConstructorParameters<typeof XHR>[0]) {
    super(options);
    // The package has the same by itself, the script tag's bundle does not: it is of no use to WebSocket.
    const {socket} = this;
    Object.assign(socket, {
      _getWritablePackets: () => fittingPackets(socket as unknown as Waiting),
    });
  }
}

/** As many as fit. One that is too large by itself goes alone, and is refused. */
export function fittingPackets({
  writeBuffer,
  _maxPayload: limit = Infinity,
}: Waiting): Waiting['writeBuffer'] {
  let size = 0;
  const fits = ({data}: Waiting['writeBuffer'][number]): boolean => {
    size += new Blob([data ?? '']).size + OVERHEAD_BYTES;
    return size <= limit;
  };
  const first = writeBuffer.findIndex((packet) => !fits(packet));
  return first < 0 ? writeBuffer : writeBuffer.slice(0, Math.max(first, 1));
}
