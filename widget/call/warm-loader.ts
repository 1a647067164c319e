/**
 * Fetches what prepares links while it rings (`warm/`) as soon as somebody asks, or we do. A call is
 * as good without it, only later. Knows nothing of how a link is prepared.
 */
import {outgoingOf} from './call-events.js';
import {loadChunk} from './load-chunk.js';
import type {PeerMesh} from './peer-mesh.js';
import type {Arrival, WarmHost, WarmLinks} from './warm/warm-links.js';

export class WarmLoader {
  readonly #host: WarmHost;
  #loading: Promise<WarmLinks> | undefined;
  /** `undefined` until it has come. */
  links: WarmLinks | undefined;

  constructor(host: WarmHost) {
    this.#host = host;
    host.relay.addEventListener('signal', ({detail}) => {
      const state = host.state();
      const open = [...state.incoming, outgoingOf(state)];
      if (open.some((each) => each?.id === detail.from)) this.use((links) => links.receive(detail));
    });
  }

  /** Somebody has come: waits for their offer, unless a link is there already. */
  expect(mesh: PeerMesh, peerId: string, arrival: Arrival = {}): void {
    if (this.links?.adopt(mesh, peerId, arrival)) return;
    // Whoever has answered what we have not offered, or not any more, waits for us.
    if (arrival.signal) mesh.connect(peerId);
    else mesh.expect(peerId);
  }

  use(work: (links: WarmLinks) => unknown): void {
    this.#loading ??= loadChunk(() => import('./warm/warm-links.js')).then(
      (chunk) => (this.links = new chunk.WarmLinks(this.#host)),
    );
    this.#loading.then(work, () => (this.#loading = undefined));
  }
}
