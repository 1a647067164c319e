/** The picture of one person: video or initials, name, what is off, and whether the connection holds. */
import {html, nothing, type TemplateResult} from 'lit';
import type {Session} from '../call-surface.js';
import {cameraOffIcon, microphoneOffIcon} from './call-icons.js';

export interface Tile {
  /** What names the tile's colours; the same for everybody who sees this person. */
  readonly key: string;
  readonly label: string;
  readonly initialsOf: string;
  /** Whose stream the video shows (`showStreams()`); `null`: one's own; empty: of whoever is about to come. */
  readonly peerId: string | null;
  /** It is shown as in a mirror: how people know their own face. */
  readonly isOwn: boolean;
  readonly microphoneOff: string | null;
  readonly cameraOff: string | null;
  /** Stands before the name. */
  readonly mark?: unknown;
  /** What can be done with the picture, in its corner. */
  readonly tools?: unknown;
  /** Said over the picture while there is none to trust: "Reconnecting…". */
  readonly veil: string | null;
}

const HUES = 6;

/**
 * The video stays in the document while the camera is off: it carries the sound, and an element
 * made anew would have to be allowed to play again. Without a `tabindex` Firefox's Tab stops at it.
 *
 * @param play How others are to be played, who make a sound.
 */
export function tileView(tile: Tile, play?: (video: HTMLVideoElement) => void): TemplateResult {
  return html`<div
    part="tile ${tile.isOwn ? 'tile-own' : ''}"
    class="tile"
    role="group"
    aria-label=${tile.label}
    ?data-own=${tile.isOwn}
    ?inert=${tile.peerId === ''}
    ?data-camera-off=${tile.cameraOff !== null}
    data-hue=${hueOf(tile.key)}
  >
    <video
      part="video"
      playsinline
      autoplay
      .muted=${tile.isOwn}
      data-peer=${tile.peerId ?? nothing}
      aria-hidden="true"
      tabindex="-1"
      @loadedmetadata=${(event: Event) => play?.(event.target as HTMLVideoElement)}
    ></video>
    ${
      tile.cameraOff === null
        ? nothing
        : html`<div part="avatar" class="avatar" aria-hidden="true">
            ${initialsOf(tile.initialsOf)}
          </div>`
    }
    ${
      tile.veil === null
        ? nothing
        : html`<div part="veil" class="veil">
            <span part="spinner" class="spinner"></span>${tile.veil}
          </div>`
    }
    <div part="name" class="name">
      ${tile.mark}
      ${tile.microphoneOff === null ? nothing : mark(microphoneOffIcon, tile.microphoneOff)}
      <span dir="auto">${tile.label}</span>
      ${
        tile.cameraOff === null
          ? nothing
          : html`<span class="visually-hidden">${tile.cameraOff}</span>`
      }
    </div>
    ${tile.tools}
  </div>`;
}

/**
 * Gives every video its stream, if it has another. Not by a binding: lit takes every object for a
 * new one, and a video that is given the stream it has begins to load it anew.
 */
export function showStreams(videos: readonly HTMLVideoElement[], session: Session): void {
  videos.forEach((video) => {
    const {peer, screen} = video.dataset;
    const stream =
      peer !== undefined
        ? session.streamOf(peer)
        : screen
          ? session.screenOf(screen)
          : session[screen === '' ? 'localScreen' : 'localStream'];
    if (video.srcObject !== stream) video.srcObject = stream;
  });
}

function mark(icon: TemplateResult, label: string): TemplateResult {
  return html`<span part="tile-state" class="mark-off" title=${label}
    >${icon}<span class="visually-hidden">${label}</span></span
  >`;
}

/** Up to two letters: of the first and of the last word. */
export function initialsOf(name: string): string | TemplateResult {
  const words = name.match(/\S+/g) ?? [];
  const letters = [words[0], words.length > 1 ? words.at(-1) : undefined];
  const initials = letters.map((word) => [...(word ?? '')][0] ?? '').join('');
  return initials ? initials.toLocaleUpperCase() : cameraOffIcon;
}

/** One of a few calm colours, by name, so that people keep theirs. */
export function hueOf(key: string): number {
  let sum = 0;
  for (let at = 0; at < key.length; at++) sum = (sum * 31 + key.charCodeAt(at)) % 9973;
  return sum % HUES;
}
