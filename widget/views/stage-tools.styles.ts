/**
 * The looks of a stage with which something can be done: small buttons, one large tile with a strip of the
 * others, whole pictures, one's own in a corner, a ring around whoever speaks, the level of the microphone.
 */
import {css} from 'lit';

export const stageToolsStyles = css`
  .stage {
    /* Of the page's own colour, and seen on any picture. */
    --_glow: lch(from var(--_brand) max(l, 78) c h);
  }
  .tool {
    display: grid;
    place-items: center;
    inline-size: 2rem;
    block-size: 2rem;
    padding: 0;
    color: #fff;
    background: rgb(12 20 22 / 0.6);
    border: 0;
    border-radius: 0.625rem;
    cursor: pointer;
    transition: var(--vcr-duration, 0.15s);
  }
  .tool .icon {
    inline-size: 1.125rem;
  }
  .tool:hover,
  .tool[aria-pressed='true'] {
    background: rgb(12 20 22 / 0.88);
  }
  .tool[aria-pressed='true'] {
    color: var(--_glow);
  }
  .tool:focus-visible {
    outline-color: #fff;
    box-shadow: 0 0 0 5px #0c1416;
  }
  .view,
  .tile-tools {
    position: absolute;
    z-index: 1;
    display: flex;
    gap: 0.25rem;
  }
  .view {
    z-index: 2;
    inset-block-start: calc(var(--_gap) + 0.5rem);
    inset-inline-end: calc(var(--_gap) + 0.5rem);
  }
  .view:has(~ .screens) {
    inset-inline: calc(var(--_gap) + 0.5rem) auto;
  }
  .tile-tools {
    inset-block-end: 0.375rem;
    inset-inline-end: 0.375rem;
  }
  .tile:has(.tile-tools) .name {
    max-inline-size: calc(100% - 3.25rem);
  }
  [data-own] .tile-tools {
    inset-block: 0.25rem auto;
  }
  [data-own] .tool:not(:focus-visible) {
    opacity: 0;
  }
  @media (hover: hover) {
    .tool {
      opacity: 0;
    }
    .stage:hover .view .tool,
    .tile:hover .tool,
    .tool[aria-pressed='true'],
    .view:focus-within .tool,
    .tile-tools:focus-within .tool {
      opacity: 1;
    }
  }
  /* A tap on the picture does the same. */
  @media (hover: none) {
    .tile [part~='button-whole'] {
      display: none;
    }
  }
  @container tile (width < 8rem) {
    .tile [part~='button-whole'] {
      display: none;
    }
    .tile-tools .tool {
      inline-size: 1.5rem;
      block-size: 1.5rem;
    }
    .tile:has(.tile-tools) .name {
      max-inline-size: calc(100% - 2.25rem);
    }
  }

  /* A bubble: what is left of the box is for the picture. */
  @container room (height < 16rem) {
    .where,
    .tile-tools,
    .view > :not([part~='button-full-screen'], [part~='button-own-window']) {
      display: none;
    }
  }
  /* More than a row has room for: it is there in full screen, and a key away. */
  @container room (width < 22rem) {
    .controls:has([data-panel='people']) [part~='button-screen'] {
      display: none;
    }
  }
  @container room (width < 22rem) and (height < 18rem) {
    .controls [part~='button-screen'],
    .controls [part~='button-devices'] {
      display: none;
    }
  }

  .hear {
    position: absolute;
    z-index: 3;
    inset: 0;
    margin: auto;
    inline-size: fit-content;
    block-size: fit-content;
    box-shadow: var(--_shadow);
  }

  .away {
    position: absolute;
    z-index: 2;
    inset-block: 0 6rem;
    inset-inline: 0;
    display: grid;
    align-content: center;
    justify-items: center;
    gap: 0.75rem;
    padding: 1rem;
    text-align: center;
  }
  .stage:has(.away) .tiles {
    visibility: hidden;
  }

  [data-whole] video {
    object-fit: contain;
  }
  .tiles .tile::after {
    content: '';
    position: absolute;
    z-index: 1;
    inset: 0;
    border: 3px solid var(--_glow);
    border-radius: inherit;
    pointer-events: none;
    opacity: 0;
    transition: opacity var(--vcr-duration, 0.15s);
  }
  .tiles .tile[data-speaking]::after {
    opacity: 1;
  }
  [data-layout='duo'] > .tile[data-speaking]::after {
    opacity: 0;
  }

  [data-arrangement='below'] > .tile {
    inline-size: min(22cqb, (100% - (var(--_places) - 1) * var(--_gap)) / var(--_places));
    block-size: calc(20% - var(--_gap));
  }
  [data-arrangement='below'] > .tile[data-large] {
    order: -1;
    inline-size: 100%;
    block-size: 80%;
  }
  [data-arrangement='beside'] {
    flex-direction: column;
    align-content: start;
  }
  [data-arrangement='beside'] > .tile {
    inline-size: calc(20% - var(--_gap));
    block-size: min(14cqi, (100% - (var(--_places) - 1) * var(--_gap)) / var(--_places));
  }
  [data-arrangement='beside'] > .tile[data-large] {
    order: -1;
    inline-size: 80%;
    block-size: 100%;
  }
  .stage:has([data-arrangement='beside']) .view {
    inset-inline-end: calc(20% + var(--_gap) + 0.5rem);
  }
  /* They go on, unseen, and are still told to whoever does not see: nobody has gone. */
  .tiles > .tile[data-surplus],
  [data-arrangement='alone'] > .tile {
    position: absolute;
    inset: 0;
    inline-size: 100%;
    block-size: 100%;
  }
  .tiles > .tile[data-surplus],
  [data-arrangement='alone'] > .tile:not([data-large]) {
    opacity: 0;
    pointer-events: none;
  }
  [data-surplus] .tile-tools,
  [data-arrangement='alone'] > .tile:not([data-large]) .tile-tools {
    visibility: hidden;
  }
  .tiles > .tile[data-more]::after {
    content: attr(data-more);
    inset: auto;
    inset-block-start: 0.25rem;
    inset-inline-end: 0.25rem;
    padding: 0 0.375rem;
    font-size: 0.75em;
    font-weight: 600;
    color: #fff;
    background: rgb(12 20 22 / 0.88);
    border: 0;
    border-radius: 0.5rem;
    opacity: 1;
  }
  .room-name {
    max-inline-size: 100%;
  }
  @container tile (width < 7rem) {
    .tile-tools .tool:not(:focus-visible) {
      opacity: 0;
    }
  }

  [data-layout='duo']:not(.screens + *) > [data-own] {
    cursor: grab;
    touch-action: none;
    user-select: none;
  }
  .stage:has([data-dragged], [data-gliding]) {
    overflow: hidden;
  }
  [data-layout='duo'] > [data-own][data-dragged] {
    cursor: grabbing;
    box-shadow: 0 16px 48px rgb(0 0 0 / 0.4);
  }
  [data-layout='duo']:not(.screens + *) > [data-upright] {
    inline-size: clamp(4rem, 14cqi, 8rem);
    aspect-ratio: 3 / 4;
  }
  [data-layout='duo']:not(.screens + *) > [data-own][data-corner^='start'] {
    inset-block: 3.25rem auto;
  }
  [data-layout='duo']:not(.screens + *) > [data-own][data-corner$='-start'] {
    inset-inline: 0.75rem auto;
  }

  [part~='button-microphone']::before {
    content: '';
    position: absolute;
    inset-block-end: 0.3125rem;
    inline-size: 1.25rem;
    block-size: 3px;
    border-radius: 3px;
    background: var(--_accent);
    scale: var(--_level, 0) 1;
  }
  @media (forced-colors: active) {
    .tool {
      border: 1px solid ButtonText;
    }
    .tool[aria-pressed='true'],
    [part~='button-microphone']::before {
      forced-color-adjust: none;
      color: HighlightText;
      background: Highlight;
    }
    .leave {
      border: 3px double;
    }
    .tiles .tile::after {
      border-color: Highlight;
    }
  }
`;
