/** Shared screens: a tile for each, and the button that shares one's own. Whose they are, and what a press does, is told by whoever draws them. */
import {html, nothing, svg, type TemplateResult} from 'lit';
import {icon} from '../icons.js';

export interface ScreenTile {
  /** Whose screen the video shows (`showStreams()`); empty: one's own. */
  readonly peerId: string;
  readonly label: string;
  /** Said over the last picture while there is none to trust: "Reconnecting…". */
  readonly veil: string | null;
  onPlayable(video: HTMLVideoElement): void;
}

export interface ShareButton {
  readonly label: string;
  readonly isSharing: boolean;
  readonly isBusy: boolean;
  press(): void;
}

/** A screen, from which something goes out; and one that has been taken back. */
const screenStrokes = svg`<rect x="2.5" y="4" width="19" height="13" rx="2.6" /><path d="M8.5 20.5h7" />`;
const shareIcon = (): TemplateResult =>
  icon(svg`${screenStrokes}<path d="M12 13.6V7.6M9.2 10.2 12 7.4l2.8 2.8" />`);
const stopIcon = (): TemplateResult =>
  icon(svg`${screenStrokes}<path d="M9.6 8.1l4.8 4.8M14.4 8.1l-4.8 4.8" />`);

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
      @loadedmetadata=${(event: Event) => {
        if (peerId !== '') onPlayable(event.target as HTMLVideoElement);
      }}
    ></video>
    ${veil === null ? nothing : html`<div class="veil"><span class="spinner"></span>${veil}</div>`}
    <div part="name" class="name"><span>${label}</span></div>
  </div>`;
}

export function shareButton({label, isSharing, isBusy, press}: ShareButton): TemplateResult {
  return html`<button
    part="button button-screen"
    class="button control"
    type="button"
    ?data-sharing=${isSharing}
    aria-label=${label}
    title=${label}
    aria-disabled=${isBusy ? 'true' : nothing}
    @click=${press}
  >
    ${isSharing ? stopIcon() : shareIcon()}
  </button>`;
}
