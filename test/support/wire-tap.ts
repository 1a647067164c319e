/** Notes what goes over a page's way to its relay, below everything that could leave something out. */
import type {Visitor} from './visitor.js';

/** One event or request, as it came or went through the page's WebSocket. */
export interface Packet {
  readonly isSent: boolean;
  readonly name: string;
  readonly payload: unknown;
}

/** For `Visitor.open()`: runs in the page before anything of the page's own does. */
export function tapWire(): void {
  const packets: Packet[] = [];
  Object.assign(globalThis, {packets});
  const note = (isSent: boolean, data: unknown): void => {
    // Engine.IO's 4 (message), Socket.IO's 2 (event), perhaps the number of an answer.
    const [, event] = /^42\d*(\[.*)$/s.exec(String(data)) ?? [];
    if (event === undefined) return;
    const [name, payload] = JSON.parse(event) as [string, unknown];
    packets.push({isSent, name, payload});
  };
  globalThis.WebSocket = class extends WebSocket {
    constructor(url: string | URL, protocols?: string | string[]) {
      super(url, protocols);
      this.addEventListener('message', ({data}) => note(false, data));
    }

    override send(data: string | Blob | BufferSource): void {
      note(true, data);
      super.send(data);
    }
  };
}

/** What has come from the relay so far. */
export async function received(visitor: Visitor): Promise<Packet[]> {
  return (await packetsOf(visitor)).filter(({isSent}) => !isSent);
}

/** What the page has asked of the relay so far. */
export async function sent(visitor: Visitor): Promise<Packet[]> {
  return (await packetsOf(visitor)).filter(({isSent}) => isSent);
}

function packetsOf({page}: Visitor): Promise<Packet[]> {
  return page.evaluate(() => (globalThis as unknown as {packets: Packet[]}).packets);
}
