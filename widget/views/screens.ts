/** Shared screens: a tile for each. Whose they are is told by whoever draws them. */
import {html, nothing, type TemplateResult} from 'lit';

export interface ScreenTile {
  /** Whose screen the video shows (`showStreams()`); empty: one's own. */
  readonly peerId: string;
  readonly label: string;
  /** Said over the last picture while there is none to trust: "Reconnecting…". */
  readonly veil: string | null;
  onPlayable(video: HTMLVideoElement): void;
}

/** One that has gone leaves its place empty, so that no `<video>` is given another screen. */
export function screensView(tiles: readonly (ScreenTile | null)[]): TemplateResult {
  return html`<div part="screens" class="screens">
    ${tiles.map((tile) => (tile ? screenTile(tile) : nothing))}
  </div>`;
}

function screenTile({peerId, label, veil, onPlayable}: ScreenTile): TemplateResult {
  return html`<div part="tile tile-screen" class="tile" role="group" aria-label=${label}>
    <video
      part="video"
      playsinline
      autoplay
      .muted=${peerId === ''}
      data-screen=${peerId}
      aria-hidden="true"
      tabindex="-1"
      @loadedmetadata=${(event: Event) => {
        if (peerId !== '') onPlayable(event.target as HTMLVideoElement);
      }}
    ></video>
    ${veil === null ? nothing : html`<div part="veil" class="veil"><span part="spinner" class="spinner"></span>${veil}</div>`}
    <div part="name" class="name"><span>${label}</span></div>
  </div>`;
}
