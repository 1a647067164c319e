/**
 * The screen of a call, from waiting alone to a full room. One template for all of it, so that no
 * `<video>` is made anew on the way. It places what the other views draw.
 */
import {html, nothing, type TemplateResult} from 'lit';
import type {PeerState} from '../call/call-state.js';
import type {Translate} from '../strings/catalogue.js';
import {tileView, type Tile} from './tile.js';

export interface StageContext {
  readonly translate: Translate;
  /** The room's name, or the person's whom the call is with. */
  readonly title: string;
  readonly isRoom: boolean;
  /** The others, each in a place kept for as long as they stay. */
  readonly peers: readonly (PeerState | null)[];
  readonly own: Tile;
  /** Nobody is here yet, but what somebody will send who may come at once. */
  readonly coming: MediaStream | false | null;
  /** Come later: the button for sound that is refused; in the corner, what is done with all the pictures. */
  readonly viewTools: unknown;
  /** What has the large place in place of the tiles. */
  readonly screens: unknown;
  readonly isRelayLost: boolean;
  readonly lobby: TemplateResult | null;
  /** In a call without sound and pictures, what stands in place of the tiles; `null` in any other. */
  readonly insteadOfTiles: unknown;
  readonly controls: TemplateResult;
  tileOf(peer: PeerState): Tile;
  play(this: void, video: HTMLVideoElement): void;
}

export function stageView(context: StageContext): TemplateResult {
  const {translate: t, title, lobby, insteadOfTiles} = context;
  return html`<section
    part="stage"
    class="stage"
    aria-label=${title}
    tabindex="-1"
    data-focus
    ?data-lobby=${lobby !== null}
  >
    ${context.viewTools} ${context.screens} ${insteadOfTiles ?? tilesView(context)}
    ${lobby ?? nothing}
    <div part="bar" class="bar">
      <p part="where" class="where">
        ${context.isRoom ? html`<span part="room-name" class="room-name" dir="auto">${title}</span>` : nothing}
        ${
          context.isRelayLost
            ? html`<span part="signal" class="signal"
                ><span part="spinner" class="spinner"></span>${t('relayLost')}</span
              >`
            : nothing
        }
      </p>
      ${context.controls}
    </div>
  </section>`;
}

function tilesView({peers, own, coming, tileOf, play}: StageContext): TemplateResult {
  const count = peers.filter(Boolean).length;
  const layout = ['solo', 'duo'][count] ?? 'grid';
  // A `<video>` that plays already shows what begins to come over a link much sooner than one made for it. It cannot be
  // seen before it turns into somebody's tile: who they are is not said yet.
  const tiles = coming
    ? [{...own, isOwn: false, peerId: ''}]
    : peers.map((peer) => peer && tileOf(peer));
  return html`<div part="tiles" class="tiles" data-layout=${layout}>
    ${tiles.map((tile) => tile && tileView(tile, play))} ${tileView(own)}
  </div>`;
}
