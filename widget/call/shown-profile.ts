/**
 * Sees to it that the relay shows this side's present name and metadata: each handshake tells them, and
 * `profile-news.ts`, which is fetched for that, what changes after it.
 */
import {loadChunk} from './load-chunk.js';
import type {ProfileHost, ProfileNews} from './profile-news.js';

/** It mostly comes from the relay, which may be away for the moment. */
const RETRY_MS = 5_000;

export class ShownProfile {
  readonly #host: ProfileHost;
  #news: Promise<ProfileNews> | undefined;

  constructor(host: ProfileHost) {
    this.#host = host;
    host.relay.addEventListener('welcome', () => this.update());
  }

  /** To be called when it may have changed. */
  update(): void {
    const {relay, options} = this.#host;
    const {displayName, metadata} = options();
    const {shown, state} = relay;
    if (state !== 'open') return;
    if (shown?.displayName === displayName && shown.metadata === metadata) return;
    this.#news ??= loadChunk(() => import('./profile-news.js')).then(
      (chunk) => new chunk.ProfileNews(this.#host),
    );
    const told = this.#news.then((news) => news.update());
    told.catch(() => {
      this.#news = undefined;
      setTimeout(() => this.update(), RETRY_MS);
    });
    // Whoever has just typed their name joins or calls under it.
    this.#host.seats.after(told);
  }
}
